"""`newslint init`: a first configuration."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from newslint import files
from newslint.configfile import NAMES, template
from newslint.errors import ConfigError


def run(options: argparse.Namespace) -> Iterator[str]:
    """Writes a configuration here, unless there is one."""
    path = Path(NAMES[0])
    if any(Path(name).exists() for name in NAMES):
        raise ConfigError(str(path), "there is one already, expected none; it was left alone")
    files.write(path, template(options.language))
    yield f"Wrote {path}. Next: newslint check"
