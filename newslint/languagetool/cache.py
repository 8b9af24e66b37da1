"""Answers by paragraph, on disk: what was asked once is not asked again.

The cache is a convenience. Whatever goes wrong with it, the paragraph is asked for anew; a file
that is no database is thrown away.
"""

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from newslint.remarks import Remark

_VERSION = "1"
_ROWS = 200_000
"""Paragraphs that are kept, some 60 MB; the longest unused go first."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[Remark, ...]).decode


def folder() -> Path:
    """Where newslint keeps what can be made again: `$XDG_CACHE_HOME/newslint`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newslint"


def key(identity: str, variant: str, paragraph: str) -> bytes:
    """What an answer depends on, in one: who is asked, in which English, and for what."""
    parts = "\0".join((_VERSION, identity, variant, paragraph))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).digest()


class Cache:
    """The answers of a file; `days` is how long they hold, 0 for ever."""

    def __init__(self, path: Path, days: float = 0) -> None:
        self._path = path
        self._oldest = time.time() - days * 86_400 if days else 0
        self._lock = threading.Lock()
        self._database = _open(path)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, tuple[Remark, ...]]:
        """The answers that are known."""
        found: dict[bytes, tuple[Remark, ...]] = {}
        with self._safely() as database:
            for one in keys:
                query = "SELECT answer FROM answers WHERE key = ? AND made >= ?"
                row = database.execute(query, (one, self._oldest)).fetchone()
                if row:
                    found[one] = _decode(row[0])
            used = [(time.time(), one) for one in found]
            database.executemany("UPDATE answers SET used = ? WHERE key = ?", used)
            database.commit()
        return found

    def put(self, answers: Mapping[bytes, Sequence[Remark]]) -> None:
        """Keeps answers, and lets the longest unused go when there are too many."""
        with self._safely() as database:
            now = time.time()
            rows = [(one, now, now, _encode(answer)) for one, answer in answers.items()]
            database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", rows)
            (count,) = database.execute("SELECT count(*) FROM answers").fetchone()
            if count > _ROWS:
                oldest = "SELECT key FROM answers ORDER BY used LIMIT ?"
                database.execute(
                    f"DELETE FROM answers WHERE key IN ({oldest})", (count - _ROWS * 3 // 4,)
                )
            database.commit()

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()

    @contextlib.contextmanager
    def _safely(self) -> Iterator[sqlite3.Connection]:
        """The database; what it cannot do is left undone."""
        with self._lock, contextlib.suppress(sqlite3.Error, msgspec.DecodeError):
            yield self._database


_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key BLOB PRIMARY KEY, made REAL NOT NULL, used REAL NOT NULL, answer BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_use ON answers (used);
"""


def _open(path: Path) -> sqlite3.Connection:
    """The database of a file; one in memory where the file cannot be had."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _connect(str(path))
    except (OSError, sqlite3.OperationalError):  # No room, no right, or locked for long.
        return _connect(":memory:")
    except sqlite3.DatabaseError:
        with contextlib.suppress(OSError, sqlite3.Error):
            path.unlink()
            return _connect(str(path))
        return _connect(":memory:")


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database
