"""Values by key on disk, for what can be made again.

A store is a convenience: whatever goes wrong with it, a value is not there. It is one SQLite file,
so that any number of processes may share it and a process that dies harms nothing. Each value has
a checksum of its own.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

LIMIT = 200 << 20
"""The most bytes of a store; beyond it, what was longest unused goes."""

_BATCH = 500
"""Values that are written in one go; a run that is cut off loses no more."""

_DAY = 86_400
_PATIENCE = 1.0
"""Seconds to wait for another process that writes."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS v1 (key BLOB PRIMARY KEY, used INT, value BLOB) WITHOUT ROWID"
_GITIGNORE = "# Made by newslint.\n*\n"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by newslint; it can be made again.\n"


class Store:
    """The values of the file `newslint.sqlite` in a folder."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._path, self._limit = folder / "newslint.sqlite", limit
        self._now = int(time.time())
        self._database: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}
        self._stale: list[bytes] = []
        with self._safely():
            _furnish(folder)
            self._database = sqlite3.connect(self._path, _PATIENCE, isolation_level=None)
            # A power cut may cost values, which their checksums then tell; nothing is waited for.
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(_SCHEMA)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key; None where there is none, or where it is damaged."""
        if key in self._new:
            return self._new[key]
        with self._safely():
            if self._database:
                query = "SELECT used, value FROM v1 WHERE key = ?"
                row = self._database.execute(query, (key,)).fetchone()
                if row and isinstance(row[1], bytes):
                    return self._sound(key, *row)
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keeps a value; it is on disk at the latest when the store is closed."""
        self._new[key] = value
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Writes what is left to write, and lets go of the file."""
        self._write()
        with self._safely():
            if self._database:
                self._shrink(self._database)
                self._database.close()
        self._database = None

    def _sound(self, key: bytes, used: int, stored: bytes) -> bytes | None:
        value = stored[_CHECK:]
        if stored[:_CHECK] != _checksum(key, value):
            return None
        if used < self._now - _DAY:
            self._stale.append(key)
        return value

    def _write(self) -> None:
        rows = [(key, self._now, _checksum(key, value) + value) for key, value in self._new.items()]
        used = [(self._now, key) for key in self._stale]
        self._new, self._stale = {}, []
        with self._safely():
            if self._database and (rows or used):
                self._database.execute("BEGIN IMMEDIATE")
                self._database.executemany("INSERT OR REPLACE INTO v1 VALUES (?, ?, ?)", rows)
                self._database.executemany("UPDATE v1 SET used = ? WHERE key = ?", used)
                self._database.execute("COMMIT")

    def _shrink(self, database: sqlite3.Connection) -> None:
        size, pages, free = (
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count", "freelist_count")
        )
        if size * (pages - free) > self._limit:
            third = "(SELECT count(*) FROM v1) / 3 + 1"
            oldest = f"SELECT key FROM v1 ORDER BY used, key LIMIT {third}"
            database.execute(f"DELETE FROM v1 WHERE key IN ({oldest})")

    @contextlib.contextmanager
    def _safely(self) -> Iterator[None]:
        """Whatever fails, the run goes on without the store; a damaged file goes."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._give_up()
            if type(error) is sqlite3.DatabaseError:  # No database, or a broken one.
                with contextlib.suppress(OSError):
                    self._path.unlink()

    def _give_up(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._database:
                self._database.close()
        self._database = None


_CHECK = 8


def _checksum(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key, digest_size=_CHECK).digest()


def _furnish(folder: Path) -> None:
    """Makes the folder, for its owner only, and tells git and backups to pass it over."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, text in ((".gitignore", _GITIGNORE), ("CACHEDIR.TAG", _TAG)):
        (folder / name).write_text(text, encoding="utf-8")


def usual_folder() -> Path | None:
    """`$NEWSLINT_CACHE_DIR`, else `newslint` in the user's folder of caches, if there is one."""
    named = os.environ.get("NEWSLINT_CACHE_DIR")
    if named:
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with contextlib.suppress(RuntimeError):  # Nobody has no home.
        return (Path(caches) if caches else Path.home() / ".cache") / "newslint"
    return None
