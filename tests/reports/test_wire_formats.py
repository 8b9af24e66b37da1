"""The formats for other programs: valid, with the columns that each wants, whatever the name."""

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from report_cases import HOSTILE, LINE, NAMES, SOURCE, report, words, written

from newslint import reports
from newslint.findings import Notice, Report

TARGET = "Petrof"


class Position(msgspec.Struct, forbid_unknown_fields=True):
    line: int
    column: int


class Range(msgspec.Struct, forbid_unknown_fields=True):
    start: Position
    end: Position


class Location(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    range: Range | None = None


class Suggestion(msgspec.Struct, forbid_unknown_fields=True):
    range: Range
    text: str


class RelatedLocation(msgspec.Struct, forbid_unknown_fields=True):
    message: str
    location: Location


class Diagnostic(msgspec.Struct, forbid_unknown_fields=True):
    """The message of reviewdog.proto, its names and types."""

    message: str
    location: Location
    severity: str
    source: dict[str, str]
    code: dict[str, str] = {}
    suggestions: list[Suggestion] = []
    related_locations: list[RelatedLocation] = []


class DiagnosticResult(msgspec.Struct, forbid_unknown_fields=True):
    source: dict[str, str]
    diagnostics: list[Diagnostic]


@pytest.mark.parametrize("name", NAMES)
def test_rdjson_counts_bytes(name: str) -> None:
    result = msgspec.json.decode(written("rdjson", report(name=name)), type=DiagnosticResult)
    (diagnostic,) = result.diagnostics
    assert diagnostic.location.path == name
    start, end = diagnostic.location.range.start, diagnostic.location.range.end  # type: ignore[union-attr]
    assert (start.line, start.column, end.line, end.column) == (4, 37, 4, 43)
    line = LINE.encode()
    assert line[start.column - 1 : end.column - 1].decode() == TARGET
    (suggestion,) = diagnostic.suggestions
    # As reviewdog makes a suggestion of it: a slice of bytes.
    at = suggestion.range
    new = line[: at.start.column - 1] + suggestion.text.encode() + line[at.end.column - 1 :]
    assert new.decode() == LINE.replace("Petrof", "Petrov")
    (related,) = diagnostic.related_locations
    place = related.location.range
    assert line[place.start.column - 1 : place.end.column - 1] == b"Petrov"  # type: ignore[union-attr]


def test_rdjsonl_has_a_line_for_each_diagnostic() -> None:
    notice = Report("gone.txt", notices=(Notice("draft", "not\nthere"),))
    found = words("one two", one="warning", two="suggestion")
    lines = written("rdjsonl", notice, found).splitlines()
    read = [msgspec.json.decode(line, type=Diagnostic) for line in lines]
    assert [diagnostic.severity for diagnostic in read] == ["ERROR", "WARNING", "INFO"]


class Lines(msgspec.Struct, forbid_unknown_fields=True):
    begin: int
    end: int | None = None


class Where(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    lines: Lines


class Issue(msgspec.Struct, forbid_unknown_fields=True):
    """What GitLab's documentation of code quality says of an issue."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Where


@pytest.mark.parametrize("name", NAMES)
def test_gitlab(name: str) -> None:
    other = report(name="other.txt")
    issues = msgspec.json.decode(written("gitlab", report(name=name), other), type=list[Issue])
    assert [issue.location.path for issue in issues] == [name, "other.txt"]
    assert issues[0].location.lines.begin == 4
    assert issues[0].description.startswith("Names.NearMiss: “Petrof”")
    assert issues[0].severity == "major"
    assert len({issue.fingerprint for issue in issues}) == 2


@pytest.mark.parametrize("name", NAMES)
def test_checkstyle(name: str) -> None:
    root = ElementTree.fromstring(written("checkstyle", report(name=name), report("Clean.\n")))
    (file,) = root
    assert (root.tag, file.tag, file.get("name")) == ("checkstyle", "file", name)
    (error,) = file
    assert error.attrib == {
        "line": "4",
        "column": "26",
        "severity": "error",
        "message": "“Petrof”, but “Petrov”, 50% sure: a, b",
        "source": "newslint.Names.NearMiss",
    }


@pytest.mark.parametrize("name", NAMES)
def test_junit(name: str) -> None:
    broken = Report("gone.txt", notices=(Notice("draft", "no such file"),))
    text = written("junit", report(name=name), report("Clean.\n", "clean.txt"), broken)
    root = ElementTree.fromstring(text)
    assert root.attrib == {"name": "newslint", "tests": "3", "failures": "1", "errors": "1"}
    found, clean, gone = root
    assert (found.get("name"), found.find("testcase").get("classname")) == (name, name)  # type: ignore[union-attr]
    failure = found.find("testcase/failure")
    assert failure is not None
    assert failure.text == "line 4, column 26: “Petrof”, but “Petrov”, 50% sure: a, b"
    assert failure.get("type") == "error"
    assert len(clean) == 1 and not len(clean[0])
    assert gone.find("testcase/error") is not None


@pytest.mark.parametrize("name", ["checkstyle", "junit"])
def test_xml_holds_what_xml_cannot(name: str) -> None:
    control = Report("a\x08b.txt", notices=(Notice("x", "a\x00b\x1b[31m￾"),))
    ElementTree.fromstring(written(name, control))


@pytest.mark.parametrize("name", reports.names())
@pytest.mark.parametrize("draft", ["a.txt", "::error::##[error]x.txt", "x\n::stop-commands::y.md"])
def test_no_report_can_smuggle_a_command_to_the_runner(
    name: str, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    found = report(HOSTILE, draft)
    noticed = msgspec.structs.replace(found, notices=(Notice("x", "a\n::error::##[error] b"),))
    ours = ("::error ", "::warning ", "::notice ", "::group::", "::endgroup::")
    for line in written(name, noticed).splitlines():
        if name != "github" or not line.startswith(ours):  # A line is one command at most.
            assert "##[" not in line
            assert not line.lstrip().startswith("::")


@pytest.mark.parametrize("name", [name for name in reports.names() if name != "terminal"])
def test_reports_tell_the_same_whatever_the_hash_seed(name: str, run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOURCE + "teh the the\n", encoding="utf-8")
    once, again = (
        run("check", "--format", name, "a.txt", PYTHONHASHSEED=seed).stdout for seed in "12"
    )
    assert once == again != ""
