"""What the tests of reports share."""

from collections.abc import Iterator

import pytest
from browser import start
from selenium.webdriver import Chrome


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """One browser for the tests of a module."""
    started = start()
    yield started
    started.quit()
