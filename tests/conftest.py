"""What tests share: the command as a user runs it, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `newslint` in the folder of the test, as a process of its own."""

    def call(
        *arguments: str, stdin: str | None = None, before: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "newslint", *arguments]
        clean = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"}
        return subprocess.run(
            command,
            cwd=tmp_path,
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
