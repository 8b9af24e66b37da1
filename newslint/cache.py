"""Reports of drafts that were checked before, by the content of all that they depend on."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

import msgspec

from newslint import formats, inputs
from newslint.config import Settings
from newslint.findings import Finding, Report, Suppressed
from newslint.readability import Figures
from newslint.scores import Standing
from newslint.store import Store
from newslint.text import Document


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a draft that was checked without trouble.

    `findings` are those of all levels; `found` are those before comments were heard and doubles
    dropped, where they differ. The scores are None if nobody asked for them.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    found: tuple[Finding, ...] | None = None
    readability: Figures | None = None
    standings: Mapping[str, Standing] = {}

    @classmethod
    def of(cls, found: tuple[Finding, ...], report: Report) -> "Entry":
        """What is kept of a report, and of what the rules found."""
        readability = report.scores.get("readability")
        standings = {
            name: value for name, value in report.scores.items() if isinstance(value, Standing)
        }
        return cls(
            report.findings,
            report.suppressed,
            None if tuple(sorted(found)) == report.findings else found,
            readability if isinstance(readability, Figures) else None,
            standings,
        )

    @property
    def scores(self) -> dict[str, object]:
        """The scores as a report has them."""
        return {"readability": self.readability, **self.standings} if self.readability else {}


class _Unread:
    """A draft of which only the source is known, until somebody asks for more.

    Lines and excerpts need no more, and a report of findings that are known needs no more than
    those: of thousands of drafts, none is parsed again.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self.name = data, name

    @cached_property
    def _source(self) -> Document:
        return Document(self.name, formats.decode(self._data, self.name), "", (), ())

    @cached_property
    def _document(self) -> Document:
        return formats.read(self._data, self.name)

    def __getattr__(self, name: str) -> Any:
        known = name in ("source", "place", "line", "line_starts")
        return getattr(self._source if known else self._document, name)


def unread(data: bytes, name: str) -> Document:
    """The document in these bytes, which is read when it is needed."""
    return cast(Document, _Unread(data, name))


class Cache:
    """The entries in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fingerprints: dict[object, bytes | None] = {}
        self._self_contained: dict[object, bool] = {}
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Entry).decode

    def get(self, settings: Settings, name: str, content: bytes) -> Entry | None:
        """The entry of a draft with this content, a hash of its bytes; None if there is none."""
        key = self._key(settings, name, content)
        stored = self._store.get(key) if key else None
        try:
            return self._decode(stored) if stored else None
        except msgspec.MsgspecError:
            return None

    def put(self, settings: Settings, name: str, content: bytes, entry: Entry) -> None:
        """Keeps the entry of a draft, if nothing but what the key says went into it."""
        self._put(self._key(settings, name, content), settings, self._encode(entry))

    def is_sound(self, settings: Settings) -> bool:
        """Whether all rules are known to be right, so that they need not be read to tell."""
        key = self._key(settings, "sound", b"")
        return key is not None and self._store.get(key) is not None

    def keep_sound(self, settings: Settings) -> None:
        """Remembers that there was nothing to say of the rules."""
        self._put(self._key(settings, "sound", b""), settings, b"sound")

    def close(self) -> None:
        """Writes what is left to write."""
        self._store.close()

    def _put(self, key: bytes | None, settings: Settings, value: bytes) -> None:
        if key and self._is_self_contained(settings):
            self._store.put(key, value)

    def _key(self, settings: Settings, name: str, content: bytes) -> bytes | None:
        mark = self._fingerprint(settings)
        # The format follows from the suffix; nothing else of the name shows in a finding.
        suffix = name.rpartition(".")[2].lower().encode(errors="surrogateescape")
        return inputs.digest(mark, suffix, content) if mark else None

    def _fingerprint(self, settings: Settings) -> bytes | None:
        """What applies to a draft, in short; None where its files cannot be looked at."""
        resolver = settings.resolver
        if resolver not in self._fingerprints:
            try:
                self._fingerprints[resolver] = inputs.of(settings, self._store)
            except OSError:
                self._fingerprints[resolver] = None
        return self._fingerprints[resolver]

    def _is_self_contained(self, settings: Settings) -> bool:
        resolver = settings.resolver
        if resolver not in self._self_contained:
            self._self_contained[resolver] = inputs.self_contained(settings)
        return self._self_contained[resolver]
