"""A word typed twice."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from newslint.findings import Match
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class DoubledWord(Rule, tag="doubled_word", frozen=True, kw_only=True, dict=True):
    """Finds a word in lower case that follows itself, with nothing but a space between.

    - `but`: words that may stand twice, such as `had`.
    """

    but: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Match]:
        passages = list(self.passages(document))
        for one, other in pairwise(document.words):
            if one.text != other.text or not one.text.islower() or one.text in self._but:
                continue
            span = Span(one.start, other.end)
            spaced = document.prose[one.end : other.start] == " "
            if spaced and any(span.within(passage) for passage in passages):
                yield Match(span, (one.text,), facts={"word": one.text})

    @cached_property
    def _but(self) -> frozenset[str]:
        return frozenset(self.but)
