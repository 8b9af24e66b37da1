"""Direct speech: which quotation marks of a draft belong together, and which have no partner.

News closes a quotation only once, but opens it again in each paragraph it runs on into. Some copy
leaves the reopening marks out, and some arrives with its paragraphs run together, so that a mark
reopens in the middle of a line; neither is called a defect here. Single marks are too like
apostrophes, and guillemets too foreign, to be reported: they only tell where quotations are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from newslint.spans import Span


class Pairing(NamedTuple):
    """The quotations of a draft, marks included and one span a block; and the marks left alone."""

    quotations: tuple[Span, ...]
    unclosed: tuple[Span, ...]
    unopened: tuple[Span, ...]


_Side = Literal["opens", "closes"]


class _Mark(NamedTuple):
    """A double mark; its `side` is None where shape and neighbours do not tell."""

    at: int
    curly: bool
    side: _Side | None
    measure: bool = False  # Whether it may stand for inches or seconds.

    @property
    def span(self) -> Span:
        return Span(self.at, self.at + 1)

    def closes(self, inside: bool) -> bool:
        """Whether it closes, read inside or outside of a quotation."""
        return self.side == "closes" or (self.side is None and inside)


_FAR = 6
"""The most blocks a quotation is followed into without a reopening mark."""

_LONG = 240
"""Code points a block; longer ones are often several paragraphs run together."""

_AHEAD = 30
"""The most marks looked ahead to, so that no draft takes long."""


def pair(text: str, blocks: Sequence[Span]) -> Pairing:
    """Pair the quotation marks of a draft; `blocks` are its paragraphs, in order."""
    marks = [tuple(_marks(text, block)) for block in blocks]
    long = sum(end - start for start, end in blocks) > _LONG * len(blocks)
    readers: list[_Reader] = []
    carried = 0  # Over how many more blocks the quotation before them runs on.
    for index, block in enumerate(blocks):
        reader = _Reader(text, block, carried > 0, long or block.end - block.start > _LONG)
        reader.read(marks[index])
        readers.append(reader)
        carried = max(0, carried - 1)
        if reader.open and not carried and not _reopened(text, blocks[index + 1 : index + 3]):
            carried = _closed_after(marks[index + 1 : index + 1 + _FAR])
            reader.unclosed += [] if carried else [reader.open[0].span]
    return Pairing(
        tuple(span for reader in readers for span in sorted(reader.quotations)),
        tuple(span for reader in readers for span in sorted(reader.unclosed)),
        tuple(span for reader in readers for span in reader.unopened),
    )


def _reopened(text: str, following: Sequence[Span]) -> bool:
    """Whether the next paragraph reopens; a caption or crosshead may stand before it."""
    for start, end in following:
        block = text[start:end].strip()
        if block.startswith(('"', "“", "”")):
            return True
        if block.endswith(tuple(".?!…:\"”'’)")):
            return False
    return False


def _closed_after(following: Sequence[tuple[_Mark, ...]]) -> int:
    """How many blocks on the next mark stands, if it closes; otherwise 0."""
    for distance, marks in enumerate(following, 1):
        if marks:
            return distance if marks[0].closes(True) and not marks[0].measure else 0
    return 0


class _Reader:
    """Pairs the marks of one block."""

    def __init__(self, text: str, block: Span, inside: bool, long: bool) -> None:
        self.text, self.block, self.long = text, block, long
        self.open = [_Mark(block.start, False, "opens")] if inside else []  # Innermost last.
        self.quotations: list[Span] = []
        self.unclosed: list[Span] = []
        self.unopened: list[Span] = []

    def read(self, marks: Sequence[_Mark]) -> None:
        for index, mark in enumerate(marks):
            rest = marks[index + 1 : index + 1 + _AHEAD]
            if mark.closes(bool(self.open)):
                self._close(mark, rest)
            else:
                self._open(mark, rest)
        if self.open:
            self.quotations.append(Span(self.open[0].at, self.block.end))
        self._add(_foreign(self.text, self.block))
        self._add(_single(self.text, self.block))

    def _close(self, mark: _Mark, rest: Sequence[_Mark]) -> None:
        followed = bool(rest) and rest[0].side == "closes"
        if mark.measure and (followed or not self.open):
            return
        if followed and len(self.open) == 1 and _APOSTROPHE.match(self.text, mark.at):
            self.unopened.append(mark.span)
            return
        if not self.open:
            self.unopened.append(mark.span)
            self.open += [mark] if mark.curly and followed else []  # An opening mark, mistyped.
            return
        while mark.curly != self.open[-1].curly and mark.curly in (one.curly for one in self.open):
            self.unclosed.append(self.open.pop().span)
        opening = self.open.pop()
        if not self.open:
            self.quotations.append(Span(opening.at, mark.at + 1))

    def _open(self, mark: _Mark, rest: Sequence[_Mark]) -> None:
        if self.open and self.open[-1].curly == mark.curly and not _nests(rest):
            self._break_off(self.open.pop(), mark.at)
        self.open.append(mark)

    def _break_off(self, opening: _Mark, at: int) -> None:
        """End a quotation that was not closed, for another opens."""
        said = self.text[opening.at : at].rstrip()
        if not (self.long and said.endswith(tuple(".?!…"))):
            self.unclosed.append(opening.span)
        if not self.open:
            self.quotations.append(Span(opening.at, opening.at + len(said)))

    def _add(self, others: Iterable[Span]) -> None:
        """Add quotations in other marks; of two, one in the other, the outer one stands."""
        for other in others:
            met = [one for one in self.quotations if one.overlaps(other)]
            if all(one.within(other) for one in met):
                self.quotations = [one for one in self.quotations if one not in met] + [other]


def _nests(rest: Iterable[_Mark]) -> bool:
    """Whether the rest of a block closes two quotations."""
    depth = 2
    for mark in rest:
        depth += -1 if mark.closes(True) else 1
        if not depth:
            return True
    return False


_DOUBLE = re.compile(r"""["“”‟]""")
_OPENS = re.compile(r"""(?<![^\s(\[{—–/…"“'‘-]).(?![\s,;:!?)\]}—–-]|\.\s|\.?\Z)""")
_CLOSES = re.compile(r"""(?<=\S).(?![^\s.,;:!?)\]}—–/…"”'’-])|.\Z""")
_APOSTROPHE = re.compile(r"""(?<=[^\W\d_][sn])" (?=[a-z])""")  # consumers" pockets, nothin" like
_SHAPES: dict[str, _Side] = {"“": "opens", "‟": "opens", "”": "closes"}


def _marks(text: str, block: Span) -> Iterator[_Mark]:
    edges = {edge for span in _foreign(text, block) for edge in (span.start, span.end - 1)}
    for match in _DOUBLE.finditer(text, block.start, block.end):
        at = match.start()
        if at not in edges:
            side = _side(text, at, block.end)
            yield _Mark(at, match[0] != '"', side, at > 0 and text[at - 1].isdigit())


def _side(text: str, at: int, end: int) -> _Side | None:
    """The side of a mark by its shape and its neighbours, unless they disagree."""
    shape = _SHAPES.get(text[at])
    opens, closes = _OPENS.match(text, at, end), _CLOSES.match(text, at, end)
    if bool(opens) == bool(closes):
        return shape
    side: _Side = "opens" if opens else "closes"
    return side if shape in (None, side) else None


_FOREIGN = re.compile(r"«[^«»]*»|»[^«»]*«|‹[^‹›]*›|„[^„“”]*[“”]|``(?:[^`']|'(?!'))*''")


def _foreign(text: str, block: Span) -> Iterator[Span]:
    """The quotations of a block in guillemets, low marks or typewriter marks."""
    return (Span(*match.span()) for match in _FOREIGN.finditer(text, block.start, block.end))


_OPENING = (
    r"""(?<![^\s(\[{—–"“])['‘](?=[^\W\d_])"""
    r"(?!(?:em|n|tis|twas|til|till|cause|bout|round|cos|cuz)\b)"  # Apostrophes, as in ’em.
)
_CLOSING = r"""(?<=[^\s(\[{"“‘])['’](?![^\s.,;:!?)\]}—–"”…-])"""
_WITHIN = rf"(?:(?!{_OPENING}).)+?"
_SINGLE = re.compile(
    # Rather after a comma or stop than after a letter, where it may end a plural: the players’.
    rf"{_OPENING}(?:{_WITHIN}(?<=[.,?!…])|{_WITHIN}){_CLOSING}",
    re.DOTALL | re.IGNORECASE,
)


def _single(text: str, block: Span) -> Iterator[Span]:
    """The quotations of a block in single marks."""
    return (Span(*match.span()) for match in _SINGLE.finditer(text, block.start, block.end))
