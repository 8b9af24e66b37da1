"""Takes the pictures of the documentation anew: `python docs/images/make.py`, in a checkout.

It needs what the tests of the HTML report need (.ci/browser), and to look as they do now the fonts
Charis SIL, Liberation Sans and DejaVu Sans Mono.
"""

import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
from selenium.webdriver import Chrome

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reports"))

from browser import look, start  # noqa: E402

DRAFT = "seeds/ferry-spun.txt"
VIEWS = [
    ("report-light", "light", 1100, 900),
    ("report-dark", "dark", 1100, 900),
    ("report-phone", "light", 390, 844),
]
TERMINAL = """<style>
body {{ margin: 0; padding: 16px; background: #0c0c0c; color: #d9d9d9 }}
pre {{ margin: 0; font: 14px/1.35 "DejaVu Sans Mono", monospace }}
a {{ color: inherit }}
</style><pre>{code}</pre>"""


def newslint(*arguments: str) -> str:
    """What newslint prints about the draft."""
    command = [sys.executable, "-m", "newslint", "check", "--isolated", *arguments, DRAFT]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def terminal() -> str:
    """The report for the terminal, as a page."""
    console = Console(record=True, width=120, file=StringIO())
    console.print(Text.from_ansi(newslint("--color", "always")))
    return console.export_html(theme=MONOKAI, inline_styles=True, code_format=TERMINAL)


def shoot(browser: Chrome, page: str, name: str) -> None:
    """Writes a picture of the page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(page, encoding="utf-8")
        browser.get(path.as_uri())
        if name == "report-phone":
            browser.execute_script("document.querySelector('.draft').scrollIntoView()")
        browser.save_screenshot(str(HERE / f"{name}.png"))


def main() -> None:
    """Takes all pictures."""
    browser = start()
    for name, scheme, width, height in VIEWS:
        look(browser, scheme, width, height)
        shoot(browser, newslint("--format", "html"), name)
    look(browser, "dark", 960, 640)
    shoot(browser, terminal(), "terminal")
    browser.quit()


if __name__ == "__main__":
    main()
