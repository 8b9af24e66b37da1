"""The names of many drafts: what the others have to do with one, and what all have together."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from newslint.elsewhere import Elsewhere
from newslint.fullnames import full_names
from newslint.names import Form, fold, forms
from newslint.spans import Span
from newslint.text import Document

COMMON = 5.6
"""The frequency of words that are nobody's neighbours in an archive."""

_SHORTEST = 4
_LONG = 7
"""Letters from which two slips may part two names, and not one only."""


class Entry(NamedTuple):
    """A capitalised form of one draft, as an archive keeps it; `line` is that of its first use."""

    text: str
    uses: int
    begins: int
    lower: bool
    neighbours: tuple[str, ...]
    before: tuple[str, ...]
    line: int


class FullName(NamedTuple):
    """A name of one or more words, how often one draft has it, and on which line first."""

    text: str
    uses: int
    line: int


class Known(NamedTuple):
    """A name of an archive: how often it stands, in how many drafts, and where first."""

    text: str
    uses: int
    drafts: int
    path: str
    line: int


class Names(NamedTuple):
    """All that an archive keeps of a draft; it depends on the draft's format and bytes alone."""

    entries: tuple[Entry, ...] = ()
    full: tuple[FullName, ...] = ()


class Draft(NamedTuple):
    """A draft of an archive: its path from the root, what it is known by, and its names."""

    path: str
    key: bytes
    names: Names


def names_of(document: Document) -> Names:
    """The names of a draft."""
    found = document.once(forms, COMMON).values()
    entries = (_entry(document, form) for form in found if len(form.text) >= _SHORTEST)
    full = (
        FullName(text, len(spans), _line(document, spans[0].start))
        for text, spans in full_names(document).items()
    )
    return Names(tuple(sorted(entries)), tuple(sorted(full)))


def _entry(document: Document, form: Form) -> Entry:
    line = _line(document, form.spans[0].start)
    beside, before = tuple(sorted(form.neighbours)), tuple(sorted(form.before))
    return Entry(form.text, form.uses, form.begins, form.lower, beside, before, line)


def _line(document: Document, start: int) -> int:
    return document.place(document.to_source(Span(start, start + 1)).start).line


class Archive:
    """The drafts of an archive, in order of their paths; copies of a draft count once.

    Their paths are relative to `root`.
    """

    def __init__(self, drafts: Sequence[Draft], root: Path = Path()) -> None:
        self.root = root
        self._keys = {draft.path: draft.key for draft in drafts}
        first = {draft.key: draft for draft in sorted(drafts, reverse=True)}
        self.drafts = tuple(sorted(first.values()))
        self._near: dict[str, tuple[str, ...]] = {}

    def elsewhere(self, document: Document) -> tuple[Elsewhere, ...]:
        """The forms of other drafts that are near those of a draft, and those forms themselves.

        The draft itself, which is known by its path, and copies of it are no other drafts.
        """
        own = self._keys.get(relative(document.name, self.root))
        wanted: set[str] = set()
        for form in document.once(forms, COMMON).values():
            near = self.near(form.folded) if len(form.text) >= _SHORTEST else ()
            if others := [text for text in near if text != form.text]:
                wanted.update((form.text, *others))
        found = (self._sum(text, own) for text in sorted(wanted))
        return tuple(one for one in found if one)

    def near(self, folded: str) -> tuple[str, ...]:
        """The forms a slip or two away that begin with the same letter, or end alike."""
        if folded not in self._near:
            self._near[folded] = tuple(self._look_near(folded))
        return self._near[folded]

    def pairs(self) -> Iterator[tuple[Elsewhere, Elsewhere]]:
        """All forms that are near each other, each pair once, in order."""
        for text in sorted(self._uses):
            for other in self.near(fold(text)):
                if text < other and (one := self._sum(text)) and (two := self._sum(other)):
                    yield one, two

    def known(self) -> list[Known]:
        """All names, those with most uses first."""
        uses = defaultdict[str, list[tuple[Draft, FullName]]](list)
        for draft in self.drafts:
            for name in draft.names.full:
                uses[name.text].append((draft, name))
        known = (
            Known(text, sum(name.uses for _, name in found), len(found),
                  found[0][0].path, found[0][1].line)
            for text, found in uses.items()
        )  # fmt: skip
        return sorted(known, key=lambda name: (-name.uses, name.text))

    def _look_near(self, folded: str) -> Iterator[str]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        slips = 1 if len(folded) < _LONG else 2
        keys = self._buckets.get(folded[:1], ())
        near = extract_iter(folded, keys, scorer=OSA.distance, score_cutoff=slips)
        alike = {key for key, _, _ in near} | self._alike.get(folded[1:], set())
        for key in sorted(alike):
            yield from self._spelt[key]

    def _sum(self, text: str, left_out: bytes | None = None) -> Elsewhere | None:
        """What the drafts say of a form together."""
        uses = [use for use in self._uses.get(text, ()) if use[0].key != left_out]
        if not uses:
            return None
        entries = [entry for _, entry in uses]
        draft, first = uses[0]
        return Elsewhere(
            text,
            sum(entry.uses for entry in entries),
            sum(entry.begins for entry in entries),
            any(entry.lower for entry in entries),
            _union(entry.neighbours for entry in entries),
            _union(entry.before for entry in entries),
            len(uses),
            draft.path,
            first.line,
        )

    @cached_property
    def _uses(self) -> Mapping[str, list[tuple[Draft, Entry]]]:
        uses = defaultdict[str, list[tuple[Draft, Entry]]](list)
        for draft in self.drafts:
            for entry in draft.names.entries:
                uses[entry.text].append((draft, entry))
        return uses

    @cached_property
    def _spelt(self) -> Mapping[str, list[str]]:
        spelt = defaultdict[str, list[str]](list)
        for text in self._uses:
            spelt[fold(text)].append(text)
        return spelt

    @cached_property
    def _buckets(self) -> Mapping[str, list[str]]:
        buckets = defaultdict[str, list[str]](list)
        for key in self._spelt:
            buckets[key[0]].append(key)
        return buckets

    @cached_property
    def _alike(self) -> Mapping[str, set[str]]:
        alike = defaultdict[str, set[str]](set)
        for key in self._spelt:
            alike[key[1:]].add(key)
        return alike


def _union(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def relative(name: str, root: Path) -> str:
    """The path of a draft from the root of its archive, with slashes."""
    return Path(os.path.relpath(name, root)).as_posix()


def in_archive(documents: Sequence[Document]) -> list[Document]:
    """Drafts with what each finds in the others; their names say which is which."""
    drafts = [
        Draft(relative(document.name, Path()), document.source.encode(), names_of(document))
        for document in documents
    ]
    archive = Archive(drafts)
    return [
        msgspec.structs.replace(document, elsewhere=archive.elsewhere(document))
        for document in documents
    ]
