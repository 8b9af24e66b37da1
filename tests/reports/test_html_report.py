"""The HTML report: what stands in the page."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from report_cases import HOSTILE, LINE, NAMES, NEAR_MISS, report, words

from newslint import formats, reports
from newslint.findings import Notice, Report
from newslint.reports import Options
from newslint.reports.html import marks
from newslint.spans import Span

SEEDS = Path(__file__).parents[2] / "seeds"
VOID = ("meta", "link", "br")


class Page(HTMLParser):
    """The page as a tree of what the tests ask for; fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.described: list[str] = []
        self.marks: list[str] = []
        self.classes: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [str(given["id"])] if "id" in given else []
        self.targets += [str(given["href"])] if "href" in given else []
        self.described += str(given.get("aria-describedby") or "").split()
        self.classes += str(given.get("class") or "").split()
        assert "style" not in given and not any(name.startswith("on") for name in given)
        if tag == "mark":
            self.marks.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marks[-1] += data


def page_of(*given: Report, **options: object) -> str:
    return "\n".join(reports.writer("html")(given, Options(**options)))


@pytest.mark.parametrize("name", NAMES)
def test_the_finding_is_marked_and_linked_both_ways(name: str) -> None:
    page = Page(page_of(report(name=name), rules={NEAR_MISS.id: NEAR_MISS}))
    assert page.marks == ["Petrof"]
    assert page.described == ["f1-1"]
    assert {"#f1-1", "#m1-1", "#r1-1-1", "#rule-Names.NearMiss"} <= set(page.targets)


def test_links_have_targets_and_ids_are_unique(run) -> None:
    done = run("check", "--isolated", "--level", "suggestion", "--format", "html", str(SEEDS))
    page = Page(done.stdout)
    assert len(page.ids) == len(set(page.ids))
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert set(page.described) <= set(page.ids)
    assert page.targets and all(target.startswith("#") for target in page.targets)


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.*")), ids=lambda path: path.name)
def test_the_way_from_source_to_prose_is_the_way_back(seed: Path) -> None:
    document = formats.read(seed.read_bytes(), seed.name)
    for word in document.words:
        span = Span(word.start, word.end)
        there = document.to_source(span)
        assert marks.to_prose(document, there) == span or not document.exact(span)


@pytest.mark.parametrize(
    ("source", "name", "marked"),
    [
        ("A <b>bo</b>ld word.", "a.html", ["bold"]),
        ("A **bo**ld word.", "a.md", ["bold"]),
        ("A b&#111;ld word.", "a.html", ["bold"]),
        ("A\nbold\r\nword.", "a.txt", ["bold"]),
        ("---\ntitle: A bold word\n---\n\nText.\n", "a.md", ["bold"]),
        ("![A bold word](x.png)\n", "a.md", ["bold"]),
    ],
)
def test_what_a_reader_sees_is_marked(source: str, name: str, marked: list[str]) -> None:
    assert Page(page_of(words(source, name, bold="warning"))).marks == marked


def test_overlapping_findings_share_their_pieces() -> None:
    found = words(
        "one two three", **{"one two": "warning", "two three": "error", "two": "suggestion"}
    )
    page = Page(page_of(found))
    assert page.marks == ["one ", "two", " three"]
    assert page.described == ["f1-1", "f1-1", "f1-2", "f1-3", "f1-3"]


def test_a_finding_between_two_characters_has_a_caret() -> None:
    found = report()
    point = found.findings[0]._replace(span=Span(14, 14), related=())
    page = Page(page_of(msgspec.structs.replace(found, findings=(point,))))
    assert page.marks == ["‸"]


def test_a_finding_of_several_blocks_is_marked_in_the_first() -> None:
    found = words("one\n\ntwo\n", one="warning")
    longer = found.findings[0]._replace(span=Span(0, 8))
    assert Page(page_of(msgspec.structs.replace(found, findings=(longer,)))).marks == ["one"]


def test_a_finding_that_no_reader_sees_is_told_with_its_source() -> None:
    text = "<!-- newslint-disable Names -->\n\nText.\n"
    page = page_of(report(text, "a.md"))
    assert "In the source, where readers do not see it" in page
    assert "<code>&lt;!-- newslint-disable Names --&gt;</code>" in page
    Page(page)


def test_code_is_shown_for_the_stars_that_stand_for_it() -> None:
    assert "run `make all` now" in page_of(report("Please run `make all` now.\n", "a.md"))


def test_a_draft_cannot_become_markup() -> None:
    page = page_of(report(HOSTILE, "<script>alert(2)</script>.txt"))
    assert page.count("<script>") == 1
    assert "alert(1)" not in Page(page).classes
    assert "&lt;script&gt;alert(1)" in page


def test_the_policy_allows_only_what_stands_in_the_page() -> None:
    page = page_of(report())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]  # type: ignore[index]
    assert "default-src 'none'" in policy
    for element, source in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(f"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy
    assert not re.search(r"https?://|url\(|@import|<img|<link", page)


def test_levels_are_told_in_words_and_shapes() -> None:
    page = page_of(words("a b c", a="error", b="warning", c="suggestion"))
    for told in ("■ error", "▲ warning", "● suggestion"):
        assert page.count(told) == 2  # In the key, and at the finding.


def test_several_drafts_have_an_index_and_trouble_is_told() -> None:
    gone = Report("gone.txt", notices=(Notice("draft", "no such file"),))
    page = page_of(report(), report("Clean.\n", "clean.txt"), gone)
    assert '<a href="#d2">clean.txt</a>' in page
    assert "draft: no such file" in page
    assert "not read" in page
    assert "1 error in 2 drafts" in page
    assert "<nav" not in page_of(report())


def test_scores_and_readability_are_shown(run) -> None:
    page = run("check", "--isolated", "--format", "html", str(SEEDS / "ferry-spun.txt")).stdout
    for told in ("broken", "translated", "spun", "generated", "Flesch–Kincaid", "18 sentences"):
        assert told in page
    short = run("check", "--isolated", "--format", "html", "-", stdin=LINE).stdout
    assert "too short to compare" in short


def test_silenced_findings_are_counted() -> None:
    text = f"<!-- newslint-disable Names -->\n\n{LINE}\n"
    assert "nothing found; 1 kept back by comments" in page_of(report(text, "a.md"))
