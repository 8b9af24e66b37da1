"""What `newslint check` passes over: findings of the baseline, and lines that did not change."""

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newslint import drafts, formats
from newslint.batch import Job
from newslint.errors import DraftError, NewslintError
from newslint.findings import Level, Report, rank

if TYPE_CHECKING:  # A run without them imports neither.
    from newslint.baseline import Baseline
    from newslint.changes import Changes


def asked_changes(options: argparse.Namespace) -> "Changes | None":
    """The changes that the options ask for. Raises NewslintError."""
    if not options.staged and options.changed is None:
        return None
    from newslint import changes

    if options.staged:
        return changes.staged()
    return changes.since("" if _is_path(options) else options.changed)


def _is_path(options: argparse.Namespace) -> bool:
    """Whether what stands after `--changed` is a path, as with git: there, and no commit."""
    from newslint import changes

    named = options.changed
    return bool(named) and os.path.lexists(named) and not changes.commit(named)


def paths(options: argparse.Namespace, changed: "Changes | None") -> Iterator[Path | DraftError]:
    """The drafts that the paths name; those that were deleted on purpose are not missed."""
    staged = list(changed.only_staged()) if changed else []
    more = [options.changed] if changed and not options.staged and _is_path(options) else []
    asked = [*more, *options.paths] or ["."]
    for found in drafts.find(asked, gitignore=not options.no_gitignore):
        missed = isinstance(found, DraftError) and found.name != "-"
        if not (missed and changed and _explained(found.name, changed)):
            yield found
    yield from (path for path in staged if _asked_for(path, asked))


def touched(jobs: Sequence[Job], changed: "Changes") -> list[Job]:
    """The jobs of drafts that changed, with their staged text if that is asked for."""
    left = [job for job in jobs if job.data is not None or changed.of(job.path)]
    texts = changed.texts([job.path for job in left if job.data is None])
    return [job._replace(data=texts.get(job.path, job.data)) for job in left]


def _explained(name: str, changed: "Changes") -> bool:
    """Whether git says why a draft is not there: deleted, or staged and then deleted."""
    path = changed.path(Path(name))
    return path in changed.gone or path in (changed.staged or ())


def _asked_for(draft: Path, asked: Sequence[str]) -> bool:
    """Whether one of the paths names the draft, or a folder above it where it would be found."""
    named = [draft.absolute(), *draft.absolute().parents]
    if draft.suffix.lower() not in formats.extensions():
        named = named[:1]
    return any(Path(os.path.abspath(path)) in named for path in asked)


class Baselines:
    """The baselines of a run: the one that is asked for, or each draft's own."""

    def __init__(
        self, options: argparse.Namespace, jobs: Sequence[Job], helped: Callable[[], bool]
    ) -> None:
        self._writes = options.write_baseline or options.grow_baseline
        self._grows = options.grow_baseline
        self._helped = helped
        self._settings = {drafts.name(job.path): job.settings for job in jobs}
        asked = Path(options.baseline) if options.baseline else None
        names = {drafts.name(job.path): asked or job.settings.baseline for job in jobs}
        files = sorted({path for path in [asked, *names.values()] if path})
        if self._writes and not files:
            raise NewslintError("--write-baseline", "into which file? Add --baseline FILE")
        self._all = {path: self._baseline(path) for path in files}
        self._of = {name: self._all[path] for name, path in names.items() if path}

    def watch(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The reports, without the findings that are known."""
        gone = sum(baseline.take_gone() for baseline in self._all.values())
        for report in reports:
            baseline = self._of.get(report.name)
            passed = baseline.passed(report) if baseline else report
            unused = 0 if self._writes else passed.unused + gone
            yield msgspec.structs.replace(passed, unused=unused)
            gone = 0

    def write(self) -> Iterator[str]:
        """Writes the files, if that is asked for; what was written. Raises BaselineError."""
        for path, baseline in self._all.items() if self._writes else ():
            count = baseline.write()
            yield f"{path}: {count:,} finding{'' if count == 1 else 's'}"

    def _baseline(self, path: Path) -> "Baseline":
        from newslint.baseline import Baseline, BaselineError

        if not (self._writes or path.exists()):
            raise BaselineError(str(path), "no such file; --write-baseline makes it")
        return Baseline(path, asked=self._asked, grows=self._grows or not path.exists())

    def _asked(self, draft: Path, rule: str, level: Level) -> bool:
        settings = self._settings[str(draft)]
        if rule.startswith("LanguageTool.") and not self._helped():
            return False
        return settings.resolver.chosen(rule) and rank(level) >= rank(settings.level)
