"""Comments that silence: a check finds nothing, a reader sees nothing new."""

import re

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fixes import ATOMS, SHIPPED, SUFFIXES

from newslint import formats
from newslint.engine import Linter
from newslint.kinds.existence import Existence
from newslint.silence import UNKNOWN, UNUSED
from newslint.suppressions import Suppressor
from newslint.text import Document

GUY = Existence(id="House.Guy", message="%s", tokens=("guy",))
PAL = Existence(id="House.Pal", message="%s", tokens=("pal",), scope=("raw",))
LAST = Existence(id="House.Last", message="%s", raw=(r"end\s*\Z",), nonword=True, scope=("raw",))
LINTER = Linter([GUY, PAL, LAST])
LINE = "<!-- newslint-disable-line House.Guy"

BAD = sorted({example.bad for rule in SHIPPED for example in rule.examples if example.bad})
DRAFTS = st.lists(st.sampled_from(BAD) | st.sampled_from(ATOMS), max_size=10).map("".join)
ALL = Suppressor(Linter(SHIPPED), "so the desk decided")


def parse(source: str, suffix: str) -> Document:
    return formats.parse(source, f"a.{suffix}")


def suppressed(source: str, suffix: str = "md", reason: str = "") -> str:
    return Suppressor(LINTER, reason).suppress(parse(source, suffix), "warning").document.source


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(DRAFTS)
@settings(max_examples=20, deadline=None)
def test_after_it_only_what_no_comment_can_reach_is_left(suffix: str, source: str) -> None:
    before = parse(source, suffix)
    done = ALL.suppress(before, "suggestion")
    assert (done.document.prose, done.document.blocks) == (before.prose, before.blocks)
    found = Linter(SHIPPED).lint(before)
    after = Linter(SHIPPED).lint(done.document)
    assert len(after.findings) == len(found.findings) - done.suppressed
    again = ALL.suppress(done.document, "suggestion")
    assert (again.document.source, again.suppressed) == (done.document.source, 0)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(st.lists(st.sampled_from(BAD), min_size=1, max_size=6).map("\n\n".join))
@settings(max_examples=15, deadline=None)
def test_whole_paragraphs_are_silenced_altogether(suffix: str, source: str) -> None:
    done = ALL.suppress(parse(source, suffix), "suggestion")
    left = {finding.rule for finding in Linter(SHIPPED).lint(done.document).findings}
    assert left <= {UNKNOWN, UNUSED}


CASES = {
    "paragraph": ("md", "A guy.\n", f"A guy. {LINE} -->\n"),
    "no line break": ("md", "A guy.", f"A guy. {LINE} -->"),
    "second line": ("md", "He is\na guy\nof ours.\n", f"He is\na guy {LINE} -->\nof ours.\n"),
    "hard break": ("md", "A guy  \nof ours.\n", f"A guy {LINE} -->  \nof ours.\n"),
    "backslash": ("md", "A guy\\\nof ours.\n", f"A guy {LINE} -->\\\nof ours.\n"),
    "heading": ("md", "# A guy\n", f"# A guy {LINE} -->\n"),
    "closed heading": ("md", "## A guy ##\n", f"## A guy {LINE} --> ##\n"),
    "underlined": ("md", "A guy\n=====\n", f"A guy {LINE} -->\n=====\n"),
    "entry": ("md", "- a guy\n- b\n", f"- a guy {LINE} -->\n- b\n"),
    "cell": (
        "md", "| a | b |\n|---|---|\n| guy | c |\n", f"| a | b |\n|---|---|\n| guy {LINE} --> | c |\n",
    ),
    "quotation": ("md", "> a guy\n", f"> a guy {LINE} -->\n"),
    "footnote": ("md", "A.[^1]\n\n[^1]: A guy.\n", f"A.[^1]\n\n[^1]: A guy. {LINE} -->\n"),
    "front matter": (
        "md", "---\ntitle: A guy\n---\n\nB.\n",
        "---\ntitle: A guy\n---\n\nB.\n\n<!-- newslint-disable-file House.Guy -->\n",
    ),
    "only front matter": (
        "md", "+++\ntitle = 'A guy'\n+++\n", "+++\ntitle = 'A guy'\n+++\n\n<!-- newslint-disable-file House.Guy -->\n",
    ),
    "raw in a fence": (
        "md", "A.\n\n```\npal\n```\n", "A.\n\n```\npal\n```\n\n<!-- newslint-disable-file House.Pal -->\n",
    ),
    "at the very end": (
        "md", "A.\n\nThe end\n", "A.\n\n<!-- newslint-disable-next-line House.Last -->\nThe end\n",
    ),
    "CRLF": (
        "md", "A.\r\n\r\nThe end\r\n", "A.\r\n\r\n<!-- newslint-disable-next-line House.Last -->\r\nThe end\r\n",
    ),
    "text": ("txt", "A guy.\n\nB.\n", f"A guy. {LINE} -->\n\nB.\n"),
    "wrapped text": (
        "txt",
        "He was seen near the bank with a guy from the\nother side of the river, and nobody knew who had\nlet the two in.\n",
        f"He was seen near the bank with a guy from the {LINE} -->\nother side of the river, and nobody knew who had\nlet the two in.\n",
    ),
    "html": ("html", "<p>A guy.</p>\n<p>B.</p>\n", f"<p>A guy.</p> {LINE} -->\n<p>B.</p>\n"),
    "attribute": (
        "html", "<p>B.</p>\n<img\n alt='A guy'\n src='a'>\n",
        "<p>B.</p>\n<img\n alt='A guy'\n src='a'>\n\n<!-- newslint-disable-file House.Guy -->\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_where_the_comment_goes(name: str) -> None:
    suffix, source, expected = CASES[name]
    assert suppressed(source, suffix) == expected
    assert not LINTER.lint(parse(expected, suffix)).findings


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[0] == "md"])
def test_the_page_looks_the_same(name: str) -> None:
    _, source, expected = CASES[name]
    assert page(expected) == page(source)


def page(source: str) -> list[str]:
    """What Markdown renders to, without comments, metadata and space at the ends of lines."""
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    options |= pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    options |= pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    html = pyromark.html(source, options=options)
    bare = re.sub(r"\s*<!--.*?-->", "", html)
    return [line.strip() for line in bare.splitlines() if line.strip()]


def test_a_reason_stands_where_software_for_markdown_lets_it() -> None:
    assert suppressed("A guy.\n", "md", "his name") == f"A guy. {LINE} — his name -->\n"
    assert suppressed("A guy.\n", "txt", "his name") == f"A guy. {LINE} -- his name -->\n"
    assert not LINTER.lint(parse(f"A guy. {LINE} — his name -->\n", "md")).findings


def test_one_comment_for_the_rules_of_a_line() -> None:
    expected = "A guy and a pal. <!-- newslint-disable-line House.Guy, House.Pal -->\n"
    assert suppressed("A guy and a pal.\n") == expected


def test_findings_about_comments_are_not_silenced() -> None:
    source = "<!-- newslint-disable House.Guy -->\n\nA woman.\n"
    assert suppressed(source) == source
