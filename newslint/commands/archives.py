"""The archives that drafts are in, read for the commands that ask for them."""

import sys
from collections.abc import Sequence
from pathlib import Path

from newslint import batch, drafts, index
from newslint.archive import Archive
from newslint.batch import Job
from newslint.config import Config


def with_archives(jobs: Sequence[Job], config: Config | None, processes: int) -> list[Job]:
    """The jobs, with an archive where rules that apply ask for one."""
    archives: dict[Path, Archive] = {}
    return [
        job._replace(archive=_archive(index.root(job.path), archives, config, processes))
        if job.settings.archive and any(rule.asks_archive for rule in job.settings.rules)
        else job
        for job in jobs
    ]


def read(root: Path, paths: Sequence[Path], processes: int = 0, *, part: bool = False) -> Archive:
    """The archive of some drafts; what is wrong with its index is said on the way."""
    found = index.read(root, paths, processes, part=part)
    for notice in found.notices:
        print(f"newslint: {notice}", file=sys.stderr)
    return found.archive


def drafts_below(paths: Sequence[str], config: Config | None) -> list[Path]:
    """The drafts that paths name, those left out that the configuration excludes."""
    found = [path for path in drafts.find(paths) if isinstance(path, Path)]
    return [
        path for path, nearest in batch.configs_for(found, config) if not nearest.excludes(path)
    ]


def _archive(
    root: Path, archives: dict[Path, Archive], config: Config | None, processes: int
) -> Archive:
    if root not in archives:
        archives[root] = read(root, drafts_below([str(root)], config), processes)
    return archives[root]
