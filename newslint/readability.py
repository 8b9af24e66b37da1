"""How hard a text is to read: the figures of textstat 0.7.4 for English, without importing it.

textstat counts the words anew for each of its figures, and cannot be imported beside a current
setuptools. Here a text is counted once; what is counted, the formulas and the rounding are
textstat's, down to their oddities, and a test holds every figure to the original. To textstat

- a word is what stands between two spaces and has a letter, figure or underscore;
- a sentence is what `.`, `!` or `?` ends, wherever it stands, unless it has two words or fewer;
- a syllable is what pyphen's American patterns would hyphenate: “people” has one.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pyphen import Pyphen


class Figures(msgspec.Struct, frozen=True):
    """The counts and the readability of a text."""

    flesch_reading_ease: float
    """206.835 - 1.015 words per sentence - 84.6 syllables per word: 100 is easy, 0 is hard.

    Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948).
    """

    flesch_kincaid_grade: float
    """0.39 words per sentence + 11.8 syllables per word - 15.59, a US school grade.

    Kincaid, Fishburne, Rogers and Chissom, Naval Technical Training Command, report 8-75 (1975).
    """

    gunning_fog: float
    """0.4 (words per sentence + per cent of hard words), a school grade.

    Gunning, “The Technique of Clear Writing” (1952). Hard are the different words of three
    syllables or more that are not on Dale and Chall's list.
    """

    smog_index: float
    """1.043 √(30 words of three syllables or more per sentence) + 3.1291, a school grade.

    McLaughlin, “SMOG grading”, Journal of Reading 12 (1969). 0 below three sentences.
    """

    coleman_liau_index: float
    """0.058 letters per 100 words - 0.296 sentences per 100 words - 15.8, a school grade.

    Coleman and Liau, “A computer readability formula designed for machine scoring”, Journal of
    Applied Psychology 60 (1975), coefficients rounded.
    """

    automated_readability_index: float
    """4.71 characters per word + 0.5 words per sentence - 21.43, a school grade.

    Smith and Senter, “Automated Readability Index”, AMRL-TR-66-220 (1967).
    """

    dale_chall_score: float
    """0.1579 per cent of unlisted words + 0.0496 words per sentence, + 3.6365 above 5 per cent.

    Dale and Chall, “A formula for predicting readability”, Educational Research Bulletin 27
    (1948). 4.9 and less is for fourth-graders, 9 to 9.9 for students. Unlisted are the different
    words that are not on their list of 3,000; inflected forms are not looked up.
    """

    words: int
    sentences: int
    syllables: int
    polysyllables: int
    """Words of three syllables or more."""

    characters: int
    """All but space."""

    letters: int
    """Letters, figures and underscores."""

    reading_time: float
    """Seconds, at 14.69 ms a character: Demberg and Keller, Cognition 109 (2008)."""

    @property
    def grade(self) -> float:
        """The mean of the five school grades, or of four in a text too short for SMOG."""
        grades = [
            self.flesch_kincaid_grade,
            self.gunning_fog,
            self.coleman_liau_index,
            self.automated_readability_index,
        ]
        grades += [self.smog_index] if self.sentences >= _SMOG_SENTENCES else []
        return round(sum(grades) / len(grades), 1)


_SMOG_SENTENCES = 3


@lru_cache(maxsize=512)
def measure(text: str) -> Figures:
    """The figures of a text; remembered for the last few hundred texts."""
    pieces = text.split()
    counted = [syllables(piece) for piece in pieces]
    words = sum(map(bool, counted))
    sentences = max(1, sum(_has_many_words(part) for part in _SENTENCE.findall(text)))
    polysyllables = sum(count >= _MANY for count in counted)
    characters = sum(map(len, pieces))
    letters = len(_NO_LETTERS.sub("", text))
    unlisted = set(_LISTABLE.findall(text.lower())) - _easy_words()
    hard = sum(syllables(word) >= _MANY for word in unlisted)
    length = _ratio(words, sentences, 1)
    syllables_per_word = _ratio(sum(counted), words, 1)
    return Figures(
        flesch_reading_ease=_round(206.835 - 1.015 * length - 84.6 * syllables_per_word, 2),
        flesch_kincaid_grade=_round(0.39 * length + 11.8 * syllables_per_word - 15.59, 1),
        gunning_fog=_fog(length, hard, words),
        smog_index=_smog(polysyllables, sentences),
        coleman_liau_index=_coleman_liau(letters, words, sentences),
        automated_readability_index=_automated(characters, words, sentences),
        dale_chall_score=_dale_chall(length, len(unlisted), words),
        words=words,
        sentences=sentences,
        syllables=sum(counted),
        polysyllables=polysyllables,
        characters=characters,
        letters=letters,
        reading_time=_round(sum(len(piece) * 14.69 for piece in pieces) / 1000, 2),
    )


_MANY = 3
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_PUNCTUATION = re.compile(r"[^\w\s]")
_NO_LETTERS = re.compile(r"\W+")
_LISTABLE = re.compile(r"[\w='‘’]+")


def _has_many_words(sentence: str) -> bool:
    return len(_PUNCTUATION.sub("", sentence).split()) >= _MANY


def _fog(length: float, hard: int, words: int) -> float:
    return _round(0.4 * (length + hard / words * 100), 2) if words else 0.0


def _smog(polysyllables: int, sentences: int) -> float:
    if sentences < _SMOG_SENTENCES:
        return 0.0
    root: float = (30 * (polysyllables / sentences)) ** 0.5
    return _round(1.043 * root + 3.1291, 1)


def _coleman_liau(letters: int, words: int, sentences: int) -> float:
    per_hundred = _round(_ratio(letters, words, 2) * 100, 2)
    sentences_per_hundred = _round(_ratio(sentences, words, 2) * 100, 2)
    return _round(0.058 * per_hundred - 0.296 * sentences_per_hundred - 15.8, 2)


def _automated(characters: int, words: int, sentences: int) -> float:
    if not words:
        return 0.0
    length = _ratio(words, sentences, 2)
    return _round(4.71 * _ratio(characters, words, 2) + 0.5 * length - 21.43, 1)


def _dale_chall(length: float, unlisted: int, words: int) -> float:
    if not words:
        return 0.0
    # Not shortened: the same order of steps gives the same last digit.
    per_cent = 100 - (words - unlisted) / words * 100
    score = 0.1579 * per_cent + 0.0496 * length
    return _round(score + 3.6365 if per_cent > 5 else score, 2)


def _ratio(part: int, whole: int, points: int) -> float:
    return _round(part / whole, points) if whole else 0.0


def _round(number: float, points: int) -> float:
    """Round as Python 2 did, halves away from zero (and negative numbers once too often)."""
    power = 10.0**points
    return math.floor(number * power + math.copysign(0.5, number)) / power


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """The syllables of a word as American English may hyphenate it; 0 where it has no letter."""
    parts = _PUNCTUATION.sub("", word.lower()).split()
    count = sum(len(_hyphenator().positions(part)) + 1 for part in parts)
    _hyphenator().hd.cache.clear()  # It would grow with every new word for ever.
    return count


@cache
def _hyphenator() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="en_US")


@cache
def _easy_words() -> frozenset[str]:
    """Dale and Chall's list of easy words, from textstat's own file."""
    package = find_spec("textstat")
    if not package or not package.origin:
        raise ModuleNotFoundError("textstat is not installed; its list of easy words is needed")
    listed = Path(package.origin).parent / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in listed.read_text("utf-8").splitlines())
