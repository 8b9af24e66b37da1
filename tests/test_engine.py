"""The linter: order, doubles, limits, quotations, and anchors that change nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newslint import formats, styles
from newslint.engine import Linter
from newslint.findings import Match, Related
from newslint.kinds.existence import Existence
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def document(text: str) -> Document:
    return formats.read(text.encode(), "a.txt")


def guy(**keys: object) -> Existence:
    return Existence(id="A.Guy", message="No “%s”.", tokens=("guy",), **keys)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_anchors_change_nothing(path: Path) -> None:
    rules = styles.shipped_rules()
    draft = formats.read(path.read_bytes(), path.name)
    with_anchors = Linter(rules).lint(draft).findings
    assert with_anchors == Linter(rules, anchors=False).lint(draft).findings
    assert any(rule.anchors() is not None for rule in rules)


def test_findings_are_in_order_of_place() -> None:
    other = Existence(id="A.First", message="No.", tokens=("pal",))
    report = Linter([guy(), other]).lint(document("A pal, a guy, a pal."))
    assert [finding.rule for finding in report.findings] == ["A.First", "A.Guy", "A.First"]


def test_limit() -> None:
    report = Linter([guy(limit=2)]).lint(document("A guy, a guy, a guy."))
    assert len(report.findings) == 2


@pytest.mark.parametrize(("policy", "count"), [("both", 2), ("skip", 1), ("only", 1)])
def test_quotations(policy: str, count: int) -> None:
    report = Linter([guy(quotations=policy)]).lint(document("“A guy,” said the guy."))
    assert len(report.findings) == count


def test_of_two_that_propose_the_same_the_graver_stays() -> None:
    keys = {"message": "No.", "tokens": ("guy",), "action": {"name": "remove"}}
    import msgspec

    rules = [
        msgspec.convert(
            {**keys, "extends": "existence", "id": f"A.{level}", "level": level}, Existence
        )
        for level in ("suggestion", "error", "warning")
    ]
    (finding,) = Linter(rules).lint(document("A guy.")).findings
    assert finding.rule == "A.error"


class Marked(Rule, tag="marked_for_a_test", frozen=True, kw_only=True):
    """Finds one text, with a replacement and another place where the test says so."""

    text: str
    use: tuple[str, ...] = ()
    beside: str = ""

    def find(self, document: Document) -> Iterator[Match]:
        at, other = document.prose.find(self.text), document.prose.find(self.beside)
        related = (Related(Span(other, other + len(self.beside)), "here"),) if self.beside else ()
        yield Match(Span(at, at + len(self.text)), self.use, related)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ({}, {}, ["A.Outer"]),
        ({"use": ()}, {}, ["A.Outer", "B.Inner"]),
        ({}, {"use": ()}, ["A.Outer", "B.Inner"]),
        ({}, {"level": "error"}, ["A.Outer", "B.Inner"]),
        ({}, {"beside": "shut"}, ["A.Outer", "B.Inner"]),
        ({"text": "Two retail"}, {}, ["A.Outer", "B.Inner"]),
    ],
)
def test_what_the_fix_round_it_mends_is_left_out(
    outer: dict[str, Any], inner: dict[str, Any], expected: list[str]
) -> None:
    phrase = {"text": "retail centers", "use": ("shopping centres",), **outer}
    word = {"text": "centers", "use": ("centres",), **inner}
    rules = [Marked(id="A.Outer", message="", **phrase), Marked(id="B.Inner", message="", **word)]
    found = Linter(rules).lint(document("Two retail centers shut.")).findings
    assert [finding.rule for finding in found] == expected


def test_a_finding_about_the_draft_is_no_double_of_one_about_its_first_word() -> None:
    rules = [
        Marked(id="A.Word", message="", text="populace", use=("people",)),
        Marked(id="A.Words", message="", text="populace", beside="automobiles"),
    ]
    found = Linter(rules).lint(document("The populace likes automobiles.")).findings
    assert [finding.rule for finding in found] == ["A.Word", "A.Words"]


def test_a_rule_that_fails_is_a_notice_and_the_rest_goes_on() -> None:
    class Broken(Rule, tag="broken-in-a-test", frozen=True, kw_only=True, dict=True):
        def find(self, document: Document):
            yield Match(document.blocks[0].span)
            raise ZeroDivisionError("oh")

    report = Linter([Broken(id="A.Broken", message="x"), guy()]).lint(document("A guy."))
    assert [finding.rule for finding in report.findings] == ["A.Guy"]
    assert report.notices[0].source == "A.Broken"
    assert "ZeroDivisionError: oh" in report.notices[0].message


def test_rules_of_the_source_see_markup() -> None:
    rule = Existence(id="A.Tag", message="No.", raw=("<b>",), nonword=True, scope=("raw",))
    draft = formats.read(b"a <b>c</b>", "a.md")
    (finding,) = Linter([rule]).lint(draft).findings
    assert draft.source[slice(*finding.span)] == "<b>"


def test_messages_take_vales_and_our_placeholders() -> None:
    keys = {"tokens": ("guy",), "id": "A.B"}
    draft = document("A guy.")

    def message(text: str) -> str:
        return Linter([Existence(message=text, **keys)]).lint(draft).findings[0].message

    assert message("“%s” or %[1]s, {found}, 100%% {unknown}") == "“guy” or guy, guy, 100% {unknown}"
    assert message("%s and %s") == "guy and"
