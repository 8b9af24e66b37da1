"""Words that are in no dictionary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal
from unicodedata import combining, normalize

import regex

from newslint.findings import Match
from newslint.lexicon import Lexicon, dictionary, frequency
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document

Language = Literal["en-US", "en-GB"]

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_LONG = 6
_LONGER = 8
_TERM = 2
_ROOT = 4
_VOWELS = "aeiouy"
_PAIRS = {"“”", "‘’", '""', "''"}
_LONGEST = 30
"""The most letters of a word that suggestions are sought for; no common word has as many."""

_REMEMBERED = 100_000


class Spelling(Rule, tag="spelling", frozen=True, kw_only=True, dict=True):
    """Vale's `spelling`, for words in lower case: a name is never an unknown word.

    - `dictionaries`: names of dictionaries, `en-US` and `en-GB`; default by `language`, or both.
    - `language`: `en-US` or `en-GB`; set by the configuration.
    - `ignore`: words of the house, or a `.txt` of them; with `near`, a slip in one is found.
    - `filters`: patterns of words that are not looked at.
    - `near`: report only words a slip away (two from six letters) from a common word, with
      suggestions.
    - `common`: the Zipf frequency that such a word must have; default 3.0.
    - `contrast`: how much more frequent it must be than the unknown word; default 1.5.
    - `min_length`: letters of the shortest word that is looked at; default 3.
    - `prefixes`, `suffixes`: what may stand before and behind a known word: un-, -ers.
    - `misjoined`: a mapping of patterns of endings that are joined wrongly to right ones, as `ys`
      to `ies` (citys); where they match, a known stem excuses nothing.
    - `exceptions`, `custom`, `append`, `dicpath`, `dic`, `aff`: Vale's; accepted.
    """

    dictionaries: tuple[Language, ...] = ()
    language: Language | Literal[""] = ""
    ignore: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    near: bool = False
    common: float = 3.0
    contrast: float = 1.5
    min_length: int = 3
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    misjoined: Mapping[str, str] = {}
    exceptions: tuple[str, ...] = ()
    custom: bool = False
    append: bool = False
    dicpath: str = ""
    dic: str = ""
    aff: str = ""

    def __post_init__(self) -> None:
        _ = self._filters, self._misjoined

    def find(self, document: Document) -> Iterator[Match]:
        passages = list(self.passages(document))
        words, known = document.words, self._answers
        for index, word in enumerate(words):
            if known.get(word.text) or not word.text.islower():
                continue
            if self._known(_POSSESSIVE.sub("", word.text)):
                continue
            inside = any(word.span.within(passage) for passage in passages)
            around = (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
            if inside and not (self.near and self._is_meant(document, word, around)):
                yield from self._unknown(document, word)

    def _unknown(self, document: Document, word: Word) -> Iterator[Match]:
        text = _POSSESSIVE.sub("", word.text)
        if not _LETTERS.fullmatch(text.replace("-", "")) or (self.near and not text.isascii()):
            return  # An accent marks a foreign word more often than a slip.
        part = next((part for part in text.split("-") if part and not self._known(part)), "")
        if len(part) < self.min_length or self._filters.search(text):
            return
        start = word.start + word.text.index(part)
        # Half of a compound is often no word: no-brainer, all-nighter.
        suggestions = () if self.near and part != text else self._suggestions(part)
        if self._is_term(document, part, suggestions):
            return
        if suggestions or not self.near:
            facts = {"use": " or ".join(f"“{use}”" for use in suggestions)}
            yield Match(Span(start, start + len(part)), suggestions, facts=facts)

    def _is_meant(self, document: Document, word: Word, around: Sequence[Word]) -> bool:
        """Whether a word is foreign beside others, quoted for its own sake, or spelt as spoken."""
        alone = (
            document.prose[word.start - 1 : word.start] + document.prose[word.end : word.end + 1]
        )
        spoken = document.quoted(word.span) and self._known(word.text + "g")
        return spoken or alone in _PAIRS or any(self._is_foreign(one, word) for one in around)

    def _is_foreign(self, neighbour: Word, word: Word) -> bool:
        """Whether a short word stands beside a name, as “von” does, or another beside its like."""
        text = _POSSESSIVE.sub("", neighbour.text)
        if text[:1].isupper():
            return len(word.text) <= _ROOT and not (self._known(text) or self._known(text.lower()))
        return text.isalpha() and not self._known(text)

    def _known(self, text: str) -> bool:
        if text not in self._answers:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[text] = text in self._ignored or any(
                _plain(text) in words for words in self._words
            )
        return self._answers[text]

    @cached_property
    def _answers(self) -> dict[str, bool]:
        """Which texts are known, as far as asked."""
        return {}

    def _is_term(self, document: Document, word: str, suggestions: Sequence[str]) -> bool:
        """Whether the draft uses a word so often, or as a name, that it must mean it."""
        starts = document.vocabulary.get(word.casefold(), ())
        named = any(document.prose[start].isupper() for start in starts)
        # Nobody means a word twice that nobody has ever used, one slip from a common one.
        least = _TERM + (self.near and self._is_blatant(word, suggestions))
        return named or len(starts) >= least

    def _is_blatant(self, word: str, suggestions: Sequence[str]) -> bool:
        if not suggestions or frequency(word) or self._roots(word):
            return False
        slips = set(_slips(_plain(word)))
        return any(one in slips and self._is_common(one, 1) for one in suggestions)

    def _roots(self, word: str) -> list[str]:
        """The known words that a word is made of, with a prefix or suffix."""
        stems = [word.removeprefix(prefix) for prefix in self.prefixes if word.startswith(prefix)]
        roots = [stem for stem in stems if len(stem) >= _ROOT and self._known(stem)]
        if not any(self._known(one) for one in self._joined(word)):
            ends = [suffix for suffix in self.suffixes if word.endswith(suffix)]
            roots += [word.removesuffix(end) for end in ends if self._is_stem(word, end)]
        return roots

    def _is_stem(self, word: str, suffix: str) -> bool:
        """Whether a known word stands before a suffix; its e is dropped before a vowel."""
        stem = word.removesuffix(suffix)
        dropped = suffix[0] in _VOWELS and self._known(stem + "e")
        return len(stem) >= _ROOT and (self._known(stem) or dropped)

    def _is_compound(self, word: str) -> bool:
        """Whether two common words make up the word."""
        halves = ((word[:at], word[at:]) for at in range(_ROOT, len(word) - _ROOT + 1))
        return bool(self.suffixes) and any(all(map(self._is_common, pair)) for pair in halves)

    def _suggestions(self, word: str) -> tuple[str, ...]:
        """The common words that a slip or two part from a word, the likeliest first; three."""
        if len(word) > _LONGEST:
            return ()
        if word not in self._suggested:
            if len(self._suggested) >= _REMEMBERED:
                self._suggested.clear()
            self._suggested[word] = self._nearest(word)
        return self._suggested[word]

    @cached_property
    def _suggested(self) -> dict[str, tuple[str, ...]]:
        """What was suggested for words, as far as asked."""
        return {}

    def _nearest(self, word: str) -> tuple[str, ...]:
        plain, roots = _plain(word), self._roots(word)
        joined = [one for one in self._joined(plain) if self._is_common(one)]
        if joined:
            return tuple(joined[:1])
        excused = bool(roots) or self._is_compound(word)
        near = self._one_slip_from(plain, excused) or self._two_slips_from(plain, excused)
        near = {one for one in near if not any(root[:_ROOT] == one[:_ROOT] for root in roots)}
        return tuple(sorted(near, key=lambda one: (-_likelihood(one, plain), one))[:3])

    def _joined(self, word: str) -> Iterator[str]:
        """The word with an ending joined rightly."""
        for pattern, right in self._misjoined:
            if (joined := pattern.sub(right, word)) != word:
                yield joined

    def _least(self, word: str) -> float:
        """How common a word must be that this one is taken for a slip of."""
        # How common a name is says nothing of a word in lower case: chang, sumer.
        named = len(word) > _ROOT and self._known(word.capitalize())
        rarity = 0.0 if named else frequency(word)
        return max(self.common, rarity + self.contrast)

    def _one_slip_from(self, word: str, excused: bool) -> set[str]:
        # What looks like a word, or is short, needs a better reason.
        least = self._least(word) + (excused or len(word) < _LONG)
        slips, house = set(_slips(word)), len(word) >= _LONG
        common = {one for one in slips if frequency(one) >= least and self._known(one)}
        return common | (slips & self._ignored if house else set())

    def _two_slips_from(self, word: str, excused: bool) -> set[str]:
        if excused or len(word) < _LONG:
            return set()
        # So does a second slip, unless nobody ever wrote the word.
        least = self._least(word) + (1 if len(word) >= _LONGER else 2)
        least -= 0 if frequency(word) else 1
        return {one for one in self._alike(word) if frequency(one) >= least}

    def _alike(self, word: str) -> Iterator[str]:
        """The words of the dictionaries that begin likewise, and are two slips away."""
        from rapidfuzz.distance import OSA

        for words in self._words:
            for one in words.beginning(word[:2]):
                if abs(len(one) - len(word)) <= 2 and OSA.distance(one, word, score_cutoff=2) <= 2:
                    yield one

    def _is_common(self, word: str, more: float = 0) -> bool:
        return frequency(word) >= self.common + more and self._known(word)

    @cached_property
    def _misjoined(self) -> "tuple[tuple[regex.Pattern[str], str], ...]":
        return tuple((regex.compile(f"(?:{one})$"), right) for one, right in self.misjoined.items())

    @cached_property
    def _words(self) -> tuple[Lexicon, ...]:
        own: tuple[Language, ...] = (self.language,) if self.language else ("en-US", "en-GB")
        return tuple(dictionary(language) for language in self.dictionaries or own)

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in (*self.ignore, *self.exceptions))

    @cached_property
    def _filters(self) -> Pattern:
        return Pattern(self.filters, words=False)


def _plain(word: str) -> str:
    """The word without accents, its apostrophes straight."""
    letters = normalize("NFKD", word.replace("’", "'"))
    return "".join(char for char in letters if not combining(char))


def _likelihood(word: str, typed: str) -> float:
    """How likely a word was meant: its frequency, and more where the slip is of a usual kind."""
    same_letters, same_sounds = sorted(word) == sorted(typed), set(word) == set(typed)
    ends_alike = (word[:1] == typed[:1]) + (word[-1:] == typed[-1:])
    return frequency(word) + ends_alike + 0.5 * same_letters + same_sounds


def _slips(word: str) -> Iterator[str]:
    """What one slip of the finger makes of a word: two letters swapped, one more, less, other."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + char + right[1:] for left, right in cuts if right for char in _ALPHABET)
    yield from (left + char + right for left, right in cuts for char in _ALPHABET)
