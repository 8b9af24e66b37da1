"""`newslint fix` as a user types it."""

import errno
import os
import pty
import select
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.commands import rewriting
from newslint.errors import DraftError

BAD = "Who came？\n\nHe went to the the station.\n"
SAFE = BAD.replace("？", "?")
FIXED = SAFE.replace("the the", "the")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_safe_fixes_a_line_a_draft_and_a_summary(run, draft: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("He left.\n", encoding="utf-8")
    done = run("fix", ".")
    assert draft.read_text(encoding="utf-8") == SAFE
    assert done.stdout == (
        "a.md: 1 fixed, 1 left\n"
        "1 finding fixed in 1 of 2 drafts, 1 left.\n"
        "With --unsafe, 1 more could be fixed; look at them first: --unsafe --diff.\n"
        "With --interactive, you are asked about 1.\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert run("fix", "--fail-on", "warning", ".").returncode == 1
    assert draft.read_text(encoding="utf-8") == SAFE
    done = run("fix", "--unsafe", "--fail-on", "warning", ".")
    assert (done.returncode, draft.read_text(encoding="utf-8")) == (0, FIXED)
    assert run("fix", ".").stdout == "Nothing fixed in 2 drafts.\n"


def test_quiet_says_nothing(run, draft: Path) -> None:
    done = run("fix", "--quiet", ".")
    assert (done.stdout, done.stderr) == ("", "")


def test_selection_and_configuration_count(run, draft: Path, tmp_path: Path) -> None:
    run("fix", "--unsafe", "--select", "Repeats", ".")
    assert draft.read_text(encoding="utf-8") == BAD.replace("the the", "the")
    (tmp_path / ".newslint.yml").write_text("exclude: ['*.md']\n", encoding="utf-8")
    assert run("fix", ".").stdout == "No drafts here.\n"
    assert draft.read_text(encoding="utf-8") == BAD.replace("the the", "the")
    run("fix", "--isolated", ".")
    assert draft.read_text(encoding="utf-8") == FIXED


def test_a_diff_that_patch_takes(run, draft: Path, tmp_path: Path) -> None:
    done = run("fix", "--unsafe", "--diff", ".")
    assert draft.read_text(encoding="utf-8") == BAD
    assert done.stdout.startswith("--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n-Who came？\n")
    assert done.stderr == "2 findings would be fixed in 1 draft.\n"
    assert done.returncode == 1
    apply = ["git", "apply", "-p0", "-"]
    subprocess.run(apply, cwd=tmp_path, input=done.stdout.encode(), check=True)
    assert draft.read_text(encoding="utf-8") == FIXED
    done = run("fix", "--unsafe", "--diff", ".")
    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.parametrize("text", ["Who came？", "x\r\nWho came？\r\n"])
def test_a_diff_of_odd_line_ends(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    command = [sys.executable, "-m", "newslint", "fix", "--diff", "a.txt"]
    diff = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=diff, check=True)
    assert (tmp_path / "a.txt").read_bytes() == text.replace("？", "?").encode()


@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-32"]
)  # fmt: skip
@pytest.mark.parametrize("text", ["A 😀.\r\n\r\nWho came？", "A.\r\rWho came？\r"])
def test_encoding_and_line_ends_stay(coding: str, text: str, run, tmp_path: Path) -> None:
    def encoded(text: str) -> bytes:
        if coding == "utf-16-be-bom":
            return b"\xfe\xff" + text.encode("utf-16-be")
        return text.encode(coding)

    (tmp_path / "a.txt").write_bytes(encoded(text))
    run("fix", ".")
    assert (tmp_path / "a.txt").read_bytes() == encoded(text.replace("？", "?"))


@pytest.mark.parametrize("data", [b"M\xfcnchen the the\n", b"a\0b the the\n", b"\xff\xfea"])
def test_what_cannot_be_read_whole_is_left_alone(
    data: bytes, run, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    done = run("fix", "bad.txt", "a.md")
    assert (tmp_path / "bad.txt").read_bytes() == data
    assert draft.read_text(encoding="utf-8") == SAFE
    assert done.returncode == 2
    assert done.stderr.startswith("newslint: bad.txt: line 1: ")


def test_a_missing_path(run, draft: Path) -> None:
    done = run("fix", "gone.md", "a.md")
    assert (done.returncode, done.stderr) == (2, "newslint: gone.md: no such file or folder\n")
    assert draft.read_text(encoding="utf-8") == SAFE


def test_mode_stays_and_read_only_is_respected(run, draft: Path) -> None:
    draft.chmod(0o640)
    run("fix", ".")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640
    draft.chmod(0o440)
    done = run("fix", "--unsafe", ".")
    message = "cannot be written, and was left alone: the file is read-only"
    assert (done.returncode, done.stderr) == (2, f"newslint: a.md: {message}\n")
    assert draft.read_text(encoding="utf-8") == SAFE


def test_a_link_stays_one_and_leads_nowhere_unasked(run, draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "link.md").symlink_to(draft)
    done = run("fix", "desk")
    assert "desk/link.md: is a link to" in done.stderr
    assert (done.returncode, draft.read_text(encoding="utf-8")) == (2, BAD)
    assert run("fix", "desk/link.md").returncode == 0
    assert draft.read_text(encoding="utf-8") == SAFE
    assert (folder / "link.md").is_symlink()


def test_a_draft_and_a_link_to_it(run, draft: Path, tmp_path: Path) -> None:
    (tmp_path / "z.md").symlink_to("a.md")
    assert run("fix", ".").returncode == 0
    assert draft.read_text(encoding="utf-8") == SAFE
    assert (tmp_path / "z.md").is_symlink()


def test_a_draft_that_changes_meanwhile_is_left_alone(draft: Path) -> None:
    with pytest.raises(DraftError, match="was changed meanwhile"):
        rewriting._write(draft, b"what was read", b"what was made of it")
    assert draft.read_text(encoding="utf-8") == BAD


def test_standard_input_to_standard_output(run) -> None:
    done = run("fix", "-", "--stdin-filename", "a.md", stdin=BAD)
    assert done.stdout == SAFE
    assert done.stderr == "a.md: 1 fixed, 1 left\n"
    assert done.returncode == 0
    assert (
        run("fix", "-", "--stdin-filename", "a.md", "--fail-on", "warning", stdin=BAD).returncode
        == 1
    )


def test_standard_input_is_never_lost(run, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text("exclude: ['*.md']\n", encoding="utf-8")
    assert run("fix", "-", "--stdin-filename", "a.md", stdin=BAD).stdout == BAD
    done = run("fix", "-", "--stdin-filename", "a.txt", stdin="a\0b who？\n")
    assert (done.stdout, done.returncode) == ("a\0b who？\n", 2)
    assert run("fix", "-", "a.md", stdin=BAD).returncode == 2


def test_nobody_to_ask(run, draft: Path) -> None:
    done = run("fix", "--interactive", ".", stdin="y\n")
    assert done.returncode == 2
    assert "standard input is no terminal" in done.stderr
    assert draft.read_text(encoding="utf-8") == BAD
    assert run("fix", "--interactive", "--diff", ".").returncode == 2


def asked(folder: Path, *answers: str) -> tuple[str, int]:
    """What `fix --interactive a.*` says on a terminal, each question answered."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ["NO_COLOR"] = "1"
        command = [sys.executable, "-m", "newslint", "fix", "--interactive", "a.*"]
        os.execv(sys.executable, command)
    said, to_say, answer = b"", list(answers), ""
    while more := _read(terminal, answer):
        said += more
        if said.endswith(b"or ?] ") and to_say:
            answer = to_say.pop(0)
            os.write(terminal, answer.encode())
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert not to_say
    return said.decode().replace("\r\n", "\n"), code


def _read(terminal: int, answer: str) -> bytes:
    # Python hears of a Ctrl-C between its prompt and its reading when it has read, and not before.
    while not select.select([terminal], [], [], 2)[0]:
        os.write(terminal, b"\x03" if answer == "\x03" else b"")
    try:
        return os.read(terminal, 4096)
    except OSError as error:  # On Linux, the end of a terminal is an error.
        assert error.errno == errno.EIO
        return b""


def test_each_finding_is_asked_about(draft: Path, tmp_path: Path) -> None:
    said, code = asked(tmp_path, "n\n", "y\n")
    assert draft.read_text(encoding="utf-8") == BAD.replace("the the", "the")
    assert "a.md: 2 findings to decide" in said
    assert "“the the”: the word stands twice." in said
    assert said.count("write it? [y, n, a, q or ?]") == 2
    assert said.endswith("a.md: 1 fixed, 1 left\n1 finding fixed in 1 draft, 1 left.\n")
    assert code == 0


@pytest.mark.parametrize(
    ("answers", "expected"),
    [("a", FIXED), ("q", BAD), ("y q", SAFE), ("huh ? y n", SAFE), ("Y \x04", SAFE)],
)
def test_answers(answers: str, expected: str, draft: Path, tmp_path: Path) -> None:
    asked(
        tmp_path, *(f"{answer}\n" if answer != "\x04" else answer for answer in answers.split(" "))
    )
    assert draft.read_text(encoding="utf-8") == expected


def test_a_number_where_there_is_a_choice(tmp_path: Path) -> None:
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Car.yml").write_text(
        "extends: substitution\nmessage: 'write {use}'\nswap: {automobile: car|van}\n",
        encoding="utf-8",
    )
    (tmp_path / ".newslint.yml").write_text(
        "style-folders: [House]\nadd-styles: [House]\n", encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text("One automobile came.\n", encoding="utf-8")
    said, _ = asked(tmp_path, "y\n", "3\n", "2\n")
    assert said.count("[1, 2, n, q or ?]") == 3
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "One van came.\n"


def test_an_interrupt_writes_nothing(draft: Path, tmp_path: Path) -> None:
    _, code = asked(tmp_path, "y\n", "\x03")
    assert code == 130
    assert draft.read_text(encoding="utf-8") == BAD


def test_what_an_archive_says_is_heard(run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for number in range(3):
        text = f"Dorothea Lindqvist spoke on day {number}. Lindqvist was glad.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    new = tmp_path / "new.md"
    new.write_text("Dorothea Lindkvist went home.\n", encoding="utf-8")
    assert "Lindqvist" in run("check", "--archive", "new.md").stdout
    run("suppress", "--archive", "new.md")
    assert run("check", "--archive", "new.md").stdout.startswith("Nothing found in 1 draft.\n")
    new.write_text("Dorothea Lindkvist went home.\n", encoding="utf-8")
    run("fix", "--archive", "--unsafe", "new.md")
    assert new.read_text(encoding="utf-8") == "Dorothea Lindqvist went home.\n"
