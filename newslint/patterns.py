"""Regular expressions as Vale composes them, run over the passages of a draft.

They run in the `regex` module, which has Vale's look-behinds and Unicode words, and cuts off a
search that takes too long. A straight apostrophe in a pattern also matches a curly one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

import regex

from newslint.anchors import begins_with_figure, first_words, is_plain, literals, parse
from newslint.spans import Span
from newslint.text import Document

TIMEOUT = 1.0
"""Seconds that one search may take; then `TimeoutError` is raised."""

_SUBSETS = 16
"""Of how many choices of its tokens a pattern keeps the expressions; then it takes all tokens."""

_Compiled = regex.Pattern[str]

_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}")
_FLAGS = re.compile(r"\(\?(?P<on>[imsx]*)(?:-(?P<off>[imsx]+))?\)")
_GROUP = re.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|[:=!>]|<[=!]|[imsx-]+:)|\(")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]", re.DOTALL)
_BACKREFERENCE = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]")


class Hit(NamedTuple):
    """A match in the prose: where, in which passage, and by which token (-1: not by one)."""

    span: Span
    passage: Span
    token: int
    groups: tuple[str, ...] = ()


class Pattern:
    r"""Tokens, or one expression, to be found in a draft.

    With `words` each match lies between word boundaries: `\b(?:a|b)\b`. `before` and `after` are
    put in front of it and behind it (Vale's `raw`). Raises ValueError for a token that is no
    regular expression.
    """

    def __init__(
        self,
        tokens: Iterable[str],
        *,
        words: bool = True,
        ignorecase: bool = False,
        before: str = "",
        after: str = "",
    ) -> None:
        self.tokens = tuple(token for token in tokens if token.strip())
        self._words = words and bool(self.tokens)
        self._flags = regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0)
        self._before, self._after = before, after
        self._compiled: dict[str, _Compiled] = {}
        self._subsets: dict[tuple[int, ...], _Live] = {}
        for token in (before, *self.tokens, after):
            validate(token)

    @cached_property
    def anchors(self) -> frozenset[str] | None:
        r"""The case-folded `\w+` words with one of which every match begins; None if unknown."""
        return frozenset(self._by_first) if self._by_first is not None else None

    def find(self, document: Document, passages: Iterable[Span]) -> Iterator[Hit]:
        """The matches in each passage, from left to right, none over another."""
        if self._by_first is not None:
            yield from self._find_by_words(document, passages)
            return
        live = self._live(document)
        if live is None:
            return
        if live.figures and not document.has_foreign_digits:
            yield from _match_at_figures(live.expression, document, passages)
            return
        for passage in passages:
            if live.may_match(document, passage):
                text = document.prose[passage.start : passage.end]
                for match in live.expression.finditer(text, timeout=TIMEOUT):
                    yield _hit(match, passage)

    def search(self, text: str) -> bool:
        """Whether the pattern is anywhere in a text."""
        return bool((self.tokens or self._before) and self.whole.search(text, timeout=TIMEOUT))

    @cached_property
    def whole(self) -> _Compiled:
        """The composed expression."""
        return self._compile(range(len(self.tokens)))

    @cached_property
    def _by_first(self) -> dict[str, list[int]] | None:
        """The tokens by their first words, where all matches are known to begin with one."""
        if not self._words or self._before or self._after:
            return None
        found: dict[str, list[int]] = {}
        for number, token in enumerate(self.tokens):
            words = first_words(translate(token))
            if words is None or _BACKREFERENCE.search(token):
                return None
            for word in sorted(words):
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def _literals(self) -> tuple[frozenset[str] | None, ...]:
        """Of each token, texts of which one is in all that it matches."""
        around = literals(translate(self._before + self._after))
        if not self.tokens:
            return (around,)
        return tuple(literals(translate(token)) or around for token in self.tokens)

    def _live(self, document: Document) -> "_Live | None":
        """The tokens that a draft may have, composed; None if there are none."""
        if document.has_foreign_digits:
            numbers = tuple(range(len(self._literals)))
        else:
            text = document.folded(Span(0, len(document.prose)))
            numbers = tuple(
                number
                for number, known in enumerate(self._literals)
                if known is None or any(literal in text for literal in known)
            )
        if not numbers:
            return None
        if numbers not in self._subsets:
            if len(self._subsets) >= _SUBSETS:
                numbers = tuple(range(len(self._literals)))
            self._subsets[numbers] = self._subsets.get(numbers) or self._composed(numbers)
        return self._subsets[numbers]

    def _composed(self, numbers: tuple[int, ...]) -> "_Live":
        known = [self._literals[number] for number in numbers]
        texts = None if None in known else frozenset(chain.from_iterable(filter(None, known)))
        tokens = [translate(self.tokens[number]) for number in numbers] if self.tokens else []
        figures = bool(tokens) and not self._before and all(map(begins_with_figure, tokens))
        return _Live(self._compile(numbers if self.tokens else ()), texts, figures)

    def _find_by_words(self, document: Document, passages: Iterable[Span]) -> Iterator[Hit]:
        assert self._by_first is not None
        starts = sorted(
            (start, word)
            for word in document.vocabulary.keys() & self._by_first.keys()
            for start in document.vocabulary[word]
        )
        if not starts:
            return
        for passage in passages:
            first = bisect_left(starts, (passage.start, ""))
            last = bisect_left(starts, (passage.end, ""))
            if first < last:
                text = document.prose[passage.start : passage.end]
                yield from self._match_at(starts[first:last], text, passage)

    def _match_at(
        self, starts: Sequence[tuple[int, str]], text: str, passage: Span
    ) -> Iterator[Hit]:
        offset = reached = passage.start
        for start, word in starts:
            if start < reached:
                continue
            match = self._beginning_with(word).match(text, start - offset, timeout=TIMEOUT)
            if match:
                reached = offset + match.end()
                yield _hit(match, passage)

    def _beginning_with(self, word: str) -> _Compiled:
        if word not in self._compiled:
            assert self._by_first is not None
            self._compiled[word] = self._compile(self._by_first[word])
        return self._compiled[word]

    def _compile(self, numbers: Iterable[int]) -> _Compiled:
        tokens = "|".join(f"(?P<t{number}>{self.tokens[number]})" for number in numbers)
        template = rf"(?m)\b(?:{tokens})\b" if self._words else f"(?m)(?:{tokens})"
        body = template if self.tokens else ""
        return regex.compile(translate(self._before + body + self._after), self._flags)


class _Live(NamedTuple):
    """Tokens in one expression, texts without which it matches nothing, and how it begins."""

    expression: _Compiled
    literals: frozenset[str] | None
    figures: bool

    def may_match(self, document: Document, passage: Span) -> bool:
        if self.literals is None or document.has_foreign_digits:
            return True
        text = document.folded(passage)
        return any(literal in text for literal in self.literals)


class Exceptions:
    """Texts that keep a rule silent: found anywhere in a match, or a phrase round about it."""

    def __init__(self, texts: Iterable[str]) -> None:
        kept = sorted((text for text in texts if text), key=lambda text: (-len(text), text))
        self._pattern = Pattern(kept)
        self._phrases = Pattern([text for text in kept if re.search(r"\s|\\s", text)],
                                ignorecase=True)  # fmt: skip

    def hold(self, document: Document, passage: Span, span: Span) -> bool:
        """Whether they except a match."""
        if not self._pattern.tokens:
            return False
        if self._pattern.search(document.prose[span.start : span.end]):
            return True
        phrases = self._phrases.find(document, [passage]) if self._phrases.tokens else ()
        return any(span.within(hit.span) for hit in phrases)


@cache
def translate(pattern: str) -> str:
    """A pattern of Vale's (.NET's with Go's flags) in the words of the `regex` module.

    Flags in the middle hold to the end of their group; `^` and `$` are the ends of the passage
    unless `(?m)` is on; a brace that counts nothing is itself.
    """
    if is_plain(pattern):
        return _APOSTROPHE.sub("['’]", pattern)
    return "".join(_translated(pattern))


_APOSTROPHE = re.compile("['’]")


def _translated(pattern: str) -> Iterator[str]:
    multiline = [False]  # By depth of groups.
    opened: list[list[str]] = [[]]  # The groups that flags opened, by depth.
    at = 0
    while at < len(pattern):
        char = pattern[at]
        piece = char
        if char == "\\":
            piece = pattern[at : at + 2]
            yield piece
        elif char == "[":
            found = _CLASS.match(pattern, at)
            piece = found.group() if found else char
            yield _class(piece)
        elif flags := _FLAGS.match(pattern, at):
            piece = flags.group()
            multiline[-1] = _switched(multiline[-1], flags)
            opened[-1].append(piece[:-1] + ":")
            yield opened[-1][-1]
        elif char == "(":
            group = _GROUP.match(pattern, at)
            piece = group.group() if group else char
            multiline.append(multiline[-1])
            opened.append([])
            yield piece
        elif char == ")" and len(opened) > 1:
            multiline.pop()
            yield ")" * (len(opened.pop()) + 1)
        elif char == "|":
            yield ")" * len(opened[-1]) + "|" + "".join(opened[-1])
        elif char in "^$" and not multiline[-1]:
            yield r"\A" if char == "^" else r"\Z"
        elif char == "{" and not _QUANTIFIER.match(pattern, at):
            yield r"\{"
        else:
            yield "['’]" if char in "'’" else char
        at += len(piece)
    yield ")" * len(opened[0])


def _class(text: str) -> str:
    negated = text.startswith("[^")
    body = text[2:-1] if negated else text[1:-1]
    body = re.sub(r"(?<!\\)\[(?!:\w+:\])", r"\\[", body)
    if "'" in body and "’" not in body:
        body += "’"
    return ("[^" if negated else "[") + body + "]"


def _switched(multiline: bool, flags: re.Match[str]) -> bool:
    if "m" in (flags["off"] or ""):
        return False
    return multiline or "m" in flags["on"]


@cache
def compiled(pattern: str) -> _Compiled:
    """One pattern of Vale's, ready to be used. Raises ValueError for one that is none."""
    validate(pattern)
    return regex.compile(translate(pattern), regex.VERSION0)


def validate(token: str) -> None:
    """Raises ValueError for what is no regular expression."""
    if is_plain(token) or not token or parse(translate(token)) is not None:
        return
    try:
        regex.compile(translate(token), regex.VERSION0)
    except regex.error as error:
        raise ValueError(f"`{token}` is not a regular expression: {error}") from None


def _match_at_figures(
    expression: _Compiled, document: Document, passages: Iterable[Span]
) -> Iterator[Hit]:
    figures = document.figures
    for passage in passages:
        reached = passage.start
        text = ""
        for at in figures[bisect_left(figures, passage.start) :]:
            if at >= passage.end:
                break
            if at < reached:
                continue
            text = text or document.prose[passage.start : passage.end]
            match = expression.match(text, at - passage.start, timeout=TIMEOUT)
            if match:
                # An empty match moves on by one, as it does in a search.
                reached = passage.start + max(match.end(), match.start() + 1)
                yield _hit(match, passage)


def _hit(match: "regex.Match[str]", passage: Span) -> Hit:
    group = (match.lastgroup or "")[1:]
    token = int(group) if group.isdigit() else -1
    groups = tuple(group or "" for group in match.groups())
    return Hit(Span(*match.span()).shift(passage.start), passage, token, groups)
