"""The GitHub Action, its steps run as the runner would: the same environment, the same files."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = (ROOT / ".github/workflows/ci.yml", ROOT / "docs/examples/newslint.yml")

OLD = "They saw the the ferry on Monday.\n\nNobody was hurt.\n"
NEW = "They saw the the ferry on Monday.\n\nWas was nobody hurt？\n\n::stop-commands::x\n"
WORSE = "He called it “a success.\n\n##[error] was was printed, and ::error::nothing else else.\n"

_EXPRESSION = re.compile(r"\$\{\{ *(?P<of>[\w.-]+) *\}\}")
_COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>[^:]*))?::(?P<message>.*)")


class Ran(NamedTuple):
    """What a job did with the action."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


class Annotation(NamedTuple):
    """What the runner makes of a command in the log."""

    level: str
    file: str
    line: int
    message: str


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the runner's temporary files, after the step that installs."""
    temporary = tmp_path_factory.mktemp("runner")
    step = _step("install")
    environment = _environment(step, {"version": "", "languagetool": "off"}, {})
    _shell(step["run"], temporary, {**_runner(temporary), **environment})
    return temporary


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `actions/checkout` leaves of a pull request: its merge, one commit deep."""
    origin, work, checkout = tmp_path / "origin.git", tmp_path / "work", tmp_path / "checkout"
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", origin.name)
    _git(tmp_path, "clone", "--quiet", origin.as_uri(), work.name)
    _git(work, "switch", "--quiet", "--orphan", "main")
    _commit(work, "first", {"drafts/ferry.md": OLD, "drafts/old.txt": OLD})
    _git(work, "push", "--quiet", "origin", "main")
    _git(work, "switch", "--quiet", "--create", "topic")
    _commit(work, "change", {"drafts/ferry.md": NEW, "drafts/worse, 100%: a.md": WORSE})
    _git(work, "switch", "--quiet", "main")
    _commit(work, "meanwhile", {"drafts/other.md": OLD})
    _git(work, "merge", "--quiet", "--no-ff", "--message=merge", "topic")
    _git(work, "push", "--quiet", "origin", "HEAD:refs/pull/7/merge", "HEAD^1:refs/heads/main")
    _git(tmp_path, "init", "--quiet", checkout.name)
    _git(checkout, "remote", "add", "origin", origin.as_uri())
    merge = "+refs/pull/7/merge:refs/remotes/pull/7/merge"
    _git(checkout, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", merge)
    _git(checkout, "checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge")
    return checkout


def test_a_pull_request_is_annotated_where_it_changes(checkout: Path, installed: Path) -> None:
    ran = _run(checkout, installed, **{"fail-on": "error"})
    found = {(a.file, a.line, a.level) for a in _annotations(ran.log)}
    assert found == {
        ("drafts/ferry.md", 3, "warning"),
        ("drafts/worse, 100%: a.md", 1, "error"),
        ("drafts/worse, 100%: a.md", 3, "warning"),
    }
    assert ran.code == 1
    assert ran.outputs["errors"] == "1"
    assert int(ran.outputs["findings"]) >= 3
    assert int(ran.outputs["fixable"]) >= 1


def test_annotations_say_what_the_report_says(checkout: Path, installed: Path) -> None:
    ran = _run(checkout, installed)
    report = json.loads((installed / "newslint.json").read_text(encoding="utf-8"))
    said = {
        (file["path"], finding["line"], finding["message"])
        for file in report["files"]
        for finding in file["findings"]
    }
    for annotation in _annotations(ran.log):
        place = annotation.file, annotation.line
        assert any(
            (path, line) == place and message in annotation.message for path, line, message in said
        )


def test_files_and_all(checkout: Path, installed: Path) -> None:
    files = _run(checkout, installed, **{"changed-only": "files"})
    assert {(a.file, a.line) for a in _annotations(files.log)} >= {("drafts/ferry.md", 1)}
    assert not [a for a in _annotations(files.log) if a.file == "drafts/old.txt"]
    everything = _run(checkout, installed, **{"changed-only": "all"})
    assert [a for a in _annotations(everything.log) if a.file == "drafts/old.txt"]


def test_a_draft_cannot_command_the_runner(checkout: Path, installed: Path) -> None:
    names = [name for name, _, _ in _commands(_run(checkout, installed).log)]
    assert set(names) <= {"error", "warning", "notice", "group", "endgroup", "stop-commands"}
    assert names.count("stop-commands") == 1


def test_the_reports_that_are_asked_for(checkout: Path, installed: Path) -> None:
    ran = _run(checkout, installed, output="sarif")
    assert not list(_annotations(ran.log))
    assert ran.summary == ""
    sarif = json.loads(Path(ran.outputs["sarif-file"]).read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    whole = _run(checkout, installed, output="summary, annotations")
    assert "drafts/ferry.md" in whole.summary
    assert whole.outputs["sarif-file"] == ""


def test_below_the_root_of_the_repository(checkout: Path, installed: Path) -> None:
    ran = _run(checkout, installed, paths="ferry.md 'worse, 100%: a.md'", folder="drafts")
    assert ("drafts/ferry.md", 3) in {(a.file, a.line) for a in _annotations(ran.log)}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"output": "sarif, html"}, "output: html, expected one of annotations, sarif, summary"),
        ({"changed-only": "words"}, "changed-only: words, expected lines, files or all"),
    ],
)
def test_an_unknown_wish_is_an_error(
    checkout: Path, installed: Path, inputs: dict[str, str], said: str
) -> None:
    ran = _run(checkout, installed, **inputs)
    assert ran.code == 2
    assert f"::error title=newslint::{said}\n" in ran.log


def test_a_broken_configuration_fails_the_step(checkout: Path, installed: Path) -> None:
    (checkout / ".newslint.yml").write_text("rulez: {}\n", encoding="utf-8")
    ran = _run(checkout, installed)
    assert ran.code == 2
    assert ".newslint.yml:1" in ran.log


def test_the_action_and_the_workflows_are_sound(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for workflow in WORKFLOWS:
        shutil.copy(workflow, folder)
    (tmp_path / "action.yml").write_text((ROOT / "action.yml").read_text(encoding="utf-8"))
    _passes("check-jsonschema", "--builtin-schema=vendor.github-actions", str(ROOT / "action.yml"))
    _passes("check-jsonschema", "--builtin-schema=vendor.github-workflows", *map(str, WORKFLOWS))
    _passes(
        "zizmor",
        "--offline",
        "--no-progress",
        f"--config={ROOT / '.github/zizmor.yml'}",
        str(tmp_path),
    )


def test_actions_of_others_are_pinned_by_commit() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "action.yml", *WORKFLOWS)]
    used = [name for text in texts for name in re.findall(r"uses: (actions/\S+)", text)]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) for name in used)


def _run(checkout: Path, temporary: Path, folder: str = "", **inputs: str) -> Ran:
    """The step that checks, as the runner starts it, with these inputs and the defaults of others."""
    step = _step("check")
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | inputs
    files = {name: temporary / f"{name}.txt" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    python = next((temporary / "newslint").glob("[bS]*/python*"))
    environment = {
        **_runner(temporary),
        **_environment(step, given, {"steps.install.outputs.python": str(python)}),
        **{name: str(file) for name, file in files.items()},
        "GITHUB_WORKSPACE": str(checkout),
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_BASE_REF": "main",
        "GITHUB_HEAD_REF": "topic",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_REPOSITORY": "newsroom/articles",
        "GITHUB_SERVER_URL": "https://github.com",
    }
    done = _shell(step["run"], checkout / folder, environment, check=False)
    lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    return Ran(done.returncode, done.stdout + done.stderr, outputs, summary)


def _step(name: str) -> dict[str, Any]:
    return next(step for step in ACTION["runs"]["steps"] if step.get("id") == name)


def _environment(
    step: Mapping[str, Any], inputs: Mapping[str, str], others: Mapping[str, str]
) -> dict[str, str]:
    """The `env` of a step, its expressions filled in."""
    known = {f"inputs.{name}": value for name, value in inputs.items()}
    known |= {"steps.python.outputs.python-path": sys.executable, **others}
    return {
        name: _EXPRESSION.sub(lambda match: known[match["of"]], value)
        for name, value in step["env"].items()
    }


def _runner(temporary: Path) -> dict[str, str]:
    """What the runner sets for every step."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    return {
        **kept,
        **pip,
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(temporary / "install.txt"),
        "RUNNER_TEMP": str(temporary),
    }


def _shell(
    script: str, folder: Path, environment: Mapping[str, str], *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=check
    )


def _commands(log: str) -> Iterator[tuple[str, str, str]]:
    """The workflow commands that the runner hears in a log, by its documented rules."""
    silenced = ""
    for line in log.splitlines():
        match = _COMMAND.fullmatch(line.lstrip())
        if silenced:
            silenced = "" if line.strip() == f"::{silenced}::" else silenced
        elif match:
            yield match["name"], match["properties"] or "", match["message"]
            silenced = match["message"] if match["name"] == "stop-commands" else ""
        else:
            assert "##[" not in line


def _annotations(log: str) -> Iterator[Annotation]:
    for name, properties, message in _commands(log):
        of = dict(pair.split("=", 1) for pair in properties.split(",") if pair)
        if name in ("error", "warning", "notice") and "file" in of:
            file = _unescaped(_unescaped(of["file"], ":,"), "%\r\n")
            yield Annotation(name, file, int(of["line"]), _unescaped(message, "%\r\n"))


def _unescaped(text: str, characters: str) -> str:
    # The per cent sign comes last: what it stands for is not to be read again.
    for character in reversed(characters):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def _passes(program: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path, message: str, drafts: Mapping[str, str]) -> None:
    for name, text in drafts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", f"--message={message}")
