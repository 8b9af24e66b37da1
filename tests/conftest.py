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
