"""`newslint check`: drafts in, a report out."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newslint import batch, drafts, files, reports
from newslint.batch import Job
from newslint.commands import CLEAN, FAILED, FOUND
from newslint.commands.archives import with_archives
from newslint.commands.selection import asked_config
from newslint.config import Config, Settings
from newslint.errors import DraftError, NewslintError
from newslint.findings import Finding, Notice, Report, rank
from newslint.rule import Rule

if TYPE_CHECKING:
    from newslint.languagetool.checker import Checker

_LONG_RUN = 40


def run(options: argparse.Namespace) -> int:
    """Checks drafts and prints a report; the exit code."""
    jobs, missing = asked_jobs(options)
    notices = say_notices(jobs)
    formats = [options.format, *(name for name, _ in options.also)]
    wants_scores = options.readability or any(map(reports.wants_scores, formats))
    helper = _helper(jobs)
    linted = batch.lint_all(jobs, options.jobs, scores=wants_scores, helper=helper)
    found = _progress(_with_notices(linted, helper), len(jobs), options)
    verdict = _Verdict(options, jobs)
    seen: Iterable[Report] = verdict.watch([*missing, *found])
    look = shown(options)._replace(rules=_rules(jobs), summary="summary" in formats)
    if options.also:
        seen = list(seen)
        plain = reports.Options(rules=look.rules, summary=look.summary)
        _write_also(seen, options.also, plain)
    _write(reports.writer(options.format)(seen, look), options.output)
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


def asked_jobs(options: argparse.Namespace) -> tuple[list[Job], list[Report]]:
    """The drafts to lint; and reports of the paths that are none."""
    config = asked_config(options)
    if config is None:
        Config.discover(Path.cwd())  # A broken one is an error, whatever the drafts.
    missing: list[Report] = []
    paths: list[Path] = []
    data: dict[Path, bytes] = {}
    for found in drafts.find(options.paths, gitignore=not options.no_gitignore):
        if isinstance(found, DraftError) and found.name == "-":
            path = Path(options.stdin_filename or "stdin.txt")
            data[path] = sys.stdin.buffer.read()
            paths.append(path)
        elif isinstance(found, DraftError):
            missing.append(Report(found.name, notices=(Notice("draft", found.message),)))
        else:
            paths.append(found)
    # The same object for the same settings, so that their rules are made ready once.
    changed: dict[int, Settings] = {}
    jobs = [
        Job(path, changed.setdefault(id(settings), asked_for(settings, options)), data.get(path))
        for path, settings in batch.settings_for(paths, config)
        if not settings.excluded
    ]
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


def say_notices(jobs: Sequence[Job]) -> bool:
    """Prints what is wrong with rules, once each; whether any of it means that one did not run."""
    notices = dict.fromkeys(notice for job in jobs for notice in job.settings.notices)
    for notice in notices:
        print(f"newslint: {notice.message}", file=sys.stderr)
    return any(notice.failed for notice in notices)


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


def _rules(jobs: Sequence[Job]) -> dict[str, Rule]:
    """The rules of all drafts, by id; jobs with the same settings share the object."""
    settings = {id(job.settings): job.settings for job in jobs}
    return {rule.id: rule for each in settings.values() for rule in each.rules}


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
