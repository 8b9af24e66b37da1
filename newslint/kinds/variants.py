"""Sets of forms of which one draft uses one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from newslint.findings import Match, Related
from newslint.lexicon import dictionary, frequency
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_WORDS = dictionary("en-US"), dictionary("en-GB")
_LONGEST_ACRONYM = 6


class FormSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Forms of one name or term, as patterns; `house` is the one to use, `unless` excepts."""

    forms: tuple[str, ...]
    house: str = ""
    unless: tuple[str, ...] = ()


class Variants(Rule, tag="variants", frozen=True, kw_only=True, dict=True):
    """Finds forms of one name or term that stand beside each other in a draft.

    The rarer form is found, or the one that is not the house's.

    - `sets`: a list of `{forms: [Kyiv, Kiev], house: Kyiv, unless: [chicken Kiev]}`.
    - `acronyms`: find acronyms in two cases by itself (NATO, Nato).
    - `hyphens`: find words that are written solid and with a hyphen by itself.
    - `each`: `first` finds the first place of a form (default), `every` each one.
    - `nonword`: no word boundaries round the forms of `sets`.
    - `ignorecase`: whether case does not matter in `sets`.
    - `spoken`: whether forms in direct speech count; default false.
    """

    sets: tuple[FormSet, ...] = ()
    acronyms: bool = False
    hyphens: bool = False
    nonword: bool = False
    each: Literal["first", "every"] = "first"
    ignorecase: bool = False
    spoken: bool = False

    def __post_init__(self) -> None:
        if not (self.sets or self.acronyms or self.hyphens):
            raise ValueError("expected `sets`, `acronyms` or `hyphens`")
        _ = self._patterns

    def find(self, document: Document) -> Iterator[Match]:
        for number in self._likely(document):
            one = self._patterns[number]
            yield from self._matches(document, self._listed(document, *one), one[0].house)
        if self.acronyms:
            for uses in _acronyms(document):
                yield from self._matches(document, uses)
        if self.hyphens:
            for uses in _hyphens(document):
                yield from self._matches(document, uses)

    def _likely(self, document: Document) -> list[int]:
        """The sets of which the draft may have a form: of many sets, few."""
        words = self._anchored.keys() & document.vocabulary.keys()
        return sorted(self._unanchored.union(*(self._anchored[word] for word in words)))

    def _listed(
        self, document: Document, forms: FormSet, pattern: Pattern, unless: Pattern
    ) -> dict[str, list[Span]]:
        passages = list(self.passages(document))
        excepted = [hit.span for hit in unless.find(document, passages)] if forms.unless else []
        uses = defaultdict[str, list[Span]](list)
        for hit in pattern.find(document, passages):
            # “Mumbai (Bombay)” explains one form by the other.
            glossed = document.prose[: hit.span.start].endswith("(")
            free = not glossed and not any(hit.span.within(span) for span in excepted)
            if free and (self.spoken or not document.quoted(hit.span)):
                uses[forms.forms[hit.token]].append(hit.span)
        return uses

    def _matches(
        self, document: Document, uses: Mapping[str, Sequence[Span]], house: str = ""
    ) -> Iterator[Match]:
        if len(uses) < 2:
            return
        kept = house if house in uses else max(uses, key=lambda form: len(uses[form]))
        place = uses[kept][0]
        right = document.prose[place.start : place.end]
        line = document.place(document.to_source(place).start).line
        for form in sorted(uses, key=lambda form: uses[form][0]):
            if form != kept:
                spans = uses[form][:1] if self.each == "first" else uses[form]
                facts = {"other": right, "count": len(uses[form]), "others": len(uses[kept]),
                         "line": line}  # fmt: skip
                related = (Related(place, f"“{right}” here"),)
                yield from (Match(span, (right,), related, facts) for span in spans)

    @cached_property
    def _anchored(self) -> Mapping[str, list[int]]:
        """The sets, by number, that a word may begin a form of."""
        numbers = defaultdict[str, list[int]](list)
        for number, (_, pattern, _) in enumerate(self._patterns):
            for word in pattern.anchors or ():
                numbers[word].append(number)
        return numbers

    @cached_property
    def _unanchored(self) -> frozenset[int]:
        return frozenset(n for n, (_, one, _) in enumerate(self._patterns) if one.anchors is None)

    @cached_property
    def _patterns(self) -> tuple[tuple[FormSet, Pattern, Pattern], ...]:
        return tuple(
            (
                forms,
                Pattern(forms.forms, words=not self.nonword, ignorecase=self.ignorecase),
                Pattern(forms.unless, ignorecase=True),
            )
            for forms in self.sets
        )


def _acronyms(document: Document) -> Iterator[dict[str, list[Span]]]:
    """Words written NATO and Nato; lines in capitals and ordinary words are no evidence."""
    uses = defaultdict[str, dict[str, list[Span]]](lambda: defaultdict(list))
    for word in document.words:
        text = word.text
        if not text[0].isupper():
            continue
        text = text.removesuffix("'s").removesuffix("’s")
        if 3 <= len(text) <= _LONGEST_ACRONYM and (text.isupper() or text.istitle()):
            uses[text.casefold()][text].append(Span(word.start, word.start + len(text)))
    for folded, forms in uses.items():
        if len(forms) < 2 or not folded.isalpha() or _is_ordinary(folded):
            continue
        shown = {text: _shown(document, text, spans) for text, spans in forms.items()}
        if all(shown.values()) and not _in_lower_case(document, folded):
            yield shown


def _shown(document: Document, text: str, spans: Sequence[Span]) -> list[Span]:
    """The places whose capitals are of the word itself, not of its line or the line's lead."""
    return [
        span
        for span in spans
        if not (text.isupper() and _leads(document, span))
        and not any(span.within(one) and _shouts(document, one) for _, one in document.blocks)
    ]


def _is_ordinary(folded: str) -> bool:
    """Whether a word is one without capitals, or a name that is no acronym."""
    names = any(folded.title() in words for words in _WORDS)
    acronyms = any(folded.upper() in words for words in _WORDS)
    return any(folded in words for words in _WORDS) or (names and not acronyms)


def _in_lower_case(document: Document, folded: str) -> bool:
    starts = document.vocabulary.get(folded, ())
    return any(document.prose.startswith(folded, start) for start in starts)


def _shouts(document: Document, span: Span) -> bool:
    """Whether a passage is in capitals."""
    text = document.prose[span.start : span.end]
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.6 * len(letters)


def _leads(document: Document, span: Span) -> bool:
    """Whether a word is of the first ones of its passage, and those are in capitals."""
    starts = [block.start for _, block in document.blocks if span.within(block)]
    lead = document.prose[starts[0] : span.end] if starts else ""
    return lead.isupper()


def _hyphens(document: Document) -> Iterator[dict[str, list[Span]]]:
    """Words that stand with a hyphen, and solid, in lower case: coast-guard, coastguard."""
    hyphened = defaultdict[str, list[Span]](list)
    for word in document.words:
        if "-" in word.text and word.text.islower():
            hyphened[word.text].append(word.span)
    for text, spans in hyphened.items():
        joined = text.replace("-", "")
        if len(joined) < 6 or joined not in document.vocabulary:
            continue
        solid = [word.span for word in document.words if word.text == joined]
        if solid and frequency(joined) > 0:
            yield {joined: solid, text: spans}
