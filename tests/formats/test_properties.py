"""What every format owes the text model, on nasty drafts."""

import re
from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint import formats
from newslint.text import Document

ATOMS = [
    "word", "Vlad", "imir", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u00ad", "\u200b",
    "\ufeff", "\u2028", "😀", "é", "e\u0301", "𝕍", "עברית", "“", "”", '"', "'", "’", ".", "!", "*",
    "**", "_", "`", "```\n", "~~~\n", "# ", "## ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n", "|",
    "---\n", "+++\n", 'title: "A \\" b"\n', "title = 'x'\n", "summary: >\n  a\n  b\n", "images:\n  - alt: x\n", "alt: &a b\n", "dek: *a\n", "newslint: [A]\n",
    "<b>", "</b>", "<p>", "</p>", "<div>", "<br>", "<br/>", "<script>", "</script>", "<code>", "</code>",
    "<!-- newslint-disable -->", "<!--", "-->", "<![x", "<!x>", "<?x", "<", ">", "&", "&amp;", "&nbsp;",
    "&#8217;", "&#x;", "&eacute", "<img alt='a &amp; b'>", '<img alt="c">', "![alt *x*](u)", "[a](b)",
    "[", "](", "{{< x >}}", "{% y %}", "{{", "\\*", "https://a.b/c.", "<td>", "<li>", "<h1>", "</h1>",
    "<title>", "<span hidden>", '<i translate="no">', "[^1]", "[^1]: n\n", "\x0b", "\x0c", "\x85",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(ATOMS), max_size=30).map("".join)
EXTENSIONS = [".txt", ".md", ".html"]


def read(source: str, extension: str) -> Document:
    return formats.read(source.encode(), f"a{extension}")


def block_of(document: Document, offset: int) -> int:
    """The number of the block that an offset of the prose lies in."""
    return bisect_right([block.span.start for block in document.blocks], offset)


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(SOURCES)
@settings(max_examples=250, deadline=None)
@example("<![x")
@example("---\ntitle: a\n---\n\nB")
def test_prose_maps_back_to_its_source(extension: str, source: str) -> None:
    document = read(source, extension)
    last = reached = number = 0
    for run in document.runs:
        assert last <= run.prose.start < run.prose.end <= len(document.prose)
        if block_of(document, run.prose.start) > number:
            number, reached = block_of(document, run.prose.start), 0
        assert reached <= run.source.start <= run.source.end <= len(document.source)
        last, reached = run.prose.end, run.source.end
        if run.aligned:
            prose = document.prose[run.prose.start : run.prose.end]
            original = document.source[run.source.start : run.source.end]
            pairs = zip(prose, original, strict=True)
            assert all(a == b or a == "*" or (a == " " and b.isspace()) for a, b in pairs)


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(SOURCES)
@settings(max_examples=150, deadline=None)
def test_blocks_lie_in_the_prose_one_after_the_other(extension: str, source: str) -> None:
    document = read(source, extension)
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.prose)
        assert document.prose[block.span.start : block.span.end].strip()
        end = block.span.end


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(SOURCES)
@settings(max_examples=150, deadline=None)
def test_blocks_stand_in_the_order_of_the_source(extension: str, source: str) -> None:
    """All but the text of an image amid a block, which comes behind it."""
    document = read(source, extension)
    blocks = [block.span for block in document.blocks if block.scope != "attr.alt"]
    for before, after in pairwise(map(document.to_source, blocks)):
        assert before.end <= after.start


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(SOURCES)
@settings(max_examples=150, deadline=None)
def test_spans_of_words_lie_in_the_source_and_go_forward(extension: str, source: str) -> None:
    document = read(source, extension)
    start = number = 0
    for word in document.words:
        span = document.to_source(word.span)
        if block_of(document, word.start) > number:
            number, start = block_of(document, word.start), 0
        assert start <= span.start < span.end <= len(document.source)
        start = span.start
        place = document.place(span.start)
        assert document.line_starts[place.line - 1] + place.column - 1 == span.start


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(SOURCES)
@settings(max_examples=100, deadline=None)
def test_prose_has_single_spaces_and_nothing_hidden(extension: str, source: str) -> None:
    for block in read(source, extension).blocks:
        text = read(source, extension).prose[block.span.start : block.span.end]
        assert not re.search(r"[^\S ]|  |[\u00ad\u200b\ufeff]", text)
