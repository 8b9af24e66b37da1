"""`newslint names`: the names of an archive, near-misses among them, and names new to it."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from newslint import drafts, formats, index, styles
from newslint.archive import Archive, Known, names_of, relative
from newslint.commands import archives
from newslint.commands.selection import asked_config, here
from newslint.elsewhere import Elsewhere
from newslint.errors import DraftError
from newslint.kinds.near_miss import NearMiss

_ALIKE = 0.7
"""How like a new name a known one must be to stand beside it; 1 is the same."""


class NameV1(msgspec.Struct, frozen=True):
    """A name, its mentions, the drafts that have it, and where it stands first."""

    name: str
    mentions: int
    drafts: int
    path: str
    line: int


class PairV1(msgspec.Struct, frozen=True):
    """Two forms a slip apart, the rarer first; `sure` if that would be a finding."""

    one: NameV1
    other: NameV1
    sure: bool


class NewV1(msgspec.Struct, frozen=True):
    """A name that no other draft has, and the known name that is most like it, if one is."""

    name: NameV1
    nearest: NameV1 | None


def run(options: argparse.Namespace) -> Iterator[str]:
    """What `newslint names` prints, a line at a time. Raises DraftError."""
    archive = _archive(options)
    if options.near:
        near = _near(archive, _judge(options))
        yield from _json("near", near) if options.format == "json" else _pairs(near)
    elif options.new:
        new = [one for path in options.new for one in _new(archive, Path(path))]
        yield from _json("new", new) if options.format == "json" else _news(new)
    else:
        names = [_name(name) for name in archive.known()]
        yield from _json("names", names) if options.format == "json" else _table(names)


def _archive(options: argparse.Namespace) -> Archive:
    asked = options.new or options.paths or ["."]
    root = index.root(Path(asked[0], "-") if os.path.isdir(asked[0]) else Path(asked[0]))
    _check_there([*options.new, *options.paths])
    paths = archives.drafts_below(options.paths or [str(root)], asked_config(options))
    new = {os.path.abspath(path) for path in options.new}
    others = [path for path in paths if os.path.abspath(path) not in new]
    return archives.read(root, others, part=bool(options.paths or new))


def _check_there(paths: Sequence[str]) -> None:
    for found in drafts.find(paths):
        if isinstance(found, DraftError):
            raise found


def _judge(options: argparse.Namespace) -> NearMiss:
    """The rule that says which names a slip may part: that of the configuration."""
    rules = [*here(options).settings(Path("draft.md")).rules, *styles.shipped_rules()]
    return next(rule for rule in rules if isinstance(rule, NearMiss) and rule.asks_archive)


def _near(archive: Archive, judge: NearMiss) -> list[PairV1]:
    """Pairs that may be one name, those with most evidence first."""
    found = []
    for pair in archive.pairs():
        one, other = sorted(pair, key=lambda form: (form.drafts, form.uses, form.text))
        points, sure = judge.weighs(one, other)
        if points >= judge.points:
            found.append((not sure, -points, one.text, PairV1(_form(one), _form(other), sure)))
    return [pair for *_, pair in sorted(found, key=lambda entry: entry[:3])]


def _new(archive: Archive, path: Path) -> Iterator[NewV1]:
    """The names of a draft that are not in an archive, in order of place."""
    document = formats.read(drafts.read(path), str(path))
    known = {name.text: name for name in archive.known()}
    words = {word for text in known for word in text.split()}
    own = sorted(names_of(document).full, key=lambda name: (name.line, name.text))
    surnames = {name.text.split()[-1] for name in own if " " in name.text}
    for name in own:
        alone = " " not in name.text and name.text in words | surnames
        if name.text not in known and not alone:
            place = relative(str(path), archive.root)
            nearest = _nearest(name.text, known)
            yield NewV1(NameV1(name.text, name.uses, 1, place, name.line), nearest)


def _nearest(text: str, known: dict[str, Known]) -> NameV1 | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    scorer = OSA.normalized_similarity
    found = extractOne(text, known.keys(), scorer=scorer, score_cutoff=_ALIKE)
    return _name(known[found[0]]) if found else None


def _name(name: Known) -> NameV1:
    return NameV1(name.text, name.uses, name.drafts, name.path, name.line)


def _form(form: Elsewhere) -> NameV1:
    return NameV1(form.text, form.uses, form.drafts, form.path, form.line)


def _json(key: str, found: Sequence[object]) -> Iterator[str]:
    text = msgspec.json.encode({"version": 1, key: found})
    yield msgspec.json.format(text, indent=2).decode()


def _table(names: Sequence[NameV1]) -> Iterator[str]:
    rows = [(one.name, f"{one.mentions:,}", f"{one.drafts:,}", _place(one)) for one in names]
    yield from _columns([("name", "mentions", "drafts", "first"), *rows])
    yield f"{len(names):,} {'name' if len(names) == 1 else 'names'}."


def _pairs(pairs: Sequence[PairV1]) -> Iterator[str]:
    rows = [(*_sided(pair.one), *_sided(pair.other), _sure(pair)) for pair in pairs]
    yield from _columns(
        [("form", "drafts", "first", "near", "drafts", "first", ""), *rows], right=(1, 4)
    )
    yield f"{len(pairs):,} {'pair' if len(pairs) == 1 else 'pairs'}."


def _sided(one: NameV1) -> tuple[str, str, str]:
    return one.name, f"{one.drafts:,}", _place(one)


def _sure(pair: PairV1) -> str:
    return "a slip" if pair.sure else ""


def _news(new: Sequence[NewV1]) -> Iterator[str]:
    rows = [
        (one.name.name, f"{one.name.mentions:,}", _place(one.name), _beside(one.nearest))
        for one in new
    ]
    yield from _columns([("name", "mentions", "first", "nearest known"), *rows], right=(1,))
    yield f"{len(new):,} new {'name' if len(new) == 1 else 'names'}."


def _beside(nearest: NameV1 | None) -> str:
    return f"{nearest.name} ({_place(nearest)})" if nearest else "–"


def _place(one: NameV1) -> str:
    return f"{one.path}:{one.line}"


def _columns(rows: Sequence[Sequence[str]], right: Iterable[int] = (1, 2)) -> Iterator[str]:
    """The rows, as wide as each column needs; nothing stands behind the last."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        cells = (
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths))
        )
        yield "  ".join(cells).rstrip()
