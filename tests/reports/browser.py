"""A headless Chromium: the system's own, driven by its own chromedriver."""

import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_BROWSERS = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # Chromium has none for root.
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)


def start() -> webdriver.Chrome:
    """A browser of ours. Without one a test is skipped by hand, and fails in CI."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if not (found and driver):
        missing = "no Chromium with a chromedriver on PATH; see .ci/browser"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = found
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service(driver))


def look(browser: webdriver.Chrome, scheme: str = "light", width: int = 1280, height: int = 1400):  # type: ignore[no-untyped-def]
    """Makes the window so wide, and says which colours its user likes."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
