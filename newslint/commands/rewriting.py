"""What commands that write drafts share: read whole, changed, written back whole or not at all."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint import batch, drafts, files, formats
from newslint.batch import Job
from newslint.commands import CLEAN, FAILED, FOUND
from newslint.commands.check import asked_jobs, fails, say_notices
from newslint.errors import DraftError
from newslint.findings import Finding, Report
from newslint.text import Document


class Changed(NamedTuple):
    """A draft after a change, how many findings that answered, and what went wrong."""

    document: Document
    answered: int
    trouble: str = ""


Change = Callable[[Report, Job], Changed]
"""What to make of a draft that has findings."""


class Rewritten(NamedTuple):
    """What became of a draft; without documents where it could not be read, or had no findings."""

    name: str
    before: Document | None = None
    after: Document | None = None
    answered: int = 0
    left: tuple[Finding, ...] = ()
    trouble: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The new text."""
        return self.after.source if self.after else ""

    @property
    def differs(self) -> bool:
        """Whether anything was changed."""
        return self.before is not None and self.before.source != self.source


class Run:
    """Drafts rewritten one by one; counts what comes of it."""

    def __init__(self, options: argparse.Namespace, change: Change) -> None:
        self._options, self._change = options, change
        self.jobs, self._missing = asked_jobs(options)
        self.failed = say_notices(self.jobs) or bool(self._missing)
        self.answered = self.left = self.touched = 0
        self._found = False

    def drafts(self, *, write: bool) -> Iterator[Rewritten]:
        """What becomes of each draft; with `write`, it is so already."""
        for report in self._missing:
            _say(report.name, (notice.message for notice in report.notices))
        for job, report in zip(self.jobs, batch.lint_all(self.jobs, self._options.jobs)):
            rewritten = self._rewritten(job, report, write)
            self._count(job, rewritten)
            yield rewritten

    @property
    def code(self) -> int:
        """The exit code, when all is done."""
        if self.failed:
            return FAILED
        return FOUND if self._found else CLEAN

    def summary(self, verb: str) -> str:
        """One sentence that says how it stands."""
        if not self.jobs:
            return "No drafts here."
        count = plural(len(self.jobs), "draft")
        where = count if self.touched == len(self.jobs) else f"{self.touched} of {count}"
        said = f"{plural(self.answered, 'finding')} {verb} in {where}"
        if not self.answered:
            said = f"Nothing {verb} in {count}"
        return f"{said}, {self.left} left." if self.left else f"{said}."

    def _rewritten(self, job: Job, report: Report, write: bool) -> Rewritten:
        if not report.findings:
            return Rewritten(report.name, trouble=_trouble(report))
        try:
            return rewrite(job, self._change, self._options.paths if write else None)
        except DraftError as error:
            place = f"line {error.line}: " if error.line else ""
            return Rewritten(report.name, left=report.findings, trouble=(place + error.message,))

    def _count(self, job: Job, rewritten: Rewritten) -> None:
        _say(rewritten.name, rewritten.trouble)
        limit = self._options.fail_on or job.settings.fail_on
        self.failed |= bool(rewritten.trouble)
        self._found |= any(fails(finding, limit) for finding in rewritten.left)
        self.answered += rewritten.answered
        self.left += len(rewritten.left)
        self.touched += rewritten.differs


def rewrite(job: Job, change: Change, named: Sequence[str] | None) -> Rewritten:
    """Reads a draft, changes it, and writes it where paths are `named`. Raises DraftError."""
    name = drafts.name(job.path)
    data = job.data if job.data is not None else drafts.read(job.path)
    report = batch.lint(job._replace(data=data), scores=False)
    before = report.document
    if before is None or formats.encode(before.source, data) != data:
        message = "cannot be written back byte for byte; save it as UTF-8"
        raise DraftError(name, "; ".join(_trouble(report)) or message)
    if job.data is None:
        _guard_link(job.path, named or [str(job.path)])
    changed = change(report, job)
    after = formats.encode(changed.document.source, data)
    if after != data and named is not None:
        _write(job.path, data, after)
    left = batch.lint(job._replace(data=after), scores=False) if after != data else report
    trouble = (*_trouble(left), *filter(None, [changed.trouble]))
    return Rewritten(name, before, changed.document, changed.answered, left.findings, trouble)


def line(rewritten: Rewritten, verb: str) -> str:
    """What became of a draft, for people."""
    counts = ((rewritten.answered, verb), (len(rewritten.left), "left"))
    return f"{rewritten.name}: " + ", ".join(f"{count} {what}" for count, what in counts if count)


def plural(count: int, noun: str) -> str:
    """A count and its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _write(path: Path, before: bytes, after: bytes) -> None:
    if drafts.read(path) != before:
        raise DraftError(str(path), "was changed meanwhile, and left alone; run newslint again")
    try:
        files.write(path, after)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DraftError(str(path), f"cannot be written, and was left alone: {reason}") from None


def _guard_link(path: Path, named: Sequence[str]) -> None:
    """A link that was found in a folder, but leads out of it, is nothing one asked to change."""
    target = path.resolve()
    if path.is_symlink() and not any(target.is_relative_to(Path(name).resolve()) for name in named):
        message = f"is a link to {target}, and was left alone; to change that draft, name it"
        raise DraftError(str(path), message)


def _trouble(report: Report) -> tuple[str, ...]:
    notices = (notice for notice in report.notices if notice.failed)
    return tuple(
        notice.message if notice.source == "draft" else f"{notice.source}: {notice.message}"
        for notice in notices
    )


def _say(name: str, messages: Iterator[str] | Sequence[str]) -> None:
    for message in messages:
        print(f"newslint: {name}: {message}", file=sys.stderr)
