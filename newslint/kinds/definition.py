"""Abbreviations that are explained twice, too late, or for nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from newslint.findings import Match, Related
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_DEFINED = re.compile(r"\((?:the )?(?P<short>[A-Z][A-Za-z]?[A-Z]{1,6})\)")
_SMALL = frozenset("of the and for on in de du la".split())


class Definition(Rule, tag="definition", frozen=True, kw_only=True, dict=True):
    """Looks at abbreviations that stand in brackets behind their full form: Bank of Verania (BV).

    - `look_for`: `twice` (explained again), `late` (used before it is explained), `unused` (never
      used again), or `full` (the full form stands again, after it was shortened).
    - `known`: abbreviations that need no explaining, and are let pass.
    """

    look_for: Literal["twice", "late", "unused", "full"]
    known: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Match]:
        for short, places in _definitions(document).items():
            if short not in self.known:
                yield from self._faults(document, short, places)

    def _faults(
        self, document: Document, short: str, places: Sequence["_Place"]
    ) -> Iterator[Match]:
        first = places[0]
        uses = [span for span in _uses(document, short) if not _in(span, places)]
        line = document.place(document.to_source(first.short).start).line
        facts = {"short": short, "full": first.full, "line": line}
        here = (Related(first.short, "explained here"),)
        match self.look_for:
            case "twice":
                yield from (Match(place.short, (), here, facts) for place in places[1:])
            case "late":
                before = [span for span in uses if span.end <= first.long.start]
                yield from (Match(span, (first.full,), here, facts) for span in before[:1])
            case "unused":
                if not uses and len(places) == 1:
                    yield Match(first.short, facts=facts)
            case "full":
                for at in _again(document, first):
                    yield Match(at, (short,), here, facts)


class _Place(NamedTuple):
    """Where an abbreviation is explained: the full form, and the short one behind it."""

    long: Span
    short: Span
    full: str


def _definitions(document: Document) -> Mapping[str, list[_Place]]:
    found = defaultdict[str, list[_Place]](list)
    for _, block in document.blocks:
        for match in _DEFINED.finditer(document.prose, block.start, block.end):
            full = _full(document.prose[block.start : match.start()].rstrip(), match["short"])
            if full:
                start = document.prose.rindex(full, block.start, match.start())
                place = _Place(Span(start, start + len(full)), Span(*match.span("short")), full)
                found[match["short"]].append(place)
    return found


def _full(before: str, short: str) -> str:
    """The words whose initials an abbreviation is, if the text ends with them."""
    words: list[str] = []
    wanted = [letter for letter in short if letter.isupper()]
    for word in reversed(before.split()[-len(short) - 4 :]):
        words.insert(0, word)
        initials = [
            part[0].upper()
            for one in words
            for part in one.split("-")
            if one not in _SMALL and part
        ]
        if initials == wanted and words[0] not in _SMALL:
            return " ".join(words)
    return ""


def _uses(document: Document, short: str) -> list[Span]:
    starts = document.vocabulary.get(short.casefold(), ())
    spans = [Span(start, start + len(short)) for start in starts]
    return [span for span in spans if document.prose[span.start : span.end] == short]


def _in(span: Span, places: Sequence[_Place]) -> bool:
    return any(span == place.short for place in places)


def _again(document: Document, first: _Place) -> Iterator[Span]:
    at = document.prose.find(first.full, first.short.end)
    while at >= 0:
        span = Span(at, at + len(first.full))
        # “… (BV)” behind it: explained twice, which is another fault.
        if not document.prose.startswith(" (", span.end):
            yield span
        at = document.prose.find(first.full, span.end)
