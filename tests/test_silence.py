"""Directives keep findings back, and complain where they are wrong."""

from newslint import formats
from newslint.engine import Linter
from newslint.findings import Finding, Report
from newslint.kinds.existence import Existence

RULES = [
    Existence(id="House.Guy", message="No “{found}”.", tokens=("guy",)),
    Existence(id="House.Pal", message="No “{found}”.", tokens=("pal",)),
]


def lint(source: str) -> Report:
    return Linter(RULES).lint(formats.read(source.encode(), "a.txt"))


def rules(source: str) -> list[str]:
    return [finding.rule for finding in lint(source).findings]


def first(source: str) -> Finding:
    return lint(source).findings[0]


def test_without_directives_all_is_found() -> None:
    assert rules("A guy and a pal came.") == ["House.Guy", "House.Pal"]


def test_disable_holds_until_enable() -> None:
    source = "<!-- newslint-disable House.Guy -- his name -->\n\nA guy.\n\n"
    assert rules(source + "A guy.") == []
    assert rules(source + "<!-- newslint-enable House.Guy -->\n\nA guy.") == ["House.Guy"]
    assert lint(source).silenced == 1


def test_a_style_or_all_may_be_meant() -> None:
    assert rules("<!-- newslint-disable House -->\n\nA guy and a pal.") == []
    assert rules("<!-- newslint-disable -->\n\nA guy and a pal.") == []
    assert rules("<!-- newslint-disable House.Guy, House.Pal -->\n\nA guy and a pal.") == []


def test_one_line() -> None:
    assert rules("A guy. <!-- newslint-disable-line House.Guy -->\nA guy came.") == ["House.Guy"]
    source = "<!-- newslint-disable-next-line -->\nA guy and a pal.\n\nA guy."
    assert rules(source) == ["House.Guy"]


def test_whole_file_from_anywhere() -> None:
    assert rules("A guy.\n\n<!-- newslint-disable-file House.Guy -->") == []


def test_vale_comments() -> None:
    assert rules("<!-- vale off -->\n\nA guy.\n\n<!-- vale on -->\n\nA pal.") == ["House.Pal"]
    assert rules("<!-- vale House.Guy = NO -->\n\nA guy and a pal.") == ["House.Pal"]
    assert rules("<!-- vale off -->\n\nNothing.") == []


def test_an_unused_directive_is_a_finding() -> None:
    unused = first("<!-- newslint-disable House.Guy -->\n\nA woman.")
    assert (unused.rule, unused.span) == ("Newslint.UnusedSilence", (0, 35))
    assert rules("<!-- newslint-disable Other.Rule -->\n\nA woman.") == []


def test_a_wrong_directive_is_a_finding() -> None:
    unknown = first("<!-- newslint-disable House.Gui -->\n\nA woman.")
    assert "did you mean House.Guy?" in unknown.message
    wrong = first("<!-- newslint-disabel House.Guy -->\n\nA woman.")
    assert "did you mean newslint-disable?" in wrong.message


def test_directives_cannot_hide_findings_about_directives() -> None:
    assert "Newslint.UnusedSilence" in rules("<!-- newslint-disable -->\n\nNothing.")


def test_a_wrong_name_is_a_finding_and_a_rule_that_is_off_is_none() -> None:
    assert (
        "did you mean Names.NearMiss?" in first("<!-- newslint-disable Nmaes.NearMiss -->").message
    )
    assert rules("<!-- newslint-disable Names.NearMiss -->\n\nThe rule is off.") == []
    assert rules("<!-- newslint-disable Quotes -->\n\nThe style is off.") == []


def test_front_matter() -> None:
    def found(settings: str) -> list[str]:
        source = f"---\nnewslint: {settings}\n---\n\nA guy and a pal.\n"
        report = Linter(RULES).lint(formats.read(source.encode(), "a.md"))
        return [f"{finding.rule}: {finding.message}" for finding in report.findings]

    assert found("{disable: [House.Guy]}") == ["House.Pal: No “pal”."]
    assert found("House") == []
    assert found("{disable: [House.Guy, House.Gui, House.Pal]}") == [
        "Newslint.UnknownDirective: No rule House.Gui; did you mean House.Guy?"
    ]
    assert found("{disabel: [House]}")[0] == (
        "Newslint.UnknownDirective: “disabel” is no key of newslint; did you mean disable?"
    )
