"""`newslint fix`: findings answered in the drafts themselves."""

import argparse
import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from newslint import batch, fixes, formats
from newslint.batch import Job
from newslint.commands import CLEAN, FAILED, FOUND
from newslint.commands.archives import with_archives
from newslint.commands.check import asked_for, fails, say_notices
from newslint.commands.rewriting import Change, Changed, Rewritten, Run, line, rewrite
from newslint.commands.selection import asked_config
from newslint.config import Settings
from newslint.errors import ConfigError, DraftError
from newslint.findings import Report
from newslint.fixes import Fixer

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def run(options: argparse.Namespace) -> int:
    """Fixes drafts, or shows what it would fix; the exit code."""
    if "-" in options.paths:
        return _filter(options)
    fixers = _Fixers()
    if options.interactive:
        from newslint.commands.asking import Asking

        return _fix(options, Asking(options, fixers.of).change, fixers)
    if options.diff:
        return _diff(options, _change(options, fixers))
    return _fix(options, _change(options, fixers), fixers)


class _Fixers:
    """A fixer for each settings, made ready once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Settings, Fixer]] = {}

    def of(self, job: Job) -> Fixer:
        settings = job.settings
        if id(settings) not in self._made:
            self._made[id(settings)] = settings, Fixer(settings.rules)
        return self._made[id(settings)][1]


def _change(options: argparse.Namespace, fixers: _Fixers) -> Change:
    def change(report: Report, job: Job) -> Changed:
        assert report.document
        level = job.settings.level
        done = fixers.of(job).settle(report.document, unsafe=options.unsafe, level=level)
        trouble = "" if done.settled else f"still not settled after {fixes.PASSES} passes"
        return Changed(done.document, done.fixed, trouble)

    return change


def _fix(options: argparse.Namespace, change: Change, fixers: _Fixers) -> int:
    run = Run(options, change)
    unsafe = by_hand = 0
    for job, rewritten in zip(run.jobs, run.drafts(write=True)):
        if (rewritten.answered or rewritten.left) and not options.quiet:
            print(line(rewritten, "fixed"), flush=True)
        if document := rewritten.after:
            left = [one for one in rewritten.left if fixes.applicable(document, one)]
            unsafe += len(list(fixers.of(job).unread(left, unsafe=True)))
            by_hand += len(left)
    if not options.quiet:
        print(run.summary("fixed"), *_hints(options, unsafe, by_hand), sep="\n")
    return run.code


def _hints(options: argparse.Namespace, unsafe: int, by_hand: int) -> Iterator[str]:
    """What more can be had."""
    if unsafe and not options.unsafe and not options.interactive:
        yield f"With --unsafe, {unsafe} more could be fixed; look at them first: --unsafe --diff."
    if by_hand and not options.interactive:
        yield f"With --interactive, you are asked about {by_hand}."


def _diff(options: argparse.Namespace, change: Change) -> int:
    run = Run(options, change)
    for rewritten in run.drafts(write=False):
        sys.stdout.buffer.write("".join(_unified(rewritten)).encode())
    sys.stdout.buffer.flush()
    if not options.quiet:
        print(run.summary("would be fixed"), file=sys.stderr)
    if run.failed:
        return FAILED
    return FOUND if run.touched else CLEAN


def _unified(rewritten: Rewritten) -> Iterator[str]:
    """The change, as `patch` and `git apply -p0` take it."""
    if not rewritten.differs or rewritten.before is None:
        return
    before = _LINE.findall(rewritten.before.source)
    after = _LINE.findall(rewritten.source)
    name = rewritten.name
    for text in difflib.unified_diff(before, after, name, name):
        yield text if text.endswith("\n") else f"{text}\n\\ No newline at end of file\n"


def _filter(options: argparse.Namespace) -> int:
    """Standard input, fixed, to standard output; untouched where there is trouble."""
    if options.paths != ["-"] or options.interactive or options.diff:
        raise ConfigError("-", "goes alone, without other paths, --interactive or --diff")
    data = sys.stdin.buffer.read()
    path = Path(options.stdin_filename or "stdin.txt")
    ((_, settings),) = batch.settings_for([path], asked_config(options))
    job = Job(path, asked_for(settings, options), data)
    (job,) = with_archives([job], asked_config(options), options.jobs)
    failed = say_notices([job])
    rewritten = _piped(job, options)
    text = formats.encode(rewritten.source, data) if rewritten.after else data
    sys.stdout.buffer.write(text)
    for trouble in rewritten.trouble:
        print(f"newslint: {path}: {trouble}", file=sys.stderr)
    if not options.quiet and not rewritten.trouble:
        print(line(rewritten, "fixed"), file=sys.stderr)
    if failed or rewritten.trouble:
        return FAILED
    limit = options.fail_on or settings.fail_on
    return FOUND if any(fails(finding, limit) for finding in rewritten.left) else CLEAN


def _piped(job: Job, options: argparse.Namespace) -> Rewritten:
    if job.settings.excluded:
        return Rewritten(str(job.path))
    try:
        return rewrite(job, _change(options, _Fixers()), None)
    except DraftError as error:
        return Rewritten(str(job.path), trouble=(error.message,))
