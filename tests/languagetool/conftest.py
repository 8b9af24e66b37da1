"""What tests of LanguageTool share: a server that replays answers, and the real one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from replaying import Replay, replaying

from newslint.languagetool import installation
from newslint.languagetool.installation import Installation

ABSENT = (
    "LanguageTool is not installed. Install it with `newslint languagetool install --from maven`, "
    "or leave these tests out with `pytest -m 'not languagetool'`."
)


@pytest.fixture
def replay() -> Iterator[Replay]:
    """A server that replays answers."""
    with replaying() as state:
        yield state


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that no other test has."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "newslint"


@pytest.fixture
def nothing_installed(tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LanguageTool."""
    monkeypatch.delenv("NEWSLINT_LANGUAGETOOL_JARS", raising=False)
    monkeypatch.setenv("NEWSLINT_LANGUAGETOOL_HOME", str(tmp_path / "no-home"))
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "no-downloads"))


@pytest.fixture(scope="session")
def installed() -> Installation:
    """The LanguageTool that `newslint languagetool install` put here; its absence is a failure."""
    found = installation.find()
    if found is None:
        pytest.fail(ABSENT, pytrace=False)
    return found


def shared_cache(config: pytest.Config) -> Path:
    """The cache of the server that all processes of a test run share."""
    base = Path(config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
    return (base.parent if hasattr(config, "workerinput") else base) / "languagetool-cache"


@pytest.fixture
def real(
    installed: Installation, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """The real server, which starts when it is first asked and serves the whole test run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache(request.config)))
    return installed


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the shared server when the last process of the test run is done."""
    if hasattr(session.config, "workerinput"):
        return
    cache = shared_cache(session.config)
    if cache.is_dir():
        command = [sys.executable, "-m", "newslint", "languagetool", "stop", "--isolated"]
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        subprocess.run(command, env=environment, capture_output=True, check=False)
        shutil.rmtree(cache, ignore_errors=True)
