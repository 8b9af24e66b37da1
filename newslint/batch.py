"""Many drafts, over one process or several; the reports come in the order of the drafts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from newslint import configfile, drafts, formats
from newslint.archive import Archive
from newslint.config import Config, Settings
from newslint.engine import Found, Linter, report, with_remarks
from newslint.errors import DraftError
from newslint.findings import Notice, Report, rank
from newslint.readability import measure
from newslint.remarks import Remark
from newslint.scores import standings
from newslint.text import Document

_FEW = 24
"""Drafts below which more processes do not pay."""

_CHUNK = 8


class Job(NamedTuple):
    """A draft to lint: its path, what applies to it, its bytes where they are at hand.

    `archive` is what other drafts say, for the rules that ask.
    """

    path: Path
    settings: Settings
    data: bytes | None = None
    archive: Archive | None = None


class Helper(Protocol):
    """What looks at all drafts beside the rules: takes each as it is read, answers at the end."""

    def ask(self, document: Document, language: str) -> Any:
        """Takes a draft in; what it gives is to be handed to `remarks`."""

    def remarks(self, asked: Any) -> tuple[Remark, ...]:
        """What the helper says of the draft."""


class _Sight(NamedTuple):
    """What the rules see in one draft; `found` is None where it could not be read."""

    found: Found | None
    notices: tuple[Notice, ...] = ()
    figures: Mapping[str, object] = {}


def lint_all(
    jobs: Sequence[Job], processes: int = 0, *, scores: bool = False, helper: Helper | None = None
) -> Iterator[Report]:
    """The report of each draft; `processes` 0 means as many as pay.

    With `scores` the reports have the readability and the scores of the drafts. With a helper the
    first report comes when all drafts are read, and the helper's work goes on beside the rules'.
    """
    seen = _look_all(jobs, processes, scores)
    if helper is None:
        yield from (_report(job, sight, scores) for job, sight in zip(jobs, seen))
        return
    asked = [(sight, _ask(helper, job, sight)) for job, sight in zip(jobs, seen)]
    for job, (sight, question) in zip(jobs, asked):
        remarks = helper.remarks(question) if question is not None else ()
        yield _report(job, _with_remarks(job, sight, remarks), scores)


def lint(job: Job, scores: bool) -> Report:
    """The report of one draft; whatever goes wrong is a notice in it."""
    return _report(job, _look(job, scores), scores)


def _look_all(jobs: Sequence[Job], processes: int, scores: bool) -> Iterator[_Sight]:
    if processes == 0:
        processes = (os.cpu_count() or 1) if len(jobs) >= _FEW else 1
    if processes == 1 or len(jobs) < 2:
        yield from (_look(job, scores) for job in jobs)
        return
    # Imported here: a run of one process needs none of it.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    if "fork" not in get_all_start_methods():  # Windows: a worker would load all rules again.
        yield from (_look(job, scores) for job in jobs)
        return

    # Forked after the rules are loaded, so that no worker loads them again; what a worker is sent
    # is the number of a job.
    global _jobs, _scores
    _jobs, _scores = jobs, scores
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(_look_at_number, range(len(jobs)), chunksize=_CHUNK)


def _look(job: Job, scores: bool) -> _Sight:
    try:
        data = job.data if job.data is not None else drafts.read(job.path)
        document = formats.read(data, drafts.name(job.path))
        if job.archive:
            elsewhere = job.archive.elsewhere(document)
            document = msgspec.structs.replace(document, elsewhere=elsewhere)
        found = _linter(_Rules(job.settings)).find(document)
        figures = {"readability": measure(document.prose)} if scores else {}
    except DraftError as error:
        return _Sight(None, (Notice("draft", _without_name(error)),))
    except Exception as error:  # one bad draft must not spoil the run
        return _Sight(None, (Notice("newslint", f"{type(error).__name__}: {error}"),))
    return _Sight(found, figures=figures)


def _ask(helper: Helper, job: Job, sight: _Sight) -> Any:
    if sight.found is None or job.settings.languagetool.use == "off":
        return None
    document = sight.found.document
    own = document.settings.get("language")
    return helper.ask(document, own if isinstance(own, str) else job.settings.language)


def _with_remarks(job: Job, sight: _Sight, remarks: Sequence[Remark]) -> _Sight:
    if sight.found is None or not remarks:
        return sight
    linter = _linter(_Rules(job.settings))
    return sight._replace(found=with_remarks(sight.found, remarks, linter))


def _report(job: Job, sight: _Sight, scores: bool) -> Report:
    if sight.found is None:
        return Report(drafts.name(job.path), notices=sight.notices)
    whole = report(sight.found, _linter(_Rules(job.settings)).rules)
    lowest = rank(job.settings.level)
    figures = dict(sight.figures)
    if scores:
        figures |= standings(whole, job.settings.rules)
    shown = tuple(finding for finding in whole.findings if rank(finding.level) >= lowest)
    return msgspec.structs.replace(whole, findings=shown, scores=figures)


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


def _look_at_number(number: int) -> _Sight:
    return _look(_jobs[number], _scores)


def _without_name(error: DraftError) -> str:
    return f"line {error.line}: {error.message}" if error.line else error.message


def settings_for(paths: Sequence[Path], config: Config | None) -> Iterator[tuple[Path, Settings]]:
    """What applies to each draft: the configuration given, or the nearest above it."""
    for path, nearest in configs_for(paths, config):
        yield path, nearest.settings(path)


def configs_for(paths: Sequence[Path], config: Config | None) -> Iterator[tuple[Path, Config]]:
    """The configuration of each draft; the same object for drafts that have the same."""
    loaded: dict[object, Config] = {}
    for path in paths:
        yield path, config or _nearest(path, loaded)


def _nearest(path: Path, loaded: dict[object, Config]) -> Config:
    folder = Path(os.path.abspath(path)).parent
    if folder not in loaded:
        found = configfile.discover(folder)
        if found not in loaded:
            loaded[found] = Config.load(found) if found else Config.default()
        loaded[folder] = loaded[found]
    return loaded[folder]
