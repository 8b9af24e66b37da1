"""Against the real server, started by newslint itself: what must hold whatever its release.

Only names of rules that are stable are relied upon, never counts or wording.
"""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from newslint import formats, styles
from newslint.config import Config
from newslint.engine import Linter
from newslint.examples import failures
from newslint.languagetool import annotation, server
from newslint.languagetool.checker import Checker
from newslint.languagetool.client import Client
from newslint.languagetool.installation import Installation
from newslint.languagetool.setup import Setup
from newslint.rule import Rule
from newslint.text import Document

pytestmark = pytest.mark.languagetool

ROOT = Path(__file__).parents[2]
RULES = [rule for rule in styles.shipped_rules() if rule.judges_remarks]
SLOW = 60
NOISE = 1.5
"""Findings per 1,000 words that edited text may get at the default level."""


@contextlib.contextmanager
def checking(**keys: object):  # type: ignore[no-untyped-def]
    checker = Checker(Setup(**keys))  # type: ignore[arg-type]
    try:
        yield checker
    finally:
        checker.close()
        assert checker.notices == ()


def servers(folder: Path) -> list[int]:
    """The Java processes whose cache is below a folder."""
    listed = subprocess.run(
        ["ps", "-Aww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    )
    lines = [
        line for line in listed.stdout.splitlines() if str(folder) in line and "HTTPServer" in line
    ]
    return [int(line.split()[0]) for line in lines if "supervisor.py" not in line]


def wait_until(holds: Callable[[], object], seconds: float = SLOW) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def own_server(installed: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A folder whose server is started by the test, and is gone after it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / ".newslint.yml").write_text("languagetool: {use: on, idle: 2}\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("He have said so.\n", encoding="utf-8")
    yield tmp_path
    left = servers(tmp_path)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert not left, "a server was left behind"


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "newslint", "check", "--format", "concise", *arguments]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_hold(real: Installation, rule: Rule) -> None:
    with checking() as checker:
        assert list(failures(rule, checker.prepared)) == []


TYPOS = ("goverment", "recieve", "wierd")
PIECES = (
    "The mayor met her.", "😀", "👩‍👩‍👧", "e\u0301", "🇬🇧", "**bold 🎉 words**", "*it*", "`some_code()`",
    "[a link](https://example.org/😀)", "“quoted”", "漢字", "&amp;", "\u00a0", "<b>tag</b>", "# not a head",
)  # fmt: skip


def markdown(chance: random.Random) -> str:
    def paragraph() -> str:
        pieces = chance.choices(PIECES, k=chance.randint(2, 8))
        pieces.insert(chance.randint(0, len(pieces)), chance.choice(TYPOS))
        return chance.choice(("", "# ", "- ", "> ")) + " ".join(pieces)

    return chance.choice(("\n\n", "\r\n\r\n")).join(paragraph() for _ in range(6)) + "\n"


def test_spans_are_exact_whatever_the_markup(real: Installation) -> None:
    chance = random.Random(7)
    with checking() as checker:
        for number in range(15):
            source = markdown(chance)
            document = formats.read(source.encode(), f"{number}.md")
            spans = [document.to_source(r.span) for r in checker.prepared(document).remarks
                     if r.id.startswith("MORFOLOGIK")]  # fmt: skip
            found = [source[slice(*span)] for span in spans]
            planted = re.findall("|".join(TYPOS), source)
            assert [word for word in found if word in TYPOS] == planted


def test_html_is_exact(real: Installation) -> None:
    source = "<html><body><p>The <b>gover</b>ment 😀 can&rsquo;t <a href='x'>recieve</a> it.</p></body></html>"
    with checking() as checker:
        document = checker.prepared(formats.read(source.encode(), "a.html"))
    spans = [document.to_source(remark.span) for remark in document.remarks]
    assert [source[slice(*span)] for span in spans] == ["gover</b>ment", "recieve"]


def whole(client: Client, document: Document) -> set[tuple[int, int, str]]:
    """What the server says of all paragraphs sent as one plain text."""
    texts = [document.prose[slice(*block.span)] for block in document.blocks]
    text = "\n\n".join(texts)
    form = {"language": "en-US", "mode": "allButTextLevelOnly", "text": text}
    answer = json.loads(client._twice("POST", "check", form)[1])
    ends = ((m["offset"], m["offset"] + m["length"], m["rule"]["id"]) for m in answer["matches"])
    return {(*annotation.code_points(text, (start, end)), rule) for start, end, rule in ends}


def test_paragraph_by_paragraph_is_the_same_as_whole(
    real: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.languagetool import checker as module

    monkeypatch.setattr(module, "_BATCH", 1)
    client = Client(server.ensure(real, 900))
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        document = formats.read(path.read_bytes(), path.name)
        if "*" in document.prose:
            continue
        with checking() as checker:
            remarks = checker.prepared(document).remarks
        # Blocks follow each other with one break between, as the texts that `whole` joins.
        assert {(*remark.span, remark.id) for remark in remarks} == whole(client, document), (
            path.name
        )


def test_an_unchanged_draft_needs_no_server(real: Installation, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    def requests() -> int:
        return server.log(real).read_text(encoding="utf-8").count("Handling ")

    (tmp_path / "a.md").write_text(
        "He have never said what he mean.\n\nNobody knows.\n", encoding="utf-8"
    )
    command = ("check", "--languagetool", "on", "--isolated", "--format", "concise")
    first = run(*command)
    assert "[LanguageTool.Grammar]" in first.stdout
    before = requests()
    no_java = {"PATH": "/nowhere", "JAVA_HOME": "", "NEWSLINT_JAVA": ""}
    assert run(*command, **no_java).stdout == first.stdout
    assert requests() == before


def test_four_cold_runs_make_one_server_which_goes_when_idle(own_server: Path) -> None:
    for number in range(4):
        (own_server / f"{number}.md").write_text(
            f"He have said so, part {number}.\n", encoding="utf-8"
        )
    runs = [start(own_server, f"{number}.md") for number in range(4)]
    most = 0
    while any(run.poll() is None for run in runs):
        most = max(most, len(servers(own_server)))
        time.sleep(0.1)
    for run in runs:
        out, _ = run.communicate()
        assert out.count("[LanguageTool.Grammar]") == 1
        assert run.returncode == 0
    assert most == 1
    assert wait_until(lambda: not servers(own_server), 12), "it ends when idle"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_broken_off_leaves_nothing(own_server: Path, number: int) -> None:
    run = start(own_server, "a.md")
    assert wait_until(lambda: servers(own_server)), "the server is starting"
    broken_off = time.monotonic()
    run.send_signal(number)
    run.communicate()
    assert time.monotonic() - broken_off < 3, "the run does not wait for the server"
    assert wait_until(lambda: not servers(own_server)), "and the server does not outlive its use"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_no_server_without_its_guard(own_server: Path, installed: Installation) -> None:
    assert start(own_server, "a.md").wait(SLOW) == 0
    (state,) = (own_server / "cache").rglob("server.json")
    os.kill(json.loads(state.read_text())["guard"], signal.SIGKILL)
    assert wait_until(lambda: not servers(own_server), 10)
    assert server.running(installed) is None


def test_without_java_the_run_goes_on(own_server: Path, run) -> None:  # type: ignore[no-untyped-def]
    no_java = {"PATH": "/nowhere", "JAVA_HOME": "", "NEWSLINT_JAVA": ""}
    done = run("check", "--format", "concise", "--languagetool", "auto", **no_java)
    assert done.stdout.count("LanguageTool: there is no Java; install Java 17 or later") == 1
    assert done.returncode == 0
    assert run("check", "--languagetool", "on", **no_java).returncode == 2


def test_jars_that_do_not_work_fail_soon_and_once(own_server: Path, run) -> None:  # type: ignore[no-untyped-def]
    (own_server / "jars").mkdir()
    (own_server / "jars" / "languagetool-core-6.8.jar").write_bytes(b"no jar")
    java = own_server / "java"
    real_java = shutil.which("java")
    java.write_text(
        f'#!/bin/sh\necho "$@" >> {own_server}/started\nexec {real_java} "$@"\n', encoding="utf-8"
    )
    java.chmod(0o755)
    text = "languagetool: {use: auto, jars: jars}\n"
    (own_server / ".newslint.yml").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    done = run("check", "--format", "concise", NEWSLINT_JAVA=str(java))
    assert time.monotonic() - begun < 10
    assert (
        done.stdout.count("LanguageTool did not start: Error: Could not find or load main class")
        == 1
    )
    assert done.returncode == 0
    assert (own_server / "started").read_text().count("HTTPServer") == 1


CUSTOM = """<?xml version="1.0" encoding="UTF-8"?>
<rules lang="en"><category id="GRAMMAR" name="House" type="grammar">
<rule id="HOUSE_VERANIA" name="Verania has no the"><pattern><token>the</token><token>Verania</token></pattern>
<message>No article before Verania.</message><example correction="">In <marker>the Verania</marker>.</example></rule>
</category></rules>
"""


def test_a_folder_laid_over_teaches_words_and_rules(own_server: Path, run) -> None:  # type: ignore[no-untyped-def]
    words = own_server / "over/org/languagetool/resource/en/hunspell/spelling_custom.txt"
    rules = own_server / "over/org/languagetool/rules/en/grammar_custom.xml"
    for path, text in ((words, "Zurbagunovo\n"), (rules, CUSTOM)):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    config = "level: suggestion\nlanguagetool: {use: on, idle: 2, overlay: over}\n"
    (own_server / ".newslint.yml").write_text(config, encoding="utf-8")
    (own_server / "a.md").write_text(
        "He left the Verania for Zurbagunovo and Zurbagunova.\n", encoding="utf-8"
    )
    done = run("check", "--format", "concise", "--select", "LanguageTool")
    assert "No article before Verania. [LanguageTool.Grammar]" in done.stdout
    assert "“Zurbagunova” is a name" in done.stdout
    assert "“Zurbagunovo”" not in done.stdout
    assert wait_until(lambda: not servers(own_server))


def edited() -> list[Path]:
    seeds = [path for path in (ROOT / "seeds").glob("clean-*") if path.suffix != ".yaml"]
    pages = [path for path in (ROOT / "docs").glob("*.md") if path.name != "rules.md"]
    return sorted([*seeds, *pages])


def test_edited_text_is_left_alone(real: Installation) -> None:
    rules = Config.default().settings(Path("a.md")).rules
    linter = Linter(rule for rule in rules if rule.judges_remarks and rule.level != "suggestion")
    words, findings = 0, []
    with checking() as checker:
        for path in edited():
            document = checker.prepared(formats.read(path.read_bytes(), path.name))
            words += len(document.prose.split())
            findings += linter.lint(document).findings
    assert words > 2500
    assert len(findings) <= NOISE * words / 1000, findings


def test_the_server_knows_what_the_rules_name(real: Installation) -> None:
    listed = Client(server.ensure(real, 900)).rules("en-US")
    known = {str(rule["ruleId"]) for rule in listed}
    for rule in RULES:
        plain = [name for name in rule.ids if "*" not in name]  # type: ignore[attr-defined]
        assert set(plain) <= known


def test_it_is_looked_after(real: Installation, run) -> None:  # type: ignore[no-untyped-def]
    server.ensure(real, 900)
    status = run("languagetool", "status").stdout
    assert re.search(r"^LanguageTool: \d+\.\d+ in /", status, re.M)
    assert re.search(r"^server: http://127\.0\.0\.1:\d+, process \d+$", status, re.M)
    assert "Handled request" in run("languagetool", "logs").stdout
    rules = run("languagetool", "rules").stdout
    assert re.search(r"^DT_DT +GRAMMAR +LanguageTool\.Grammar \(warning\)", rules, re.M)
    again = run("languagetool", "install", "--from", "maven")
    assert f"LanguageTool {real.version} is in {real.folder} already." in again.stdout


def test_another_server_is_asked_by_its_address(real: Installation, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    url = server.ensure(real, 900)
    (tmp_path / ".newslint.yml").write_text(
        f"languagetool: {{use: on, url: {url}/v2}}\n", encoding="utf-8"
    )
    (tmp_path / "a.md").write_text("She have said it by its address.\n", encoding="utf-8")
    done = run("check", "--format", "concise")
    assert done.stdout.count("[LanguageTool.Grammar]") == 1


def test_the_document_is_not_changed_by_its_remarks(real: Installation) -> None:
    document = formats.read(b"He have said so.\n", "a.txt")
    with checking() as checker:
        prepared = checker.prepared(document)
    assert prepared.remarks
    assert msgspec.structs.replace(prepared, remarks=()) == document
