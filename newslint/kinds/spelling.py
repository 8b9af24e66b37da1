"""Words that are in no dictionary."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal
from unicodedata import combining, normalize

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
_TERM = 2
_ROOT = 4
_LONGEST = 30
"""The most letters of a word that suggestions are sought for; no common word has as many."""

_REMEMBERED = 100_000


class Spelling(Rule, tag="spelling", frozen=True, kw_only=True, dict=True):
    """Vale's `spelling`, for words in lower case: a name is never an unknown word.

    - `dictionaries`: names of dictionaries, `en-US` and `en-GB`; default by `language`, or both.
    - `language`: `en-US` or `en-GB`; set by the configuration.
    - `ignore`: words of the house, or a `.txt` of them.
    - `filters`: patterns of words that are not looked at.
    - `near`: report only words a slip away (two from six letters) from a common word, with
      suggestions.
    - `common`: the Zipf frequency that such a word must have; default 3.0.
    - `contrast`: how much more frequent it must be than the unknown word; default 1.5.
    - `min_length`: letters of the shortest word that is looked at; default 3.
    - `prefixes`, `suffixes`: what may stand before and behind a known word: un-, -ers.
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
    exceptions: tuple[str, ...] = ()
    custom: bool = False
    append: bool = False
    dicpath: str = ""
    dic: str = ""
    aff: str = ""

    def __post_init__(self) -> None:
        _ = self._filters

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
            if inside and not (self.near and any(self._is_foreign(one, word) for one in around)):
                yield from self._unknown(document, word)

    def _unknown(self, document: Document, word: Word) -> Iterator[Match]:
        text = _POSSESSIVE.sub("", word.text)
        if not _LETTERS.fullmatch(text.replace("-", "")) or (self.near and not text.isascii()):
            return  # An accent marks a foreign word more often than a slip.
        part = next((part for part in text.split("-") if part and not self._known(part)), "")
        if len(part) < self.min_length or self._filters.search(text):
            return
        if self._is_term(document, part):
            return
        start = word.start + word.text.index(part)
        # Half of a compound is often no word: no-brainer, all-nighter.
        suggestions = () if self.near and part != text else self._suggestions(part)
        if suggestions or not self.near:
            facts = {"use": " or ".join(f"“{use}”" for use in suggestions)}
            yield Match(Span(start, start + len(part)), suggestions, facts=facts)

    def _is_foreign(self, neighbour: Word, word: Word) -> bool:
        """Whether a short word stands beside a name, as “von” does, or another beside its like."""
        if neighbour.text[:1].isupper():
            return len(word.text) <= _ROOT
        return neighbour.text.isalpha() and not self._known(_POSSESSIVE.sub("", neighbour.text))

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

    def _is_term(self, document: Document, word: str) -> bool:
        """Whether the draft uses a word so often, or as a name, that it must mean it."""
        starts = document.vocabulary.get(word.casefold(), ())
        return len(starts) >= _TERM or any(document.prose[start].isupper() for start in starts)

    def _roots(self, word: str) -> list[str]:
        """The known words that a word is made of: one with a prefix or suffix, or two."""
        stems = [word.removeprefix(prefix) for prefix in self.prefixes if word.startswith(prefix)]
        stems += [word.removesuffix(suffix) for suffix in self.suffixes if word.endswith(suffix)]
        roots = [stem for stem in stems if len(stem) >= _ROOT and self._is_root(stem)]
        halves = ((word[:at], word[at:]) for at in range(_ROOT, len(word) - _ROOT + 1))
        return roots + [
            half
            for pair in halves
            if self.suffixes and all(map(self._is_common, pair))
            for half in pair
        ]

    def _is_root(self, stem: str) -> bool:
        return self._known(stem) or self._known(stem + "e")

    def _suggestions(self, word: str) -> tuple[str, ...]:
        """The common words that a slip or two part from a word, the likeliest first; three."""
        if len(word) > _LONGEST:
            return ()
        plain, roots = _plain(word), self._roots(word)
        least = max(self.common, frequency(word) + self.contrast)
        if roots or len(plain) < _LONG:
            least += 1  # What looks like a word, or is short, needs a better reason;
        near = {one for one in _slips(plain) if frequency(one) >= least and self._known(one)}
        if not near and len(plain) >= _LONG and not roots:
            least += 1 if len(plain) > _LONG + 1 else 2  # so does a second slip.
            near = {one for one in self._two_slips_from(plain) if frequency(one) >= least}
        near = {one for one in near if not any(root[:_ROOT] == one[:_ROOT] for root in roots)}
        return tuple(sorted(near, key=lambda one: (-frequency(one), one))[:3])

    def _two_slips_from(self, word: str) -> Iterator[str]:
        """The words of the dictionaries that begin likewise, and are two slips away."""
        from rapidfuzz.distance import OSA

        for words in self._words:
            for one in words.beginning(word[:2]):
                if abs(len(one) - len(word)) <= 2 and OSA.distance(one, word, score_cutoff=2) <= 2:
                    yield one

    def _is_common(self, word: str) -> bool:
        return frequency(word) >= self.common and self._known(word)

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


def _slips(word: str) -> Iterator[str]:
    """What one slip of the finger makes of a word: two letters swapped, one more, less, other."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + char + right[1:] for left, right in cuts if right for char in _ALPHABET)
    yield from (left + char + right for left, right in cuts for char in _ALPHABET)
