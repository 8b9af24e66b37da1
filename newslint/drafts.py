"""Paths, folders and globs to drafts, in order; what cannot be read is said, not passed over."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from newslint import formats
from newslint.errors import DraftError

_SKIPPED = ("node_modules", "__pycache__")


def find(paths: Sequence[str], *, gitignore: bool = True) -> Iterator[Path | DraftError]:
    """The drafts that the paths name, each once, in the order of the paths and of their names.

    A folder gives its files of known formats, those that git ignores left out; a file that is
    named is taken whatever its format.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, gitignore):
            key = found.name if isinstance(found, DraftError) else os.path.normpath(found)
            if key not in seen:
                seen.add(key)
                yield found


def name(path: Path | str) -> str:
    """The path as any text may have it: bytes in it that are not UTF-8 are written as `\\xff`."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read(path: Path) -> bytes:
    """The bytes of a draft. Raises DraftError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DraftError(str(path), f"cannot be read: {error.strerror or error}") from None


def _expand(path: str, gitignore: bool) -> Iterator[Path | DraftError]:
    if os.path.isdir(path):
        yield from _inside(Path(path), gitignore)
    elif os.path.lexists(path):
        yield Path(path)
    elif has_magic(path) and (matched := sorted(glob(path, recursive=True))):
        for match in matched:
            yield from _expand(match, gitignore)
    else:
        yield DraftError(name(path), "no such file or folder")


def _inside(folder: Path, gitignore: bool) -> Iterator[Path]:
    drafts = sorted(_walk(folder))
    ignored = _ignored(folder, drafts) if gitignore and drafts else frozenset()
    yield from (draft for draft in drafts if draft not in ignored)


def _walk(folder: Path) -> Iterator[Path]:
    """The files of known formats; links to folders are not followed, so that none goes round."""
    extensions = formats.extensions()
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _hidden(name)]
        for name in names:
            if os.path.splitext(name)[1].lower() in extensions and not name.startswith("."):
                yield Path(root, name)


def _hidden(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


def _ignored(folder: Path, drafts: Sequence[Path]) -> frozenset[Path]:
    """Those of the drafts that git ignores; none where the folder is in no repository."""
    names = "\0".join(os.path.relpath(draft, folder) for draft in drafts)
    command = ["git", "-C", str(folder), "check-ignore", "--stdin", "-z"]
    try:
        asked = subprocess.run(command, input=os.fsencode(names), capture_output=True, check=False)
    except OSError:  # No git here.
        return frozenset()
    if asked.returncode != 0:
        return frozenset()
    return frozenset(folder / name for name in os.fsdecode(asked.stdout).split("\0") if name)
