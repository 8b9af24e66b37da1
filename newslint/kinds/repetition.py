"""The same word twice in a row."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from newslint.findings import Match
from newslint.patterns import Exceptions, Hit, Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class Repetition(Rule, tag="repetition", frozen=True, kw_only=True, dict=True):
    r"""Vale's `repetition`: a match that is followed by itself.

    - `tokens`: patterns of what may not be repeated, such as `[^\s]+`.
    - `max`: repetitions that are let pass before one is a finding.
    - `ignorecase`: whether case does not matter.
    - `alpha`: look only at matches that are letters throughout.
    - `exceptions`: texts in a match that except it.
    - `vocab`: Vale's; accepted.
    """

    tokens: tuple[str, ...]
    max: int = 0
    ignorecase: bool = False
    alpha: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True

    def __post_init__(self) -> None:
        _ = self._pattern

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self.passages(document):
            count = 0
            for first, second in pairwise(self._pattern.find(document, [passage])):
                if not self._same(document, first, second):
                    continue
                count += 1
                span = Span(first.span.start, second.span.end)
                if count > self.max and not self._exceptions.hold(document, passage, span):
                    count = 0
                    word = document.prose[second.span.start : second.span.end]
                    yield Match(span, (word,), facts={"word": word}, args=(word,))

    def _same(self, document: Document, first: Hit, second: Hit) -> bool:
        one, other = (document.prose[hit.span.start : hit.span.end] for hit in (first, second))
        if self.ignorecase:
            one, other = one.casefold(), other.casefold()
        return one == other and (one.isalpha() or not self.alpha)

    @cached_property
    def _pattern(self) -> Pattern:
        return Pattern(self.tokens, words=False, ignorecase=self.ignorecase)

    @cached_property
    def _exceptions(self) -> Exceptions:
        return Exceptions(self.exceptions)
