"""Annotations of GitHub Actions: workflow commands, within the runner's budget.

A step shows ten errors, ten warnings and ten notices, and drops the rest without a word. The
gravest come first; the last place of a level says how many more there are. Escaping follows
the runner's own decoder: a message may not hold a bare line break or per cent sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newslint.findings import LEVELS, Finding, Report
from newslint.reports import Options

_BUDGET = 10
_COMMANDS = {"error": "error", "warning": "warning", "suggestion": "notice"}
_LONGEST = 4000


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The workflow commands, the gravest first."""
    reports = list(reports)
    found = [(report, finding) for report in reports for finding in report.findings]
    notices = [(report, notice) for report in reports for notice in report.notices]
    for report, notice in notices[:_BUDGET]:
        place = {"file": _posix(report.name), "title": notice.source}
        yield _command("error" if notice.failed else "notice", place, notice.message)
    for level in reversed(LEVELS):
        yield from _level(level, [pair for pair in found if pair[1].level == level])


def _level(level: str, found: Sequence[tuple[Report, Finding]]) -> Iterator[str]:
    shown = found if len(found) <= _BUDGET else found[: _BUDGET - 1]
    for report, finding in shown:
        yield _annotation(report, finding)
    if len(found) > len(shown):
        more = len(found) - len(shown)
        plural = f"{level}s" if more > 1 else level
        yield _command(_COMMANDS[level], {"title": "newslint"}, f"+{more} more {plural}")


def _annotation(report: Report, finding: Finding) -> str:
    assert report.document
    start = report.document.place(finding.span.start)
    end = report.document.place(finding.span.end)
    places = {"file": _posix(report.name), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # The runner drops the columns of longer findings.
        places |= {"col": str(start.column), "endColumn": str(end.column)}
    places["title"] = finding.rule
    return _command(_COMMANDS[finding.level], places, finding.message)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    shown = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {shown}::{_escape(message[:_LONGEST])}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _posix(name: str) -> str:
    return Path(name).as_posix()
