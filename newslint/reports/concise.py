"""One line a finding: `path:line:column: level: message [rule]`."""

from collections.abc import Iterable, Iterator

from newslint.findings import Report
from newslint.reports import Options, _wire


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The lines of all reports; notices stand before the findings of their draft."""
    for report in reports:
        name = _wire.one_line(report.name)
        for notice in report.notices:
            said = _wire.printable(f"{notice.source}: {notice.message}")
            yield _wire.harmless(f"{name}: {said}")
        for finding in report.findings:
            assert report.document
            place = report.document.place(finding.span.start)
            where = f"{name}:{place.line}:{place.column}"
            said = _wire.printable(finding.message)
            yield _wire.harmless(f"{where}: {finding.level}: {said} [{finding.rule}]")
