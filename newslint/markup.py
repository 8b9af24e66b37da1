"""HTML as news sites write it, read into a builder; Markdown has it inside, too."""

import re
from html import unescape
from html.parser import HTMLParser

from newslint.builder import Builder

_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_SCOPES = {
    **{heading: f"heading.{heading}" for heading in _HEADINGS},
    "title": "title",
    "li": "list",
    "dt": "list",
    "dd": "list",
    "blockquote": "blockquote",
    "figcaption": "caption",
    "caption": "caption",
    "th": "table.header",
    "td": "table.cell",
}
_BLOCKS = frozenset(_SCOPES) | frozenset(
    """address article aside body details div dl fieldset figure footer form head header hr html
    main nav ol p section summary table tbody tfoot thead tr ul""".split()
)
_SKIPPED = frozenset(
    """button iframe math nav noscript object pre script select style svg template
    textarea""".split()
)
_MASKED = frozenset("code kbd samp tt var".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DEEPEST = 256
"""The most tags open at once; what is opened beyond is not kept, as in browsers."""

_TAG = re.compile("<[a-zA-Z/!?]")
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LINK = re.compile(
    r"""(?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?')\]]|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w"""
)


def add_text(builder: Builder, text: str, start: int) -> None:
    """Adds unchanged text; addresses of pages and mailboxes are masked, a star a character."""
    at = 0
    for link in _LINK.finditer(text):
        builder.add(text[at : link.start()], start + at, start + link.start())
        add_mask(builder, link.group(), start + link.start())
        at = link.end()
    builder.add(text[at:], start + at, start + len(text))


def add_mask(builder: Builder, text: str, start: int) -> None:
    """Adds stars for text that is no prose, but stands in a sentence, as code does."""
    for word in re.finditer(r"\S+|\s+", text):
        span = start + word.start(), start + word.end()
        builder.add(word.group() if word.group().isspace() else "*" * len(word.group()), *span)


class HtmlReader(HTMLParser):
    """Reads HTML into a builder; `offset` is where the HTML begins in the source.

    Marked-up words are not split, `<br>` is white space and two of them part paragraphs, scripts
    and the like are skipped, code and what may not be translated is masked.
    """

    def __init__(self, builder: Builder, offset: int = 0, headlines: bool = True) -> None:
        super().__init__(convert_charrefs=False)
        self._builder = builder
        self._offset = offset
        self._headlines = headlines
        self._open: list[tuple[str, bool, bool]] = []  # Tag, whether skipped, whether masked.
        self._text = ""
        self._starts = [0]
        self._broken = False

    def read(self, html: str) -> None:
        """Reads the whole of it."""
        self._text = html
        self._starts = [0, *(newline.end() for newline in re.finditer("\n", html))]
        self._builder.begin("paragraph")
        self.feed(_ended(html))
        self.close()
        self._builder.begin("paragraph")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break()
        if tag in ("p", "li", "td", "th", "tr", "dt", "dd"):
            self._close_implied(tag)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            names = dict(attrs)
            skipped = self._skips or tag in _SKIPPED or "hidden" in names
            masked = self._masks or tag in _MASKED or names.get("translate") == "no"
            self._open.append((tag, skipped, masked))
        if tag in _BLOCKS:
            self._begin()
        if tag == "img" and not self._skips:
            self._alternative()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tags = [opened for opened, _, _ in self._open]
        if tag in tags:
            del self._open[len(tags) - 1 - tags[::-1].index(tag) :]
        if tag in _BLOCKS:
            self._begin()

    def handle_data(self, data: str) -> None:
        start = self._position()
        self._broken = self._broken and data.isspace()
        if self._skips:
            return
        if self._masks:
            add_mask(self._builder, data, start)
        else:
            add_text(self._builder, data, start)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._position()
        self._builder.comment(data, start, start + len(f"<!--{data}-->"))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        # The standard library raises AssertionError for a section that it does not know.
        return self.parse_bogus_comment(i)

    @property
    def _skips(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    @property
    def _masks(self) -> bool:
        return bool(self._open) and self._open[-1][2]

    def _position(self) -> int:
        line, column = self.getpos()
        return self._offset + self._starts[line - 1] + column

    def _begin(self) -> None:
        self._broken = False
        named = [tag for tag, _, _ in self._open if tag in _SCOPES]
        scope = _SCOPES[named[-1]] if named else "paragraph"
        if scope == "heading.h1" and self._headlines:
            scope += ".headline"
        self._builder.begin(scope)

    def _break(self) -> None:
        start = self._position()
        if self._broken:
            self._begin()
        self._builder.add(" ", start, start + len(self.get_starttag_text() or ""))
        self._broken = True

    def _close_implied(self, tag: str) -> None:
        """A paragraph ends where the next begins, a list entry likewise."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def _alternative(self) -> None:
        found = _ALT.search(self.get_starttag_text() or "")
        if found and found.lastindex:
            start = self._position() + found.start(found.lastindex)
            text = found[found.lastindex]
            self._builder.begin_aside("attr.alt")
            self._builder.add(unescape(text), start, start + len(text))
            self._builder.end_aside()

    def _reference(self, name: str) -> None:
        start = self._position()
        at = start - self._offset + len(name)
        whole = name + ";" if self._text[at : at + 1] == ";" else name
        text = unescape(name + ";")
        self._broken = False
        if not self._skips:
            self._builder.add(text, start, start + len(whole))


def _ended(html: str) -> str:
    """The HTML without a comment or tag that never ends, as browsers read it.

    The parser would seek the end of each again and again.
    """
    comment = html.find("<!--", max(0, html.rfind("-->")))
    html = html if comment < 0 else html[:comment]
    tag = _TAG.search(html, html.rfind(">") + 1)
    return html[: tag.start()] if tag else html
