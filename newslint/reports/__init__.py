"""Reports to output, one module a format: `write(reports, options) -> lines`.

To add a format, add a module here with `write`; it is then a choice of `--format`. Only the command
line prints.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from newslint.findings import Report


class Options(NamedTuple):
    """What a report may be asked for.

    `width` is in columns; `scores` shows readability and scores; `statistics` counts findings by
    rule; `quiet` leaves the summary out.
    """

    color: bool = False
    width: int = 100
    scores: bool = False
    statistics: bool = False
    quiet: bool = False


Writer = Callable[[Iterable[Report], Options], Iterator[str]]


@cache
def names() -> tuple[str, ...]:
    """The formats there are, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def writer(name: str) -> Writer:
    """What writes a format; its module is imported when it is asked for."""
    write: Writer = import_module(f"{__name__}.{name}").write
    return write
