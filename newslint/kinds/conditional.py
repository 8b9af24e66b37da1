"""Something that calls for something else: an abbreviation that is never explained."""

from collections.abc import Iterator
from functools import cached_property

from newslint.findings import Match
from newslint.patterns import Exceptions, Pattern
from newslint.rule import Rule
from newslint.text import Document


class Conditional(Rule, tag="conditional", frozen=True, kw_only=True, dict=True):
    """Vale's `conditional`: where `first` stands, `second` must have stood.

    - `first`: a pattern, such as an abbreviation.
    - `second`: what explains it; with a group, the group must have been the very text of `first`,
      in this passage or one before; without, it must stand in the same passage.
    - `exceptions`: texts in a match that except it.
    - `ignorecase`, `vocab`: Vale's; accepted.
    """

    first: str
    second: str
    exceptions: tuple[str, ...] = ()
    ignorecase: bool = False
    vocab: bool = True

    def __post_init__(self) -> None:
        _ = self._first, self._second

    def find(self, document: Document) -> Iterator[Match]:
        defined: set[str] = set()
        grouped = self._second.whole.groups > 0
        for passage in self.passages(document):
            seconds = list(self._second.find(document, [passage]))
            defined.update(group for hit in seconds for group in hit.groups if group)
            if not grouped and seconds:
                continue
            for hit in self._first.find(document, [passage]):
                found = document.prose[hit.span.start : hit.span.end]
                excepted = self._exceptions.hold(document, passage, hit.span)
                if found not in defined and not excepted:
                    yield Match(hit.span)

    @cached_property
    def _first(self) -> Pattern:
        return Pattern((), before=self.first)

    @cached_property
    def _second(self) -> Pattern:
        return Pattern((), before=self.second)

    @cached_property
    def _exceptions(self) -> Exceptions:
        return Exceptions(self.exceptions)
