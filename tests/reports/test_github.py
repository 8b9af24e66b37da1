"""Annotations that arrive, and the summary of a job."""

import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from report_cases import LINE, NAMES, report, words

from newslint import reports
from newslint.findings import Notice, Report
from newslint.reports import Options
from newslint.rule import Evidence, Rule
from newslint.spans import Span

COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<message>.*)")
LIMIT = 10


class Annotation(msgspec.Struct):
    """What the runner of GitHub Actions makes of a line."""

    level: str
    properties: dict[str, str]
    message: str


def decoded(lines: list[str]) -> list[Annotation]:
    """The annotations that arrive: decoded as the runner does, ten a level."""
    kept: list[Annotation] = []
    for line in lines:
        match = COMMAND.fullmatch(line)
        if not match or match["name"] not in ("error", "warning", "notice"):
            continue
        pairs = (pair.split("=", 1) for pair in match["properties"].split(","))
        properties = {key: undo(undo_property(value)) for key, value in pairs}
        kept.append(Annotation(match["name"], properties, undo(match["message"])))
    return [
        one for n, one in enumerate(kept) if sum(k.level == one.level for k in kept[:n]) < LIMIT
    ]


def undo(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def undo_property(text: str) -> str:
    return text.replace("%3A", ":").replace("%2C", ",")


def lines(*given: Report, **options: object) -> list[str]:
    return list(reports.writer("github")(given, Options(**options)))


def rule(rule_id: str, rate: float | None) -> Rule:
    evidence = None if rate is None else Evidence(rate, 208_118, "2026-11")
    return Rule(id=rule_id, message="", evidence=evidence, why="It is | so. And so on.")


@pytest.mark.parametrize("name", NAMES)
def test_names_and_messages_arrive(name: str) -> None:
    (annotation,) = decoded(lines(report(name=name)))
    assert annotation.level == "error"
    assert annotation.message == "“Petrof”, but “Petrov”, 50% sure: a, b"
    column = LINE.index("Petrof") + 1
    assert annotation.properties == {
        "file": name,
        "line": "4",
        "endLine": "4",
        "col": str(column),
        "endColumn": str(column + 6),
        "title": "Names.NearMiss",
    }


def test_a_finding_of_several_lines_has_no_columns() -> None:
    spanning = report("Petrov and Petrov, Petrov.\nPetrof\n")
    finding = spanning.findings[0]._replace(span=Span(0, 30))
    longer = msgspec.structs.replace(spanning, findings=(finding,))
    (annotation,) = decoded(lines(longer))
    assert set(annotation.properties) == {"file", "line", "endLine", "title"}
    assert (annotation.properties["line"], annotation.properties["endLine"]) == ("1", "2")


def test_findings_of_a_line_are_one_annotation_as_grave_as_the_gravest() -> None:
    found = words("low high low\nlow", low="suggestion", high="error")
    first, second = decoded(lines(found))
    assert (first.level, first.properties["title"]) == ("error", "3 findings")
    assert first.message == "high here (Word.high)\nlow here (Word.low)\nlow here (Word.low)"
    assert first.properties["col"] == "5"
    assert (second.level, second.properties["title"]) == ("notice", "Word.low")


def test_the_rest_is_counted_and_stands_in_the_log() -> None:
    found = words("low low\n" * 15 + "high", low="warning", high="error")
    shown = lines(found)
    annotations = decoded(shown)
    assert [one.level for one in annotations] == ["error"] + 10 * ["warning"]
    assert annotations[-1].message == "+12 more in the log of this step"
    start = shown.index("::group::12 more")
    assert shown[start + 1] == "a.txt:10:1: warning: low here [Word.low]"
    assert shown[start + 13] == "::endgroup::"
    beside = lines(found, summary=True)
    assert beside[-1] == "::warning title=newslint::+12 more in the job summary"


def test_ten_lines_need_no_count() -> None:
    annotations = decoded(lines(words("low\n" * 10, low="warning")))
    assert [one.properties["line"] for one in annotations] == [str(n) for n in range(1, 11)]


def test_changed_lines_come_first_and_count_for_what_a_finding_speaks_of() -> None:
    found = words("low\n" * 30, low="warning")
    changed = msgspec.structs.replace(found, changed=frozenset({20, 30}))
    numbers = [one.properties.get("line") for one in decoded(lines(changed))]
    assert numbers[:4] == ["20", "30", "1", "2"]
    far = report("Petrov, Petrov and Petrov.\n\nPetrof.\n", "far.txt")
    touched = msgspec.structs.replace(far, changed=frozenset({1}))
    both = lines(words("Petrof\n" * 30, Petrof="error"), touched)
    assert decoded(both)[0].properties["file"] == "far.txt"


def test_the_surest_rules_come_first_three_lines_each() -> None:
    source = "loose\n" * 8 + "sure\n" * 8 + "unknown\n"
    found = words(source, loose="error", sure="error", unknown="error")
    rules = {
        "Word.loose": rule("Word.loose", 2.5),
        "Word.sure": rule("Word.sure", 0.0),
        "Word.unknown": rule("Word.unknown", None),
    }
    titles = [one.properties["title"] for one in decoded(lines(found, rules=rules))]
    assert titles[:7] == 3 * ["Word.sure"] + 3 * ["Word.loose"] + ["Word.unknown"]
    assert titles[7:] == 2 * ["Word.sure"] + ["newslint"]


def test_trouble_takes_places_of_the_budget_and_is_counted_too() -> None:
    gone = [Report(f"{n}.txt", notices=(Notice("draft", "gone\nfor good"),)) for n in range(12)]
    annotations = decoded(lines(*gone, report()))
    assert len(annotations) == LIMIT
    assert annotations[0].message == "gone\nfor good"
    assert annotations[-1].message == "+4 more in the log of this step"
    helper = Report("a.txt", notices=(Notice("LanguageTool", "slow", failed=False),))
    assert [one.level for one in decoded(lines(helper))] == ["notice"]


def test_a_message_is_cut_where_the_runner_would_cut_it() -> None:
    found = report()
    long = found.findings[0]._replace(message="😀" * 5000)
    (annotation,) = decoded(lines(msgspec.structs.replace(found, findings=(long,))))
    assert len(annotation.message.encode("utf-16-le")) // 2 <= 4096
    assert annotation.message == "😀" * 2047 + "…" or annotation.message.endswith("😀…")


def test_paths_are_told_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    below = tmp_path / "news desk"
    below.mkdir()
    monkeypatch.chdir(below)
    for name in ("a.txt", "./a.txt", str(below / "a.txt")):
        (annotation,) = decoded(lines(report(name=name)))
        assert annotation.properties["file"] == "news desk/a.txt"
    (annotation,) = decoded(lines(report(name="../b.txt")))
    assert annotation.properties["file"] == "b.txt"


def test_the_workspace_of_the_job_outweighs_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "checkout"
    inner.mkdir()
    subprocess.run(["git", "init", "-q", str(inner)], check=True)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(inner)
    (annotation,) = decoded(lines(report(name="a.txt")))
    assert annotation.properties["file"] == "checkout/a.txt"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    (annotation,) = decoded(lines(report(name="a.txt")))
    assert annotation.properties["file"] == "a.txt"


def summary(*given: Report, **options: object) -> str:
    return "\n".join(reports.writer("summary")(given, Options(**options)))


def test_the_summary_says_all_and_links_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "desk/news")
    monkeypatch.setenv("GITHUB_SHA", "c0ffee")
    found = words("low\n\nhigh", "news desk/a.txt", low="warning", high="error")
    text = summary(found, report("Fine.\n"), rules={"Word.low": rule("Word.low", 1)})
    base = "https://github.example/desk/news/blob/c0ffee/news%20desk/a.txt?plain=1"
    assert text.startswith("## newslint: 1 error, 1 warning in 2 drafts\n")
    assert "| Word.low | warning | 1 | It is \\| so |" in text
    assert f"| [news desk/a.txt]({base}#L1) | 1 | 1 | 0 |" in text
    assert f"- [line 3]({base}#L3): error: high here (Word.high)" in text
    assert "newslint check 'news desk/a.txt'" in text


def test_the_summary_of_clean_drafts_is_a_line() -> None:
    assert summary(report("Fine.\n")) == "## newslint: nothing found in 1 draft"


def test_the_summary_stays_below_the_limit_and_says_so() -> None:
    many = words("low high\n" * 20_000, low="warning", high="error")
    text = summary(many)
    assert len(text.encode()) < 1024 * 1024
    assert text.startswith("## newslint: 20,000 errors, 20,000 warnings in 1 draft")
    assert text.endswith("run newslint for the rest.")


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_summary(name: str) -> None:
    text = summary(report("`<b>` @desk | Petrof $x$ Petrov, Petrov and Petrov\n", name))
    table = next(line for line in text.splitlines() if line.endswith("| 1 | 0 | 0 |"))
    assert len(re.findall(r"(?<!\\)\|", table)) == 5
    assert "<b>" not in text
    assert "```" not in text.replace("```sh", "", 1).replace("\n```\n", "", 1)


def test_one_run_writes_annotations_and_summary(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Petrov, Petrov, then Petrof with Petrov.\n", encoding="utf-8")
    path = tmp_path / "summary.md"
    path.write_text("What others wrote.\n", encoding="utf-8")
    arguments = ("--also", f"summary={path}", "--also", f"sarif={tmp_path / 'a.sarif'}", "a.txt")
    done = run("check", "--format", "github", *arguments, GITHUB_STEP_SUMMARY=str(path))
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=a.txt,line=1,")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("What others wrote.\n## newslint: 1 error in 1 draft\n")
    assert '"version": "2.1.0"' in (tmp_path / "a.sarif").read_text(encoding="utf-8")
