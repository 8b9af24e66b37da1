"""Annotations of GitHub Actions: workflow commands, within the runner's budget.

A step shows ten errors, ten warnings and ten notices, and drops the rest without a word. The
findings of a line are one annotation, so as grave as the gravest. First come changed lines, then
what rules are surest of: a few of each rule before more of one. The last place of a level says
how many more there are, and a folded group of the log has them. Escaping follows the runner's own
decoder: a message may not hold a bare line break or per cent sign.
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
    number: int
    changed: bool
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        return self.findings[0].level


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The workflow commands, the gravest first, and the findings that have none."""
    reports = list(reports)
    lines = _in_order([line for report in reports for line in _lines(report)], options.rules)
    left: list[_Line] = []
    for level in reversed(LEVELS):
        notices = list(_notices(reports, level))
        of_level = [line for line in lines if line.level == level]
        room = _BUDGET - len(notices)
        shown = of_level if len(of_level) <= room else of_level[: max(0, room - 1)]
        yield from notices[:_BUDGET]
        yield from map(_annotation, shown)
        rest = of_level[len(shown) :]
        if rest and room > 0:
            yield _more(level, rest, options)
        left += rest
    yield from _log(left)


def _lines(report: Report) -> Iterator[_Line]:
    """The lines of a draft that have findings."""
    document = report.document
    if document is None:
        return
    for number, findings in groupby(
        report.findings, lambda finding: document.place(finding.span.start).line
    ):
        gravest_first = tuple(sorted(findings, key=lambda finding: -rank(finding.level)))
        yield _Line(
            document,
            number,
            any(_changed(report, finding) for finding in gravest_first),
            gravest_first,
        )


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


def _notices(reports: Sequence[Report], level: Level) -> Iterator[str]:
    """Trouble that failed something is an error; other trouble is a notice."""
    for report in reports:
        for notice in report.notices:
            if ("error" if notice.failed else "suggestion") == level:
                place = {"file": relative(report.name), "title": notice.source}
                yield _command(_COMMANDS[level], place, notice.message)


def _annotation(line: _Line) -> str:
    first = line.findings[0]
    start, end = (line.document.place(offset) for offset in first.span)
    properties = {"file": relative(line.document.name), **_range(start, end)}
    if len(line.findings) == 1:
        return _command(_COMMANDS[line.level], properties | {"title": first.rule}, first.message)
    title = f"{len(line.findings)} findings"
    message = "\n".join(f"{finding.message} ({finding.rule})" for finding in line.findings)
    return _command(_COMMANDS[line.level], properties | {"title": title}, message)


def _range(start: Place, end: Place) -> dict[str, str]:
    places = {"line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # The runner drops the columns of longer findings.
        places |= {"col": str(start.column), "endColumn": str(end.column)}
    return places


def _more(level: Level, rest: Sequence[_Line], options: Options) -> str:
    count = sum(len(line.findings) for line in rest)
    where = "in the job summary" if options.summary else "in the log of this step"
    return _command(_COMMANDS[level], {"title": "newslint"}, f"+{count:,} more {where}")


def _log(lines: Sequence[_Line]) -> Iterator[str]:
    """The findings that have no annotation, for who reads the log."""
    if not lines:
        return
    yield f"::group::{sum(len(line.findings) for line in lines):,} more findings"
    for line in lines:
        for finding in line.findings:
            place = line.document.place(finding.span.start)
            where = f"{relative(line.document.name)}:{place.line}:{place.column}"
            told = f"{where}: {finding.level}: {finding.message} [{finding.rule}]"
            yield _broken(_wire.one_line(told))
    yield "::endgroup::"


def _broken(text: str) -> str:
    """The text with no command in it, whoever reads it."""
    return text.replace("##[", "## [").replace("::", ":\u200b:")


def _command(name: str, properties: dict[str, str], message: str) -> str:
    shown = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {shown}::{_escape(_shortened(message).replace('##[', '## ['))}"


def _shortened(message: str) -> str:
    units = message.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return message
    return units[: 2 * (_LONGEST - 2)].decode("utf-16-le", "ignore") + "…"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
