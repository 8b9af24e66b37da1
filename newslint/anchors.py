"""What can be known of a regular expression without running it.

Both answers are read off the syntax tree of the standard library's parser. They may promise too
little, never too much: what is not understood is answered by None.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_BOUND = 256
"""The most first words that one pattern may have."""

_CLASS = 64
"""The most characters of a class that are tried one by one."""

DIGITS = frozenset("0123456789")
r"""What `literals` answers for `\d`; too little where a text has figures of another script."""

_PLAIN = re.compile(r"[\w '’-]+")
_WORD = re.compile(r"\w+")
_WORD_CHAR = re.compile(r"\w")

Node = tuple[Any, Any]


@cache
def parse(pattern: str) -> Sequence[Node] | None:
    """The syntax tree of a pattern; None where the standard library cannot read it."""
    try:
        tree: Sequence[Node] = list(_parser.parse(pattern))
    except (re.error, OverflowError, RecursionError):
        return None
    return tree


def is_plain(pattern: str) -> bool:
    """Whether a pattern is a phrase: nothing in it has a meaning but its letters."""
    return _PLAIN.fullmatch(pattern) is not None


def first_words(pattern: str) -> frozenset[str] | None:
    r"""The case-folded `\w+` words with one of which each match of `\b(?:pattern)\b` begins."""
    if is_plain(pattern):
        word = _WORD.match(pattern)
        return frozenset({word.group().casefold()}) if word else None
    tree = parse(pattern)
    if tree is None:
        return None
    try:
        open_, closed = _walk(tree, {""})
    except _UnknownError:
        return None
    words = open_ | closed
    if "" in words:
        return None
    return frozenset(word.casefold() for word in words)


def literals(pattern: str) -> frozenset[str] | None:
    """Case-folded texts, one of which is in each match of the pattern; None if none is sure."""
    if is_plain(pattern):
        # An apostrophe may be straight or curly.
        return frozenset({max(re.split("['’]", pattern), key=len).casefold()})
    tree = parse(pattern)
    return _required(tree) if tree is not None else None


def begins_with_figure(pattern: str) -> bool:
    """Whether each match of the pattern is known to begin with a figure."""
    tree = parse(pattern)
    return tree is not None and _begins(tree) is True


class _UnknownError(Exception):
    """The words cannot be told."""


_Words = tuple[set[str], set[str]]


def _walk(tree: Sequence[Node], begun: set[str]) -> _Words:
    """Grows each begun word by what the nodes say: those still open, and those that are whole."""
    whole: set[str] = set()
    for kind, value in tree:
        if not begun:
            break
        begun, ended = _step(kind, value, begun)
        whole |= ended
        if len(begun) + len(whole) > _BOUND:
            raise _UnknownError
    return begun, whole


def _step(kind: Any, value: Any, begun: set[str]) -> _Words:
    match kind:
        case op.LITERAL:
            return _grow(begun, [chr(value)])
        case op.IN:
            return _grow(begun, _members(value))
        case op.BRANCH:
            return _union(_walk(branch, begun) for branch in value[1])
        case op.SUBPATTERN:
            return _walk(value[3], begun)
        case op.MAX_REPEAT | op.MIN_REPEAT:
            least, most, inside = value
            return _repeat(least, most, inside, begun)
        case op.AT | op.ASSERT | op.ASSERT_NOT:
            return begun, set()
    raise _UnknownError


def _grow(begun: set[str], chars: Sequence[str]) -> _Words:
    letters = [char for char in chars if _WORD_CHAR.match(char)]
    ended = begun if len(letters) < len(chars) else set()
    if "" in ended:
        raise _UnknownError
    return {word + letter for word in begun for letter in letters}, set(ended)


def _members(value: Sequence[Node]) -> list[str]:
    members: list[str] = []
    for kind, what in value:
        match kind:
            case op.LITERAL:
                members.append(chr(what))
            case op.RANGE if what[1] - what[0] < _CLASS:
                members += map(chr, range(what[0], what[1] + 1))
            case op.CATEGORY if what == op.CATEGORY_SPACE:
                members.append(" ")
            case _:
                raise _UnknownError
    return members


def _repeat(least: int, most: Any, tree: Sequence[Node], begun: set[str]) -> _Words:
    whole: set[str] = set()
    reached = begun if least == 0 else set()
    for count in range(1, min(int(most), 4) + 1):
        begun, ended = _walk(tree, begun)
        whole |= ended
        if not begun:
            return reached, whole
        reached = reached | begun if count >= least else reached
    if int(most) > 4:
        raise _UnknownError
    return reached, whole


def _union(results: Iterator[_Words]) -> _Words:
    begun: set[str] = set()
    whole: set[str] = set()
    for open_, closed in results:
        begun |= open_
        whole |= closed
    return begun, whole


def _required(tree: Sequence[Node]) -> frozenset[str] | None:
    """The best of the texts that the nodes, one after the other, cannot do without."""
    best: frozenset[str] | None = None
    run = ""
    for kind, value in [*tree, (None, None)]:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        best = _better(best, frozenset({run.casefold()}) if run else None)
        run = ""
        best = _better(best, _inside(kind, value))
    return best


def _inside(kind: Any, value: Any) -> frozenset[str] | None:
    match kind:
        case op.SUBPATTERN:
            return _required(value[3])
        case op.IN:
            return _one_of(value)
        case op.BRANCH:
            return _any_of([_required(branch) for branch in value[1]])
        case op.MAX_REPEAT | op.MIN_REPEAT if value[0] > 0:
            return _required(value[2])
    return None


def _one_of(members: Sequence[Node]) -> frozenset[str] | None:
    """The characters of a small class; the figures for `\\d`, as `DIGITS` says."""
    texts: set[str] = set()
    for kind, value in members:
        match kind:
            case op.LITERAL:
                texts.add(chr(value).casefold())
            case op.RANGE if value[1] - value[0] < len(DIGITS):
                texts.update(char.casefold() for char in map(chr, range(value[0], value[1] + 1)))
            case op.CATEGORY if value == op.CATEGORY_DIGIT:
                texts |= DIGITS
            case _:
                return None
    return frozenset(texts) if len(texts) <= len(DIGITS) else None


def _begins(tree: Sequence[Node]) -> bool | None:
    """Whether all that the nodes match begins with a figure; None if they may match nothing."""
    for kind, value in tree:
        begins = _node_begins(kind, value)
        if begins is not None:
            return begins
    return None


def _node_begins(kind: Any, value: Any) -> bool | None:
    match kind:
        case op.AT | op.ASSERT | op.ASSERT_NOT:
            return None
        case op.LITERAL:
            return chr(value) in DIGITS
        case op.IN:
            return _one_of(value) is not None and (_one_of(value) or frozenset()) <= DIGITS
        case op.SUBPATTERN:
            return _begins(value[3])
        case op.BRANCH:
            branches = {_begins(branch) for branch in value[1]}
            return branches.pop() if len(branches) == 1 else False
        case op.MAX_REPEAT | op.MIN_REPEAT:
            begins = _begins(value[2])
            return None if begins and value[0] == 0 else bool(begins)
    return False


def _any_of(texts: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    known = [text for text in texts if text is not None]
    if len(known) < len(texts) or not known:
        return None
    return frozenset[str]().union(*known)


def _better(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    worth: Callable[[frozenset[str]], int] = lambda texts: min(map(len, texts))  # noqa: E731
    candidates = [texts for texts in (a, b) if texts]
    return max(candidates, key=worth) if candidates else None
