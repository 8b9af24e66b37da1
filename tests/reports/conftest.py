"""What the tests of reports share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import start
from selenium.webdriver import Chrome


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """One browser for the tests of a module."""
    started = start()
    yield started
    started.quit()


@pytest.fixture(autouse=True)
def _in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder of its own, as outside of any CI."""
    monkeypatch.chdir(tmp_path)
    for key in ("WORKSPACE", "ACTIONS", "SERVER_URL", "REPOSITORY", "SHA", "STEP_SUMMARY"):
        monkeypatch.delenv(f"GITHUB_{key}", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
