"""Where findings stand in the prose: a block cut into pieces, each with what is said of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newslint.findings import Finding
from newslint.spans import Span
from newslint.text import Block, Document


class Spot(NamedTuple):
    """A span of the prose that finding `number` stands on, or speaks of as its `related` place.

    Numbers count from 1; `related` is 0 for the finding's own place.
    """

    span: Span
    number: int
    related: int = 0


class Piece(NamedTuple):
    """A stretch of a block that the same is said of all through.

    `spots` cover it; of those, `begun` begin here and `ended` end with it.
    """

    text: str
    spots: tuple[Spot, ...]
    begun: tuple[Spot, ...]
    ended: tuple[Spot, ...]


def spots(document: Document, findings: Sequence[Finding]) -> Iterator[Spot]:
    """The places of findings, and those that they speak of; only what a reader sees has one."""
    for number, finding in enumerate(findings, 1):
        places = [finding.span, *(related.span for related in finding.related)]
        for related, source in enumerate(places):
            span = to_prose(document, source)
            block = span and _block(document, span)
            if span and block:
                yield Spot(Span(span.start, min(span.end, block.span.end)), number, related)


def to_prose(document: Document, source: Span) -> Span | None:
    """What a reader sees of a span of the source; None where that is nothing."""
    runs = document.runs
    first = max(0, bisect_right(runs, source.start, key=lambda run: run.source.start) - 1)
    start = end = None
    for prose, read in runs[first:]:
        if read.start >= max(source.end, source.start + 1):
            break
        if source.start > read.end or (source.start == read.end and source.end > source.start):
            continue
        aligned = prose.end - prose.start == read.end - read.start
        begins = prose.start + max(0, source.start - read.start) if aligned else prose.start
        ends = prose.start + min(read.end, source.end) - read.start if aligned else prose.end
        start = begins if start is None else start
        end = max(begins, ends)
    return None if start is None or end is None else Span(start, end)


def pieces(document: Document, block: Block, found: Iterable[Spot]) -> Iterator[Piece]:
    """The block, cut wherever a spot begins or ends."""
    inside = [spot for spot in found if spot.span.within(block.span)]
    cuts = {offset for spot in inside for offset in spot.span} | set(block.span)
    empty = {spot.span.start for spot in inside if spot.span.start == spot.span.end}
    edges = sorted([*cuts, *empty])  # An empty spot is a piece of its own.
    for start, end in pairwise(edges):
        if start == end:
            here = tuple(spot for spot in inside if spot.span == (start, end))
            yield Piece("", here, here, here)
            continue
        covering = [spot for spot in inside if spot.span.start <= start and end <= spot.span.end]
        yield Piece(
            document.once(_shown)[start:end],
            tuple(covering),
            tuple(spot for spot in covering if spot.span.start == start),
            tuple(spot for spot in covering if spot.span.end == end),
        )


def _shown(document: Document) -> str:
    """The prose, with the code for which stars stand in it."""
    shown = list(document.prose)
    for prose, source in document.runs:
        if prose.end - prose.start == source.end - source.start:
            for offset in range(prose.start, prose.end):
                if shown[offset] == "*":
                    shown[offset] = document.source[source.start + offset - prose.start]
    return "".join(shown)


def _block(document: Document, span: Span) -> Block | None:
    """The block in which a span begins."""
    index = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    block = document.blocks[index] if index >= 0 else None
    return block if block and span.start <= block.span.end else None
