"""The fancy word chosen where a plain one would do, far more often than chance has it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import sqrt
from typing import NamedTuple

from newslint.findings import Match, Related
from newslint.lexicon import frequency
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class _Pair(NamedTuple):
    plain: str
    fancy: str
    share: float  # Of all uses of the two, those of the fancy word.


class Choice(Rule, tag="choice", frozen=True, kw_only=True):
    """Counts the places where a plain and a fancy word compete, and what the draft chose.

    One finding a draft, at its most telling fancy word, where the fancy ones are more than `z`
    standard deviations above what their frequencies let one expect. A spinner of texts gives itself
    away so. The more seldom a word is beside its plain one, the more telling it is.

    - `pairs`: a mapping (or a `.tsv`) of plain words to fancy ones; in one form each.
    - `z`: standard deviations above expectation; default 4.
    - `min_choices`: places there must be, plain and fancy; default 20.
    - `shown`: how many fancy words the finding names; default 8.
    """

    pairs: Mapping[str, str]
    z: float = 4.0
    min_choices: int = 20
    shown: int = 8

    def anchors(self) -> frozenset[str]:
        return frozenset(pair.fancy for pair in self._pairs)

    def find(self, document: Document) -> Iterator[Match]:
        counts = [(pair, self._count(document, pair.plain), self._count(document, pair.fancy))
                  for pair in self._pairs]  # fmt: skip
        choices = sum(plain + fancy for _, plain, fancy in counts)
        chosen = sum(fancy for _, _, fancy in counts)
        expected = sum((plain + fancy) * pair.share for pair, plain, fancy in counts)
        variance = sum(
            (plain + fancy) * pair.share * (1 - pair.share) for pair, plain, fancy in counts
        )
        if choices < self.min_choices or chosen - expected <= self.z * sqrt(variance):
            return
        telling = sorted((pair for pair, _, fancy in counts if fancy), key=lambda pair: pair.share)
        yield self._match(document, telling[: self.shown], choices, chosen, expected)

    def _match(
        self, document: Document, telling: list[_Pair], choices: int, chosen: int, expected: float
    ) -> Match:
        places = [(self._starts(document, pair.fancy)[0], pair) for pair in telling]
        (start, first), *others = places
        return Match(
            _span(start, first.fancy),
            related=tuple(
                Related(_span(place, pair.fancy), f"“{pair.fancy}”, not “{pair.plain}”")
                for place, pair in sorted(others)
            ),
            facts={
                "choices": choices,
                "chosen": chosen,
                "expected": round(expected),
                "words": ", ".join(pair.fancy for pair in telling),
            },
        )

    def _count(self, document: Document, word: str) -> int:
        return len(self._starts(document, word))

    def _starts(self, document: Document, word: str) -> tuple[int, ...]:
        starts = document.vocabulary.get(word, ())
        if self.quotations != "skip":
            return starts
        return tuple(start for start in starts if not document.quoted(_span(start, word)))

    @cached_property
    def _pairs(self) -> tuple[_Pair, ...]:
        return tuple(
            _Pair(plain.casefold(), fancy.casefold(), _share(plain, fancy))
            for plain, fancies in self.pairs.items()
            for fancy in fancies.split("|")
        )


def _share(plain: str, fancy: str) -> float:
    """The share of the fancy word by frequency; Zipf values are logarithms to base ten."""
    odds: float = 10.0 ** (frequency(fancy) - frequency(plain))
    return min(0.99, max(0.005, odds / (1 + odds)))


def _span(start: int, word: str) -> Span:
    return Span(start, start + len(word))
