"""Paragraphs as LanguageTool reads them, and its places as ours.

LanguageTool counts in UTF-16 code units, over the text and the markup that it was sent. All of its
places become spans of code points in this module, and nowhere else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newslint.spans import Span

_CODE = re.compile(r"\*{2,}(?: \*{2,})*")
"""What stands in the prose for code: Vale's asterisks."""

_BREAK = "\n\n"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Batch(NamedTuple):
    """Paragraphs that are sent together: what is sent, and where each of them begins in it."""

    annotation: list[dict[str, str]]
    starts: tuple[int, ...]
    paragraphs: tuple[str, ...]

    def locate(self, start: int, end: int) -> tuple[int, Span] | None:
        """The paragraph of a place in UTF-16 units, and the span in it; None if in no one."""
        number = bisect_right(self.starts, start) - 1
        paragraph = self.paragraphs[number]
        places = code_points(paragraph, (start - self.starts[number], end - self.starts[number]))
        span = Span(*places)
        return (number, span) if span.start < span.end <= len(paragraph) else None


def batch(paragraphs: Sequence[str]) -> Batch:
    """Paragraphs, parted so that no sentence runs from one into the next."""
    annotation: list[dict[str, str]] = []
    starts: list[int] = []
    at = 0
    for paragraph in paragraphs:
        if starts:
            annotation.append({"markup": _BREAK, "interpretAs": _BREAK})
            at += len(_BREAK)
        starts.append(at)
        annotation += _pieces(paragraph)
        at += units(paragraph)
    return Batch(annotation, tuple(starts), tuple(paragraphs))


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + len(_ASTRAL.findall(text))


def code_points(text: str, places: Sequence[int]) -> tuple[int, ...]:
    """Places in UTF-16 units as places in code points; one inside a character is before it."""
    # How many units precede each character outside the Basic Multilingual Plane, which has two.
    astral = [match.start() + number for number, match in enumerate(_ASTRAL.finditer(text))]
    return tuple(place - bisect_right(astral, place - 1) for place in places)


def _pieces(paragraph: str) -> Iterator[dict[str, str]]:
    """The paragraph, with a word in the place of code, so that sentences stay whole."""
    codes = [match.span() for match in _CODE.finditer(paragraph)]
    edges = [0, *(edge for span in codes for edge in span), len(paragraph)]
    for number, (start, end) in enumerate(pairwise(edges)):
        piece = paragraph[start:end]
        if piece:
            is_code = number % 2 == 1
            yield {"markup": piece, "interpretAs": "Code"} if is_code else {"text": piece}
