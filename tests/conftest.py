"""What tests share: the command as a user runs it, in a folder of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # So do shells start what runs in the background, and what it starts would never hear Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the cache of who runs it; all tests share one."""
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs git in the folder of the test, without anybody's own configuration."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")

    def call(*arguments: str, folder: Path = tmp_path) -> str:
        command = ["git", *who, "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return done.stdout.decode(errors="surrogateescape")

    return call


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `newslint` in the folder of the test, as a process of its own."""

    def call(
        *arguments: str,
        stdin: str | None = None,
        before: Sequence[str] = (),
        folder: Path = tmp_path,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "newslint", *arguments]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
        return subprocess.run(
            command,
            cwd=folder,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**clean, "COLUMNS": "100", **environment},
            check=False,
        )

    return call


def _shared(config: pytest.Config) -> Path:
    base = Path(config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
    return base.parent if hasattr(config, "workerinput") else base


@pytest.fixture(scope="session")
def shared_folder(pytestconfig: pytest.Config) -> Path:
    """A folder that all processes of a test run share; it holds the one LanguageTool server."""
    return _shared(pytestconfig) / "shared"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the LanguageTool server when the last process of the test run is done."""
    folder = _shared(session.config) / "shared"
    if folder.is_dir() and not hasattr(session.config, "workerinput"):
        command = [sys.executable, "-m", "newslint", "languagetool", "stop", "--isolated"]
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
        subprocess.run(command, env=environment, capture_output=True, check=False)
