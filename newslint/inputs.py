"""What the findings of a draft depend on beside the draft: newslint itself, rules, configuration.

By content, never by time, so that it holds in CI, where each file is new. Only to save reading is
a folder whose files have the size, times and numbers of the last run taken to hold the same.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

from newslint.config import Settings
from newslint.store import Store

_PACKAGE = Path(__file__).parent
_LIBRARIES = ("pyphen", "pyromark", "rapidfuzz", "regex", "textstat")
"""Those whose releases may change what is found."""

_PATH = re.compile(r"[^\0\n]{0,200}[/\\][^\0\n]{1,200}")
"""What may name a file in another folder than that of the rule."""


def digest(*parts: bytes) -> bytes:
    """One hash of some parts; where one ends and the next begins counts."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


def of(settings: Settings, store: Store) -> bytes:
    """The fingerprint of what applies to a draft."""
    resolver = settings.resolver
    folders = sorted({file.path.parent for file in resolver.rule_files})
    paths = [*_package(), *(path for folder in folders for path in _inside(folder))]
    return digest(_around(), resolver.recipe, _contents(paths, store))


def self_contained(settings: Settings) -> bool:
    """Whether the rules that are on read no file beyond the folders that the fingerprint covers."""
    on = {rule.id for rule in settings.rules}
    return not any(
        (file.path.parent / text).is_file()
        for file in settings.resolver.rule_files
        if file.id in on
        for text in _texts([file.tree.plain, *settings.resolver.changes])
        if _PATH.fullmatch(text)
    )


def _texts(plain: object) -> Iterator[str]:
    match plain:
        case str():
            yield plain
        case Mapping():
            yield from (text for value in plain.values() for text in _texts(value))
        case list():
            yield from (text for value in plain for text in _texts(value))


@cache
def _around() -> bytes:
    """Python and the libraries, by their releases."""
    installed = {
        name
        for folder in sys.path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".dist-info") and name.lower().startswith(_LIBRARIES)
    }
    parts = (sys.version, unicodedata.unidata_version, *sorted(installed))
    return digest(*(os.fsencode(part) for part in parts))


@cache
def _package() -> tuple[Path, ...]:
    """The files of newslint: modules, lexicons, profiles, calibration."""
    return tuple(path for folder in _folders(_PACKAGE) for path in _inside(folder))


def _folders(folder: Path) -> Iterator[Path]:
    yield folder
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _folders(Path(entry.path))


def _inside(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        yield from sorted(Path(entry.path) for entry in entries if entry.is_file())


def _contents(paths: Iterable[Path], store: Store) -> bytes:
    """The hash of the files' names and contents; read only if one of them looks changed."""
    paths = list(paths)
    looks = digest(b"looks", *(repr(_looks(path)).encode() for path in paths))
    known = store.get(looks)
    if known is None:
        known = digest(*(part for path in paths for part in _content(path)))
        store.put(looks, known)
    return known


def _looks(path: Path) -> tuple[object, ...]:
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _content(path: Path) -> Iterator[bytes]:
    yield os.fsencode(f"{path.parent.name}/{path.name}")
    yield path.read_bytes()
