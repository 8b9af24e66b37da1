"""newslint: a text-quality linter for news drafts.

    import newslint

    report = newslint.lint("Vladimir Putin came. Vladmir Putin left.")
    for finding in report.findings:
        print(finding.span, finding.rule, finding.message)

`lint` checks one text with the shipped rules, or those of a configuration. `Linter` runs rules of
your choice over any number of documents, which `read` makes of bytes.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.config import Config
    from newslint.engine import Linter
    from newslint.findings import Finding, Report
    from newslint.formats import read
    from newslint.text import Document

__version__ = "0.1.0"
__all__ = ["Config", "Document", "Finding", "Linter", "Report", "lint", "read"]

_HOMES = {
    "Config": "config",
    "Document": "text",
    "Finding": "findings",
    "Linter": "engine",
    "Report": "findings",
    "read": "formats",
}


def lint(text: str, *, name: str = "draft.txt", config: "Config | None" = None) -> "Report":
    """The findings in a text, of all levels, in order of place.

    `name` says its format by its ending (`.txt`, `.md`, `.html`). Spans are in code points of the
    text. Without a configuration the shipped default applies; no file is looked for. Raises
    `newslint.errors.DraftError` for a text that is no draft, such as one with a NUL in it.
    """
    from newslint.config import Config
    from newslint.engine import Linter
    from newslint.formats import read

    settings = (config or Config.default()).settings(Path(name))
    # What no file can hold, half of a surrogate pair, is refused by `read` like any wrong byte.
    return Linter(settings.rules).lint(read(text.encode(errors="surrogatepass"), name))


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"newslint.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'newslint' has no attribute '{name}'")
