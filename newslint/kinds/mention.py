"""Persons: named in full when they come in, by the surname from then on."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from newslint.findings import Match, Related
from newslint.lexicon import dictionary, frequency
from newslint.rule import Rule
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document

_ENGLISH = dictionary("en-US"), dictionary("en-GB")
_POSSESSIVES = ("'s", "’s", "'", "’")


class Mention(Rule, tag="mention", frozen=True, kw_only=True, dict=True):
    """Looks at how persons are named: “Maria Okoro” at first, “Okoro” later.

    A person is a listed given name and the capitalised word behind it. What stands in `scope`
    alone is looked at, so that headlines are free; so is whoever is known by the surname alone.

    - `look_for`: `late`, a surname that stands alone before the full name; or `again`, a full name
      that comes back after the surname stood alone.
    - `given`: given names, or a `.txt` of them.
    - `known`: the frequency (Zipf) from which a surname needs no introduction.
    """

    look_for: Literal["late", "again"]
    given: tuple[str, ...]
    known: float = 3.0

    def find(self, document: Document) -> Iterator[Match]:
        if self._given.isdisjoint(document.vocabulary):
            return
        names = document.once(_names, tuple(self.passages(document)))
        for surname, full in self._people(names).items():
            # A title before the surname says who it is.
            alone = [name for name in names if name.words == (surname,)]
            if self.look_for == "late":
                yield from _late(document, alone, full)
            else:
                yield from _again(document, alone, full)

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self.given)

    def _people(self, names: Sequence["_Name"]) -> dict[str, list["_Name"]]:
        """The places of each full name by its surname; shared surnames are left out."""
        people: dict[str, list[_Name]] = {}
        for name in names:
            if (person := self._person(name)) is not None:
                people.setdefault(person.words[1], []).append(person)
        return {
            surname: places
            for surname, places in people.items()
            if len({place.words for place in places}) == 1
        }

    def _person(self, name: "_Name") -> "_Name | None":
        """The given name and the surname that a row of words ends with, behind a title or none."""
        *before, surname = name.words
        if not before or before[-1].casefold() not in self._given or not self._is_surname(surname):
            return None
        if len(before) > 1 and before[-2].casefold() in self._given:
            return None  # Anna Maria Okoro may be another than Maria Okoro.
        start = name.span.start + sum(len(word) + 1 for word in before[:-1])
        return _Name((before[-1], surname), Span(start, name.span.end))

    def _is_surname(self, word: str) -> bool:
        return frequency(word) < self.known and not any(word.lower() in one for one in _ENGLISH)


class _Name(NamedTuple):
    """Capitalised words in a row, and where they stand."""

    words: tuple[str, ...]
    span: Span


def _names(document: Document, passages: Sequence[Span]) -> list[_Name]:
    return [name for passage in passages for name in _names_in(document, passage)]


def _names_in(document: Document, passage: Span) -> Iterator[_Name]:
    row: list[Word] = []
    for word in document.words_in(passage):
        if row and document.prose[row[-1].end : word.start] != " ":
            yield _name(row)
            row = []
        if word.text[0].isupper():
            row.append(word)
        elif row:
            yield _name(row)
            row = []
    if row:
        yield _name(row)


def _name(row: Sequence[Word]) -> _Name:
    last = row[-1].text
    bare = next((last.removesuffix(end) for end in _POSSESSIVES if last.endswith(end)), last)
    words = (*(word.text for word in row[:-1]), bare)
    return _Name(words, Span(row[0].start, row[-1].start + len(bare)))


def _late(document: Document, alone: Sequence[_Name], full: Sequence[_Name]) -> Iterator[Match]:
    early = [name for name in alone if name.span.end <= full[0].span.start]
    for name in early[:1]:
        yield _match(document, name, full[0])


def _again(document: Document, alone: Sequence[_Name], full: Sequence[_Name]) -> Iterator[Match]:
    for name in full[1:]:
        if any(full[0].span.end <= one.span.start < name.span.start for one in alone):
            yield _match(document, name, full[0])


def _match(document: Document, found: _Name, first: _Name) -> Match:
    full, surname = " ".join(first.words), first.words[-1]
    line = document.place(document.to_source(first.span).start).line
    use = full if len(found.words) == 1 else surname
    related = (Related(first.span, f"“{full}” here"),)
    return Match(found.span, (use,), related, {"other": full, "line": line, "use": use})
