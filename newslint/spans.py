"""The one position newslint knows."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point; spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether no code point of this span lies outside the other."""
        return other.start <= self.start and self.end <= other.end

    def shift(self, by: int) -> Span:
        """The span moved by so many code points."""
        return Span(self.start + by, self.end + by)
