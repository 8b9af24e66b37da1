"""What the options of a command choose: the configuration and its rule files."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from newslint import styles
from newslint.config import Config


def asked_config(options: argparse.Namespace) -> Config | None:
    """The configuration asked for; None where each draft has its own."""
    select, ignore = _globs(options.select), _globs(options.ignore)
    config = None
    if options.isolated:
        config = Config.default()
    elif options.config:
        config = Config.load(Path(options.config))
    elif select or ignore:
        config = Config.discover(Path.cwd())
    return config.with_selection(select, ignore) if config else None


def here(options: argparse.Namespace) -> Config:
    """The configuration asked for, or that of the current folder."""
    return asked_config(options) or Config.discover(Path.cwd())


def rule_files(options: argparse.Namespace) -> list[styles.RuleFile]:
    """The rule files that the options choose from."""
    library = here(options).library
    return [file for file in library.rule_files if library.chosen(file.id)]


def _globs(values: Sequence[str]) -> list[str]:
    return [glob.strip() for value in values for glob in value.split(",") if glob.strip()]
