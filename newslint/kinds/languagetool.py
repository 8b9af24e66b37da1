"""What LanguageTool remarks, as far as it is worth an editor's time."""

from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from typing import ClassVar, Literal
from unicodedata import normalize

from newslint.findings import Match
from newslint.lexicon import dictionary, frequency
from newslint.remarks import Remark
from newslint.rule import Rule
from newslint.text import Document

_OTHERS = {"en-GB": "en-US", "en-US": "en-GB"}
_LONG = 8
"""Letters from which two slips make a word another."""

_NAMES = {"en-GB": "British", "en-US": "American"}


class LanguageTool(Rule, tag="languagetool", frozen=True, kw_only=True, dict=True):
    """Takes remarks of LanguageTool by the names of its rules and categories.

    In `message` the fact `message` is what LanguageTool says, `id` the name of its rule, `use`
    what it proposes, and `own` and `other` the Englishes.

    - `ids`: globs of rules, such as `EN_A_VS_AN` or `EN_COMPOUNDS_*`.
    - `categories`: globs of categories, such as `GRAMMAR`.
    - `unless`: globs of rules that are left out.
    - `words`: unknown words that are taken: `slip` (in lower case, a slip or two away from a
      common word), `rare` (in lower case, and known to no list of ours), `capital` (names),
      `variant` (spelt as the other English has it), or `any` (default).
    - `once`: whether a text is found but once in a draft.
    - `often`: how often a word may stand in a draft before it is taken for a word; default 3.
    - `min_length`: letters that an unknown word in lower case must have; default 4.
    - `common`: the frequency (Zipf) of a word for which an unknown one may be a slip; default 3.
    - `known`: the frequency (Zipf) from which a name is known; default 1.
    - `ignore`: words that are known; the configuration adds those of the newsroom.
    - `language`: the English of the draft; set by the configuration.
    """

    judges_remarks: ClassVar[bool] = True

    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    words: Literal["any", "slip", "rare", "capital", "variant"] = "any"
    once: bool = False
    often: int = 3
    min_length: int = 4
    common: float = 3.0
    known: float = 1.0
    ignore: tuple[str, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        if not (self.ids or self.categories):
            raise ValueError("expected `ids` or `categories`")

    def find(self, document: Document) -> Iterator[Match]:
        passages = list(self.passages(document))
        taken = [
            remark
            for remark in document.remarks
            if self.takes(remark.id, remark.category)
            and any(remark.span.within(passage) for passage in passages)
            and (self.words == "any" or self._is_wanted(document, remark))
        ]
        seen: Counter[str] = Counter()
        for remark in taken:
            text = document.prose[remark.span.start : remark.span.end]
            seen[text] += 1
            if seen[text] == 1 or not self.once:
                yield self._match(remark)

    def takes(self, remark_id: str, category: str) -> bool:
        """Whether the rule judges remarks of a rule of LanguageTool, by its names."""
        named = any(fnmatchcase(remark_id, glob) for glob in self.ids)
        classed = any(fnmatchcase(category, glob) for glob in self.categories)
        return (named or classed) and not any(fnmatchcase(remark_id, glob) for glob in self.unless)

    def _match(self, remark: Remark) -> Match:
        other = _OTHERS.get(self.language, "en-GB")
        facts = {
            "message": remark.message,
            "id": remark.id,
            "other": _NAMES[other],
            "own": _NAMES[_OTHERS[other]],
            "use": " or ".join(f"“{use}”" for use in remark.replacements[:3]),
        }
        return Match(remark.span, remark.replacements[:3], facts=facts)

    def _is_wanted(self, document: Document, remark: Remark) -> bool:
        text = document.prose[remark.span.start : remark.span.end]
        plain = normalize("NFC", text).replace("’", "'").removesuffix("'s")
        if plain.casefold() in self._ignored:
            return False
        if self._is_variant(plain):
            return self.words == "variant" and self.language in _OTHERS and text[:1].islower()
        match self.words:
            case "capital":
                return not text[:1].islower() and frequency(plain) < self.known
            case "slip":
                return self._is_new(document, text) and self._is_slip(remark, text)
            case "rare":
                return self._is_new(document, text) and frequency(text) == 0
        return False

    def _is_new(self, document: Document, word: str) -> bool:
        """Whether a word is in lower case, and is not one that the draft uses again and again."""
        often = len(document.vocabulary.get(word.casefold(), ())) >= self.often
        return word[:1].islower() and word.isascii() and len(word) >= self.min_length and not often

    def _is_slip(self, remark: Remark, word: str) -> bool:
        """Whether a word is a slip or two away from a common one, as jargon and loans are not."""
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < _LONG else 2
        return any(
            OSA.distance(word, use, score_cutoff=most) <= most and frequency(use) >= self.common
            for use in remark.replacements
            if use.isalpha() and use.casefold() != word  # A name that lost its capital is no slip.
        )

    def _is_variant(self, word: str) -> bool:
        """Whether the other English has the word; any will do where none is configured."""
        others = [_OTHERS[self.language]] if self.language in _OTHERS else list(_NAMES)
        return any(word in dictionary(one) or word.lower() in dictionary(one)  # type: ignore[arg-type]
                   for one in others)  # fmt: skip

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.ignore)
