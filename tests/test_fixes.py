"""Fixes: only in the prose, never for the worse, the same twice as once."""

import re
from collections import Counter

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import fixes, formats, styles
from newslint.findings import Report
from newslint.fixes import Choice, Fixer
from newslint.kinds.existence import Existence
from newslint.kinds.substitution import Substitution
from newslint.rule import Action

SHIPPED = [rule for rule in styles.shipped_rules() if not rule.judges_remarks]
FIXING = [rule for rule in SHIPPED if rule.fix != "none"]
BAD = sorted({example.bad for rule in FIXING for example in rule.examples if example.bad})
ATOMS = [
    "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u200b", "\u00ad", "😀", "e\u0301", "עברית", "“", '"', "*", "**", "_", "`",
    "[a]", "（b）", "(b)", "！[a](b)", "# ", "- ", "> ", "| a | b |\n|---|---|\n", "title： x\n", "---\n", "---\ntitle: a： b，c\n---\n\n",
    "<b>", "</b>", "<p>", "</p>", "<!--", "-->", "<!-- newslint-disable-line -->", "<", "&", "＆", "&amp;", "<img alt='a，b'>", "\\",
    "```\n", "https://a.b/c，d ", "12000 people ", "the the ", "。", "，", "：", "【a】", "1、",
]  # fmt: skip
DRAFTS = st.lists(st.sampled_from(BAD) | st.sampled_from(ATOMS), max_size=12).map("".join)
SUFFIXES = ["txt", "md", "html"]
FIXER = Fixer(SHIPPED)


def house(swap: dict[str, str], **keys) -> Substitution:
    return Substitution(
        **{"id": "House.Words", "message": "%s", "swap": swap, "fix": "safe", **keys}
    )


def fixed(source: str, *rules, suffix: str = "txt", unsafe: bool = False) -> str:
    document = formats.parse(source, f"a.{suffix}")
    return Fixer(rules).settle(document, unsafe=unsafe, level="warning").document.source


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(DRAFTS, st.booleans())
@settings(max_examples=25, deadline=None)
def test_fixed_twice_is_fixed_once(suffix: str, source: str, unsafe: bool) -> None:
    once = FIXER.settle(formats.parse(source, f"a.{suffix}"), unsafe=unsafe, level="suggestion")
    assert once.settled
    again = FIXER.settle(once.document, unsafe=unsafe, level="suggestion")
    assert (again.document.source, again.fixed) == (once.document.source, 0)
    assert ("\n" in once.document.source) <= ("\n" in source)
    assert ("\r" in once.document.source) <= ("\r" in source)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(DRAFTS)
@settings(max_examples=25, deadline=None)
def test_a_fix_makes_no_finding_of_its_rule(suffix: str, source: str) -> None:
    before = FIXER.lint(formats.parse(source, f"a.{suffix}"))
    document, done = FIXER.apply(before, list(FIXER.unread(before.findings, unsafe=True)))
    after = FIXER.lint(document)
    had, have = counts(before), counts(after)
    for rule, count in Counter(choice.finding.rule for choice in done).items():
        assert have[rule] <= had[rule] - count


@given(DRAFTS)
@settings(max_examples=60, deadline=None)
def test_safe_fixes_leave_the_markup_alone(source: str) -> None:
    done = FIXER.settle(formats.parse(source, "a.md"), unsafe=False, level="suggestion")
    tags = re.compile(r"</?\w+")
    assert tags.findall(pyromark.html(source)) == tags.findall(pyromark.html(done.document.source))


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(DRAFTS)
@settings(max_examples=20, deadline=None)
def test_what_is_silenced_is_not_fixed(suffix: str, source: str) -> None:
    source = "<!-- newslint-disable -->\n\n" + source
    done = FIXER.settle(formats.parse(source, f"a.{suffix}"), unsafe=True, level="suggestion")
    assert done.document.source == source


def counts(report: Report) -> Counter[str]:
    return Counter(finding.rule for finding in report.findings)


def test_safe_fixes_alone_unless_asked() -> None:
    assert fixed("prior to it", house({"prior to": "before"})) == "before it"
    unsafe = house({"prior to": "before"}, fix="unsafe")
    assert fixed("prior to it", unsafe) == "prior to it"
    assert fixed("prior to it", unsafe, unsafe=True) == "before it"
    none = house({"prior to": "before"}, fix="none")
    assert fixed("prior to it", none, unsafe=True) == "prior to it"


def test_a_choice_is_left_to_a_person() -> None:
    rule = house({"automobile": "car|van"})
    assert fixed("one automobile", rule, unsafe=True) == "one automobile"
    (finding,) = Fixer([rule]).lint(formats.parse("one automobile", "a.txt")).findings
    assert [fix.safe for fix in finding.fixes] == [False, False]


def test_findings_below_the_level_are_left() -> None:
    rule = house({"prior to": "before"}, level="suggestion")
    assert fixed("prior to it", rule) == "prior to it"


@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        ("prior *to* it", "md"),
        ("prior&nbsp;to it", "html"),
        ("prior\nto it", "md"),
        ("`prior to` it", "md"),
        ("https://a.b/prior", "md"),
        ("pri<b>or to</b> it", "html"),
        ("<script>prior to</script>", "html"),
    ],
)
def test_only_where_the_source_is_the_prose(source: str, suffix: str) -> None:
    assert fixed(source, house({"prior to": "before", "prior": "x"}), suffix=suffix) == source


@pytest.mark.parametrize(
    ("source", "suffix", "swap"),
    [
        ("---\ntitle: Rain： more\n---\n\nA.\n", "md", {"：": ":"}),
        ("---\ntitle: ［Rain\n---\n\nA.\n", "md", {"［": "["}),
        ("[a]（b）", "md", {"（": "(", "）": ")"}),
        ("2 x 3", "html", {"x": "<b>"}),
        ("AT and T", "html", {"and": "&lt;"}),
        ("2 x 3 x 4", "md", {"x": "*"}),
        ("a of b", "md", {"a of": "#"}),
    ],
)
def test_never_into_markup(source: str, suffix: str, swap: dict[str, str]) -> None:
    rule = house(swap, nonword=True)
    before = formats.parse(source, f"a.{suffix}")
    after = formats.parse(fixed(source, rule, suffix=suffix), f"a.{suffix}")
    assert [block.scope for block in after.blocks] == [block.scope for block in before.blocks]
    assert len(after.prose) == len(before.prose) or after.source == source


def test_one_bad_fix_does_not_keep_the_good_ones_back() -> None:
    rule = house({"（": "(", "）": ")", "，": ","}, nonword=True)
    source = "a， b\n\n[c]（d） e， f\n"
    assert fixed(source, rule, suffix="md") in (
        "a, b\n\n[c](d） e, f\n",
        "a, b\n\n[c]（d) e, f\n",
    )


def test_a_fix_that_makes_its_own_finding_is_dropped() -> None:
    assert fixed("a b", house({"a": "a a"})) == "a b"


def test_a_fix_that_trades_one_finding_for_another_is_dropped() -> None:
    twice = Existence(id="Other.Twice", message="%s", tokens=("before before",))
    rule = house({"prior to": "before"})
    assert fixed("prior to before", rule, twice) == "prior to before"
    mild = Existence(id="Other.Twice", message="%s", tokens=("before",), level="suggestion")
    assert fixed("prior to it", rule, mild) == "before it"


def test_two_rules_do_not_play_ping_pong() -> None:
    there, back = house({"a": "b"}), house({"b": "a"}, id="Other.Back", level="error")
    once = fixed("a b", there, back)
    assert fixed(once, there, back) == once


def test_of_two_that_overlap_the_graver_goes_first() -> None:
    first = house({"one two": "x"})
    second = house({"two three": "y"}, id="Other.Words", level="error")
    assert fixed("one two three", first, second) == "one y"
    assert fixed("one two three", first, house({"two three": "y"}, id="Z.Z")) == "x three"


def test_the_limit_of_a_rule_does_not_limit_fixes() -> None:
    assert fixed("a a a a", house({"a": "b"}, limit=2)) == "b b b b"


def test_a_line_taken_out_goes_with_its_break() -> None:
    rule = Existence(
        id="House.Ad", message="%s", raw=(r"^Advertisement$",), nonword=True, fix="unsafe",
        action=Action("remove"),
    )  # fmt: skip
    source = "---\ntitle: A\n---\n\nOne.\n\nAdvertisement\n\n- Advertisement\n- two\n"
    assert fixed(source, rule, suffix="md", unsafe=True) == "---\ntitle: A\n---\n\nOne.\n\n- two\n"
    source = "---\ntitle: Advertisement\n---\n\nOne.\n"
    assert fixed(source, rule, suffix="md", unsafe=True) == source


def test_choices_by_hand_are_held_to_the_same() -> None:
    fixer = Fixer([house({"a": "a a", "c": "d"})])
    report = fixer.lint(formats.parse("a b c", "a.txt"))
    choices = [Choice(finding, finding.fixes[0].text) for finding in report.findings]
    document, done = fixer.apply(report, choices)
    assert document.source == "a b d"
    assert [choice.text for choice in done] == ["d"]
    assert all(fixes.applicable(report.document, one) for one in report.findings)  # type: ignore[arg-type]
