"""The HTML report as Chromium shows it: usable by everybody, wide and narrow, light and dark."""

import base64
from importlib.resources import files
from pathlib import Path

import pytest
from browser import look
from report_cases import HOSTILE, report
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from newslint import reports
from newslint.reports import Options

SEEDS = Path(__file__).parents[2] / "seeds"
WAYS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390), ("light", 320)]


@pytest.fixture
def pages(run, tmp_path: Path) -> dict[str, str]:
    """Where the report of all seeds stands, and that of one."""
    for name, drafts in (("all", SEEDS), ("one", SEEDS / "ferry-spun.txt")):
        arguments = ("--level", "suggestion", "--format", "html", "--output", f"{name}.html")
        assert run("check", "--isolated", *arguments, str(drafts)).returncode == 1
    return {name: (tmp_path / f"{name}.html").as_uri() for name in ("all", "one")}


@pytest.mark.parametrize(("scheme", "width"), WAYS)
def test_axe_finds_nothing(browser: Chrome, pages, scheme: str, width: int) -> None:
    look(browser, scheme, width)
    browser.get(pages["all"])
    # Over the protocol, which the page's policy does not bind.
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    browser.execute_script(axe)
    result = browser.execute_async_script("axe.run().then(arguments[0])")
    assert len(result["passes"]) > 20
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
    assert not found
    checked = {one["id"] for one in result["passes"]}
    assert {"color-contrast", "aria-valid-attr-value", "heading-order"} <= checked


@pytest.mark.parametrize(("scheme", "width"), WAYS)
def test_nothing_is_wider_than_the_window(browser: Chrome, pages, scheme: str, width: int) -> None:
    look(browser, scheme, width)
    browser.get(pages["all"])
    assert browser.execute_script("return document.documentElement.scrollWidth") == width


def test_dark_is_dark(browser: Chrome, pages) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        look(browser, scheme)
        browser.get(pages["one"])
        script = "return getComputedStyle(document.documentElement).backgroundColor"
        shades[scheme] = browser.execute_script(script)
    assert shades == {"light": "rgb(251, 250, 246)", "dark": "rgb(25, 24, 22)"}


def test_the_page_loads_nothing_and_breaks_no_rule_of_its_own(browser: Chrome, pages) -> None:
    look(browser)
    browser.get_log("browser")
    browser.get(pages["all"])
    assert browser.get_log("browser") == []
    loaded = "return performance.getEntriesByType('resource').length"
    assert browser.execute_script(loaded) == 0
    shown = "return getComputedStyle(document.querySelector('.keys')).display"
    assert browser.execute_script(shown) != "none"  # So the script has run.


def test_what_a_draft_says_does_not_run(browser: Chrome, tmp_path: Path) -> None:
    text = HOSTILE + "<img src=x onerror=alert(1)>"
    page = "\n".join(reports.writer("html")([report(text, "<b>.txt")], Options()))
    (tmp_path / "hostile.html").write_text(page, encoding="utf-8")
    browser.get((tmp_path / "hostile.html").as_uri())
    assert browser.execute_script("return document.scripts.length") == 1
    assert browser.execute_script("return document.images.length") == 0
    assert browser.execute_script("return document.querySelectorAll('main b').length") == 0


def test_n_and_p_go_from_finding_to_finding(browser: Chrome, pages) -> None:
    look(browser, height=600)
    browser.get(pages["one"])
    refs = [ref.get_attribute("id") for ref in browser.find_elements(By.CSS_SELECTOR, "a.ref")]
    assert len(refs) > 5
    for keys, expected in (("n", 0), ("n", 1), ("nn", 3), ("p", 2), ("ppp", -1), ("n", 0)):
        ActionChains(browser).send_keys(keys).perform()
        focused = browser.switch_to.active_element
        assert focused.get_attribute("id") == refs[expected]
        assert in_view(browser, focused)
        note = focused.get_attribute("href").rpartition("#")[2]
        current = browser.find_element(By.CSS_SELECTOR, ".note.current")
        assert current.get_attribute("id") == note


def test_the_keys_can_be_switched_off(browser: Chrome, pages) -> None:
    look(browser)
    browser.get(pages["one"])
    button = browser.find_element(By.CSS_SELECTOR, ".keys button")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    ActionChains(browser).send_keys("n").perform()
    assert browser.switch_to.active_element == button
    button.send_keys(Keys.SPACE)
    ActionChains(browser).send_keys("n").perform()
    assert browser.switch_to.active_element.get_attribute("class").startswith("ref")


def test_links_go_both_ways_without_the_script(browser: Chrome, pages) -> None:
    look(browser)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(pages["one"])
        assert not browser.find_element(By.CSS_SELECTOR, ".keys").is_displayed()
        ref = browser.find_element(By.ID, "m1-2")
        ref.click()
        assert browser.current_url.endswith("#f1-2")
        note = browser.find_element(By.CSS_SELECTOR, ".note:target")
        note.find_element(By.CSS_SELECTOR, ".see a").click()
        assert browser.find_element(By.CSS_SELECTOR, ".related:target").text == "river"
        note.find_element(By.CSS_SELECTOR, "a.number").click()
        assert browser.find_element(By.CSS_SELECTOR, ":target") == ref
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_notes_stand_beside_their_text_where_there_is_room(browser: Chrome, pages) -> None:
    for width, beside in ((1280, True), (390, False)):
        look(browser, width=width)
        browser.get(pages["one"])
        mark, note = (browser.find_element(By.ID, id_).rect for id_ in ("m1-4", "f1-4"))
        assert (note["x"] > mark["x"] + mark["width"]) == beside
        assert abs(note["y"] - mark["y"]) < 300


def test_the_page_prints(browser: Chrome, pages) -> None:
    look(browser, "dark")
    browser.get(pages["one"])
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    script = "return getComputedStyle(document.documentElement).backgroundColor"
    assert browser.execute_script(script) == "rgb(255, 255, 255)"
    assert not browser.find_element(By.CSS_SELECTOR, ".keys").is_displayed()


def in_view(browser: Chrome, element) -> bool:  # type: ignore[no-untyped-def]
    script = "const box = arguments[0].getBoundingClientRect(); return [box.top, innerHeight - box.bottom]"
    return all(room >= 0 for room in browser.execute_script(script, element))
