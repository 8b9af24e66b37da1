"""Markdown, with front matter in YAML or TOML, HTML and shortcodes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

import pyromark

from newslint.builder import Builder
from newslint.frontmatter import Field, toml_fields, yaml_fields
from newslint.markup import HtmlReader, add_mask, add_text
from newslint.spans import Span
from newslint.text import Document

EXTENSIONS = (".md", ".markdown", ".mdown")

_OPTIONS = reduce(
    or_,
    (
        pyromark.Options.ENABLE_TABLES,
        pyromark.Options.ENABLE_FOOTNOTES,
        pyromark.Options.ENABLE_STRIKETHROUGH,
        pyromark.Options.ENABLE_TASKLISTS,
        pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS,
        pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS,
    ),
)
# None begins in another, so that a hundred that never end are not each sought to the end.
_SHORTCODE = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_MASKING = re.compile(r"<(?P<end>/?)(?:code|kbd|samp|tt|var)\b", re.IGNORECASE)
_HEADLINES = ("title", "headline")


def read(source: str, name: str) -> Document:
    """Reads Markdown; front matter that cannot be read is passed over."""
    builder = Builder(name, source, "md")
    _Reader(builder, source).read()
    return builder.build()


class _Reader:
    """Follows the events of the parser, whose places are in bytes of UTF-8."""

    def __init__(self, builder: Builder, source: str) -> None:
        self._builder = builder
        self._source = source
        self._bytes = source.encode("utf-8", "surrogatepass")
        self._at = (0, 0)  # The last place in bytes, and in code points.
        self._shortcodes = [Span(*found.span()) for found in _SHORTCODE.finditer(source)]
        self._open: list[str] = []
        self._images = 0  # How many stand one in another's text.
        self._headline = True
        self._masked = False
        self._skipped = False

    def read(self) -> None:
        events: Iterator[tuple[Any, Any]] = iter(
            pyromark.events_with_range(self._source, options=_OPTIONS)
        )
        for event, place in events:
            if isinstance(event, str):
                self._bare(event, place)
                continue
            ((name, value),) = event.items()
            if name == "Start":
                self._start(value, place)
            elif name == "End":
                self._end(value)
            else:
                self._leaf(name, value, self._span(place))

    def _bare(self, event: str, place: Mapping[str, int]) -> None:
        if event in ("SoftBreak", "HardBreak"):
            self._builder.add(" ", *self._span(place))  # Without the backslash of a hard break.
        elif event == "Rule":
            self._begin()

    def _start(self, tag: Any, place: Mapping[str, int]) -> None:
        name, value = _named(tag)
        match name:
            case "MetadataBlock":
                self._metadata(value, self._span(place))
                self._skipped = True
            case "CodeBlock":
                self._skipped = True
            case "HtmlBlock":
                span = self._span(place)
                self._html(span)
                self._skipped = True
            case "Heading":
                self._open.append(f"heading.{value['level'].lower()}")
                self._begin()
            case "BlockQuote":
                self._open.append("blockquote")
            case "Item":
                self._open.append("list")
                self._begin()
            case "Paragraph" | "FootnoteDefinition":
                self._begin()
            case "TableHead" | "TableRow":
                self._open.append("table.header" if name == "TableHead" else "table.cell")
            case "TableCell":
                self._begin()
            case "Image":
                self._images += 1
                if self._images == 1:
                    self._builder.begin_aside("attr.alt")

    def _end(self, tag: Any) -> None:
        name, _ = _named(tag)
        match name:
            case "MetadataBlock" | "CodeBlock" | "HtmlBlock":
                self._skipped = False
                self._begin()
            case "Heading" | "BlockQuote" | "Item" | "TableHead" | "TableRow":
                self._open.pop()
                self._begin()
            case "Paragraph" | "TableCell" | "FootnoteDefinition":
                self._begin()
            case "Image":
                self._images -= 1
                if self._images == 0:
                    self._builder.end_aside()

    def _leaf(self, name: str, value: str, span: Span) -> None:
        if self._skipped:
            return
        match name:
            case "Text":
                self._text(value, span)
            case "Code":
                add_mask(self._builder, self._source[span.start : span.end], span.start)
            case "InlineHtml":
                self._inline(span)

    def _text(self, text: str, span: Span) -> None:
        if self._source[span.start : span.end] != text:
            if not any(self._shortcodes_in(span)):
                self._builder.add(text, *span)
            return
        for part in self._without_shortcodes(span):
            prose = self._source[part.start : part.end]
            (add_mask if self._masked else add_text)(self._builder, prose, part.start)

    def _without_shortcodes(self, span: Span) -> Iterator[Span]:
        start = span.start
        for code in self._shortcodes_in(span):
            if code.start > start:
                yield Span(start, code.start)
            start = max(start, min(code.end, span.end))
        if start < span.end:
            yield Span(start, span.end)

    def _shortcodes_in(self, span: Span) -> Iterator[Span]:
        first = bisect_right(self._shortcodes, span.start, key=lambda code: code.end)
        for at in range(first, len(self._shortcodes)):
            if not span.overlaps(self._shortcodes[at]):
                return
            yield self._shortcodes[at]

    def _inline(self, span: Span) -> None:
        text = self._source[span.start : span.end]
        if comment := _COMMENT.fullmatch(text):
            self._builder.comment(comment[1], *span)
        elif text.lower().startswith("<br"):
            self._builder.add(" ", *span)
        elif masking := _MASKING.match(text):
            self._masked = not masking["end"]

    def _html(self, span: Span) -> None:
        text = self._source[span.start : span.end]
        HtmlReader(self._builder, span.start, self._headline).read(text)

    def _metadata(self, style: str, span: Span) -> None:
        text = self._source[span.start : span.end]
        reader = yaml_fields if style == "YamlStyle" else toml_fields
        fields, settings = reader(text)
        self._builder.settings = settings
        for field in fields:
            self._field(field, span.start)

    def _field(self, field: Field, offset: int) -> None:
        headline = field.key in _HEADLINES and not field.nested
        if headline:
            self._headline = False
        self._builder.begin(f"frontmatter.{field.key}" + (".headline" if headline else ""))
        for text, span in field.pieces:
            self._builder.add(text, *span.shift(offset))

    def _begin(self) -> None:
        scope = self._open[-1] if self._open else "paragraph"
        if scope == "heading.h1" and self._headline:
            scope += ".headline"
        self._builder.begin(scope)

    def _span(self, place: Mapping[str, int]) -> Span:
        return Span(self._offset(place["start"]), self._offset(place["end"]))

    def _offset(self, byte: int) -> int:
        """The code point at a byte; events go forward, so little is decoded for each."""
        last, offset = self._at
        if byte < last:
            last, offset = 0, 0
        offset += len(self._bytes[last:byte].decode("utf-8", "surrogatepass"))
        self._at = byte, offset
        return offset


def _named(tag: Any) -> tuple[str, Any]:
    """A tag is a name, or a name and what belongs to it."""
    if isinstance(tag, dict):
        ((name, value),) = tag.items()
        return name, value
    return tag, None
