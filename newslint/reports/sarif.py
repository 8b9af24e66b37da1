"""SARIF 2.1.0, for code scanning on GitHub and for viewers: columns in code points.

Findings that a comment keeps back are there as suppressed; with a baseline, known findings are
there as unchanged. A fix is proposed only where the source reads as the prose does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newslint import __version__, fingerprints, repository
from newslint.findings import Finding, Fix, Level, Report
from newslint.reports import Options, _wire
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Level, str] = {"error": "error", "warning": "warning", "suggestion": "note"}
_PROBLEMS: Mapping[str, str] = {
    "error": "error",
    "warning": "warning",
    "suggestion": "recommendation",
}
_PRECISION = ((0.1, "very-high"), (0.5, "high"), (2.0, "medium"))
"""Findings per 10,000 words of edited news, up to which a rule is so precise."""

_LONGEST = 1024
"""The characters that GitHub takes for a description."""


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one JSON text."""
    reports = list(reports)
    fired = sorted({finding.rule for report in reports for finding in _all(report)})
    numbers = {rule: number for number, rule in enumerate(fired)}
    driver = {
        "name": "newslint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, options.rules.get(rule)) for rule in fired],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "newslint/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The repository."}}},
        "invocations": [_invocation(reports)],
        "results": [result for report in reports for result in _results(report, numbers)],
    }
    yield _wire.json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _all(report: Report) -> Iterator[Finding]:
    yield from report.findings
    yield from report.known or ()
    yield from (suppressed.finding for suppressed in report.suppressed)


def _rule(rule_id: str, rule: Rule | None) -> dict[str, Any]:
    style = rule_id.partition(".")[0]
    why = (rule and (rule.why or rule.description)) or rule_id
    described: dict[str, Any] = {
        "id": rule_id,
        "shortDescription": {"text": _first_sentence(why)[:_LONGEST]},
        "fullDescription": {"text": why[:_LONGEST]},
        "help": {
            "text": f"{why}\n\nnewslint explain {rule_id}",
            "markdown": f"{why}\n\n`newslint explain {rule_id}`",
        },
        "properties": {"tags": [style]},
    }
    if rule is None:
        return described
    described["defaultConfiguration"] = {"level": _LEVELS[rule.level]}
    described["properties"]["problem.severity"] = _PROBLEMS[rule.level]
    if rule.evidence:
        rate = rule.evidence.clean_per_10k
        names = (name for limit, name in _PRECISION if rate <= limit)
        described["properties"]["precision"] = next(names, "low")
    if rule.link:
        described["helpUri"] = rule.link
    return described


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _invocation(reports: Sequence[Report]) -> dict[str, Any]:
    notices = [(report, notice) for report in reports for notice in report.notices]
    return {
        "executionSuccessful": not any(notice.failed for _, notice in notices),
        "toolExecutionNotifications": [
            {
                "level": "error" if notice.failed else "note",
                "message": {"text": f"{notice.source}: {notice.message}"},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(report.name)}}],
            }
            for report, notice in notices
        ],
    }


def _results(report: Report, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    if report.document is None:
        return
    marks = fingerprints.of(report.document, _all(report))
    new = {} if report.known is None else {"baselineState": "new"}
    for finding in report.findings:
        yield _result(report.document, finding, numbers, marks[finding]) | new
    for finding in report.known or ():
        known = {"baselineState": "unchanged"}
        yield _result(report.document, finding, numbers, marks[finding]) | known
    for finding, by, reason in report.suppressed:
        comment = {"kind": "inSource", "status": "accepted", "location": _at(report.document, by)}
        said = {"justification": reason} if reason else {}
        suppressed = _result(report.document, finding, numbers, marks[finding])
        yield suppressed | {"suppressions": [comment | said]}


def _result(
    document: Document, finding: Finding, numbers: Mapping[str, int], mark: str
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": _message(document, finding)},
        "locations": [_at(document, finding.span)],
        "partialFingerprints": {"primaryLocationLineHash": mark, "newslint/v1": mark},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": message or "here"}} | _at(document, span)
            for number, (span, message) in enumerate(finding.related, 1)
        ]
    if finding.fixes and document.to_prose(finding.span) is not None:
        result["fixes"] = [_fix(document, finding.span, fix) for fix in finding.fixes]
    return result


def _message(document: Document, finding: Finding) -> str:
    """The message, and links to the places that it speaks of."""
    text = finding.message.replace("](", "] (")  # That would be a link.
    links = ", ".join(
        f"[line {document.place(span.start).line}]({number})"
        for number, (span, _) in enumerate(finding.related, 1)
    )
    return f"{text} See {links}." if links else text


def _at(document: Document, span: Span) -> dict[str, Any]:
    region = _region(document, span)
    snippet = document.source[span.start : span.end]
    if snippet:
        region["snippet"] = {"text": snippet}
    return {
        "physicalLocation": {"artifactLocation": _artifact(document.name), "region": region},
    }


def _region(document: Document, span: Span) -> dict[str, Any]:
    start, end = document.place(span.start), document.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _artifact(name: str) -> dict[str, str]:
    return {"uri": repository.uri(repository.relative(name)), "uriBaseId": "%SRCROOT%"}


def _fix(document: Document, span: Span, fix: Fix) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(document, span)}
    if fix.text:
        replacement["insertedContent"] = {"text": fix.text}
    change = {"artifactLocation": _artifact(document.name), "replacements": [replacement]}
    advice = f"Write “{fix.text}”." if fix.text else "Take it out."
    return {
        "description": {"text": advice},
        "artifactChanges": [change],
        "properties": {"safe": fix.safe},
    }
