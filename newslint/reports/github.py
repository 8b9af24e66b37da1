"""Annotations of GitHub Actions: workflow commands, within the runner's budget.

A step shows ten errors, ten warnings and ten notices, and drops the rest without a word. The
findings of a line are one annotation, as grave as the gravest. First come changed lines, then
what rules are surest of: a few of each rule before more of one. The last place of a level says
how many more there are; the job summary has them, or else a folded group of the log. Escaping
follows the runner's own decoder: a message may not hold a bare line break or per cent sign.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from newslint.findings import LEVELS, Finding, Level, Report, rank
from newslint.reports import Options, _wire
from newslint.repository import relative
from newslint.rule import Rule
from newslint.text import Document, Place

_BUDGET = 10
_COMMANDS: Mapping[Level, str] = {"error": "error", "warning": "warning", "suggestion": "notice"}
_LONGEST = 4096
"""The UTF-16 units of a message that the runner keeps."""

_MANY = 3
"""Lines of one rule, after which other rules come first."""

_UNMEASURED = 1000.0


class _Line(NamedTuple):
    """The findings of a line, the gravest first."""

    document: Document
    changed: bool
    findings: tuple[Finding, ...]


class _Claim(NamedTuple):
    """What asks for a place in the budget of a level, and what the log says if it gets none."""

    level: Level
    command: str
    told: tuple[str, ...]


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The workflow commands, the gravest first, and the findings that have none."""
    reports = list(reports)
    lines = [line for report in reports for line in _lines(report)]
    claims = [*_notices(reports), *map(_claim, _in_order(lines, options.rules))]
    left: list[str] = []
    for level in reversed(LEVELS):
        of_level = [claim for claim in claims if claim.level == level]
        room = _BUDGET if len(of_level) <= _BUDGET else _BUDGET - 1
        yield from (claim.command for claim in of_level[:room])
        rest = [line for claim in of_level[room:] for line in claim.told]
        if rest:
            yield _more(level, len(rest), options)
        left += rest
    if not options.summary:
        yield from _log(left)


def _lines(report: Report) -> Iterator[_Line]:
    """The lines of a draft that have findings."""
    document = report.document
    if document is None:
        return
    for _, findings in groupby(
        report.findings, lambda finding: document.place(finding.span.start).line
    ):
        gravest_first = tuple(sorted(findings, key=lambda finding: -rank(finding.level)))
        changed = any(_changed(report, finding) for finding in gravest_first)
        yield _Line(document, changed, gravest_first)


def _changed(report: Report, finding: Finding) -> bool:
    """Whether a change touches the finding, or a place that it speaks of."""
    if not report.changed or report.document is None:
        return False
    spans = [finding.span, *(related.span for related in finding.related)]
    ends = (map(report.document.place, span) for span in spans)
    return any(not report.changed.isdisjoint(range(a.line, b.line + 1)) for a, b in ends)


def _in_order(lines: Sequence[_Line], rules: Mapping[str, Rule]) -> list[_Line]:
    """The lines, those first that are most worth a place."""

    def worth(line: _Line) -> tuple[bool, float]:
        rule = rules.get(line.findings[0].rule)
        evidence = rule.evidence if rule else None
        return not line.changed, evidence.clean_per_10k if evidence else _UNMEASURED

    seen: Counter[str] = Counter()
    ranked: list[tuple[bool, int, _Line]] = []
    for line in sorted(lines, key=worth):
        rule = line.findings[0].rule
        ranked.append((not line.changed, seen[rule] // _MANY, line))
        seen[rule] += 1
    return [line for _, _, line in sorted(ranked, key=lambda entry: entry[:2])]


def _notices(reports: Sequence[Report]) -> Iterator[_Claim]:
    """Trouble that failed something is an error; other trouble is a notice."""
    for report in reports:
        path = relative(report.name)
        for source, message, failed in report.notices:
            level: Level = "error" if failed else "suggestion"
            command = _command(level, {"file": path, "title": source}, message)
            yield _Claim(level, command, (f"{path}: {source}: {message}",))


def _claim(line: _Line) -> _Claim:
    document, findings = line.document, line.findings
    first = findings[0]
    start, end = (document.place(offset) for offset in first.span)
    properties = {"file": relative(document.name), **_range(start, end)}
    if len(findings) == 1:
        command = _command(first.level, properties | {"title": first.rule}, first.message)
    else:
        title = f"{len(findings)} findings"
        message = "\n".join(f"{finding.message} ({finding.rule})" for finding in findings)
        command = _command(first.level, properties | {"title": title}, message)
    return _Claim(first.level, command, tuple(_told(document, finding) for finding in findings))


def _range(start: Place, end: Place) -> dict[str, str]:
    places = {"line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # The runner drops the columns of longer findings.
        places |= {"col": str(start.column), "endColumn": str(end.column)}
    return places


def _more(level: Level, count: int, options: Options) -> str:
    where = "in the job summary" if options.summary else "in the log of this step"
    return _command(level, {"title": "newslint"}, f"+{count:,} more {where}")


def _told(document: Document, finding: Finding) -> str:
    place = document.place(finding.span.start)
    where = f"{relative(document.name)}:{place.line}:{place.column}"
    return f"{where}: {finding.level}: {finding.message} [{finding.rule}]"


def _log(told: Sequence[str]) -> Iterator[str]:
    """What has no annotation, for who reads the log."""
    if told:
        yield f"::group::{len(told):,} more"
        yield from (_wire.without_commands(_wire.one_line(line)) for line in told)
        yield "::endgroup::"


def _command(level: Level, properties: dict[str, str], message: str) -> str:
    shown = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    text = _escape(_shortened(message).replace("##[", "## ["))
    return f"::{_COMMANDS[level]} {shown}::{text}"


def _shortened(message: str) -> str:
    units = message.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return message
    return units[: 2 * (_LONGEST - 2)].decode("utf-16-le", "ignore") + "…"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
