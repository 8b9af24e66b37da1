"""Headings in the wrong case."""

from collections.abc import Iterator
from functools import cached_property

import regex

from newslint.findings import Match
from newslint.patterns import TIMEOUT, compiled
from newslint.rule import Rule
from newslint.text import Document

_WORD = regex.compile(r"[\p{N}\p{L}*]+[^\s]*")
_SMALL = frozenset(
    "a an and as at but by en for if in nor of on or per the to vs vs. via v v.".split()
)
_CHICAGO = _SMALL | frozenset(
    """about above across after against along among around before behind below beneath beside
    between beyond down during except from inside into like near off onto over since so through
    toward under until up upon with within without yet""".split()
)
_STYLES = ("$title", "$sentence", "$lower", "$upper")


class Capitalization(Rule, tag="capitalization", frozen=True, kw_only=True, dict=True):
    """Vale's `capitalization`: the passages of the scope must be in one case.

    - `match`: `$title`, `$sentence`, `$lower`, `$upper`, or a pattern that must be found.
    - `style`: for `$title`, `AP` (default) or `Chicago`: which small words stay small.
    - `exceptions`: words that may be in any case, such as names.
    - `indicators`: what a capital may follow in `$sentence`, such as `:`.
    - `threshold`: the share of words that must be right; default 0.8.
    - `prefix`: a pattern that is cut off first.
    - `vocab`: Vale's; accepted.
    """

    match: str
    style: str = "AP"
    exceptions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    threshold: float = 0.0
    prefix: str = ""
    vocab: bool = True

    def __post_init__(self) -> None:
        if self.match.startswith("$") and self.match not in _STYLES:
            raise ValueError(f"expected `match` to be a pattern or one of {', '.join(_STYLES)}")
        _ = self._pattern, self._prefix

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self.passages(document):
            text = document.prose[passage.start : passage.end]
            body = self._prefix.sub("", text, count=1, timeout=TIMEOUT) if self._prefix else text
            expected = self._expected(body)
            if not self._right(body, expected):
                yield Match(passage, facts={"expected": expected}, args=(text, expected))

    def _right(self, text: str, expected: str) -> bool:
        match self.match:
            case "$lower" | "$upper":
                return text == expected or any(word in text for word in self.exceptions)
            case "$title" | "$sentence":
                return self._score(text, expected) >= (self.threshold or 0.8)
        return self._pattern is None or self._pattern.search(text, timeout=TIMEOUT) is not None

    def _score(self, text: str, expected: str) -> float:
        pairs = list(zip(_WORD.findall(text), _WORD.findall(expected), strict=True))
        if self.match == "$sentence" and pairs and pairs[0][0] != pairs[0][1]:
            return 0.0
        title = self.match == "$title"
        right = sum(word == wanted or (title and word.isupper()) for word, wanted in pairs)
        return right / len(pairs) if pairs else 1.0

    def _expected(self, text: str) -> str:
        match self.match:
            case "$lower":
                return text.lower()
            case "$upper":
                return text.upper()
            case "$title" | "$sentence":
                last = len(_WORD.findall(text)) - 1
                count = iter(range(last + 1))
                return _WORD.sub(lambda word: self._cased(word, next(count), last), text)
        return text

    def _cased(self, match: "regex.Match[str]", number: int, last: int) -> str:
        word = match.group()
        if word.rstrip(".,:;!?") in self.exceptions or word[1:] != word[1:].lower():
            return word
        before = match.string[: match.start()].rstrip()
        begins = number == 0 or before.endswith((":", *self.indicators))
        if self.match == "$sentence":
            small = number > 0 and not (self.indicators and begins)
        else:
            listed = _CHICAGO if self.style == "Chicago" else _SMALL
            small = word.lower() in listed and number not in (0, last) and not begins
        return word.lower() if small else word[:1].upper() + word[1:]

    @cached_property
    def _pattern(self) -> "regex.Pattern[str] | None":
        return None if self.match.startswith("$") else compiled(self.match)

    @cached_property
    def _prefix(self) -> "regex.Pattern[str] | None":
        return compiled(self.prefix) if self.prefix else None
