"""Many drafts, over one process or several; the reports come in the order of the drafts."""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint import drafts, formats
from newslint.config import Config, Settings
from newslint.engine import Linter
from newslint.errors import DraftError
from newslint.findings import Notice, Report, rank
from newslint.readability import measure
from newslint.scores import standings

_FEW = 24
"""Drafts below which more processes do not pay."""

_CHUNK = 8


class Job(NamedTuple):
    """A draft to lint: its path, what applies to it, and its bytes where they are at hand."""

    path: Path
    settings: Settings
    data: bytes | None = None


def lint_all(jobs: Sequence[Job], processes: int = 0, *, scores: bool = False) -> Iterator[Report]:
    """The report of each draft; `processes` 0 means as many as pay.

    With `scores` the reports have the readability and the scores of the drafts.
    """
    if processes == 0:
        processes = (os.cpu_count() or 1) if len(jobs) >= _FEW else 1
    if processes == 1 or len(jobs) < 2:
        yield from (lint(job, scores) for job in jobs)
        return
    # Imported here: a run of one process needs none of it.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forked after the rules are loaded, so that no worker loads them again; what a worker is sent
    # is the number of a job.
    global _jobs, _scores
    _jobs, _scores = jobs, scores
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(_lint_number, range(len(jobs)), chunksize=_CHUNK)


def lint(job: Job, scores: bool) -> Report:
    """The report of one draft; whatever goes wrong is a notice in it."""
    name = str(job.path)
    try:
        data = job.data if job.data is not None else drafts.read(job.path)
        document = formats.read(data, name)
        linter = _linter(_Rules(job.settings))
        report = linter.lint(document)
    except DraftError as error:
        return Report(name, notices=(Notice("draft", _without_name(error)),))
    except Exception as error:  # one bad draft must not spoil the run
        return Report(name, notices=(Notice("newslint", f"{type(error).__name__}: {error}"),))
    lowest = rank(job.settings.level)
    shown = tuple(finding for finding in report.findings if rank(finding.level) >= lowest)
    figures = {**_figures(report), **standings(report, linter.rules)} if scores else {}
    return Report(name, document, shown, report.notices, figures, report.silenced)


class _Rules:
    """Settings by identity: a cache of linters must not compare all their rules."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __hash__(self) -> int:
        return id(self.settings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and self.settings is other.settings


@cache
def _linter(rules: _Rules) -> Linter:
    return Linter(rules.settings.rules)


_jobs: Sequence[Job] = ()
_scores = False


def _lint_number(number: int) -> Report:
    return lint(_jobs[number], _scores)


def _figures(report: Report) -> dict[str, object]:
    return {"readability": measure(report.document.prose)} if report.document else {}


def _without_name(error: DraftError) -> str:
    return f"line {error.line}: {error.message}" if error.line else error.message


def settings_for(paths: Sequence[Path], config: Config | None) -> Iterator[tuple[Path, Settings]]:
    """What applies to each draft: the configuration given, or the nearest above it."""
    loaded: dict[object, Config] = {}
    for path in paths:
        yield path, (config or _nearest(path, loaded)).settings(path)


def _nearest(path: Path, loaded: dict[object, Config]) -> Config:
    folder = path.absolute().parent
    if folder not in loaded:
        loaded[folder] = Config.discover(folder)
    return loaded[folder]
