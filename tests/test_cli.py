"""The command as a user types it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newslint import __version__

GOOD = "He left on Monday.\n"
BAD = "He went to the the station.\n"
WORSE = "“We left. They stayed.\n"


@pytest.fixture(autouse=True)
def _drafts(tmp_path: Path) -> None:
    for name, text in {"good.md": GOOD, "bad.txt": BAD, "worse.html": f"<p>{WORSE}</p>"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.md"], 0),
        (["bad.txt"], 0),
        (["worse.html"], 1),
        (["bad.txt", "--fail-on", "warning"], 1),
        (["worse.html", "--fail-on", "never"], 0),
        (["worse.html", "--exit-zero"], 0),
        (["gone.md"], 2),
        (["--format", "nosuch"], 2),
        (["good.md", "--config", "gone.yml"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, run) -> None:
    assert run("check", *arguments).returncode == code


def test_no_command_is_a_usage_error(run) -> None:
    assert run().returncode == 2
    assert run("--version").stdout == f"newslint {__version__}\n"


def test_terminal_report(run) -> None:
    assert run("check", ".").stdout.splitlines() == [
        "bad.txt",
        "  1:12  warning  “the the”: the word stands twice.  Repeats.Word",
        "     1 │ He went to the the station.",
        "       │            ^^^^^^^",
        "      write: “the”",
        "",
        "worse.html",
        "  1:4  error  The quotation that begins “We left. They stayed.” never closes.  Quotes.Unclosed",
        "     1 │ <p>“We left. They stayed.",
        "       │    ^",
        "",
        "1 error and 1 warning in 2 of 3 drafts.",
    ]


def test_nothing_found_and_nothing_there(run, tmp_path: Path) -> None:
    assert run("check", "good.md").stdout == "Nothing found in 1 draft.\n"
    (tmp_path / "empty").mkdir()
    assert run("check", "empty").stdout == "No drafts here.\n"


def test_stdin(run) -> None:
    done = run(
        "check", "-", "--stdin-filename", "x.html", "--format", "concise", stdin="<p>It to to.</p>"
    )
    assert done.stdout == "x.html:1:7: warning: “to to”: the word stands twice. [Repeats.Word]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "Repeats.Wrod"], "--select: no rule or style `Repeats.Wrod`; did you mean `Repeats.Word`?"),
        (["--ignore", "Repeats,Nmaes"], "--ignore: no rule or style `Nmaes`; did you mean `Names`?"),
        (["--select", "Nothing.*"], "--select: no rule or style `Nothing.*`"),
        (["--jobs", "-1"], "expected a whole number, 0 or more"),
        (["--config", "a.yml", "--isolated"], "not allowed with argument"),
        (["--config", "gone.yml"], "gone.yml: cannot be read: No such file or directory"),
        (["--format", "xml"], "invalid choice: 'xml'"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said(arguments: list[str], message: str, run) -> None:
    done = run("check", ".", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not done.stdout


def test_level_select_ignore(run) -> None:
    assert "Repeats" not in run("check", ".", "--level", "error").stdout
    assert "Quotes" not in run("check", ".", "--select", "Repeats").stdout
    assert "Quotes" not in run("check", ".", "--ignore", "Quotes.*,Names").stdout


def test_statistics_and_readability(run) -> None:
    shown = run("check", ".", "--statistics").stdout
    assert "1  Repeats.Word" in shown.replace("        ", "")
    shown = run("check", "good.md", "--readability").stdout
    assert "Flesch reading ease" in shown
    assert "reading time" in shown


def test_json_has_readability(run) -> None:
    report = json.loads(run("check", "--format", "json", "good.md").stdout)
    assert report["files"][0]["scores"]["readability"]["words"] == 4


def test_output_goes_to_a_file(run, tmp_path: Path) -> None:
    done = run("check", ".", "--format", "concise", "--output", "report.txt")
    assert done.stdout == ""
    assert "Repeats.Word" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_color(run) -> None:
    assert "\x1b[" not in run("check", ".").stdout
    assert "\x1b[" in run("check", ".", "--color", "always").stdout
    assert "\x1b[" in run("check", ".", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("check", ".", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_gitignore_is_respected(run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("bad.*\n", encoding="utf-8")
    assert "bad.txt" not in run("check", ".").stdout
    assert "bad.txt" in run("check", ".", "--no-gitignore").stdout
    assert "bad.txt" in run("check", "bad.txt").stdout


def test_globs(run, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "bad.txt").write_text(BAD, encoding="utf-8")
    shown = run("check", "**/*.txt", "--format", "concise").stdout.splitlines()
    assert [line.split(":")[0] for line in shown] == ["bad.txt", "deep/bad.txt"]


def test_configuration_is_found_from_the_draft_upward(run, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "deep" / ".newslint.yml").write_text("rules: {Repeats: off}\n", encoding="utf-8")
    shown = run("check", ".", "--format", "concise").stdout
    assert "deep/bad.txt" not in shown
    assert "bad.txt" in shown
    assert "deep/bad.txt" in run("check", ".", "--isolated", "--format", "concise").stdout


def test_show_config(run, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text(
        "language: en-GB\nrules:\n  Repeats: error\n  Repeats.Word: {limit: 3, level: warning}\n"
        "  Spun: off\noverrides:\n  - files: '*.md'\n    rules: {Repeats.Passage: error}\n",
        encoding="utf-8",
    )
    config = tmp_path / ".newslint.yml"
    shown = run("check", "--show-config", "good.md").stdout.splitlines()
    assert f"language: en-GB  ({config}:1)" in shown
    assert f"Repeats.Word: {{limit: 3, level: warning}}  ({config}:4)" in shown
    assert f"  Repeats.Word: warning  ({config}:4)" in shown
    assert f"  Repeats.Passage: error  ({config}:8)" in shown
    assert shown.count(f"Spun: off  ({config}:5)") == 1
    (own,) = (line for line in shown if line.startswith("  Names.NearMiss: error  ("))
    assert "NearMiss.yml:" in own


def test_init_writes_what_check_reads(run, tmp_path: Path) -> None:
    assert run("init", "--language", "en-US").returncode == 0
    assert "language: en-US" in (tmp_path / ".newslint.yml").read_text(encoding="utf-8")
    assert run("check", "good.md").returncode == 0
    again = run("init")
    assert again.returncode == 2
    assert "left alone" in again.stderr


def test_rules_and_explain(run) -> None:
    assert "Names.NearMiss" in run("rules").stdout
    shown = run("explain", "Names.NearMiss").stdout
    assert "findings per 10,000 words" in shown
    assert "newslint-disable Names.NearMiss" in shown
    assert "min_length" in run("explain", "near_miss").stdout
    done = run("explain", "Names.NearMis")
    assert done.returncode == 2
    assert "did you mean `Names.NearMiss`?" in done.stderr


def test_rules_test_and_bench(run, tmp_path: Path) -> None:
    assert " 0 failed." in run("rules", "test").stdout
    house = tmp_path / "House"
    house.mkdir()
    rule = house / "Guy.yml"
    rule.write_text(
        "extends: existence\nmessage: No.\ntokens: [station]\nexamples:\n  - bad: A guy.\n",
        encoding="utf-8",
    )
    done = run("rules", "test", "House")
    assert done.returncode == 1
    assert "example 1: expected a finding" in done.stdout
    (tmp_path / ".newslint.yml").write_text(
        "style-folders: [House]\nadd-styles: [House]\n", encoding="utf-8"
    )
    shown = run("rules", "bench", "--corpus", ".", "House.Guy", "--hits", "--write").stdout
    assert "[[station]]" in shown
    assert "evidence: {clean_per_10k:" in rule.read_text(encoding="utf-8")
    assert "House.Guy: example 1" in run("rules", "lint", "--select", "House").stdout


def test_completion(run) -> None:
    assert "newslint" in run("completion", "bash").stdout


def test_json_of_one_article_imports_little(tmp_path: Path) -> None:
    code = (
        "import sys; from newslint.cli import main; main(['check', '--format', 'json', 'good.md']);"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    unwanted = {
        "rich",
        "textstat",
        "nltk",
        "wcmatch",
        "shtab",
        "socket",
        "ssl",
        "http.client",
        "urllib.request",
        "asyncio",
        "multiprocessing",
    }
    assert not loaded & unwanted


def test_a_reader_that_stops_is_no_error(run, tmp_path: Path) -> None:
    command = f"{sys.executable} -m newslint check --format concise . | head -0"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_one_run_writes_several_reports(run, tmp_path: Path) -> None:
    also = ["--also", "json=out.json", "--also", "concise=out.txt"]
    done = run("check", "bad.txt", "worse.html", "--format", "github", *also)
    assert done.stdout == run("check", "bad.txt", "worse.html", "--format", "github").stdout
    files = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["files"]
    assert [file["path"] for file in files] == ["bad.txt", "worse.html"]
    assert "bad.txt:1:12: warning" in (tmp_path / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--output=no/such/folder", "--also=json=no/such/folder"])
def test_a_report_that_cannot_be_written_is_an_error(option: str, run) -> None:
    done = run("check", "good.md", option)
    assert done.returncode == 2
    assert done.stderr == "newslint: no/such/folder: cannot be written: No such file or directory\n"
