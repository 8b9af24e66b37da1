"""JUnit’s XML: a suite a draft, a failed case a finding, one passed case for a clean draft."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from newslint import repository
from newslint.findings import Report
from newslint.reports import Options, _wire


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one XML document."""
    root = Element("testsuites", name="newslint")
    for report in reports:
        _suite(root, report)
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    yield _wire.xml(root)


def _suite(root: Element, report: Report) -> None:
    path = repository.relative(report.name)
    suite = SubElement(root, "testsuite", name=path)
    for notice in report.notices:
        case = _case(suite, path, notice.source)
        verdict = "error" if notice.failed else "system-out"
        child = SubElement(case, verdict, {"message": notice.message} if notice.failed else {})
        child.text = f"{notice.source}: {notice.message}"
    for finding in report.findings:
        assert report.document
        place = report.document.place(finding.span.start)
        where = f"line {place.line}, column {place.column}"
        case = _case(suite, path, f"{finding.rule} ({where})")
        failure = SubElement(case, "failure", type=finding.level, message=finding.message)
        failure.text = f"{where}: {finding.message}"
    if not len(suite):
        _case(suite, path, "newslint")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))


def _case(suite: Element, path: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=path, name=name)
