"""The public interface for Python."""

import pytest

import newslint
from newslint.errors import DraftError


def test_lint() -> None:
    report = newslint.lint("He went to the the station.")
    (finding,) = report.findings
    assert (finding.rule, tuple(finding.span)) == ("Repeats.Word", (11, 18))


def test_what_is_no_text_is_no_draft() -> None:
    for text in ("a \ud800 b", "a\0b"):
        with pytest.raises(DraftError):
            newslint.lint(text)


def test_format_by_name() -> None:
    assert newslint.lint("`the the`", name="a.md").findings == ()


def test_linter_and_read() -> None:
    document = newslint.read(b"He went to the the station.", "a.txt")
    rules = newslint.Config.default().settings(document.name).rules  # type: ignore[arg-type]
    assert newslint.Linter(rules).lint(document).findings


def test_all_names_are_there() -> None:
    assert all(getattr(newslint, name) for name in newslint.__all__)
