"""What tests of LanguageTool share: a server that replays answers, and the real one."""

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


@pytest.fixture
def real(
    installed: Installation, shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """The real server, which starts when it is first asked and serves the whole test run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_folder))
    return installed
