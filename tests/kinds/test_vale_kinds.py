"""Vale's kinds, by what Vale documents."""

from typing import Any

import msgspec
import pytest

from newslint import formats, kinds
from newslint.engine import Linter
from newslint.rule import Rule


def rule(extends: str, **keys: Any) -> Rule:
    plain = {"id": "T.R", "message": "%s", "extends": extends, **keys}
    return msgspec.convert(plain, kinds.kind(extends), strict=False)


def found(made: Rule, text: str, name: str = "a.md") -> list[tuple[str, str]]:
    """What is found, and the message."""
    document = formats.read(text.encode(), name)
    report = Linter([made]).lint(document)
    assert not report.notices
    return [(document.source[slice(*f.span)], f.message) for f in report.findings]


def texts(made: Rule, text: str, name: str = "a.md") -> list[str]:
    return [text for text, _ in found(made, text, name)]


def test_existence_is_case_sensitive_unless_told() -> None:
    assert texts(rule("existence", tokens=["guy"]), "Guy, guy, guys") == ["guy"]
    assert texts(rule("existence", tokens=["guy"], ignorecase=True), "Guy, guy") == ["Guy", "guy"]


def test_existence_with_raw_and_exceptions() -> None:
    made = rule("existence", raw=["foo ", "bar"], exceptions=["foo bars"])
    assert texts(made, "foo bar and foo baz") == ["foo bar"]
    assert texts(rule("existence", tokens=["[Bb]ar"], exceptions=["Bar"]), "Bar bar") == ["bar"]


def test_substitution_longest_first_with_options() -> None:
    made = rule(
        "substitution", swap={"cat": "dog", "cat food": "dog food|hay"}, message="%s not %s"
    )
    assert found(made, "cat food, cat") == [
        ("cat food", "'dog food' or 'hay' not cat food"),
        ("cat", "dog not cat"),
    ]


def test_substitution_is_silent_where_the_text_is_right() -> None:
    made = rule("substitution", swap={"(?i)github": "GitHub"}, message="%s")
    assert texts(made, "GitHub, github") == ["github"]


def test_the_right_side_of_a_substitution_may_be_a_pattern() -> None:
    made = rule("substitution", swap={"(?i)oauth2?": "OAuth2?", "web-site": "web (site"})
    assert texts(made, "OAuth, oauth2, OAuth2, web-site.") == ["oauth2", "web-site"]


def test_substitution_fills_groups_and_follows_case() -> None:
    made = rule("substitution", swap={r"(\w+) of (\w+)": "$2's $1"}, message="%s")
    assert found(made, "king of Spain") == [("king of Spain", "Spain's king")]
    cased = rule("substitution", swap={"prior to": "before"}, ignorecase=True)
    assert [m for _, m in found(cased, "Prior to it. PRIOR TO it.")] == ["Before", "BEFORE"]


def test_occurrence_counts_by_passage() -> None:
    made = rule("occurrence", token=",", max=2, message="%d")
    assert found(made, "a, b, c.\n\nd, e, f, g.") == [(",", "3")]
    assert found(rule("occurrence", token="a", min=1, message="%d"), "b") == [("b", "0")]


def test_occurrence_in_sentences() -> None:
    made = rule("occurrence", token=r"\b\w+\b", max=3, scope="sentence".split(), mark="passage")
    assert texts(made, "One two three. One two three four. One.") == ["One two three four."]


def test_repetition() -> None:
    made = rule("repetition", tokens=[r"[^\s]+"], ignorecase=True, alpha=True, message="%s")
    assert found(made, "This is is the The end, 1 1") == [("is is", "is"), ("the The", "The")]


def test_consistency_finds_the_later_blocks() -> None:
    made = rule("consistency", either={"advisor": "adviser"})
    assert texts(made, "An advisor.\n\nAn adviser.\n\nAn advisor.") == ["adviser", "advisor"]
    assert texts(made, "An advisor.\n\nAn advisor.") == []


def test_conditional() -> None:
    made = rule("conditional", first=r"\b([A-Z]{3,5})\b", second=r"\(([A-Z]{3,5})\)")
    assert texts(made, "The World Health Group (WHG) met. The WHG and the UNO left.") == ["UNO"]


@pytest.mark.parametrize(
    ("match", "good", "bad"),
    [
        ("$title", "# The Cat in the Hat", "# The cat in the hat"),
        ("$sentence", "# The cat in the hat", "# the cat in the hat"),
        ("$lower", "# the cat", "# The cat"),
        ("$upper", "# THE CAT", "# The cat"),
        (r"\?$", "# Why?", "# Why"),
    ],
)
def test_capitalization(match: str, good: str, bad: str) -> None:
    made = rule("capitalization", match=match, scope=["heading"])
    assert (texts(made, good), texts(made, bad)) == ([], [bad[2:]])


def test_metric() -> None:
    made = rule("metric", formula="words / sentences", condition="> 3")
    assert found(made, "One two three four five. One two three four five.") == [
        ("One two three four five. One two three four five.", "5.00")
    ]
    assert found(made, "One two three.") == []
    with pytest.raises(msgspec.ValidationError, match="is not known in a formula"):
        rule("metric", formula="words / nosuch", condition="> 3")
    with pytest.raises(msgspec.ValidationError, match="is not known in a formula"):
        rule("metric", formula="__import__('os')", condition="> 3")


def test_readability_by_paragraph() -> None:
    hard = "Intergovernmental administration necessitates institutional reconceptualisation. " * 12
    made = rule("readability", metrics=["Flesch-Kincaid"], grade=20, scope=["paragraph"])
    assert len(texts(made, f"The cat sat. It was fat.\n\n{hard}")) == 1


def test_spelling_never_doubts_names() -> None:
    made = rule("spelling", near=True)
    assert texts(made, "Vladmir, NATO, eBay and a goverment; a recieved-by note") == [
        "goverment",
    ]
    document = formats.read(b"A goverment.", "a.md")
    assert Linter([made]).lint(document).findings[0].fixes[0].text == "government"


def test_spelling_knows_both_sides_of_the_atlantic() -> None:
    assert texts(rule("spelling"), "colour color") == []
    assert texts(rule("spelling", dictionaries=["en-US"]), "colour color") == ["colour"]


def test_scopes() -> None:
    made = rule("existence", tokens=["x"], scope=["heading", "list"])
    assert len(texts(made, "# x\n\nx\n\n- x\n\n> x\n")) == 2
    assert len(texts(rule("existence", tokens=["x"], scope=["~heading"]), "# x\n\nx\n")) == 1
    assert len(texts(rule("existence", tokens=["x"], scope=["heading.h2"]), "# x\n\n## x\n")) == 1
    assert len(texts(rule("existence", tokens=["x"], scope=["headline"]), "# x\n\n## x\n")) == 1
    assert len(texts(rule("existence", raw=["# x"], scope=["raw"]), "# x\n\nx\n")) == 1


def test_kinds_that_cannot_run_say_so() -> None:
    assert not kinds.kind("sequence").supported
    assert not kinds.kind("script").supported
