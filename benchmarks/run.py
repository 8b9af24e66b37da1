"""Times newslint as its users run it, on the seeds, and prints a Markdown report.

    python benchmarks/run.py > benchmarks/runs/DATE.md

Cold: whole processes, in turn with `python -c pass`, so that the comparison holds when the speed of
the machine drifts. Warm: one process, one core. Figures differ by machine; ratios hold better.
"""

import datetime
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLE = SEEDS / "clean-council.md"
ROUNDS = 15


def main() -> None:
    """Prints the report."""
    print(f"# Benchmark of {datetime.date.today()}\n")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.")
    print(f"Medians of {ROUNDS} rounds, in turn.\n")
    _cold()
    _warm()


def _cold() -> None:
    check = [sys.executable, "-m", "newslint", "check", "--isolated", "--exit-zero"]
    commands = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`check --format json`, one article": [*check, "--format", "json", str(ARTICLE)],
        "`check`, one article": [*check, str(ARTICLE)],
        "`check --format json`, all seeds": [*check, "--format", "json", str(SEEDS)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS + 1):
        for name, command in commands.items():
            times[name].append(_seconds(command))
    print("| process | wall, ms | against `python -c pass` |\n|---|---|---|")
    bare = statistics.median(times["`python -c pass`"][1:])
    for name, seconds in times.items():
        median = statistics.median(seconds[1:])
        print(f"| {name} | {median * 1000:.0f} | {median / bare:.1f} × |")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nPeak memory of these processes: {peak:.0f} MB.\n")


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _warm() -> None:
    from newslint import formats
    from newslint.config import Config
    from newslint.engine import Linter

    linter = Linter(Config.default().settings(ARTICLE).rules)
    article = _article()
    linter.lint(formats.read(article, "warm-up.txt"))
    costs: dict[str, float] = {}
    spent = []
    for number in range(ROUNDS):
        document = formats.read(article, f"{number}.txt")
        start = time.process_time()
        linter.lint(document)
        spent.append(time.process_time() - start)
    for rule in linter.rules:
        costs[rule.id] = _rule_cost(Linter([rule]), article)
    median = statistics.median(spent)
    print(f"Warm, one core: an article of {len(article)} bytes in {median * 1000:.1f} ms,")
    print(f"{1 / median:.0f} articles a second, with {len(linter.rules)} rules.\n")
    print("| rule | ms an article |\n|---|---|")
    for rule_id, cost in sorted(costs.items(), key=lambda pair: -pair[1])[:15]:
        print(f"| {rule_id} | {cost * 1000:.2f} |")


def _rule_cost(linter: "Linter", article: bytes) -> float:  # noqa: F821
    from newslint import formats

    document = formats.read(article, "article.txt")
    linter.lint(document)
    return min(_lint_seconds(linter, document) for _ in range(3))


def _lint_seconds(linter: "Linter", document: "Document") -> float:  # noqa: F821
    start = time.process_time()
    linter.lint(document)
    return time.process_time() - start


def _article() -> bytes:
    """Text of our own of about 6,000 characters, half of it without defects."""
    names = ("clean-council.md", "clean-storm.txt", "ferry-spun.txt", "election-wire.txt")
    return b"\n\n".join((SEEDS / name).read_bytes() for name in names)


if __name__ == "__main__":
    main()
