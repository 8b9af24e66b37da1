"""The public interface for Python."""

import newslint


def test_lint() -> None:
    report = newslint.lint("He went to the the station.")
    (finding,) = report.findings
    assert (finding.rule, tuple(finding.span)) == ("Repeats.Word", (11, 18))


def test_format_by_name() -> None:
    assert newslint.lint("`the the`", name="a.md").findings == ()


def test_linter_and_read() -> None:
    document = newslint.read(b"He went to the the station.", "a.txt")
    rules = newslint.Config.default().settings(document.name).rules  # type: ignore[arg-type]
    assert newslint.Linter(rules).lint(document).findings


def test_all_names_are_there() -> None:
    assert all(getattr(newslint, name) for name in newslint.__all__)
