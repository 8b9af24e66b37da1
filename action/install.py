"""The action's first step: newslint in a virtual environment of its own, outside the repository."""

import os
import subprocess
import sys
import venv
from pathlib import Path


def main() -> None:
    """Installs newslint, and LanguageTool where it is asked for."""
    environment = Path(os.environ["RUNNER_TEMP"], "newslint")
    venv.create(environment, with_pip=True, clear=True)
    python = next(environment.glob("[bS]*/python*"))
    run(python, "-m", "pip", "install", "--quiet", _requirement())
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as outputs:
        outputs.write(f"python={python}\n")
    if _wants_languagetool():
        run(python, "-m", "newslint", "languagetool", "install")


def run(*command: str | Path) -> None:
    """Runs a command; the step fails with it."""
    code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(code)


def _requirement() -> str:
    """What pip is to install: a release, or the checkout that this file is in."""
    extra = "[languagetool]" if _wants_languagetool() else ""
    if version := os.environ["VERSION"]:
        return f"newslint{extra}=={version}"
    return f"{Path(__file__).parent.parent}{extra}"


def _wants_languagetool() -> bool:
    return os.environ["LANGUAGETOOL"] != "off"


if __name__ == "__main__":
    main()
