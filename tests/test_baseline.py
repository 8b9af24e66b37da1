"""An archive that adopts newslint: what was there before is not shown, what is new is."""

import json
from pathlib import Path

import pytest

OLD = "He went to the the station.\n\nShe saw saw him there.\n"
FILE = "old.jsonl"


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "b.txt").write_text("All went went well.\n", encoding="utf-8")


@pytest.fixture
def lint(run):
    """The places that a run shows, with the baseline; and its whole output in the terminal."""

    def call(*arguments: str, **keywords: object) -> list[str]:
        done = run("check", "--baseline", FILE, "--format", "concise", *arguments, **keywords)
        assert done.returncode == 0, done.stderr
        return [line.partition(": ")[0] for line in done.stdout.splitlines()]

    return call


def _lines(tmp_path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (tmp_path / FILE).read_text("utf-8").splitlines()]


def test_what_was_there_is_passed_over(run, lint, tmp_path: Path) -> None:
    done = run("check", "--baseline", FILE, "--write-baseline")
    assert done.stderr == f"newslint: wrote {FILE}: 3 findings\n"
    assert done.stdout == "Nothing found in 2 drafts.\n3 findings in the baseline, not shown.\n"
    assert lint() == []
    (tmp_path / "a.txt").write_text(f"It went went up.\n\n{OLD}", encoding="utf-8")
    assert lint() == ["a.txt:1:4"]


def test_a_line_is_an_entry_and_they_are_sorted(run, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    assert [
        (line["draft"], line["rule"], line["text"], line["count"]) for line in _lines(tmp_path)
    ] == [
        ("a.txt", "Repeats.Word", "saw saw", 1),
        ("a.txt", "Repeats.Word", "the the", 1),
        ("b.txt", "Repeats.Word", "went went", 1),
    ]


@pytest.mark.parametrize(
    "moved",
    [
        f"New paragraph.\n\n{OLD}",
        OLD.replace("\n", "\r\n"),
        OLD.replace("to the the", "to the\nthe"),
        OLD.replace("the station.", "the station. A sentence beside it."),
        "She saw saw him there.\n\nHe went to the the station.\n",
    ],
)
def test_lines_may_move(moved: str, run, lint, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    (tmp_path / "a.txt").write_text(moved, encoding="utf-8", newline="")
    assert lint() == []


def test_the_same_slip_in_another_sentence_is_new(run, lint, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    swapped = OLD.replace("the the", "the").replace("him there", "him at the the door")
    (tmp_path / "a.txt").write_text(swapped, encoding="utf-8")
    assert lint() == ["a.txt:3:5", "a.txt:3:20"]


def test_entries_count(run, lint, tmp_path: Path) -> None:
    twice = "He went to the the station.\n\nHe went to the the station.\n"
    (tmp_path / "a.txt").write_text(twice, encoding="utf-8")
    run("check", "--baseline", FILE, "--write-baseline", "--select", "Repeats.Word")
    assert _lines(tmp_path)[0]["count"] == 2
    (tmp_path / "a.txt").write_text(twice + "\nHe went to the the station.\n", encoding="utf-8")
    assert lint("--select", "Repeats.Word") == ["a.txt:5:12"]


def test_it_only_shrinks_unless_it_is_to_grow(run, lint, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    (tmp_path / "a.txt").write_text("She saw saw him there. It went went up.\n", encoding="utf-8")
    shown = run("check", "--baseline", FILE).stdout
    assert "The baseline names 1 finding no longer there; --write-baseline takes it out." in shown
    assert lint("--write-baseline") == ["a.txt:1:27"]
    assert [line["text"] for line in _lines(tmp_path)] == ["saw saw", "went went"]
    assert "no longer there" not in run("check", "--baseline", FILE).stdout
    assert lint("--grow-baseline") == []
    assert [line["text"] for line in _lines(tmp_path)] == ["saw saw", "went went", "went went"]
    assert lint() == []


def test_what_was_not_looked_for_stays(run, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    before = (tmp_path / FILE).read_bytes()
    for arguments in (
        ["b.txt"],
        ["--select", "Quotes"],
        ["--level", "error"],
        ["--ignore", "Repeats"],
    ):
        shown = run("check", "--baseline", FILE, "--write-baseline", *arguments).stdout
        assert "no longer there" not in shown
        assert (tmp_path / FILE).read_bytes() == before, arguments


def test_a_draft_that_cannot_be_read_loses_nothing(run, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / "a.txt").write_bytes(b"\xff broken")
    assert run("check", "--baseline", FILE, "--write-baseline").returncode == 2
    assert (tmp_path / FILE).read_bytes() == before


def test_entries_of_deleted_drafts_go(run, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline")
    (tmp_path / "a.txt").unlink()
    shown = run("check", "--baseline", FILE).stdout
    assert (
        "The baseline names 2 findings no longer there; --write-baseline takes them out." in shown
    )
    run("check", "--baseline", FILE, "--write-baseline")
    assert [line["draft"] for line in _lines(tmp_path)] == ["b.txt"]


def test_the_configuration_names_it_and_paths_are_from_the_file(run, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text("baseline: lists/old.jsonl\n", encoding="utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt").write_text(OLD, encoding="utf-8")
    run("check", "--write-baseline")
    lines = (tmp_path / "lists" / "old.jsonl").read_text("utf-8")
    assert '"draft":"../deep/c.txt"' in lines
    for folder, path in ((tmp_path, "."), (tmp_path / "deep", "c.txt"), (tmp_path / "lists", "..")):
        assert run("check", path, "--format", "concise", folder=folder).stdout == ""
    assert "baseline: " in run("check", "--show-config", "a.txt").stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{\n", "1: no entry of a baseline, expected {"),
        ("\n\n{}\n", "3: no entry of a baseline: object missing required field `draft`"),
        ('{"draft":1}', "1: no entry of a baseline: expected `str`, got `int` - at `$.draft`"),
        ("<<<<<<< HEAD\n", "1: a conflict of two branches"),
        (b"\xff\n".decode("latin-1"), "1: no entry of a baseline"),
    ],
)
def test_a_broken_file_says_where(text: str, message: str, run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="latin-1")
    done = run("check", "--baseline", FILE)
    assert done.returncode == 2
    assert f"{FILE}:{message}" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_file(run) -> None:
    done = run("check", "--baseline", FILE)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{FILE}: no such file; --write-baseline makes it" in done.stderr
    done = run("check", "--write-baseline")
    assert done.returncode == 2
    assert "Add --baseline FILE" in done.stderr
    done = run("check", "--write-baseline", "--baseline", FILE, "--staged")
    assert done.returncode == 2
    assert "not with --changed or --staged" in done.stderr


def test_it_does_not_depend_on_how_drafts_are_worked_through(run, tmp_path: Path) -> None:
    run("check", "--baseline", FILE, "--write-baseline", "--jobs", "1")
    whole = (tmp_path / FILE).read_bytes()
    run("check", "--baseline", "jobs.jsonl", "--write-baseline", "--jobs", "2", "b.txt", "a.txt")
    assert (tmp_path / "jobs.jsonl").read_bytes() == whole
    run("check", "--baseline", "calls.jsonl", "--grow-baseline", "b.txt")
    run("check", "--baseline", "calls.jsonl", "--grow-baseline", "a.txt")
    assert (tmp_path / "calls.jsonl").read_bytes() == whole


def test_it_holds_for_findings_outside_the_prose(run, lint, tmp_path: Path) -> None:
    text = "<!-- newslint-disable Quotes -->\n\nAll is well.\n"
    (tmp_path / "c.md").write_text(text, encoding="utf-8")
    run("check", "--baseline", FILE, "--write-baseline")
    assert any(line["rule"] == "Newslint.UnusedSilence" for line in _lines(tmp_path))
    assert lint() == []
