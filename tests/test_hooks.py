"""The hooks for article repositories, run by the real pre-commit in a real repository."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PRE_COMMIT = Path(sys.executable).parent / "pre-commit"
LONG = "a-name-as-long-as-content-management-systems-make-them-of-a-headline-and-a-date"
DRAFTS = 3_000

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it stands, as a repository that pre-commit can clone."""
    copy = tmp_path_factory.mktemp("hooks") / "newslint"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    _git(copy, "init", "--quiet")
    _git(copy, "add", "--all")
    _git(copy, "commit", "--quiet", "--message=hooks")
    return copy


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments of hooks."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def archive(tmp_path: Path, hooks: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of articles with the hook `newslint` installed."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home))
    monkeypatch.setenv("PATH", f"{PRE_COMMIT.parent}:{os.environ['PATH']}")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    _git(tmp_path, "init", "--quiet")
    _install(tmp_path, hooks, "newslint")
    return tmp_path


def test_a_bad_draft_is_refused_and_a_good_one_passes(archive: Path) -> None:
    (archive / "bad.md").write_text("He called it “a success.\n", encoding="utf-8")
    refused = _commit(archive, "bad")
    assert refused.returncode == 1
    assert "bad.md" in refused.stderr
    assert "never closes" in refused.stderr
    (archive / "bad.md").write_text("He called it “a success”.\n", encoding="utf-8")
    passed = _commit(archive, "good")
    assert passed.returncode == 0, passed.stderr
    assert "newslint" in passed.stderr
    assert "Passed" in passed.stderr


def test_fixes_are_applied_and_shown(archive: Path, hooks: Path) -> None:
    _install(archive, hooks, "newslint-fix")
    draft = archive / "draft.md"
    draft.write_bytes("Who saw the ferry\uff1f\r\n".encode())
    fixed = _commit(archive, "draft")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stderr
    assert draft.read_bytes() == b"Who saw the ferry?\r\n"
    assert _commit(archive, "draft").returncode == 0


def test_names_of_the_whole_repository(archive: Path, hooks: Path) -> None:
    for number in range(3):
        text = f"Dorothea Lindqvist spoke on day {number}. Lindqvist was glad.\n"
        (archive / f"{number}.md").write_text(text, encoding="utf-8")
    assert _commit(archive, "first").returncode == 0
    _install(archive, hooks, "newslint-project", "--fail-on=warning")
    (archive / "new.md").write_text("Dorothea Lindkvist went home.\n", encoding="utf-8")
    refused = _commit(archive, "new")
    assert refused.returncode == 1
    assert "Lindqvist" in refused.stderr


def test_thousands_of_drafts_give_what_one_call_gives(archive: Path) -> None:
    folder = archive / LONG
    folder.mkdir()
    for number in range(DRAFTS):
        text = "“A success, he said.\n" if number % 100 == 7 else "Nobody was hurt.\n"
        (folder / f"{LONG}-{number}.md").write_text(text, encoding="utf-8")
    _git(archive, "add", "--all")
    options = ["--format=concise", "--quiet"]
    _install(archive, None, "newslint", *options)
    split = _pre_commit(archive, "run", "--all-files").stdout
    command = [sys.executable, "-m", "newslint", "check", *options, "."]
    whole = subprocess.run(command, cwd=archive, capture_output=True, text=True, check=False).stdout
    found = sorted(line for line in split.splitlines() if line.startswith(LONG))
    assert found == sorted(whole.splitlines())
    assert len(found) == DRAFTS // 100


def test_try_repo_works_and_no_hook_needs_the_network(archive: Path, hooks: Path) -> None:
    (archive / "good.md").write_text("Nobody was hurt.\n", encoding="utf-8")
    _git(archive, "add", "--all")
    tried = _pre_commit(archive, "try-repo", str(hooks), "newslint", "--all-files")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "Passed" in tried.stdout
    assert _commit(archive, "before").returncode == 0
    cut = ["unshare", "--net"] if os.geteuid() == 0 else []
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    command = [*cut, str(PRE_COMMIT), "run", "--all-files"]
    done = subprocess.run(
        command,
        cwd=archive,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_environment_of_a_hook_is_small(archive: Path, home: Path) -> None:
    """pre-commit.ci allows 250 MiB."""
    _pre_commit(archive, "install-hooks")
    environments = [path for path in home.glob("repo*/py_env-*") if path.is_dir()]
    assert environments
    for environment in environments:
        files = (path for path in environment.rglob("*") if path.is_file())
        assert sum(path.stat().st_size for path in files) < 125 * 2**20


def _install(archive: Path, hooks: Path | None, hook: str, *arguments: str) -> None:
    """Writes the configuration that a user would; without `hooks` the repository stays the same."""
    path = archive / ".pre-commit-config.yaml"
    if hooks:
        revision = _git(hooks, "rev-parse", "HEAD").stdout.strip()
        repository = {"repo": str(hooks), "rev": revision}
    else:
        before = yaml.safe_load(path.read_text(encoding="utf-8"))["repos"][0]
        repository = {"repo": before["repo"], "rev": before["rev"]}
    one = {"id": hook, "args": list(arguments)}
    path.write_text(yaml.safe_dump({"repos": [{**repository, "hooks": [one]}]}), encoding="utf-8")
    assert _pre_commit(archive, "install").returncode == 0


def _pre_commit(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(PRE_COMMIT), *arguments]
    return subprocess.run(command, cwd=archive, capture_output=True, text=True, check=False)


def _commit(archive: Path, message: str) -> subprocess.CompletedProcess[str]:
    _git(archive, "add", "--all")
    return _git(archive, "commit", "--quiet", f"--message={message}", check=False)


def _git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=check
    )
