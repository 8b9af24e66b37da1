"""Phrases that are harmless one by one, and telling in a crowd."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from newslint.findings import Match, Related
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class Density(Rule, tag="density", frozen=True, kw_only=True, dict=True):
    """Adds up the weights of phrases, per 1,000 words; one finding a draft, at the first of them.

    - `phrases`: a mapping, or a `.tsv`, of patterns to weights.
    - `above`: the weight per 1,000 words above which there is a finding.
    - `min_words`: words below which a draft is too short; default 120.
    - `min_phrases`: different phrases there must be; default 3.
    - `ignorecase`: whether case does not matter; default true.
    - `shown`: how many places the finding names; default 8.
    """

    phrases: Mapping[str, float]
    above: float
    min_words: int = 120
    min_phrases: int = 3
    ignorecase: bool = True
    shown: int = 8

    def __post_init__(self) -> None:
        _ = self._pattern

    def anchors(self) -> frozenset[str] | None:
        return self._pattern.anchors

    def find(self, document: Document) -> Iterator[Match]:
        words = len(document.words)
        if words < self.min_words:
            return
        weights = list(self.phrases.values())
        hits = [
            hit
            for hit in self._pattern.find(document, self.passages(document))
            if self.quotations == "both" or not document.quoted(hit.span)
        ]
        density = 1000 * sum(weights[hit.token] for hit in hits) / words
        if density <= self.above or len({hit.token for hit in hits}) < self.min_phrases:
            return
        found = dict.fromkeys(_text(document, hit.span).lower() for hit in hits)
        yield Match(
            hits[0].span,
            related=tuple(
                Related(hit.span, f"“{_text(document, hit.span)}”") for hit in hits[1 : self.shown]
            ),
            facts={
                "density": f"{density:.0f}",
                "count": len(hits),
                "words": ", ".join(list(found)[: self.shown]),
            },
        )

    @cached_property
    def _pattern(self) -> Pattern:
        return Pattern(self.phrases, ignorecase=self.ignorecase)


def _text(document: Document, span: Span) -> str:
    return document.prose[span.start : span.end]
