"""A run that is killed, or cannot write, damages no draft and leaves nothing in the way."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newslint import files

BAD = "Who came？\n" + "The council met again. " * 2000 + "\n"
FIXED = BAD.replace("？", "?")
FIX = [sys.executable, "-m", "newslint", "fix", "--isolated", "--select", "Residue", "--jobs", "1"]
OVER_AND_OVER = """
import sys
from pathlib import Path
from newslint import files
path = Path(sys.argv[1])
print(flush=True)
while True:
    for letter in "ab":
        files.write(path, letter * 300_000)
"""


def test_a_write_that_is_killed_at_any_moment(tmp_path: Path) -> None:
    draft = tmp_path / "a.md"
    draft.write_text("a" * 300_000, encoding="utf-8")
    for number in range(25):
        command = [sys.executable, "-c", OVER_AND_OVER, str(draft)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(number * 0.0017)
            process.send_signal(signal.SIGKILL)
        text = draft.read_text(encoding="utf-8")
        assert (len(text), len(set(text))) == (300_000, 1)
        assert len(os.listdir(tmp_path)) <= 2


def test_a_fix_that_is_killed_at_any_moment(tmp_path: Path) -> None:
    drafts = [tmp_path / f"{number}.md" for number in range(12)]
    for number in range(8):
        for draft in drafts:
            draft.write_text(BAD, encoding="utf-8")
        with subprocess.Popen([*FIX, "."], cwd=tmp_path, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(number * 0.008)
            process.send_signal(signal.SIGKILL)
        assert {draft.read_text(encoding="utf-8") for draft in drafts} <= {BAD, FIXED}
        assert all(
            name.endswith(".md") or name.startswith(".newslint-") for name in os.listdir(tmp_path)
        )
    done = subprocess.run([*FIX, "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert {draft.read_text(encoding="utf-8") for draft in drafts} == {FIXED}


def test_what_a_killed_run_left_is_no_draft_and_is_taken_over(run, tmp_path: Path) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(BAD, encoding="utf-8")
    remnant = files._spare(draft)
    remnant.write_text("half of a dra", encoding="utf-8")
    assert run("check", ".").stdout.endswith("in 1 draft.\n")
    assert run("fix", ".").returncode == 0
    assert draft.read_text(encoding="utf-8") == FIXED
    assert os.listdir(tmp_path) == ["a.md"]


def test_two_runs_at_once(tmp_path: Path) -> None:
    drafts = [tmp_path / f"{number}.md" for number in range(6)]
    for draft in drafts:
        draft.write_text(BAD, encoding="utf-8")
    both = [
        subprocess.Popen([*FIX, "."], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in "ab"
    ]
    for process in both:
        said = process.communicate()[1].decode()
        assert process.returncode == (2 if said else 0)
        assert all("left alone" in line for line in said.splitlines())
    assert {draft.read_text(encoding="utf-8") for draft in drafts} == {FIXED}
    assert len(os.listdir(tmp_path)) == 6


def test_no_room_for_the_file(tmp_path: Path) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(BAD, encoding="utf-8")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [*FIX, "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=little_room,
    )
    assert done.returncode == 2
    assert done.stderr == "newslint: a.md: cannot be written, and was left alone: File too large\n"
    assert draft.read_text(encoding="utf-8") == BAD
    assert os.listdir(tmp_path) == ["a.md"]


def mounted(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a small file system of its own, mounted on a folder."""
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("only root may mount")
    mount = "mount -t tmpfs -o size=128k tmpfs . && cd ."
    command = [
        "unshare",
        "-m",
        "sh",
        "-c",
        f'cd "$1" && {mount} && cd "$1" && {script}',
        "sh",
        str(folder),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={**os.environ, "NEWSLINT": " ".join(FIX)},
    )  # fmt: skip
    if "mount" in done.stderr and "newslint" not in done.stderr:
        pytest.skip("mounting is not allowed here")
    return done


BEFORE = "Who came？\n" + "The council met.\n" * 2000


def unharmed(folder: Path) -> str:
    """A script that says what stands beside a draft, and fails if the draft is not as before."""
    (folder.parent / "before").write_text(BEFORE, encoding="utf-8")
    return "cmp a.md ../before && ls -A"


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    fill = "head -c 200000 /dev/zero > filler 2>/dev/null"
    done = mounted(
        tmp_path, f"cp ../before a.md; {fill}; $NEWSLINT a.md; echo $?; {unharmed(tmp_path)}"
    )
    assert (
        done.stderr
        == "newslint: a.md: cannot be written, and was left alone: No space left on device\n"
    )
    assert done.stdout.splitlines()[-3:] == ["2", "a.md", "filler"]


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    done = mounted(
        tmp_path,
        f"cp ../before a.md; mount -o remount,ro .; $NEWSLINT a.md; echo $?; {unharmed(tmp_path)}",
    )
    assert (
        done.stderr
        == "newslint: a.md: cannot be written, and was left alone: Read-only file system\n"
    )
    assert done.stdout.splitlines()[-2:] == ["2", "a.md"]
