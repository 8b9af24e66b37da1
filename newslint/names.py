"""The names of a draft: capitalised forms, beside what they stand, and how far apart they are."""

from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple
from unicodedata import combining, normalize

from newslint.lexicon import dictionary, frequency
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document

_WORDS = dictionary("en-US")
_POSSESSIVES = ("'s", "’s", "'", "’")
_RARE = 2.6
_OPENERS = "\"'“‘([—-"


class Form(NamedTuple):
    """A capitalised word: how often it stands, how often first in a sentence, and beside what.

    `lower` says whether it stands in lower case as well; `spans` are its places in the draft.
    """

    text: str
    folded: str
    zipf: float
    uses: int
    begins: int
    lower: bool
    neighbours: frozenset[str]
    before: frozenset[str]
    spans: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        """Where the form stands first."""
        return self.spans[0].start if self.spans else 0

    @property
    def weight(self) -> float:
        """How much speaks for the form being the right one."""
        return self.uses + 0.9 * self.zipf

    def is_name(self, known: float) -> bool:
        """Whether its capital is more than that of a sentence's beginning.

        `known` is the frequency from which a word of the dictionary is no name there.
        """
        if self.begins < self.uses:
            return True
        lower = self.text.lower()
        word = is_listed(lower) and not is_listed(self.text) and frequency(lower) > known
        return not (self.lower or word)


def forms(document: Document, common: float) -> dict[str, Form]:
    """The capitalised forms of a draft; words as frequent as `common` are nobody's neighbours."""
    spans = defaultdict[str, list[Span]](list)
    begins = Counter[str]()
    before, after = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    words = document.words
    starts = {sentence.start for sentence in document.sentences}
    for index, word in enumerate(words):
        if not word.text[0].isupper():
            continue
        text = bare(word.text)
        if not _capitalised(text):
            continue
        spans[text].append(Span(word.start, word.start + len(text)))
        begins[text] += _begins(document, word, starts)
        if index and _adjoin(document, words[index - 1], word):
            _note(before[text], words[index - 1], common)
        if index + 1 < len(words) and _adjoin(document, word, words[index + 1]):
            _note(after[text], words[index + 1], common)
    return {
        text: Form(
            text,
            fold(text),
            renown(text),
            len(places),
            begins[text],
            stands_lower(document, text),
            frozenset(before[text] | after[text]),
            frozenset(before[text]),
            tuple(places),
        )
        for text, places in spans.items()
    }


def is_listed(text: str) -> bool:
    """Whether the dictionary has a word or name, in this very case."""
    return text in _WORDS


def renown(text: str) -> float:
    """How common a name is; the count of a rare word that is no name says nothing: Paned."""
    value, lower = frequency(text), text.lower()
    return 0.0 if value < _RARE and is_listed(lower) and not is_listed(text) else value


@cache
def fold(text: str) -> str:
    """The text in lower case, without accents."""
    plain = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(char for char in plain if not combining(char))


def letters(text: str) -> str:
    """The text in lower case, without hyphens: what BlackBerry and Blackberry share."""
    return text.casefold().replace("-", "").replace("’", "'")


def distance(one: str, other: str) -> int:
    """Optimal string alignment: slips between two names, swapped letters being one."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)


def unlike(one: str, other: str) -> int:
    """How many letters of the two have no partner: cheaper than their distance, never above it."""
    counts = Counter(one)
    counts.subtract(other)
    return sum(map(abs, counts.values()))


def bare(text: str) -> str:
    """A word without its possessive ending."""
    for ending in _POSSESSIVES:
        if text.endswith(ending):
            return text.removesuffix(ending)
    return text


def stands_lower(document: Document, text: str) -> bool:
    """Whether a word also stands in lower case in a draft."""
    places = document.vocabulary.get(text.lower(), ())
    return any(document.prose[start].islower() for start in places)


def _capitalised(text: str) -> bool:
    plain = text.replace("-", "").replace("’", "").replace("'", "")
    return len(text) > 2 and text[0].isupper() and not text.isupper() and plain.isalpha()


def _begins(document: Document, word: Word, starts: set[int]) -> bool:
    """Whether a word begins a sentence, whatever marks stand before it."""
    start = word.start
    while start > 0 and document.prose[start - 1] in _OPENERS:
        start -= 1
    return start in starts or word.start in starts


def _adjoin(document: Document, one: Word, other: Word) -> bool:
    return document.prose[one.end : other.start] == " "


def _note(names: set[str], word: Word, common: float) -> None:
    if not word.text[0].isupper():
        return
    text = bare(word.text)
    if _capitalised(text) and frequency(text) < common:
        names.add(text)
