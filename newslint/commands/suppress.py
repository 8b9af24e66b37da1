"""`newslint suppress`: comments written into drafts that keep findings back."""

import argparse

from newslint.batch import Job
from newslint.commands import CLEAN, FAILED, FOUND
from newslint.commands.rewriting import Changed, Run, line
from newslint.engine import Linter
from newslint.errors import ConfigError
from newslint.findings import Report
from newslint.suppressions import Suppressor

_ENDS = ("--", "\n", "\r", ">")
"""What must not stand in a comment."""


def run(options: argparse.Namespace) -> int:
    """Silences what is found in drafts; the exit code says whether anything is left."""
    reason = options.reason.strip()
    if any(end in reason for end in _ENDS):
        raise ConfigError("--reason", "has `--`, `>` or a line break in it, expected a few words")
    run = Run(options, lambda report, job: _silenced(report, job, reason))
    for rewritten in run.drafts(write=True):
        if (rewritten.answered or rewritten.left) and not options.quiet:
            print(line(rewritten, "suppressed"), flush=True)
    if not options.quiet:
        print(run.summary("suppressed"))
    if run.failed:
        return FAILED
    return FOUND if run.left else CLEAN


def _silenced(report: Report, job: Job, reason: str) -> Changed:
    assert report.document
    suppressor = Suppressor(Linter(job.settings.rules), reason)
    done = suppressor.suppress(report.document, job.settings.level)
    return Changed(done.document, done.suppressed)
