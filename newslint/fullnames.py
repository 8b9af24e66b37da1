"""Names as a reader knows them: capitalised words in a row, as Dorothea Lindqvist."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newslint.lexicon import dictionary, frequency
from newslint.names import bare, stands_lower
from newslint.segment import MONTHS_AND_DAYS, STARTERS, TIMES, TITLES, Word
from newslint.spans import Span
from newslint.text import Document

_WORDS = dictionary("en-US")
_JOINING = frozenset(
    "al bin da de del della den der di dos du el ibn la le of the ter van von".split()
)
"""Words in lower case that stand inside names."""

_NO_NAMES = STARTERS | TIMES | MONTHS_AND_DAYS | TITLES
"""Words whose capital makes no name of them where they stand alone."""

_OPENERS = "\"'“‘([—–:•*"
_ENDS = (".", "!", "?", "…", '"', "”", "’", ")", ":")
_KNOWN = 3.0
_LONGEST_ACRONYM = 6
_HEADING = 0.6
"""The share of capitalised words from which a passage is a heading, whose capitals say nothing."""


class _Row(NamedTuple):
    """Capitalised words in a row; `opens` if the first would have its capital anyway."""

    words: tuple[Word, ...]
    opens: bool

    @property
    def texts(self) -> tuple[str, ...]:
        *first, last = (word.text for word in self.words)
        return (*first, bare(last))

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].start + len(self.texts[-1]))


def full_names(document: Document) -> Mapping[str, list[Span]]:
    """The names of a draft, and their places; headings whose words all have capitals give none."""
    rows = [row for passage in _passages(document) for row in _rows(document, passage)]
    sure = frozenset(row.texts for row in rows if not row.opens)
    places = defaultdict[str, list[Span]](list)
    for row in rows:
        name = _without_opening(row, sure)
        if name and _is_name(document, name):
            places[document.prose[name.span.start : name.span.end]].append(name.span)
    return places


def _passages(document: Document) -> Iterator[Span]:
    return (span for _, span in document.blocks if not _is_heading(document, span))


def _is_heading(document: Document, span: Span) -> bool:
    """Whether a passage is one in which most words have capitals, and no sentence ends."""
    words = [word.text for word in document.words_in(span) if len(word.text) > 3]
    capitals = sum(word[0].isupper() for word in words)
    ends = document.prose[: span.end].endswith(_ENDS)
    return len(words) > 3 and capitals >= _HEADING * len(words) and not ends


def _rows(document: Document, passage: Span) -> Iterator[_Row]:
    row: list[Word] = []
    for word in document.words_in(passage):
        if row and not _adjoin(document, row[-1], word):
            yield from _ended(document, row)
            row = []
        if _is_capitalised(word.text) or (row and _joins(row[-1].text, word.text)):
            row.append(word)
        elif row:
            yield from _ended(document, row)
            row = []
    yield from _ended(document, row)


def _joins(last: str, text: str) -> bool:
    """Whether a word in lower case goes on with a name: Bank of England, not Blair of Labour."""
    if text == "of":
        return last.lower() in _WORDS
    return text in _JOINING and (text != "the" or last == "of")


def _ended(document: Document, row: list[Word]) -> Iterator[_Row]:
    """The row without the joining words at its end."""
    while row and row[-1].text in _JOINING:
        row = row[:-1]
    if row:
        yield _Row(tuple(row), _opens(document, row[0]))


def _adjoin(document: Document, last: Word, word: Word) -> bool:
    """Whether a word goes on with a row: behind a space, or behind the point of Mr. or J."""
    between = document.prose[last.end : word.start]
    pointed = last.text in TITLES or (len(last.text) == 1 and last.text.isupper())
    return bare(last.text) == last.text and (between == " " or (between == ". " and pointed))


def _is_capitalised(text: str) -> bool:
    if not text[0].isupper() or text.startswith(("I'", "I’")):
        return False
    if text.isupper():
        return len(text) <= _LONGEST_ACRONYM
    _, hyphen, last = text.rpartition("-")
    return not (hyphen and len(last) > 3 and last in _WORDS)  # Kim Jong-un, but Neptune-sized.


def _opens(document: Document, word: Word) -> bool:
    before = document.prose[: word.start].rstrip(" ")[-1:]
    return word.start in document.once(_starts) or before in _OPENERS


def _starts(document: Document) -> frozenset[int]:
    return frozenset(sentence.start for sentence in document.sentences)


def _without_opening(row: _Row, sure: frozenset[tuple[str, ...]]) -> _Row | None:
    """The row without titles, and without a first word whose capital is that of its sentence."""
    while len(row.words) > 1 and row.words[0].text in TITLES:
        row = _Row(row.words[1:], False)
    if not row.opens or row.texts in sure or not _is_ordinary(row.words[0].text):
        return row
    rest = row.words[1:]
    while rest and rest[0].text in _JOINING:
        rest = rest[1:]
    return _Row(rest, False) if rest else None


def _is_ordinary(text: str) -> bool:
    lower = text.lower()
    if text in STARTERS:
        return True
    return lower in _WORDS and text not in _WORDS and frequency(lower) > _KNOWN


def _is_name(document: Document, row: _Row) -> bool:
    """Whether a row is more than a day, a title, a letter, or a word with a capital at times."""
    texts = [text for text in row.texts if text not in _NO_NAMES]
    if not any(len(text) > 1 for text in texts):
        return False
    return len(row.texts) > 1 or not stands_lower(document, texts[0])
