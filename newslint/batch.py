"""Many drafts, over one process or several; the reports come in the order of the drafts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache as once
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from newslint import drafts, formats
from newslint.cache import Cache, Entry, unread
from newslint.config import Config, Settings
from newslint.engine import Found, Linter, report, with_remarks
from newslint.errors import DraftError
from newslint.findings import Notice, Report, rank
from newslint.inputs import digest
from newslint.readability import measure
from newslint.remarks import Remark
from newslint.scores import standings
from newslint.text import Document

_FEW = 24
"""Drafts below which more processes do not pay."""

_CHUNK = 8


class Job(NamedTuple):
    """A draft to lint: its path, what applies to it, and its bytes where they are at hand."""

    path: Path
    settings: Settings
    data: bytes | None = None


class Helper(Protocol):
    """What looks at all drafts beside the rules: takes each as it is read, answers at the end."""

    def ask(self, document: Document, language: str) -> Any:
        """Takes a draft in; what it gives is to be handed to `remarks`."""

    def remarks(self, asked: Any) -> tuple[Remark, ...]:
        """What the helper says of the draft."""


class _Sight(NamedTuple):
    """What the rules see in one draft; `found` is None where it could not be read.

    `content` is the hash of the bytes that were read.
    """

    found: Found | None
    notices: tuple[Notice, ...] = ()
    figures: Mapping[str, object] = {}
    content: bytes = b""


def lint_all(
    jobs: Sequence[Job],
    processes: int = 0,
    *,
    scores: bool = False,
    helper: Helper | None = None,
    cache: Cache | None = None,
) -> Iterator[Report]:
    """The report of each draft; `processes` 0 means as many as pay.

    With `scores` the reports have the readability and the scores of the drafts. With a helper the
    first report comes when all drafts are read, and the helper's work goes on beside the rules'.
    With a cache, the rules look only at drafts that it does not know.
    """
    known = [_known(job, scores, cache) if cache else None for job in jobs]
    seen = _look_all([job for job, old in zip(jobs, known) if not old], processes, scores)
    if helper is None:
        for job, old in zip(jobs, known):
            yield _shown(old.report(job), job) if old else _kept(job, next(seen), scores, cache)
        return
    asked = []
    for job, old in zip(jobs, known):
        sight = old.sight(job) if old else next(seen)
        asked.append((sight, _ask(helper, job, sight)))
        if not old:
            _kept(job, sight, scores, cache)
    for job, (sight, question) in zip(jobs, asked):
        remarks = helper.remarks(question) if question is not None else ()
        yield _shown(_report(job, _with_remarks(job, sight, remarks), scores), job)


def lint(job: Job, scores: bool) -> Report:
    """The report of one draft; whatever goes wrong is a notice in it."""
    return _kept(job, _look(job, scores), scores, None)


def _look_all(jobs: Sequence[Job], processes: int, scores: bool) -> Iterator[_Sight]:
    if processes == 0:
        processes = (os.cpu_count() or 1) if len(jobs) >= _FEW else 1
    if processes == 1 or len(jobs) < 2:
        yield from (_look(job, scores) for job in jobs)
        return
    # Imported here: a run of one process needs none of it.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forked after the rules are loaded, so that no worker loads them again; what a worker is sent
    # is the number of a job.
    global _jobs, _scores
    _jobs, _scores = jobs, scores
    for job in jobs:
        _linter(_Rules(job.settings))
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(_look_at_number, range(len(jobs)), chunksize=_CHUNK)


def _look(job: Job, scores: bool) -> _Sight:
    try:
        data = job.data if job.data is not None else drafts.read(job.path)
        document = formats.read(data, str(job.path))
        found = _linter(_Rules(job.settings)).find(document)
        figures = {"readability": measure(document.prose)} if scores else {}
    except DraftError as error:
        return _Sight(None, (Notice("draft", _without_name(error)),))
    except Exception as error:  # one bad draft must not spoil the run
        return _Sight(None, (Notice("newslint", f"{type(error).__name__}: {error}"),))
    return _Sight(found, figures=figures, content=digest(data))


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
    """The report of a draft, with findings of all levels."""
    if sight.found is None:
        return Report(str(job.path), notices=sight.notices)
    whole = report(sight.found, _linter(_Rules(job.settings)).rules)
    figures = dict(sight.figures)
    if scores:
        figures |= standings(whole, job.settings.rules)
    return msgspec.structs.replace(whole, scores=figures)


def _shown(report: Report, job: Job) -> Report:
    """The report with the findings of the levels that are shown."""
    lowest = rank(job.settings.level)
    shown = tuple(finding for finding in report.findings if rank(finding.level) >= lowest)
    return msgspec.structs.replace(report, findings=shown)


def _kept(job: Job, sight: _Sight, scores: bool, cache: Cache | None) -> Report:
    """The report of a draft that was looked at; if there was no trouble, the cache keeps it."""
    whole = _report(job, sight, scores)
    if cache and sight.found and not whole.notices:
        entry = Entry.of(sight.found.findings, whole)
        cache.put(job.settings, str(job.path), sight.content, entry)
    return _shown(whole, job)


class _Known(NamedTuple):
    """What the cache has of a draft, and its bytes."""

    entry: Entry
    data: bytes

    def report(self, job: Job) -> Report:
        """The report of all levels."""
        return Report(
            str(job.path),
            unread(self.data, str(job.path)),
            self.entry.findings,
            scores=self.entry.scores,
            suppressed=self.entry.suppressed,
        )

    def sight(self, job: Job) -> _Sight:
        """What the rules saw in the draft."""
        document = formats.read(self.data, str(job.path))
        found = self.entry.findings if self.entry.found is None else self.entry.found
        figures = {key: value for key, value in self.entry.scores.items() if key == "readability"}
        return _Sight(Found(document, found), figures=figures)


def _known(job: Job, scores: bool, cache: Cache) -> _Known | None:
    try:
        data = job.data if job.data is not None else drafts.read(job.path)
    except DraftError:
        return None
    entry = cache.get(job.settings, str(job.path), digest(data))
    if entry is None or (scores and entry.readability is None):
        return None
    return _Known(entry if scores else msgspec.structs.replace(entry, readability=None), data)


class _Rules:
    """Settings by identity: a cache of linters must not compare all their rules."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __hash__(self) -> int:
        return id(self.settings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and self.settings is other.settings


@once
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
    loaded: dict[object, Config] = {}
    for path in paths:
        yield path, (config or _nearest(path, loaded)).settings(path)


def _nearest(path: Path, loaded: dict[object, Config]) -> Config:
    folder = Path(os.path.abspath(path)).parent
    if folder not in loaded:
        loaded[folder] = Config.discover(folder)
    return loaded[folder]
