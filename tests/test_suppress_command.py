"""`newslint suppress` as a user types it."""

from pathlib import Path

import pytest

BAD = "Who came？\n\nHe went to the the station.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_a_check_afterwards_finds_nothing(run, draft: Path) -> None:
    done = run("suppress", "--reason", "as the minister said it", ".")
    assert done.stdout == "a.md: 2 suppressed\n2 findings suppressed in 1 draft.\n"
    assert done.returncode == 0
    once = draft.read_text(encoding="utf-8")
    assert once == (
        "Who came？ <!-- newslint-disable-line Residue.FullWidth — as the minister said it -->\n\n"
        "He went to the the station. <!-- newslint-disable-line Repeats.Word — as the minister said it -->\n"
    )
    assert run("check", ".").stdout == (
        "Nothing found in 1 draft.\n2 findings kept back by comments in the drafts.\n"
    )
    assert run("suppress", ".").stdout == "Nothing suppressed in 1 draft.\n"
    assert draft.read_text(encoding="utf-8") == once
    run("fix", "--unsafe", ".")
    assert draft.read_text(encoding="utf-8") == once


def test_only_what_is_selected(run, draft: Path) -> None:
    run("suppress", "--select", "Repeats", ".")
    assert "Repeats.Word" in draft.read_text(encoding="utf-8")
    assert "Residue" not in draft.read_text(encoding="utf-8")


def test_what_is_left_fails(run, draft: Path) -> None:
    draft.write_text("<!-- newslint-disable Repeats.Word -->\n\nA woman.\n", encoding="utf-8")
    done = run("suppress", ".")
    assert (done.stdout, done.returncode) == (
        "a.md: 1 left\nNothing suppressed in 1 draft, 1 left.\n",
        1,
    )


@pytest.mark.parametrize("reason", ["a -- b", "a --> b", "a\nb"])
def test_a_reason_that_breaks_the_comment(reason: str, run, draft: Path) -> None:
    done = run("suppress", "--reason", reason, ".")
    assert (done.returncode, draft.read_text(encoding="utf-8")) == (2, BAD)
    assert "expected a few words" in done.stderr
