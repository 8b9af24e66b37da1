"""Many drafts, over one process or several; the reports come in the order of the drafts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache as once
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from newslint import configfile, drafts, formats
from newslint.archive import Archive
from newslint.cache import Cache, Entry, unread
from newslint.config import Config, Settings
from newslint.configfile import LANGUAGES, Language
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
    from multiprocessing import get_all_start_methods, get_context

    if "fork" not in get_all_start_methods():  # Windows: a worker would load all rules again.
        yield from (_look(job, scores) for job in jobs)
        return

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
        document = formats.read(data, drafts.name(job.path))
        if job.archive:
            elsewhere = job.archive.elsewhere(document)
            document = msgspec.structs.replace(document, elsewhere=elsewhere)
        found = _linter(_Rules(_settings(job, document))).find(document)
        figures = {"readability": measure(document.prose)} if scores else {}
    except DraftError as error:
        return _Sight(None, (Notice("draft", _without_name(error)),))
    except Exception as error:  # one bad draft must not spoil the run
        return _Sight(None, (Notice("newslint", f"{type(error).__name__}: {error}"),))
    content = _content(job, data)
    return _Sight(found, _language_notices(document), figures, content)


def _ask(helper: Helper, job: Job, sight: _Sight) -> Any:
    if sight.found is None or job.settings.languagetool.use == "off":
        return None
    document = sight.found.document
    return helper.ask(document, _settings(job, document).language)


def _with_remarks(job: Job, sight: _Sight, remarks: Sequence[Remark]) -> _Sight:
    if sight.found is None or not remarks:
        return sight
    linter = _linter(_Rules(_settings(job, sight.found.document)))
    return sight._replace(found=with_remarks(sight.found, remarks, linter))


def _report(job: Job, sight: _Sight, scores: bool) -> Report:
    """The report of a draft, with findings of all levels."""
    if sight.found is None:
        return Report(drafts.name(job.path), notices=sight.notices)
    settings = _settings(job, sight.found.document)
    whole = report(sight.found, settings.rules)
    figures = dict(sight.figures)
    if scores:
        figures |= standings(whole, settings.rules)
    notices = (*sight.notices, *whole.notices)
    return msgspec.structs.replace(whole, scores=figures, notices=notices)


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
        cache.put(job.settings, drafts.name(job.path), sight.content, entry)
    return _shown(whole, job)


def _content(job: Job, data: bytes) -> bytes:
    """The hash of all that a draft says, and of what other drafts do if that counts."""
    if job.archive is None:
        return digest(data)
    return digest(data, job.archive.mark, drafts.name(job.path).encode())


class _Known(NamedTuple):
    """What the cache has of a draft, and its bytes."""

    entry: Entry
    data: bytes

    def report(self, job: Job) -> Report:
        """The report of all levels."""
        name = drafts.name(job.path)
        return Report(
            name,
            unread(self.data, name),
            self.entry.findings,
            scores=self.entry.scores,
            suppressed=self.entry.suppressed,
        )

    def sight(self, job: Job) -> _Sight:
        """What the rules saw in the draft."""
        document = formats.read(self.data, drafts.name(job.path))
        found = self.entry.findings if self.entry.found is None else self.entry.found
        figures = {key: value for key, value in self.entry.scores.items() if key == "readability"}
        return _Sight(Found(document, found), figures=figures)


def _known(job: Job, scores: bool, cache: Cache) -> _Known | None:
    try:
        data = job.data if job.data is not None else drafts.read(job.path)
    except DraftError:
        return None
    entry = cache.get(job.settings, drafts.name(job.path), _content(job, data))
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


def _settings(job: Job, document: Document) -> Settings:
    """What applies to a draft that may say in its front matter which English it is in."""
    own = document.settings.get("language", "")
    if own not in LANGUAGES or own in ("", job.settings.language):
        return job.settings
    return _spoken(_Rules(job.settings), own)


@once
def _spoken(rules: _Rules, language: Language) -> Settings:
    return rules.settings._replace(language=language)


def _language_notices(document: Document) -> tuple[Notice, ...]:
    own = document.settings.get("language", "")
    if own in LANGUAGES:
        return ()
    expected = ", ".join(filter(None, LANGUAGES))
    message = f"front matter: no language `{own}`, expected one of {expected}"
    return (Notice("newslint", message, failed=False),)


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
