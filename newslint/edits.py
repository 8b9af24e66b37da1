"""Changes of a source, and the most of them that do no harm."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from newslint import formats
from newslint.spans import Span
from newslint.text import Document

_T = TypeVar("_T")
_STOPS = " \t,.;:!?)]”’"
_BLANK = re.compile(r"[\s>]*")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_LEAD = {
    "txt": re.compile(r"\s*(?:(?:[-*•–]|\d{1,2}[.)])[ \t]+)?"),
    "md": re.compile(
        r"[\s>]*(?P<sign>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?)(?P<marks>[*_]{0,3})"
    ),
    "html": re.compile(r"\s*"),
}
_TAIL = {
    "txt": re.compile(r"\s*"),
    "md": re.compile(r"(?P<marks>[*_]{0,3})\s*#*\s*"),
    "html": re.compile(r"\s*"),
}
_OPENED = re.compile(
    r"<(?P<tag>p|li|ul|ol|h[1-6]|div|aside|span|strong|b|em|i|a|small)(?:\s[^<>]*)?>\s*\Z", re.I
)
_CLOSED = re.compile(r"\s*</(?P<tag>\w+)\s*>")
_FAR = 500
"""Code points; no opening tag is longer."""


class Edit(NamedTuple):
    """A span of the source, and what is to stand there."""

    span: Span
    text: str


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The source with edits that do not overlap."""
    pieces, at = [], 0
    for (start, end), text in sorted(edits):
        pieces += [source[at:start], text]
        at = end
    return "".join([*pieces, source[at:]])


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The draft after edits, read again; what its archive says stays."""
    source = apply(document.source, edits)
    if source == document.source:
        return document
    read = formats.parse(source, document.name)
    return msgspec.structs.replace(read, elsewhere=document.elsewhere)


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset of the old source lies in the new one; what is put there goes before it."""
    before = (edit for edit in edits if edit.span.end <= offset)
    return offset + sum(len(text) - (end - start) for (start, end), text in before)


def most(
    candidates: Sequence[_T], holds: Callable[[Sequence[_T]], bool], kept: tuple[_T, ...] = ()
) -> tuple[_T, ...]:
    """As many of the candidates as hold together, earlier ones first; few are tried if all do."""
    if not candidates or holds([*kept, *candidates]):
        return (*kept, *candidates)
    if len(candidates) == 1:
        return kept
    half = len(candidates) // 2
    return most(candidates[half:], holds, most(candidates[:half], holds, kept))


def removal(document: Document, span: Span) -> Edit:
    """What goes with a text that is taken out.

    In the midst of a line that is a space, so that none stands twice or before a full stop. A line
    that has nothing else goes with its break, its markup and the blank line that set it off.
    """
    if document.format == "html":
        span = _element(document.source, span)
    return Edit(_lines(document, span) or _spaced(document.source, span), "")


def _element(source: str, span: Span) -> Span:
    """The span, grown by the tags of elements that have nothing else in them."""
    opened = _OPENED.search(source, max(0, span.start - _FAR), span.start)
    closed = _CLOSED.match(source, span.end)
    if opened and closed and opened["tag"].lower() == closed["tag"].lower():
        return _element(source, Span(opened.start(), closed.end()))
    return span


def _spaced(source: str, span: Span) -> Span:
    before = source[span.start - 1 : span.start]
    after = source[span.end : span.end + 1]
    if after in (" ", "\t") and before in ("", " ", "\t", "\r", "\n"):
        return Span(span.start, span.end + 1)
    if before in (" ", "\t") and (after in ("", "\r", "\n") or after in _STOPS):
        return Span(span.start - 1, span.end)
    return span


def _lines(document: Document, span: Span) -> Span | None:
    """The lines of a text that stands alone on them, and what set them off; else None."""
    first, last = document.place(span.start).line, document.place(span.end).line
    bounds = (*document.line_starts, len(document.source))
    lead = document.source[bounds[first - 1] : span.start]
    tail = document.line(last)[span.end - bounds[last - 1] :]
    before, after = _LEAD[document.format].fullmatch(lead), _TAIL[document.format].fullmatch(tail)
    if before is None or after is None:
        return None
    if document.format == "md":
        if before["marks"] != after["marks"][::-1]:
            return None
        last += not before["sign"] and _underlined(document, last)
    return _set_off(document, first, last)


def _underlined(document: Document, line: int) -> bool:
    """Whether a line of Markdown is a heading because of the next one."""
    more = line < len(document.line_starts)
    return more and bool(_UNDERLINE.fullmatch(document.line(line + 1)))


def _set_off(document: Document, first: int, last: int) -> Span:
    """Lines, with the blank ones after them if there are blank ones (or none at all) before."""
    bounds = (*document.line_starts, len(document.source))
    count = len(bounds) - 1
    end = last
    while end < count and _blank(document, end + 1):
        end += 1
    if first > 1 and not _blank(document, first - 1):
        end = last
    if bounds[end] < len(document.source):
        return Span(bounds[first - 1], bounds[end])
    while first > 1 and _blank(document, first - 1):
        first -= 1
    return _to_the_end(document, bounds[first - 1])


def _to_the_end(document: Document, start: int) -> Span:
    """From a line on; where the draft ends without a line break, it goes on doing so."""
    source = document.source
    if source.endswith(("\n", "\r")) or not start:
        return Span(start, len(source))
    return Span(len(source[:start].rstrip("\r\n")), len(source))


def _blank(document: Document, line: int) -> bool:
    return bool(_BLANK.fullmatch(document.line(line)))
