"""Too many or too few of something in a passage."""

from collections.abc import Iterator
from functools import cached_property

from newslint.findings import Match
from newslint.patterns import Pattern, validate
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class Occurrence(Rule, tag="occurrence", frozen=True, kw_only=True, dict=True):
    """Vale's `occurrence`: how often a pattern may stand in one passage of the scope.

    - `token`: the pattern.
    - `max`, `min`: how many there may be; 0 means no limit.
    - `ignorecase`: whether case does not matter.
    - `mark`: what the finding marks, the `first` match (as Vale does) or the whole `passage`.
    """

    token: str
    max: int = 0
    min: int = 0
    ignorecase: bool = False
    mark: str = "first"

    def __post_init__(self) -> None:
        if self.mark not in ("first", "passage"):
            raise ValueError("expected `mark` to be `first` or `passage`")
        validate(self.token)
        _ = self._pattern

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self.passages(document):
            hits = list(self._pattern.find(document, [passage]))
            count = len(hits)
            if (0 < self.max < count) or (self.min and count < self.min):
                first = hits[0].span if hits else Span(passage.start, passage.start + 1)
                span = passage if self.mark == "passage" else first
                facts = {"count": count, "max": self.max, "min": self.min}
                yield Match(span, facts=facts, args=(count,))

    @cached_property
    def _pattern(self) -> Pattern:
        return Pattern((), before=f"(?:{self.token})", ignorecase=self.ignorecase)
