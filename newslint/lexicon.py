"""Word lists that cost nothing until a word is looked up in them.

A lexicon is a UTF-8 file of lines `word` or `word<TAB>value`, sorted by the bytes of the words. It
is searched where it lies, by halving: nothing is parsed, and a word costs some twenty lines read.
Lines that begin with `#` are comments; they sort, and so stand, before every word.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal
from unicodedata import combining, normalize
from zipimport import zipimporter

_SHIPPED = Path(__file__).parent / "lexicons"
_JOINT = re.compile(r"['-]")


class Lexicon:
    """The words of a sorted file and their values; read when first asked."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def get(self, word: str) -> str | None:
        """The value of a word as it is spelt here; empty where the file has words alone."""
        return _look_up(self.path, word)

    def beginning(self, letters: str) -> Iterator[str]:
        """The words that begin with these letters, in order."""
        lines, sought = _contents(self.path), b"\n" + letters.encode()
        # Sorted by bytes, they stand together; the first of a file has no line break before it.
        start = 0 if lines[: len(sought) - 1] == sought[1:] else lines.find(sought) + 1
        while start > 0 or lines[: len(sought) - 1] == sought[1:]:
            end = lines.find(b"\n", start)
            line = lines[start : end if end >= 0 else len(lines)]
            if not line.startswith(sought[1:]):
                return
            yield line.partition(b"\t")[0].decode()
            if end < 0 or end + 1 >= len(lines):
                return
            start = end + 1


def dictionary(language: Literal["en-US", "en-GB"]) -> Lexicon:
    """The words of a language, names with their capitals, apostrophes straight, none in 's."""
    return Lexicon(_SHIPPED / f"{language}.txt")


def frequency(word: str) -> float:
    """How common a word is: its Zipf value, log10 of its uses per thousand million words.

    3 is a word every editor knows, 5 one that stands on every page, 0.0 one that is not listed.
    Case, accents and the curl of apostrophes do not count, and a compound, possessive or short form
    that is not listed is as common as its longest part: O'Connor, Kyiv-based, government's.
    """
    plain = _plain(word)
    value = _FREQUENCIES.get(plain) or _FREQUENCIES.get(max(_JOINT.split(plain), key=len))
    return float(value) if value else 0.0


_FREQUENCIES = Lexicon(_SHIPPED / "frequency.tsv")


def _plain(word: str) -> str:
    lowered = word.lower().replace("’", "'")
    if lowered.isascii():
        return lowered
    return "".join(sign for sign in normalize("NFKD", lowered) if not combining(sign))


@lru_cache(maxsize=1 << 16)
def _look_up(path: Path, word: str) -> str | None:
    lines, sought = _contents(path), word.encode(errors="surrogatepass")
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = max(low, lines.rfind(b"\n", low, middle) + 1)
        if (end := lines.find(b"\n", middle)) < 0:
            end = len(lines)
        found, _, value = lines[start:end].partition(b"\t")
        if found == sought:
            return value.decode()
        low, high = (end + 1, high) if found < sought else (low, start)
    return None


@cache
def _contents(path: Path) -> bytes | mmap:
    """The bytes of a file, or of a member of the archive that the package was imported from."""
    try:
        with path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ) if file.read(1) else b""
    except (FileNotFoundError, NotADirectoryError):
        if isinstance(archive := __spec__.loader, zipimporter):
            return archive.get_data(str(path))
        raise
