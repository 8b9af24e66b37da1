"""GitLab’s code quality report: an issue a finding, each with a fingerprint of its own."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from newslint import fingerprints, repository
from newslint.findings import Finding, Level, Notice, Report
from newslint.reports import Options, _wire

_SEVERITIES: Mapping[Level, str] = {"error": "major", "warning": "minor", "suggestion": "info"}


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one JSON text."""
    yield _wire.json([issue for report in reports for issue in _issues(report)])


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    path = repository.relative(report.name)
    yield from (_trouble(path, notice) for notice in report.notices)
    if report.document:
        marks = fingerprints.of(report.document, report.findings)
        for finding in report.findings:
            yield _issue(report, path, finding, marks[finding])


def _issue(report: Report, path: str, finding: Finding, mark: str) -> dict[str, Any]:
    assert report.document
    first, last = (report.document.place(offset).line for offset in finding.span)
    return {
        # GitLab shows no check name.
        "description": f"{finding.rule}: {finding.message}",
        "check_name": finding.rule,
        "fingerprint": _digest(path, mark),
        "severity": _SEVERITIES[finding.level],
        "location": {"path": path, "lines": {"begin": first, "end": last}},
    }


def _trouble(path: str, notice: Notice) -> dict[str, Any]:
    return {
        "description": f"{notice.source}: {notice.message}",
        "check_name": notice.source,
        "fingerprint": _digest(path, notice.source, notice.message),
        "severity": "critical" if notice.failed else "info",
        "location": {"path": path, "lines": {"begin": 1}},
    }


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
