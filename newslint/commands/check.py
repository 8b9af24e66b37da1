"""`newslint check`: drafts in, a report out."""

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newslint import batch, drafts, files, reports, store
from newslint.batch import Job
from newslint.cache import Cache
from newslint.commands import CLEAN, FAILED, FOUND, adoption
from newslint.commands.archives import with_archives
from newslint.commands.selection import asked_config
from newslint.config import Config, Settings
from newslint.errors import DraftError, NewslintError
from newslint.findings import Finding, Notice, Report, rank
from newslint.rule import Rule

if TYPE_CHECKING:
    from newslint.changes import Changes
    from newslint.languagetool.checker import Checker

_LONG_RUN = 40


def run(options: argparse.Namespace) -> int:
    """Checks drafts and prints a report; the exit code."""
    _refuse(options)
    changed = adoption.asked_changes(options)
    jobs, missing = asked_jobs(options, changed)
    with _cache(options) as cache:
        return _run(options, jobs, missing, changed, cache)


def _run(
    options: argparse.Namespace,
    jobs: Sequence[Job],
    missing: Sequence[Report],
    changed: "Changes | None",
    cache: Cache | None,
) -> int:
    notices = say_notices(jobs, cache)
    formats = [options.format, *(name for name, _ in options.also)]
    wants_scores = options.readability or any(map(reports.wants_scores, formats))
    helper = _helper(jobs)
    baselines = adoption.Baselines(options, jobs, lambda: helper is not None and not helper.failed)
    linted = batch.lint_all(jobs, options.jobs, scores=wants_scores, helper=helper, cache=cache)
    found = baselines.watch(_progress(_with_notices(linted, helper), len(jobs), options))
    if changed:
        found = changed.only(found, whole_files=options.whole_files)
    verdict = _Verdict(options, jobs)
    seen: Iterable[Report] = verdict.watch([*missing, *found])
    look = shown(options)._replace(rules=_Rules(jobs), summary="summary" in formats)
    if options.also:
        seen = list(seen)
        plain = reports.Options(rules=look.rules, summary=look.summary)
        _write_also(seen, options.also, plain)
    _write(reports.writer(options.format)(seen, look), options.output)
    for written in baselines.write():
        print(f"newslint: wrote {written}", file=sys.stderr)
    if notices or missing or verdict.failed:
        return FAILED
    return FOUND if verdict.found and not options.exit_zero else CLEAN


def show_config(options: argparse.Namespace) -> Iterator[str]:
    """What applies to a file, a line a value, with where it comes from."""
    path = Path(options.show_config)
    config = asked_config(options) or Config.discover(path.parent)
    settings = config.settings(path)
    if settings.excluded:
        yield f"{path} is excluded."
    for key, value, where in settings.origins:
        yield f"{key}: {value}  ({where})"
    yield f"{len(settings.rules)} rules are on:"
    yield from (f"  {rule}: {level}  ({where})" for rule, level, where in settings.levels)


def _refuse(options: argparse.Namespace) -> None:
    """Raises NewslintError for options that make no sense together."""
    writes = options.write_baseline or options.grow_baseline
    if writes and (options.staged or options.changed is not None):
        message = "not with --changed or --staged: it wants the whole archive"
        raise NewslintError("--write-baseline", message)


@contextlib.contextmanager
def _cache(options: argparse.Namespace) -> Iterator[Cache | None]:
    """The cache that the options ask for; what is new in it is kept however the run ends."""
    folder = Path(options.cache_dir) if options.cache_dir else store.usual_folder()
    if options.no_cache or folder is None:
        yield None
        return
    with contextlib.closing(Cache(store.Store(folder))) as cache:
        yield cache


def _helper(jobs: Sequence[Job]) -> "Checker | None":
    """What asks LanguageTool; None if no draft wants it."""
    wanted = (job.settings.languagetool for job in jobs if job.settings.languagetool.use != "off")
    setup = next(wanted, None)
    if setup is None:
        return None
    from newslint.languagetool.checker import Checker

    return Checker(setup)


def _with_notices(found: Iterator[Report], helper: "Checker | None") -> Iterator[Report]:
    """The reports, the last of them with what LanguageTool's helper has to say of the run."""
    if helper is None:
        yield from found
        return
    last = None
    for report in found:
        if last:
            yield last
        last = report
    helper.close()
    if last:
        fails = helper.failed and helper.setup.use == "on"
        said = tuple(Notice("LanguageTool", text, fails) for text in helper.notices)
        yield msgspec.structs.replace(last, notices=(*last.notices, *said))


class _Verdict:
    """Watches reports go by, and remembers whether the run fails."""

    def __init__(self, options: argparse.Namespace, jobs: Sequence[Job]) -> None:
        self._fail_on = {drafts.name(job.path): job.settings.fail_on for job in jobs}
        self._asked = options.fail_on
        self.found = self.failed = False

    def watch(self, found: Iterable[Report]) -> Iterator[Report]:
        for report in found:
            self.failed |= any(notice.failed for notice in report.notices)
            limit = self._asked or self._fail_on.get(report.name, "error")
            self.found |= any(fails(finding, limit) for finding in report.findings)
            yield report


def fails(finding: Finding, limit: str) -> bool:
    """Whether a finding fails a run that `limit` says when to fail."""
    return limit != "never" and rank(finding.level) >= rank(limit)  # type: ignore[arg-type]


def asked_jobs(
    options: argparse.Namespace, changed: "Changes | None" = None
) -> tuple[list[Job], list[Report]]:
    """The drafts to lint; and reports of the paths that are none."""
    config = asked_config(options)
    if config is None:
        Config.discover(Path.cwd())  # A broken one is an error, whatever the drafts.
    missing: list[Report] = []
    paths: list[Path] = []
    data: dict[Path, bytes] = {}
    for found in adoption.paths(options, changed):
        if isinstance(found, DraftError) and found.name == "-":
            path = Path(options.stdin_filename or "stdin.txt")
            data[path] = sys.stdin.buffer.read()
            paths.append(path)
        elif isinstance(found, DraftError):
            missing.append(Report(found.name, notices=(Notice("draft", found.message),)))
        else:
            paths.append(found)
    # The same object for the same settings, so that their rules are made ready once.
    asked: dict[int, Settings] = {}
    jobs = [
        Job(path, asked.setdefault(id(settings), asked_for(settings, options)), data.get(path))
        for path, settings in batch.settings_for(paths, config)
        if not settings.excluded
    ]
    jobs = adoption.touched(jobs, changed) if changed else jobs
    return with_archives(jobs, config, options.jobs), missing


def asked_for(settings: Settings, options: argparse.Namespace) -> Settings:
    """The settings with what the command line says."""
    if options.level:
        settings = settings._replace(level=options.level)
    if options.archive is not None:
        settings = settings._replace(archive=options.archive)
    if options.languagetool:
        setup = msgspec.structs.replace(settings.languagetool, use=options.languagetool)
        settings = settings._replace(languagetool=setup)
    return settings


def say_notices(jobs: Sequence[Job], cache: Cache | None = None) -> bool:
    """Prints what is wrong with rules, once each; whether any of it means that one did not run."""
    resolved = {id(job.settings.resolver): job.settings for job in jobs}
    notices = dict.fromkeys(
        notice for settings in resolved.values() for notice in _notices(settings, cache)
    )
    for notice in notices:
        print(f"newslint: {notice.message}", file=sys.stderr)
    return any(notice.failed for notice in notices)


def _notices(settings: Settings, cache: Cache | None) -> tuple[Notice, ...]:
    """What is wrong with the rules; where the cache knows that nothing is, they are not read."""
    if cache and cache.is_sound(settings):
        return ()
    if cache and not settings.notices:
        cache.keep_sound(settings)
    return settings.notices


def _progress(found: Iterator[Report], count: int, options: argparse.Namespace) -> Iterator[Report]:
    for_people = sys.stderr.isatty() and not options.quiet
    if count < _LONG_RUN or not for_people:
        yield from _named(found) if options.verbose else found
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(found, "checking", total=count, console=console, transient=True)


def _named(found: Iterator[Report]) -> Iterator[Report]:
    for report in found:
        print(f"newslint: checked {report.name}", file=sys.stderr)
        yield report


def shown(options: argparse.Namespace) -> reports.Options:
    """What the options, the terminal and the environment say of the look of a report."""
    width = shutil.get_terminal_size((100, 24)).columns
    return reports.Options(
        color=_wants_color(options),
        width=max(40, width),
        scores=options.readability,
        statistics=options.statistics,
        quiet=options.quiet,
    )


def _wants_color(options: argparse.Namespace) -> bool:
    """What `--color` says; else NO_COLOR and FORCE_COLOR; else whether it is a terminal."""
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return options.output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class _Rules(Mapping[str, Rule]):
    """The rules of all drafts, by id; they are made when a report asks for the first."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._settings = {id(job.settings): job.settings for job in jobs}

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for each in self._settings.values() for rule in each.rules}

    def __getitem__(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


def _write_also(
    seen: Sequence[Report], also: Sequence[tuple[str, str]], shown: reports.Options
) -> None:
    for name, file in also:
        _write(reports.writer(name)(seen, shown), file)


def _write(lines: Iterable[str], output: str | None) -> None:
    if output is None:
        for line in lines:
            print(line)
        return
    text = "".join(f"{line}\n" for line in lines)
    try:
        if output == os.environ.get("GITHUB_STEP_SUMMARY"):
            _append(Path(output), text)
        else:
            files.write(Path(output), text)
    except OSError as error:
        raise NewslintError(output, f"cannot be written: {error.strerror}") from None


def _append(path: Path, text: str) -> None:
    """Adds to a file that other commands of the same step write to as well."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
