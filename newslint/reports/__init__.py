"""Reports to output, one module a format: `write(reports, options) -> lines`.

To add a format, add a module here with `write`; it is then a choice of `--format`. One that shows
readability and scores says `SCORES = True`. What formats share stands in modules that begin with an
underscore. Only the command line prints.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import NamedTuple

from newslint.findings import Report
from newslint.rule import Rule


class Options(NamedTuple):
    """What a report may be asked for.

    `width` is in columns; `scores` shows readability and scores; `statistics` counts findings by
    rule; `quiet` leaves the summary out; `rules` are the rules that ran, by id; `summary` says that
    a job summary is written beside this report.
    """

    color: bool = False
    width: int = 100
    scores: bool = False
    statistics: bool = False
    quiet: bool = False
    rules: Mapping[str, Rule] = MappingProxyType({})
    summary: bool = False


Writer = Callable[[Iterable[Report], Options], Iterator[str]]


@cache
def names() -> tuple[str, ...]:
    """The formats there are, in alphabetical order."""
    found = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def writer(name: str) -> Writer:
    """What writes a format; its module is imported when it is asked for."""
    write: Writer = import_module(f"{__name__}.{name}").write
    return write


def wants_scores(name: str) -> bool:
    """Whether a format shows readability and scores without being asked."""
    return bool(getattr(import_module(f"{__name__}.{name}"), "SCORES", False))
