"""The index of an archive: the names of each draft, kept in one file by what the draft says.

What is kept depends on the format and bytes of a draft alone, so nothing in it can grow stale: a
draft that was changed, renamed or deleted is asked for by another key, or not at all. The file is a
convenience. Whatever goes wrong with it, the drafts are read anew.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from newslint import __version__, configfile, drafts, files, formats
from newslint.archive import Archive, Draft, Names, names_of, relative
from newslint.errors import DraftError

FOLDER = ".newslint_cache"
_FILE = "names.sqlite"
_VERSION = "1"
_BATCH = 256
"""Drafts that are read between two writes: what a killed run loses at most."""

_PATIENCE = 60.0
"""Seconds to wait for another process that is reading drafts for the index."""

_FEW = 24
"""Drafts below which more processes do not pay."""

_SUM = 8
"""Bytes of the checksum before the names of a draft."""

_SPARE = 1000
"""Drafts no longer there that are kept beside as many as there are."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS names (key BLOB PRIMARY KEY, names BLOB NOT NULL)"
_MARKS = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
}
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Names).decode


class Index(NamedTuple):
    """An archive that was read, and what is to be said of its index."""

    archive: Archive
    notices: tuple[str, ...] = ()


def root(draft: Path) -> Path:
    """The folder whose drafts are one archive: the git repository, else that of the configuration.

    Without either it is the current folder, or that of a draft outside of it.
    """
    folder = Path(os.path.abspath(draft)).parent
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            return above
    if found := configfile.discover(folder):
        return found.parent
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder


def read(root: Path, paths: Sequence[Path], processes: int = 0, *, part: bool = False) -> Index:
    """The archive of these drafts, those that cannot be read left out; its index made fresh.

    `part` says that there are other drafts below the root, which the index is to keep.
    """
    keys = {path: key for path in paths if (key := _key(path))}
    store = _Store(root / FOLDER / _FILE)
    known = store.read(keys, processes)
    if not part:
        store.drop_others(keys.values())
    found = [
        Draft(relative(str(path), root), key, known[key])
        for path, key in keys.items()
        if key in known
    ]
    return Index(Archive(found, root), tuple(store.notices))


def key(path: Path, data: bytes) -> bytes:
    """What the names of a draft depend on, in one."""
    kind = f"{_VERSION}\0{__version__}\0{path.suffix.lower()}\0"
    return hashlib.blake2b(kind.encode() + data, digest_size=16).digest()


def _key(path: Path) -> bytes | None:
    try:
        return key(path, drafts.read(path))
    except DraftError:
        return None


class _Store:
    """The file of an index; `notices` say what went wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.notices: list[str] = []

    def read(self, keys: Mapping[Path, bytes], processes: int) -> dict[bytes, Names]:
        """The names of all drafts: those that are known, and the others made and kept."""
        known: dict[bytes, Names] = {}
        try:
            self._fill(known, keys, processes)
        except sqlite3.OperationalError:  # No room, no right, or locked for long.
            pass
        except sqlite3.DatabaseError:
            self.notices.append(f"{self._path} could not be read as an index; it was made again")
            with contextlib.suppress(OSError, sqlite3.Error):
                self._remove()
                self._fill(known, keys, processes)
        for path, _, names in _each(_missing(keys, known), processes):
            known[keys[path]] = names
        return known

    def _fill(self, known: dict[bytes, Names], keys: Mapping[Path, bytes], processes: int) -> None:
        with contextlib.closing(_connect(self._path)) as database:
            known.update(_rows(database, keys.values()))
            while _missing(keys, known):
                _add(database, known, keys, processes)

    def drop_others(self, keys: Iterable[bytes]) -> None:
        """Lets drafts go that are no longer there, when they are too many."""
        kept = set(keys)
        with (
            contextlib.suppress(OSError, sqlite3.Error),
            contextlib.closing(_connect(self._path)) as database,
        ):
            (count,) = database.execute("SELECT count(*) FROM names").fetchone()
            if count > 2 * len(kept) + _SPARE:
                _drop(database, kept)

    def _remove(self) -> None:
        # With its journal, which would be played back into the next file of this name.
        for path in (self._path, self._path.with_name(f"{_FILE}-journal")):
            path.unlink(missing_ok=True)


def _add(
    database: sqlite3.Connection,
    known: dict[bytes, Names],
    keys: Mapping[Path, bytes],
    processes: int,
) -> None:
    """Reads a batch of drafts and keeps their names; one process does so, the others wait."""
    database.execute("BEGIN IMMEDIATE")
    # What another has added in the meantime need not be read again.
    known.update(_rows(database, (keys[path] for path in _missing(keys, known))))
    made = list(_each(_missing(keys, known)[:_BATCH], processes))
    rows = ((key, _packed(names)) for _, key, names in made if key)
    database.executemany("INSERT OR REPLACE INTO names VALUES (?, ?)", rows)
    database.execute("COMMIT")
    known.update((keys[path], names) for path, _, names in made)


def _drop(database: sqlite3.Connection, kept: set[bytes]) -> None:
    database.execute("BEGIN IMMEDIATE")
    gone = [row for row in database.execute("SELECT key FROM names") if row[0] not in kept]
    database.executemany("DELETE FROM names WHERE key = ?", gone)
    database.execute("COMMIT")


def _rows(database: sqlite3.Connection, keys: Iterable[bytes]) -> Iterator[tuple[bytes, Names]]:
    for one in keys:
        row = database.execute("SELECT names FROM names WHERE key = ?", (one,)).fetchone()
        if row and (names := _unpacked(row[0])) is not None:
            yield one, names


def _packed(names: Names) -> bytes:
    encoded = _encode(names)
    return _sum(encoded) + encoded


def _unpacked(row: bytes) -> Names | None:
    """The names of a row; None of one that is damaged, and so to be made again."""
    encoded = row[_SUM:]
    if row[:_SUM] != _sum(encoded):
        return None
    with contextlib.suppress(msgspec.DecodeError):
        return _decode(encoded)
    return None


def _sum(encoded: bytes) -> bytes:
    return hashlib.blake2b(encoded, digest_size=_SUM).digest()


def _missing(keys: Mapping[Path, bytes], known: Mapping[bytes, Names]) -> list[Path]:
    return [path for path, key in keys.items() if key not in known]


def _each(paths: Sequence[Path], processes: int) -> Iterator[tuple[Path, bytes, Names]]:
    """The names of drafts, and the keys they have now."""
    if processes == 0:
        processes = (os.cpu_count() or 1) if len(paths) >= _FEW else 1
    if processes == 1 or len(paths) < 2:
        yield from map(_look, paths)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(_look, paths, chunksize=8)


def _look(path: Path) -> tuple[Path, bytes, Names]:
    try:
        data = drafts.read(path)
    except DraftError:  # Deleted just now.
        return path, b"", Names()
    try:
        return path, key(path, data), names_of(formats.read(data, str(path)))
    except DraftError:  # No text: `check` says so.
        return path, key(path, data), Names()


def _connect(path: Path) -> sqlite3.Connection:
    _prepare(path.parent)
    # Transactions begin and end where the code says so.
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        database.execute(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _prepare(folder: Path) -> None:
    """Makes a folder that git and backups pass over; without it there is no file."""
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        for name, text in _MARKS.items():
            if not (folder / name).exists():
                files.write(folder / name, text)
