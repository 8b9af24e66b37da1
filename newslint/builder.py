"""What makes a document of the text that a format finds in its source."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from newslint.spans import Span
from newslint.text import Block, Comment, Document, Run

BREAK = "\n\n"
"""What stands between two blocks of prose; no source belongs to it."""

# Soft hyphen, zero-width space, directional marks, word joiner, byte order mark. The joiners U+200C
# and U+200D stay: scripts and emoji are spelt with them.
_HIDDEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_PIECE = re.compile(
    rf"(?P<clean>[^\s{_HIDDEN}]+(?:\ [^\s{_HIDDEN}]+)*)|(?P<gap>\s+)|(?P<hidden>[{_HIDDEN}]+)"
)


class _Aside(NamedTuple):
    """A block amid another: its scope, and its texts with where each was read."""

    scope: str
    texts: list[tuple[str, int, int]]


class Builder:
    """Makes a document of the text that a format finds in its source.

    White space becomes one space, and characters that show nothing (soft hyphens, zero-width
    spaces, byte order marks) go: a rule sees what a reader sees, wherever the lines break.
    """

    def __init__(self, name: str, source: str, format: str) -> None:
        self._name = name
        self._source = source
        self._format = format
        self._prose: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._blocks: list[Block] = []
        self._comments: list[Comment] = []
        self._scope = "paragraph"
        self._start: int | None = None
        self._gap: Span | None = None
        self._aside: _Aside | None = None
        self._asides: list[_Aside] = []
        self._outer = self._scope
        self.settings: Mapping[str, object] = {}

    def begin(self, scope: str) -> None:
        """Ends the block before, and begins one; a block that stays empty is not kept."""
        self._end()
        self._scope = scope

    def begin_aside(self, scope: str) -> None:
        """Begins a block that may stand amid another, which goes on after `end_aside`.

        The text of an image is one. It comes before the block round it where it stands before its
        text, otherwise behind it.
        """
        self._outer = self._scope
        if self._start is None:
            self.begin(scope)
        else:
            self._aside = _Aside(scope, [])

    def end_aside(self) -> None:
        """Ends what `begin_aside` began."""
        if self._aside is None:
            self.begin(self._outer)
        else:
            self._asides.append(self._aside)
            self._aside = None

    def add(self, text: str, start: int, end: int) -> None:
        """Adds text that was read from `source[start:end]`; a star may stand for any character."""
        if self._aside is not None:
            self._aside.texts.append((text, start, end))
            return
        if len(text) != end - start or not self._is_source(text, start, end):
            self._add_changed(text, Span(start, end))
            return
        for piece in _PIECE.finditer(text):
            span = Span(start + piece.start(), start + piece.end())
            if piece.lastgroup == "clean":
                self._append(piece.group(), span)
            elif piece.lastgroup == "gap":
                self._widen(span)

    def comment(self, text: str, start: int, end: int) -> None:
        """Notes a comment whose markup is `source[start:end]`."""
        self._comments.append(Comment(Span(start, end), text.strip()))

    def build(self) -> Document:
        """The document, when all has been added."""
        self._end()
        return Document(
            self._name,
            self._source,
            "".join(self._prose),
            tuple(self._runs),
            tuple(self._blocks),
            tuple(self._comments),
            self._format,
            self.settings,
        )

    def _is_source(self, text: str, start: int, end: int) -> bool:
        return text == self._source[start:end] or not text.strip("*")

    def _add_changed(self, text: str, span: Span) -> None:
        shown = re.sub(rf"[{_HIDDEN}]+", "", re.sub(r"\s+", " ", text))
        if shown.isspace():
            self._widen(span)
        elif shown:
            self._append(shown, span)

    def _widen(self, span: Span) -> None:
        self._gap = Span(self._gap.start if self._gap else span.start, span.end)

    def _append(self, text: str, source: Span) -> None:
        if self._start is None:
            self._break()
        elif self._gap is not None:
            self._write(" ", self._gap)
        self._gap = None
        self._write(text, source)

    def _break(self) -> None:
        if self._length:
            self._prose.append(BREAK)
            self._length += len(BREAK)
        self._start = self._length

    def _write(self, text: str, source: Span) -> None:
        prose = Span(self._length, self._length + len(text))
        self._prose.append(text)
        self._length = prose.end
        run = Run(prose, source)
        last = self._runs[-1] if self._runs else None
        if last and last.aligned and run.aligned and _adjoin(last, run):
            run = Run(Span(last.prose.start, prose.end), Span(last.source.start, source.end))
            self._runs.pop()
        self._runs.append(run)

    def _end(self) -> None:
        self._end_block()
        asides = [*self._asides, *([self._aside] if self._aside else [])]
        self._asides, self._aside = [], None
        for aside in asides:
            self._scope = aside.scope
            for text in aside.texts:
                self.add(*text)
            self._end_block()

    def _end_block(self) -> None:
        if self._start is not None:
            self._blocks.append(Block(self._scope, Span(self._start, self._length)))
        self._start = self._gap = None


def _adjoin(last: Run, run: Run) -> bool:
    return last.prose.end == run.prose.start and last.source.end == run.source.start
