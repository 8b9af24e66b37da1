"""The Reviewdog Diagnostic Format: lines from 1, columns from 1 in bytes of UTF-8, ends exclusive.

Paths are told from the working directory; reviewdog finds the root of the repository itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newslint.findings import Finding, Level, Report
from newslint.reports import Options
from newslint.repository import printable
from newslint.spans import Span
from newslint.text import Document

SOURCE = {"name": "newslint"}
_SEVERITIES: Mapping[Level, str] = {"error": "ERROR", "warning": "WARNING", "suggestion": "INFO"}


def diagnostics(reports: Iterable[Report], options: Options) -> Iterator[dict[str, Any]]:
    """A diagnostic for each notice and each finding."""
    for report in reports:
        for notice in report.notices:
            yield {
                "message": f"{notice.source}: {notice.message}",
                "location": {"path": printable(report.name)},
                "severity": "ERROR" if notice.failed else "INFO",
                "source": SOURCE,
            }
        if report.document:
            for finding in report.findings:
                yield _diagnostic(report.document, finding, options)


def _diagnostic(document: Document, finding: Finding, options: Options) -> dict[str, Any]:
    rule = options.rules.get(finding.rule)
    link = {"url": rule.link} if rule and rule.link else {}
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": _location(document, finding.span),
        "severity": _SEVERITIES[finding.level],
        "source": SOURCE,
        "code": {"value": finding.rule, **link},
    }
    if finding.fixes and document.to_prose(finding.span) is not None:
        where = _range(document, finding.span)
        diagnostic["suggestions"] = [{"range": where, "text": fix.text} for fix in finding.fixes]
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": message, "location": _location(document, span)}
            for span, message in finding.related
        ]
    return diagnostic


def _location(document: Document, span: Span) -> dict[str, Any]:
    return {"path": printable(document.name), "range": _range(document, span)}


def _range(document: Document, span: Span) -> dict[str, Any]:
    return {"start": _position(document, span.start), "end": _position(document, span.end)}


def _position(document: Document, offset: int) -> dict[str, int]:
    line, column = document.place(offset)
    before = document.source[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode()) + 1}
