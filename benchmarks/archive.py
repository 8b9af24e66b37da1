"""Times newslint on an archive in git: all anew, then with nothing changed, then with one change.

    python benchmarks/archive.py [DRAFTS] > benchmarks/runs/DATE-archive.md

The drafts are sentences of the seeds, some with defects, shuffled. Whole processes; medians.
"""

import datetime
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SEEDS = Path(__file__).parents[1] / "seeds"
ROUNDS = 5
DRAFTS = 3000


def main(drafts: int) -> None:
    """Prints the report."""
    print(f"# Benchmark of {datetime.date.today()}: an archive\n")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.\n")
    with tempfile.TemporaryDirectory() as folder:
        size = _make(Path(folder), drafts)
        print(f"{drafts:,} drafts of {size / drafts:,.0f} bytes in a git repository.\n")
        print("| run | seconds | of the processor |\n|---|---|---|")
        for name, cost in _times(Path(folder)):
            print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} |", flush=True)
        cache = Path(folder, ".cache", "newslint.sqlite")
        print(f"\nThe cache has {cache.stat().st_size / drafts:,.0f} bytes a draft.")


def _make(folder: Path, drafts: int) -> int:
    chance = random.Random(7)
    sentences = _sentences()
    size = 0
    for number in range(drafts):
        chosen = chance.sample(sentences, 24)
        path = folder / f"{number // 100:02}" / f"{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        paragraphs = (" ".join(chosen[start : start + 3]) for start in range(0, len(chosen), 3))
        size += path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    (folder / ".gitignore").write_text("*.bak\n", encoding="utf-8")
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *_WHO, *command], cwd=folder, check=True)
    return size


_WHO = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")


def _sentences() -> list[str]:
    paths = [path for path in sorted(SEEDS.iterdir()) if path.suffix in (".md", ".txt")]
    text = " ".join(path.read_text(encoding="utf-8") for path in paths)
    return sorted({found.strip() for found in re.findall(r"[A-Z][^.\n“”\"]{40,}\.", text)})


def _times(folder: Path) -> Iterator[tuple[str, "Cost"]]:
    check = [sys.executable, "-m", "newslint", "check", "--exit-zero"]
    json, one = [*check, "--format", "json"], [*check, "--format", "json", "00/0001.md"]
    yield "`python -c pass`", _cost(folder, [sys.executable, "-c", "pass"])
    yield "all, into an empty cache", _cost(folder, json, rounds=1)
    yield "nothing changed, `--format json`", _cost(folder, json)
    yield "nothing changed, in the terminal", _cost(folder, check)
    yield "nothing changed, `--changed=main`", _cost(folder, [*check, "--changed=main"])
    yield "one draft, `--no-cache`", _cost(folder, [*one, "--no-cache"])
    yield "one draft, nothing changed", _cost(folder, one)
    changed = folder / "00" / "0001.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")
    yield "all, one draft changed", _cost(folder, json, rounds=1)


class Cost(NamedTuple):
    """Seconds of the clock, and of the processor."""

    wall: float
    cpu: float


def _cost(folder: Path, command: Sequence[str], rounds: int = ROUNDS) -> Cost:
    costs = [_once(folder, command) for _ in range(rounds)]
    return Cost(*(statistics.median(column) for column in zip(*costs)))


def _once(folder: Path, command: Sequence[str]) -> Cost:
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(folder / ".cache")}
    start, spent = time.perf_counter(), _spent()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return Cost(time.perf_counter() - start, _spent() - spent)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAFTS)
