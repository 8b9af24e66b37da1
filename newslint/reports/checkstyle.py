"""Checkstyle’s XML, which many CI servers read: columns in code points."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from newslint import repository
from newslint.findings import Level, Report
from newslint.reports import Options, _wire

_SEVERITIES: Mapping[Level, str] = {"error": "error", "warning": "warning", "suggestion": "info"}


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one XML document."""
    root = Element("checkstyle", version="10.0")
    for report in reports:
        if report.findings or report.notices:
            _file(root, report)
    yield _wire.xml(root)


def _file(root: Element, report: Report) -> None:
    file = SubElement(root, "file", name=repository.relative(report.name))
    for notice in report.notices:
        severity = "error" if notice.failed else "info"
        attributes = {"severity": severity, "message": notice.message, "source": notice.source}
        SubElement(file, "error", {"line": "1", **attributes})
    for finding in report.findings:
        assert report.document
        line, column = report.document.place(finding.span.start)
        attributes = {
            "line": str(line),
            "column": str(column),
            "severity": _SEVERITIES[finding.level],
            "message": finding.message,
            "source": f"newslint.{finding.rule}",
        }
        SubElement(file, "error", attributes)
