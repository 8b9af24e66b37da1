"""Plain text: headline, paragraphs, crossheads, lists."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newslint.builder import Builder
from newslint.spans import Span
from newslint.text import Document, lines

EXTENSIONS = (".txt", ".text")

_WRAP = 100
"""Code points; a paragraph with a longer line is not wrapped by hand."""

_HEADLINE = 20
"""The most words of a headline."""

_CROSSHEAD = 12
"""The most words of a line without a full stop that is a crosshead."""

_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+(?=\S)")
_STOPPED = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*\Z")
_COMMENT = re.compile(r"<!--\s*((?:newslint-|vale\s)(?:(?!<!--|-->).)*)-->", re.DOTALL)


def read(source: str, name: str) -> Document:
    """Reads plain text; a comment that begins with `newslint-` or `vale` is not prose."""
    builder = Builder(name, source, "txt")
    comments = [Span(*comment.span()) for comment in _COMMENT.finditer(source)]
    for comment in _COMMENT.finditer(source):
        builder.comment(comment[1], *comment.span())
    masked = _COMMENT.sub(lambda comment: _blank(comment.group()), source)
    paragraphs = [span for group in _groups(masked) for span in _paragraphs(masked, group)]
    for number, span in enumerate(paragraphs):
        text = masked[span.start : span.end]
        bullet = _BULLET.match(text)
        builder.begin("list" if bullet else _scope(text, number, len(paragraphs)))
        start = span.start + (bullet.end() if bullet else 0)
        for part in _without(comments, Span(start, span.end)):
            builder.add(masked[part.start : part.end], *part)
    return builder.build()


def _without(comments: Sequence[Span], span: Span) -> Iterator[Span]:
    """A span in pieces, each of which is a comment or has none in it."""
    at = span.start
    for comment in comments:
        if comment.overlaps(span):
            start, end = max(at, comment.start), min(span.end, comment.end)
            yield from (Span(at, start), Span(start, end))
            at = end
    yield Span(at, span.end)


def _blank(text: str) -> str:
    return "".join(char if char in "\r\n" else " " for char in text)


def _groups(source: str) -> Iterator[list[Span]]:
    """The lines between blank lines."""
    group: list[Span] = []
    for line in lines(source):
        if source[line.start : line.end].strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _paragraphs(source: str, group: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs of a group: a line break is soft only where the next word did not fit.

    Lines that all end in a full stop are paragraphs, whatever their length.
    """
    stopped = all(_STOPPED.search(source, line.start, line.end) for line in group)
    longest = max(len(source[line.start : line.end].rstrip()) for line in group)
    width = _WRAP + 1 if stopped else longest
    start = group[0].start
    for line, following in pairwise(group):
        if not _wrapped(source, line, following, width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, group[-1].end)


def _wrapped(source: str, line: Span, following: Span, width: int) -> bool:
    text = source[following.start : following.end]
    if width > _WRAP or _BULLET.match(text):
        return False
    room = width - len(source[line.start : line.end].rstrip())
    return len(text.split()[0]) + 1 > room


def _scope(text: str, number: int, count: int) -> str:
    words = len(text.split())
    if _STOPPED.search(text) and not (number == 0 and text.rstrip().endswith("?")):
        return "paragraph"
    if number == 0 and words <= _HEADLINE and count > 1:
        return "heading.headline"
    return "heading" if words <= _CROSSHEAD else "paragraph"
