"""A draft as its reader sees it, and the way back to its source."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import msgspec
import regex

from newslint.elsewhere import Elsewhere
from newslint.quotations import Pairing, pair
from newslint.remarks import Remark
from newslint.segment import Word, sentences, words
from newslint.spans import Span

_NEWLINE = re.compile(r"\r\n|\r|\n")
_FIGURE = re.compile("[0-9]")
_FOREIGN_DIGIT = re.compile(r"[^\W\D0-9]")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_TOKEN = regex.compile(r"\w+")


class Run(NamedTuple):
    """A piece of prose and the source it was read from."""

    prose: Span
    source: Span

    @property
    def aligned(self) -> bool:
        """Whether each character of the prose is one of the source."""
        return self.prose.end - self.prose.start == self.source.end - self.source.start


class Block(NamedTuple):
    """A headline, paragraph, list entry … of the prose.

    `scope` is dotted, in Vale's words: `paragraph`, `heading.h2`, `list`, `blockquote`,
    `table.cell`, `caption`, `attr.alt`, `frontmatter.title`; `headline` is added to the heading
    (or field) that names the article.
    """

    scope: str
    span: Span


class Comment(NamedTuple):
    """A comment of the source: the span of its markup, and the text in it, stripped."""

    span: Span
    text: str


class Place(NamedTuple):
    """A position for people: line and column from 1, in code points."""

    line: int
    column: int


class Document(msgspec.Struct, frozen=True, dict=True):
    """A draft that has been read: its source, its prose, and how they correspond.

    All spans are of the prose, except where a name says `source`. `settings` is what the front
    matter says under `newslint`.
    """

    name: str
    source: str
    prose: str
    runs: tuple[Run, ...]
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    format: str = "txt"
    settings: Mapping[str, object] = {}
    remarks: tuple[Remark, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the prose, in order."""
        return tuple(words(self.prose))

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The words that begin in a span of the prose."""
        first = bisect_left(self._word_starts, span.start)
        return self.words[first : bisect_left(self._word_starts, span.end)]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of all blocks, in order."""
        return tuple(
            sentence
            for block in self.blocks
            for sentence in sentences(self.prose, block.span.start, block.span.end)
        )

    @cached_property
    def pairing(self) -> Pairing:
        """The quotations of the draft, and the quotation marks that have no partner."""
        return pair(self.prose, [block.span for block in self.blocks])

    @cached_property
    def vocabulary(self) -> Mapping[str, tuple[int, ...]]:
        r"""Where each `\w+` of the prose begins, by its case-folded form."""
        places = defaultdict[str, list[int]](list)
        for token in _TOKEN.finditer(self.prose):
            places[token.group().casefold()].append(token.start())
        return {word: tuple(starts) for word, starts in places.items()}

    @cached_property
    def figures(self) -> tuple[int, ...]:
        """Where each of 0 to 9 stands in the prose."""
        return tuple(match.start() for match in _FIGURE.finditer(self.prose))

    @cached_property
    def has_foreign_digits(self) -> bool:
        """Whether there are figures other than 0 to 9."""
        return bool(_FOREIGN_DIGIT.search(self.prose))

    def folded(self, span: Span) -> str:
        """A span of the prose, case-folded; not always of the same length."""
        text = self._folded.get(span)
        if text is None:
            text = self._folded[span] = self.prose[span.start : span.end].casefold()
        return text

    @cached_property
    def _folded(self) -> dict[Span, str]:
        return {}

    def once(
        self, make: "Callable[Concatenate[Document, _P], _T]", *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """What a function makes of this draft and the arguments; made once, then kept."""
        key = (make, args, tuple(kwargs.items()))
        if key not in self._made:
            self._made[key] = make(self, *args, **kwargs)
        return cast(_T, self._made[key])

    @cached_property
    def _made(self) -> dict[tuple[object, ...], object]:
        return {}

    @cached_property
    def raw(self) -> "Document":
        """The same draft with its source as prose, markup and all, in one block."""
        whole = Span(0, len(self.source))
        block = Block("raw", whole)
        return Document(self.name, self.source, self.source, (Run(whole, whole),), (block,))

    def to_source(self, span: Span) -> Span:
        """The source of a span of the prose, markup inside it included."""
        start = self._source_start(span.start)
        return Span(
            start, max(start, self._source_end(span.end)) if span.end > span.start else start
        )

    def exact(self, span: Span) -> bool:
        """Whether the prose of a span stands in the source just so, and can be replaced there."""
        start, end = self.to_source(span)
        return self.source[start:end] == self.prose[span.start : span.end]

    def to_prose(self, source: Span) -> Span | None:
        """The prose that stands in a span of the source just so; None where markup is in it."""
        index = bisect_right(self._run_sources, source.start) - 1
        if index < 0 or source.end == source.start:
            return None
        run = self.runs[index]
        span = source.shift(run.prose.start - run.source.start)
        return span if self.to_source(span) == source and self.exact(span) else None

    def quoted(self, span: Span) -> bool:
        """Whether a span of the prose lies in direct speech."""
        index = bisect_right(self.pairing.quotations, (span.start, len(self.prose))) - 1
        return index >= 0 and span.within(self.pairing.quotations[index])

    def place(self, offset: int) -> Place:
        """The line and column of an offset in the source."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The source of a line, counted from 1, without its line break."""
        bounds = (*self.line_starts, len(self.source))
        return self.source[bounds[number - 1] : bounds[number]].rstrip("\r\n")

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line of the source begins."""
        return (0, *(newline.end() for newline in _NEWLINE.finditer(self.source)))

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.prose.start for run in self.runs]

    @cached_property
    def _run_sources(self) -> list[int]:
        return [run.source.start for run in self.runs]

    def _source_start(self, offset: int) -> int:
        index = bisect_right(self._run_starts, offset) - 1
        if index < 0:
            return self.runs[0].source.start if self.runs else 0
        run = self.runs[index]
        if offset < run.prose.end:
            return run.source.start + (offset - run.prose.start if run.aligned else 0)
        following = self.runs[index + 1 : index + 2]
        # Between two blocks: the next one begins here, unless there is none.
        return following[0].source.start if following else run.source.end

    def _source_end(self, offset: int) -> int:
        index = bisect_right(self._run_starts, offset - 1) - 1
        if index < 0:
            return 0
        run = self.runs[index]
        if run.aligned and offset < run.prose.end:
            return run.source.start + offset - run.prose.start
        return run.source.end


def lines(source: str) -> Iterator[Span]:
    """The lines of a source, without their line breaks."""
    start = 0
    for newline in _NEWLINE.finditer(source):
        yield Span(start, newline.start())
        start = newline.end()
    yield Span(start, len(source))
