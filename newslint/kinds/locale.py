"""British and American forms in one draft."""

from collections.abc import Iterator, Mapping, Sequence
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
    - `each`: what is found: the `first` place of each foreign form, `every` place, or `one` place,
      from which the others are related; the default is `first` with `prefer`, else `one`.
    """

    pairs: tuple[tuple[str, str], ...]
    weak: Mapping[str, Literal["en-GB", "en-US"]] = {}
    prefer: Literal["", "en-GB", "en-US"] = ""
    each: Literal["", "one", "first", "every"] = ""

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
        for here, others in self._places(foreign):
            yield self._match(document, here, others, at_home, home)

    def _places(self, foreign: Mapping[str, list[Span]]) -> Iterator[tuple[Span, list[Span]]]:
        """The places that are found, each with those of other forms that it stands for."""
        each = self.each or ("first" if self.prefer else "one")
        firsts = sorted(spans[0] for spans in foreign.values())
        match each:
            case "one":
                yield firsts[0], firsts[1:]
            case "first":
                yield from ((span, []) for span in firsts)
            case _:
                yield from ((span, []) for spans in foreign.values() for span in spans)

    def _match(
        self,
        document: Document,
        here: Span,
        others: list[Span],
        at_home: Mapping[str, list[Span]],
        home: str,
    ) -> Match:
        found = document.prose[here.start : here.end]
        pairs = self._american if home == "en-GB" else self._british
        right = pairs.get(found.casefold(), "")
        right = right.capitalize() if found[:1].isupper() else right
        evidence = sorted(spans[0] for spans in at_home.values())[:_SHOWN]
        side, own = ("American", "British") if home == "en-GB" else ("British", "American")
        related = [(span, side) for span in others] + [(span, own) for span in evidence]
        beside = _listed(document, evidence)
        return Match(
            here,
            (right,) if right else (),
            tuple(
                Related(span, f"{_listed(document, [span])} is {name}") for span, name in related
            ),
            {
                "side": side,
                "home": own,
                "forms": _listed(document, [here, *others]),
                "beside": f" beside {own} {beside}" if beside else f"; the house style is {own}",
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


def _listed(document: Document, places: Sequence[Span]) -> str:
    """The texts of places, in quotation marks, joined as a sentence joins them."""
    texts = list(dict.fromkeys(document.prose[start:end] for start, end in places))
    *first, last = [f"“{text}”" for text in texts] or [""]
    return f"{', '.join(first)} and {last}" if first else last
