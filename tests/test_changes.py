"""Only what a change touches: real repositories, real git."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLEAN = "One line.\n\nTwo lines.\n\nThree lines.\n"
SLIP = "He saw saw it.\n"
OLD = "It sank sank.\n\n"


@pytest.fixture
def repository(git, tmp_path: Path) -> Path:
    """A branch `work` off `main`, where a draft has an old slip."""
    git("init", "-q", "-b", "main")
    _commit(git, tmp_path, {"a.txt": OLD + CLEAN, "b.txt": OLD})
    git("checkout", "-q", "-b", "work")
    return tmp_path


def _write(folder: Path, drafts: dict[str, str | bytes]) -> None:
    for name, text in drafts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def _commit(git, folder: Path, drafts: dict[str, str | bytes]) -> None:
    _write(folder, drafts)
    git("add", "-A")
    git("commit", "-q", "-m", "drafts")


def _places(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return [line.partition(": ")[0] for line in done.stdout.splitlines()]


@pytest.fixture
def lint(run, repository: Path):
    """The places that a run shows."""

    def call(*arguments: str, **keywords: object) -> list[str]:
        return _places(run("check", "--format", "concise", *arguments, **keywords))

    return call


def test_only_changed_lines(lint, git, repository: Path) -> None:
    assert lint() == ["a.txt:1:4", "b.txt:1:4"]
    assert lint("--changed") == []
    _write(repository, {"a.txt": OLD + CLEAN + SLIP})
    assert lint("--changed") == ["a.txt:8:4"]
    git("commit", "-qam", "slip")
    assert lint("--changed") == ["a.txt:8:4"]
    assert lint("--changed=HEAD") == []


def test_since_the_branch_left_its_base(lint, git, repository: Path) -> None:
    _commit(git, repository, {"a.txt": OLD + CLEAN + SLIP})
    git("checkout", "-q", "main")
    _commit(git, repository, {"b.txt": "All is well.\n"})
    git("checkout", "-q", "work")
    assert lint("--changed", "main") == ["a.txt:8:4"]


def test_staged(lint, git, repository: Path) -> None:
    _write(repository, {"a.txt": OLD + CLEAN + SLIP, "new.txt": SLIP})
    assert lint("--staged") == []
    git("add", "a.txt")
    assert lint("--staged") == ["a.txt:8:4"]
    git("add", "new.txt")
    assert lint("--staged") == ["a.txt:8:4", "new.txt:1:4"]


def test_the_staged_text_is_checked_not_that_of_the_folder(lint, git, repository: Path) -> None:
    _write(repository, {"a.txt": OLD + SLIP, "gone.txt": SLIP, "note.log": SLIP})
    git("add", "-A")
    _write(repository, {"a.txt": f"Above.\n\n{OLD}All is well.\n"})
    (repository / "gone.txt").unlink()
    (repository / "note.log").unlink()
    assert lint("--staged") == ["a.txt:3:4", "gone.txt:1:4"]
    assert lint("--staged", "gone.txt", "note.log") == ["gone.txt:1:4", "note.log:1:4"]
    assert lint("--staged", "b.txt") == []


def test_before_the_first_commit(run, git, tmp_path: Path) -> None:
    git("init", "-q", "-b", "main")
    _write(tmp_path, {"a.txt": SLIP, "b.txt": SLIP})
    git("add", "a.txt")
    both = ["a.txt:1:4", "b.txt:1:4"]
    assert _places(run("check", "--format", "concise", "--changed")) == both
    assert _places(run("check", "--format", "concise", "--staged")) == both[:1]


def test_new_renamed_and_deleted_drafts(lint, git, repository: Path) -> None:
    git("mv", "a.txt", "renamed.txt")
    (repository / "b.txt").unlink()
    _write(repository, {"untracked.txt": OLD + SLIP})
    assert lint("--changed") == ["untracked.txt:1:4", "untracked.txt:3:4"]
    assert lint("--changed=main", "b.txt", "renamed.txt") == []
    _write(repository, {"renamed.txt": OLD + CLEAN + SLIP})
    assert lint("--changed", "renamed.txt") == ["renamed.txt:8:4"]
    git("add", "-A")
    assert lint("--staged", "b.txt", "renamed.txt") == ["renamed.txt:8:4"]


def test_a_path_after_the_option_is_no_base(lint, git, repository: Path) -> None:
    _write(repository, {"a.txt": SLIP, "c.txt": SLIP, "deep/d.txt": SLIP})
    assert lint("--changed", "c.txt") == ["c.txt:1:4"]
    assert lint("--changed", "deep", "c.txt") == ["deep/d.txt:1:4", "c.txt:1:4"]
    git("branch", "-q", "deep")
    assert lint("--changed", "deep", "c.txt") == ["c.txt:1:4"]


def test_a_draft_that_never_was_is_missed(run, repository: Path) -> None:
    assert run("check", "--changed", "--", "never.txt").returncode == 2


@pytest.mark.parametrize(
    "name",
    [
        "with blank.txt", "quote\".txt", "apostrophe'.txt", "tab\t.txt", "line\nbreak.txt", "größe.txt", "中文.txt",
        "back\\slash.txt", "-dash.txt", "b/b.txt", "a/a/a.txt", " leading.txt", "*.txt", ":(top)x.txt", "bell\a\x01.txt",
        os.fsdecode(b"latin\xe9.txt"),
    ],
)  # fmt: skip
def test_names(name: str, git, repository: Path) -> None:
    from newslint import changes

    _commit(git, repository, {name: OLD + CLEAN})
    _write(repository, {name: OLD + CLEAN + SLIP})
    previous = os.getcwd()
    os.chdir(repository)
    try:
        assert changes.since("HEAD").of(Path(name)) == (range(8, 9),)
        git("add", "-A")
        staged = changes.staged()
    finally:
        os.chdir(previous)
    assert staged.of(repository / name) == (range(8, 9),)


def test_a_name_of_two_lines_in_a_run(lint, git, repository: Path) -> None:
    _commit(git, repository, {"two\nlines é.txt": CLEAN})
    _write(repository, {"two\nlines é.txt": CLEAN + SLIP})
    assert lint("--changed=HEAD") == ["two\\nlines é.txt:6:4"]


def test_below_the_root(run, git, repository: Path) -> None:
    deep = repository / "news" / "today"
    _commit(git, repository, {"news/today/c.txt": OLD})
    _write(repository, {"news/today/c.txt": OLD + SLIP, "a.txt": SLIP})
    for arguments in (["--changed=HEAD"], ["--changed=HEAD", "c.txt"]):
        done = run("check", "--format", "concise", *arguments, folder=deep)
        assert _places(done) == ["c.txt:3:4"]
    git("add", "-A")
    done = run("check", "--format", "concise", "--staged", "../..", folder=deep)
    assert sorted(_places(done)) == ["../../a.txt:1:4", "../../news/today/c.txt:3:4"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(end: str, lint, git, repository: Path) -> None:
    text = "One line.\n\nHe went went up.\n\nTwo.\n"
    _commit(git, repository, {"c.txt": text.replace("\n", end)})
    changed = (text + "\n" + SLIP).replace("\n", end)
    _write(repository, {"c.txt": changed})
    # To git, a draft of bare carriage returns is one line.
    expected = ["c.txt:3:4", "c.txt:7:4"] if end == "\r" else ["c.txt:7:4"]
    assert lint("--changed=HEAD") == expected


def test_line_ends_that_git_changes(lint, git, repository: Path) -> None:
    git("config", "core.autocrlf", "true")
    _commit(git, repository, {"c.txt": (OLD + CLEAN).replace("\n", "\r\n")})
    _write(repository, {"c.txt": (OLD + CLEAN + SLIP).replace("\n", "\r\n")})
    assert lint("--changed=HEAD") == ["c.txt:8:4"]
    git("add", "-A")
    assert lint("--staged") == ["c.txt:8:4"]


def test_what_git_takes_for_binary_is_changed_as_a_whole(lint, git, repository: Path) -> None:
    _commit(
        git,
        repository,
        {"c.txt": (OLD + CLEAN).encode("utf-16"), "d.txt": OLD, ".gitattributes": "d.txt -diff\n"},
    )
    assert lint("--changed=HEAD") == []
    _write(repository, {"c.txt": (OLD + SLIP).encode("utf-16"), "d.txt": OLD + SLIP})
    both = ["c.txt:1:4", "c.txt:3:4", "d.txt:1:4", "d.txt:3:4"]
    assert lint("--changed=HEAD") == both
    git("mv", "c.txt", "e.txt")
    git("add", "-A")
    assert lint("--staged") == ["d.txt:1:4", "d.txt:3:4", "e.txt:1:4", "e.txt:3:4"]


def test_the_configuration_of_the_repository_does_not_matter(lint, git, repository: Path) -> None:
    for key, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always", "diff.external": "false",
        "diff.interHunkContext": "50", "diff.context": "9", "diff.renames": "false", "core.quotePath": "false",
        "diff.relative": "true", "core.pager": "false", "diff.suppressBlankEmpty": "true", "diff.orderFile": "/dev/null",
    }.items():  # fmt: skip
        git("config", key, value)
    _write(repository, {"a.txt": OLD + CLEAN + SLIP, "größe.txt": SLIP})
    assert lint("--changed") == ["a.txt:8:4", "größe.txt:1:4"]


def test_a_patch_in_a_draft_is_no_patch(lint, git, repository: Path) -> None:
    patch = "++ b/b.txt\n@@ -1 +1,9 @@\ndiff --git a/b.txt b/b.txt\n-- a/b.txt\n\n"
    _commit(git, repository, {"c.txt": patch + CLEAN})
    _write(repository, {"c.txt": patch.upper() + "++ b/b.txt\n@@ -1 +1,9 @@\n\n" + CLEAN + SLIP})
    assert lint("--changed=HEAD", "b.txt") == []
    assert lint("--changed=HEAD", "--select", "Repeats.Word") == ["c.txt:14:4"]


def test_a_conflict_shows_if_either_side_changed(lint, git, repository: Path) -> None:
    text = "Petrov came.\n\nMore of it.\n\nPetrov, Petrov and Petrov.\n\nThen Petrof spoke.\n"
    names = ("--select", "Names.NearMiss", "--exit-zero", "--changed=HEAD")
    _commit(git, repository, {"c.txt": text})
    assert lint(*names) == []
    for old, new in (("More", "Much"), ("and", "or"), ("spoke", "talked")):
        _write(repository, {"c.txt": text.replace(old, new)})
        assert lint(*names) == ([] if old == "More" else ["c.txt:7:6"]), old


def test_a_conflict_of_git_is_changed_as_a_whole(lint, git, repository: Path) -> None:
    _commit(git, repository, {"a.txt": OLD + "Ours.\n"})
    git("checkout", "-q", "main")
    _commit(git, repository, {"a.txt": OLD + "Theirs.\n"})
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "work")
    assert lint("--changed=HEAD", "--select", "Repeats.Word") == ["a.txt:1:4"]


def test_the_base_that_is_usual(lint, git, repository: Path, tmp_path_factory) -> None:
    _commit(git, repository, {"a.txt": OLD + CLEAN + SLIP})
    clone = tmp_path_factory.mktemp("clone")
    git("clone", "-q", str(repository), str(clone))
    _write(clone, {"a.txt": OLD + CLEAN + SLIP + "\nIt went went.\n"})
    assert lint("--changed", folder=clone) == ["a.txt:10:4"]
    both = ["a.txt:8:4", "a.txt:10:4"]
    assert lint("--changed", folder=clone, GITHUB_BASE_REF="main") == both


def test_a_shallow_clone_says_what_to_do(run, git, repository: Path, tmp_path_factory) -> None:
    _commit(git, repository, {"a.txt": OLD + CLEAN + SLIP})
    clone = tmp_path_factory.mktemp("clone")
    git("clone", "-q", "--depth", "1", "--no-single-branch", repository.as_uri(), str(clone))
    for arguments in (["--changed=origin/main"], ["--changed=nosuch"]):
        done = run("check", *arguments, folder=clone)
        assert done.returncode == 2
        assert "this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0`" in done.stderr
    done = run("check", "--changed", folder=clone, GITHUB_BASE_REF="release")
    assert "fetch-depth: 0" in done.stderr


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ("nosuch", "--changed=nosuch: no such commit; expected a branch, a tag"),
        ("--output=x", "--changed=--output=x: no such commit"),
        ("", "--changed: nothing to compare with: no origin, upstream or main; name a commit"),
    ],
)
def test_a_base_that_is_none(base: str, message: str, run, git, repository: Path) -> None:
    git("branch", "-q", "-m", "main", "trunk")
    done = run("check", f"--changed={base}")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (repository / "x").exists()


def test_no_common_history(run, git, repository: Path) -> None:
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "other")
    done = run("check", "--changed=main")
    assert "--changed=main: has no commit in common with HEAD" in done.stderr


def test_no_repository(run, tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": SLIP})
    for option in ("--changed", "--staged"):
        done = run("check", option, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
        assert done.returncode == 2
        assert "not a git repository" in done.stderr


def test_no_git(run, repository: Path) -> None:
    done = run("check", "--changed", PATH=str(repository))
    assert (done.returncode, done.stderr) == (2, "newslint: git: cannot be run; is it installed?\n")


@pytest.mark.parametrize("worktree", [False, True])
def test_in_a_hook(worktree: bool, git, repository: Path, tmp_path_factory, monkeypatch) -> None:
    """A commit of one file by name: git gives the hook an index of its own, and its own GIT_DIR."""
    folder = repository
    if worktree:
        folder = tmp_path_factory.mktemp("tree") / "tree"
        git("worktree", "add", "-q", "-b", "other", str(folder))
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m newslint check --staged --format concise . > "$OUT"\n'
    )
    hook.chmod(0o755)
    out = repository / ".git" / "out"
    monkeypatch.setenv("OUT", str(out))
    _write(
        folder,
        {
            "a.txt": OLD + CLEAN + SLIP,
            "b.txt": OLD + SLIP,
            "bad.log": "",
            ".gitignore": "c.txt\n",
            "c.txt": SLIP,
        },
    )
    git("add", "b.txt", folder=folder)
    git("commit", "-qm", "one", "a.txt", folder=folder)
    assert out.read_text().splitlines() == [
        "a.txt:8:4: warning: “saw saw”: the word stands twice. [Repeats.Word]"
    ]


def test_ignored_drafts_stay_ignored_in_a_hook(run, git, repository: Path) -> None:
    _write(repository, {".gitignore": "c.txt\n", "c.txt": SLIP, "deep/c.txt": SLIP})
    shown = run("check", "deep", ".", "--format", "concise", GIT_DIR=".git").stdout
    assert "c.txt" not in shown
    assert "a.txt" in shown


def test_cached_or_not_by_one_process_or_four(run, repository: Path) -> None:
    for number in range(6):
        _write(repository, {f"{number}.txt": OLD + SLIP * (number % 2)})
    arguments = ("check", "--changed", "--format", "json")
    expected = run(*arguments, "--no-cache", "--jobs", "1").stdout
    assert "saw saw" in expected
    for more in ([], ["--jobs", "4"], ["--no-cache", "--jobs", "4"], []):
        assert run(*arguments, *more).stdout == expected
