"""One finding has one place, in every report."""

import json

import pytest

from newslint import formats, reports
from newslint.engine import Linter
from newslint.findings import Report
from newslint.kinds.near_miss import NearMiss
from newslint.reports import Options

SOURCE = (
    "A headline\n\nHe said “𝕍ladmir” café 😀 Petrov. Petrov left.\r\nPetrof stayed with Petrov.\n"
)


@pytest.fixture
def report() -> Report:
    rule = NearMiss(
        id="Names.NearMiss", message="“{found}”, but “{other}”, 50% sure: a, b", level="error"
    )
    document = formats.read(SOURCE.encode(), "drafts/a.txt")
    return Linter([rule]).lint(document)


def lines(report: Report, name: str, **options: object) -> list[str]:
    return list(reports.writer(name)([report], Options(**options)))


def test_json(report: Report) -> None:
    written = json.loads("\n".join(lines(report, "json")))
    (finding,) = written["files"][0]["findings"]
    assert SOURCE[finding["start"] : finding["end"]] == finding["text"] == "Petrof"
    assert (finding["line"], finding["column"]) == (4, 1)
    assert (finding["end_line"], finding["end_column"]) == (4, 7)
    assert finding["fixes"] == [{"text": "Petrov", "safe": False}]
    (related,) = finding["related"]
    assert SOURCE[related["start"] : related["end"]] == "Petrov"
    assert (related["line"], related["column"]) == (3, 34)
    assert written["summary"] == {"files": 1, "errors": 1, "warnings": 0, "suggestions": 0}
    assert list(written) == ["version", "tool", "files", "summary"]
    assert list(written["files"][0]) == ["path", "findings", "scores", "notices"]


def test_concise(report: Report) -> None:
    assert lines(report, "concise") == [
        "drafts/a.txt:4:1: error: “Petrof”, but “Petrov”, 50% sure: a, b [Names.NearMiss]"
    ]


def test_github_escapes(report: Report) -> None:
    assert lines(report, "github") == [
        "::error file=drafts/a.txt,line=4,endLine=4,col=1,endColumn=7,title=Names.NearMiss"
        "::“Petrof”, but “Petrov”, 50%25 sure: a, b"
    ]


def test_terminal_underlines_below_wide_characters() -> None:
    rule = NearMiss(id="Names.NearMiss", message="{found}", level="error")
    document = formats.read("😀😀 Petrof left. Petrov, Petrov and Petrov stayed.".encode(), "a.txt")
    shown = lines(Linter([rule]).lint(document), "terminal")
    assert shown[2] == "     1 │ 😀😀 Petrof left. Petrov, Petrov and Petrov stayed."
    assert shown[3] == "       │      ^^^^^^"
    assert "      write: “Petrov”" in shown
    assert shown[-1] == "1 error in 1 draft."


def test_terminal_cuts_long_lines_round_the_place() -> None:
    rule = NearMiss(id="Names.NearMiss", message="{found}", level="error")
    text = "word " * 60 + "Petrof and Petrov, Petrov and Petrov " + "word " * 60
    document = formats.read(text.encode(), "a.txt")
    shown = lines(Linter([rule]).lint(document), "terminal", width=60)
    assert all(len(line) <= 60 for line in shown)
    mark = shown[3].index("^")
    assert shown[2][mark : mark + 6] == "Petrof"
