"""The action's second step: one run of newslint, and what the runner wants to know of it."""

import json
import os
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TEMP = Path(os.environ["RUNNER_TEMP"])
OUTPUTS = frozenset(name.strip() for name in os.environ["OUTPUT"].split(","))
FORMATS = {"annotations": "github", "summary": "summary", "sarif": "sarif"}


def main() -> int:
    """Checks the drafts; newslint's own exit code."""
    if unknown := sorted(OUTPUTS - FORMATS.keys()):
        return _refuse(f"output: {', '.join(unknown)}", f"one of {', '.join(sorted(FORMATS))}")
    try:
        command = [sys.executable, "-m", "newslint", "check", *_options()]
    except ValueError as error:
        return _refuse(str(error), "lines, files or all")
    _report("json").unlink(missing_ok=True)
    code = subprocess.run(command, check=False).returncode
    if _report("json").exists():
        _show()
        _tell()
    return code


def _options() -> Iterator[str]:
    yield "--format=concise"
    yield f"--output={_report('concise')}"
    for output in sorted(OUTPUTS):
        yield f"--also={FORMATS[output]}={_report(FORMATS[output])}"
    yield f"--also=json={_report('json')}"
    for option, variable in (
        ("--config", "CONFIG"),
        ("--fail-on", "FAIL_ON"),
        ("--languagetool", "LANGUAGETOOL"),
    ):
        if value := os.environ[variable]:
            yield f"{option}={value}"
    yield from _changes()
    yield from shlex.split(os.environ["ARGUMENTS"])
    yield "--"
    yield from shlex.split(os.environ["PATHS"])


def _changes() -> Iterator[str]:
    """What limits the run to what has changed. Raises ValueError for an unknown wish."""
    pull_request = os.environ.get("GITHUB_EVENT_NAME", "").startswith("pull_request")
    match os.environ["CHANGED_ONLY"] or ("lines" if pull_request else "all"):
        case "lines":
            yield f"--changed={_base()}"
        case "files":
            yield from (f"--changed={_base()}", "--whole-files")
        case "all":
            pass
        case unknown:
            raise ValueError(f"changed-only: {unknown}")


def _base() -> str:
    """What changes are counted from; fetched where the checkout is too shallow to have it."""
    if base := os.environ["BASE"]:
        return base
    branch = os.environ.get("GITHUB_BASE_REF", "")
    if not branch:
        return "HEAD^"
    # The runner checks out the merge of a pull request with its base: the base is its first parent.
    reference = os.environ.get("GITHUB_REF", "")
    if reference.startswith("refs/pull/"):
        if not _git("rev-parse", "--verify", "--quiet", "HEAD^1"):
            _git("fetch", "--quiet", "--no-tags", "--depth=2", "origin", reference)
        if _git("rev-parse", "--verify", "--quiet", "HEAD^2"):
            return "HEAD^1"
    _git(
        "fetch",
        "--quiet",
        "--no-tags",
        "origin",
        f"+refs/heads/{branch}:refs/remotes/origin/{branch}",
    )
    return f"origin/{branch}"


def _git(*arguments: str) -> bool:
    return (
        subprocess.run(["git", *arguments], stdout=subprocess.DEVNULL, check=False).returncode == 0
    )


def _show() -> None:
    """Prints annotations, and all findings for the log; there no draft may command the runner."""
    if "annotations" in OUTPUTS:
        print(_report("github").read_text(encoding="utf-8"), end="")
    token = secrets.token_hex(16)
    print("::group::All findings", f"::stop-commands::{token}", sep="\n")
    print(_report("concise").read_text(encoding="utf-8"), end="")
    print(f"::{token}::", "::endgroup::", sep="\n", flush=True)


def _tell() -> None:
    """Hands the counts and the summary to the runner."""
    report = json.loads(_report("json").read_text(encoding="utf-8"))
    findings = [finding for file in report["files"] for finding in file["findings"]]
    values = {
        "findings": len(findings),
        "errors": report["summary"]["errors"],
        "fixable": sum(any(fix["safe"] for fix in finding["fixes"]) for finding in findings),
        "sarif-file": _report("sarif") if "sarif" in OUTPUTS else "",
    }
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as outputs:
        outputs.writelines(f"{name}={value}\n" for name, value in values.items())
    if "summary" in OUTPUTS:
        with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as summary:
            summary.write(_report("summary").read_text(encoding="utf-8"))


def _report(name: str) -> Path:
    return TEMP / f"newslint.{name}"


def _refuse(found: str, expected: str) -> int:
    print(f"::error title=newslint::{found}, expected {expected}")
    return 2


if __name__ == "__main__":
    sys.exit(main())
