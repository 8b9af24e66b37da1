"""Words that are in no dictionary."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

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
_LONG = 8
_TERM = 3


class Spelling(Rule, tag="spelling", frozen=True, kw_only=True, dict=True):
    """Vale's `spelling`, for words in lower case: a name is never an unknown word.

    - `dictionaries`: names of dictionaries, `en-US` and `en-GB`; default by `language`, or both.
    - `language`: `en-US` or `en-GB`; set by the configuration.
    - `ignore`: words of the house, or a `.txt` of them.
    - `filters`: patterns of words that are not looked at.
    - `near`: report only words that are one slip away from a dictionary word, with suggestions.
    - `min_frequency`: the Zipf frequency that such a word must have; default 3.0.
    - `exceptions`, `custom`, `append`, `dicpath`, `dic`, `aff`: Vale's; accepted.
    """

    dictionaries: tuple[Language, ...] = ()
    language: Language | Literal[""] = ""
    ignore: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    near: bool = False
    min_frequency: float = 3.0
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
        for word in document.words:
            if word.text.islower() and any(word.span.within(passage) for passage in passages):
                yield from self._unknown(document, word)

    def _unknown(self, document: Document, word: Word) -> Iterator[Match]:
        text = _POSSESSIVE.sub("", word.text)
        if not _LETTERS.fullmatch(text.replace("-", "")) or self._known(text):
            return
        part = next((part for part in text.split("-") if part and not self._known(part)), "")
        if len(part) < 3 or self._is_term(document, part) or self._filters.search(text):
            return
        start = word.start + word.text.index(part)
        suggestions = self._suggestions(part.replace("’", "'"))
        if suggestions or not self.near:
            facts = {"use": " or ".join(f"“{use}”" for use in suggestions)}
            yield Match(Span(start, start + len(part)), suggestions, facts=facts)

    def _known(self, text: str) -> bool:
        word = text.replace("’", "'")
        return word in self._ignored or any(word in words for words in self._words)

    def _is_term(self, document: Document, word: str) -> bool:
        """Whether the draft uses a word so often, or as a name, that it must mean it."""
        starts = document.vocabulary.get(word.casefold(), ())
        return len(starts) >= _TERM or any(document.prose[start].isupper() for start in starts)

    def _suggestions(self, word: str) -> tuple[str, ...]:
        """The dictionary words one slip away, the most frequent first; three at most."""
        near = {near for near in _slips(word) if self._is_common(near)}
        if not near and len(word) >= _LONG:
            near = {n for slip in _slips(word) for n in _slips(slip) if n[:1] == word[:1]
                    and n[-1:] == word[-1:] and self._is_common(n)}  # fmt: skip
        return tuple(sorted(near, key=lambda near: (-frequency(near), near))[:3])

    def _is_common(self, word: str) -> bool:
        return frequency(word) >= self.min_frequency and self._known(word)

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


def _slips(word: str) -> Iterator[str]:
    """What one slip of the finger makes of a word: two letters swapped, one more, less, other."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + char + right[1:] for left, right in cuts if right for char in _ALPHABET)
    yield from (left + char + right for left, right in cuts for char in _ALPHABET)
