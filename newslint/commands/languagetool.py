"""`newslint languagetool`: LanguageTool installed, looked after and explained."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from newslint import kinds
from newslint.commands.selection import here
from newslint.errors import ConfigError


def run(options: argparse.Namespace) -> Iterator[str]:
    """What an action of `newslint languagetool` has to say."""
    from newslint.languagetool import installation, manage
    from newslint.languagetool.errors import LanguageToolError

    settings = here(options).settings(Path("draft.md"))
    setup = settings.languagetool
    judges = [rule for rule in settings.rules if isinstance(rule, kinds.kind("languagetool"))]
    try:
        match options.action:
            case "install":
                version = options.version or installation.VERSION
                yield from manage.install(options.source, version, options.java)
            case "status":
                yield from manage.status(setup)
            case "stop":
                yield from manage.stop(setup)
            case "logs":
                yield from manage.logs(setup)
            case _:
                variant = settings.language or "en-US"
                yield from manage.rules(setup, variant, lambda *names: _judges(judges, *names))
    except LanguageToolError as error:
        raise ConfigError("languagetool", str(error)) from None


def _judges(judges: Sequence[Any], rule: str, category: str) -> list[str]:
    taken = (judge for judge in judges if judge.takes(rule, category))
    return [f"{judge.id} ({judge.level})" for judge in taken]
