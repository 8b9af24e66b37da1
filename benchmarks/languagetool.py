"""Times newslint with LanguageTool beside plain language-tool-python, and prints a Markdown report.

    python benchmarks/languagetool.py [FOLDER] > benchmarks/runs/languagetool-2026-11-25.md

FOLDER holds the drafts of the second table; without it 200 are made from the seeds. All runs use
the LanguageTool that `newslint languagetool install` put here, and caches of their own. Rounds are
taken in turn, so that the comparison holds when the speed of the machine drifts.
"""

import datetime
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from newslint.languagetool import installation
from newslint.languagetool.installation import Installation

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLE = SEEDS / "clean-storm.txt"
COLD, WARM = 3, 7
DRAFTS = 200

PLAIN_COLD = """
import sys, language_tool_python
tool = language_tool_python.LanguageTool("en-US")
tool.check(open(sys.argv[1], encoding="utf-8").read())
tool.close()
"""
PLAIN_WARM = """
import sys, language_tool_python
tool = language_tool_python.LanguageTool("en-US", remote_server=sys.argv[2])
tool.check(open(sys.argv[1], encoding="utf-8").read())
"""


def main(arguments: Sequence[str]) -> None:
    """Prints the report."""
    found = installation.find()
    if found is None:
        sys.exit("LanguageTool is not installed: newslint languagetool install --from maven")
    print(f"# LanguageTool, {datetime.date.today()}\n")
    print(f"LanguageTool {found.version}, Python {platform.python_version()}, ", end="")
    print(f"{platform.machine()}, {os.cpu_count()} cores. Seconds of wall time, medians.\n")
    with tempfile.TemporaryDirectory() as folder:
        _one_draft(found, Path(folder))
        _repository(Path(folder), Path(arguments[0]) if arguments else None)


def _one_draft(found: Installation, folder: Path) -> None:
    plain = {**os.environ, "LTP_PATH": str(_as_download(found, folder / "ltp"))}
    times: dict[str, list[float]] = {"plain, cold": [], "newslint, cold": []}
    for number in range(COLD):
        times["plain, cold"].append(_seconds(_python(PLAIN_COLD, str(ARTICLE)), plain))
        own = _environment(folder / f"cold-{number}")
        times["newslint, cold"].append(_seconds(_check(str(ARTICLE)), own))
        _newslint("stop", own)
    own = _environment(folder / "warm")
    _seconds(_check(str(ARTICLE)), own)
    times |= _warm(folder, own, plain)
    _newslint("stop", own)
    print(f"One draft of {len(ARTICLE.read_text(encoding='utf-8').split())} words:\n")
    print("| what | language-tool-python | newslint, its own rules included |\n|---|---|---|")
    for name, one, other in (
        ("cold: no server runs", "plain, cold", "newslint, cold"),
        ("warm: the server runs, the draft is new to it", "plain, warm", "newslint, warm"),
        ("again: the draft is unchanged", "plain, again", "newslint, again"),
    ):
        print(f"| {name} | {_median(times[one])} | {_median(times[other])} |")
    print()


def _warm(folder: Path, own: dict[str, str], plain: dict[str, str]) -> dict[str, list[float]]:
    """Both on the same server, with drafts that neither has seen, and with one that both have."""
    url = re.findall(r"http://\S+(?=,)", _newslint("status", own))[0]
    names = [f"{who}, {when}" for who in ("plain", "newslint") for when in ("warm", "again")]
    times: dict[str, list[float]] = {name: [] for name in names}
    text = ARTICLE.read_text(encoding="utf-8")
    for number in range(WARM):
        for who in ("plain", "newslint"):
            draft = folder / f"{who}-{number}.txt"
            draft.write_text(_changed(text, f"{who}{number}"), encoding="utf-8")
            plainly = _python(PLAIN_WARM, str(draft), url)
            command, where = (plainly, plain) if who == "plain" else (_check(str(draft)), own)
            times[f"{who}, warm"].append(_seconds(command, where))
            times[f"{who}, again"].append(_seconds(command, where))
    return times


def _repository(folder: Path, given: Path | None) -> None:
    drafts = folder / "drafts"
    texts = list(_given(given) if given else _made())
    own = _environment(folder / "repository")
    print(f"A repository of {len(texts)} drafts, {sum(len(t.split()) for t in texts):,} words:\n")
    print("| newslint check | seconds | requests |\n|---|---|---|")
    _write(drafts, texts)
    for name, change in (
        ("first run, server cold", None),
        ("unchanged", None),
        ("one word changed", lambda: _write(drafts, [_changed(texts[0], "once"), *texts[1:]])),
        ("a word changed in every paragraph", lambda: _write(drafts, _all_changed(texts))),
        ("`--languagetool off`", None),
    ):
        if change:
            change()
        before = _requests(own)
        use = "off" if "off" in name else "on"
        seconds = _seconds(_check(str(drafts), use=use), own)
        print(f"| {name} | {seconds:.2f} | {_requests(own) - before} |")
    _newslint("stop", own)


def _made() -> Iterator[str]:
    """Drafts of the paragraphs of the seeds, no two paragraphs quite the same."""
    chance = random.Random(1)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    paragraphs = [one for text in texts for one in text.split("\n\n") if len(one.split()) > 8]
    for number in range(DRAFTS):
        chosen = chance.sample(paragraphs, min(8, len(paragraphs)))
        yield "\n\n".join(f"{one} So says report {number}, part {at}."
                          for at, one in enumerate(chosen))  # fmt: skip


def _given(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt"))[:DRAFTS]:
        yield path.read_text(encoding="utf-8")


def _all_changed(texts: Sequence[str]) -> list[str]:
    """The same with a word put into each paragraph."""
    return ["\n\n".join(_changed(one, "now") for one in text.split("\n\n")) for text in texts]


def _changed(text: str, word: str) -> str:
    """The same with a word more, after the first."""
    return text.replace(" ", f" {word} ", 1)


def _write(folder: Path, texts: Sequence[str]) -> None:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text + "\n", encoding="utf-8")


def _as_download(found: Installation, home: Path) -> Path:
    """The same jars where language-tool-python looks: one jar that points to all of them."""
    urls = " ".join(jar.resolve().as_uri() for jar in sorted(found.folder.glob("*.jar")))
    line, lines = f"Class-Path: {urls}", []
    while line:  # A line of a manifest has 72 bytes at most; those that go on begin with a space.
        lines.append(line[:70])
        line = f" {line[70:]}" if line[70:] else ""
    manifest = "\r\n".join(["Manifest-Version: 1.0", *lines, "", ""])
    release = home / "LanguageTool-6.8"
    release.mkdir(parents=True)
    with zipfile.ZipFile(release / "languagetool-server.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest)
    return home


def _environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(cache)}


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def _check(path: str, use: str = "on") -> list[str]:
    options = ["--isolated", "--exit-zero", "--format", "concise", "--languagetool", use]
    return [sys.executable, "-m", "newslint", "check", *options, path]


def _newslint(action: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "newslint", "languagetool", action]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    ).stdout


def _requests(environment: dict[str, str]) -> int:
    return _newslint("logs", environment).count("Handling POST")


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _median(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
