"""British and American forms in one draft."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from newslint.findings import Match, Related
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_SHOWN = 2


class Locale(Rule, tag="locale", frozen=True, kw_only=True, dict=True):
    """Finds the forms of one side of the Atlantic in a draft written on the other.

    - `pairs`: a `.tsv` of British and American forms; an empty column means that
      the other form is evidence alone.
    - `weak`: a mapping of forms to `en-GB` or `en-US` that say nothing alone, and are found only
      beside another form of their side.
    - `prefer`: `en-GB` or `en-US`; set by the configuration. Without it, the side that a draft
      uses more is its own, and a draft that uses one side alone is let pass.
    - `each`: `first` (default) finds one place of each foreign form, `every` all of them.
    """

    pairs: tuple[tuple[str, str], ...]
    weak: Mapping[str, Literal["en-GB", "en-US"]] = {}
    prefer: Literal["", "en-GB", "en-US"] = ""
    each: Literal["first", "every"] = "first"

    def anchors(self) -> frozenset[str]:
        return frozenset(self._british.keys() | self._american.keys())

    def find(self, document: Document) -> Iterator[Match]:
        british = self._uses(document, self._british)
        american = self._uses(document, self._american)
        if self.prefer:
            home = self.prefer
        elif british and american:
            home = "en-GB" if self._count(british) >= self._count(american) else "en-US"
        else:
            return
        at_home, foreign = (british, american) if home == "en-GB" else (american, british)
        if not foreign.keys() - self.weak.keys():
            return
        others = self._american if home == "en-GB" else self._british
        for word in sorted(foreign, key=lambda word: foreign[word][0]):
            for span in foreign[word][:1] if self.each == "first" else foreign[word]:
                yield self._match(document, span, others.get(word, ""), at_home, home)

    def _match(
        self,
        document: Document,
        span: Span,
        other: str,
        at_home: Mapping[str, list[Span]],
        home: str,
    ) -> Match:
        found = document.prose[span.start : span.end]
        other = other.capitalize() if found[:1].isupper() else other
        beside = sorted(spans[0] for spans in at_home.values())[:_SHOWN]
        texts = [document.prose[start:end] for start, end in beside]
        return Match(
            span,
            (other,) if other else (),
            tuple(Related(one, f"“{text}” here") for one, text in zip(beside, texts, strict=True)),
            {
                "other": texts[0] if texts else "",
                "side": "American" if home == "en-GB" else "British",
                "home": "British" if home == "en-GB" else "American",
                "beside": " beside " + " and ".join(f"“{t}”" for t in texts) if texts else "",
            },
        )

    def _uses(self, document: Document, forms: Mapping[str, str]) -> dict[str, list[Span]]:
        """Where forms stand; capitals inside a sentence and direct speech are left out."""
        uses: dict[str, list[Span]] = {}
        for word in sorted(document.vocabulary.keys() & forms.keys()):
            spans = [Span(start, start + len(word)) for start in document.vocabulary[word]]
            kept = [span for span in spans if self._counts(document, span)]
            if kept:
                uses[word] = kept
        return uses

    def _counts(self, document: Document, span: Span) -> bool:
        text = document.prose[span.start : span.end]
        if not text.islower() and span.start not in self._beginnings(document):
            return False
        return not document.quoted(span)

    def _beginnings(self, document: Document) -> frozenset[int]:
        return frozenset(sentence.start for sentence in document.sentences)

    def _count(self, uses: Mapping[str, list[Span]]) -> int:
        return sum(len(spans) for word, spans in uses.items() if word not in self.weak)

    @cached_property
    def _british(self) -> Mapping[str, str]:
        pairs = {british: american for british, american in self.pairs if british}
        return pairs | {word: "" for word, side in self.weak.items() if side == "en-GB"}

    @cached_property
    def _american(self) -> Mapping[str, str]:
        pairs = {american: british for british, american in self.pairs if american}
        return pairs | {word: "" for word, side in self.weak.items() if side == "en-US"}
