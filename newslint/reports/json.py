"""JSON, version 1: the wire format. `docs/json-v1.md` describes it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from newslint import __version__
from newslint.findings import Finding, Report
from newslint.reports import Options, _wire
from newslint.text import Document

SCORES = True


class Tool(msgspec.Struct):
    """What wrote the report."""

    name: str
    version: str


class FixV1(msgspec.Struct):
    """A replacement for the text of a finding."""

    text: str
    safe: bool


class RelatedV1(msgspec.Struct):
    """Another place that a finding speaks of."""

    start: int
    end: int
    line: int
    column: int
    message: str


class FindingV1(msgspec.Struct):
    """A finding; `start` and `end` in code points, lines and columns from 1, the end exclusive."""

    rule: str
    level: str
    message: str
    start: int
    end: int
    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    fixes: list[FixV1]
    related: list[RelatedV1]


class NoticeV1(msgspec.Struct):
    """Trouble with a draft or a rule."""

    source: str
    message: str


class FileV1(msgspec.Struct):
    """All that is known of a draft."""

    path: str
    findings: list[FindingV1]
    scores: Mapping[str, Any]
    notices: list[NoticeV1]


class Summary(msgspec.Struct):
    """Counts over all drafts."""

    files: int
    errors: int
    warnings: int
    suggestions: int


class ReportV1(msgspec.Struct):
    """The whole report."""

    version: int
    tool: Tool
    files: list[FileV1]
    summary: Summary


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one JSON text."""
    files: list[FileV1] = []
    levels: Counter[str] = Counter()
    for report in reports:
        levels.update(finding.level for finding in report.findings)
        files.append(_file(report))
    summary = Summary(len(files), levels["error"], levels["warning"], levels["suggestion"])
    whole = ReportV1(1, Tool("newslint", __version__), files, summary)
    yield _wire.json(whole)


def _file(report: Report) -> FileV1:
    document = report.document
    findings = [_finding(document, finding) for finding in report.findings] if document else []
    notices = [NoticeV1(notice.source, notice.message) for notice in report.notices]
    return FileV1(report.name, findings, report.scores, notices)


def _finding(document: Document, finding: Finding) -> FindingV1:
    start, end = finding.span
    first, last = document.place(start), document.place(end)
    return FindingV1(
        finding.rule,
        finding.level,
        finding.message,
        start,
        end,
        document.source[start:end],
        first.line,
        first.column,
        last.line,
        last.column,
        [FixV1(*fix) for fix in finding.fixes],
        [
            RelatedV1(*span, *document.place(span.start), message)
            for span, message in finding.related
        ],
    )
