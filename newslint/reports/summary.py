"""Markdown for the summary of a GitHub job: the verdict, tables by rule and by draft, all findings.

A summary above 1 MiB is dropped whole by the runner; this one ends before, and says so.
"""

import html
import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from newslint.findings import LEVELS, Finding, Report, rank
from newslint.reports import Options, _wire
from newslint.repository import relative, url

_ROOM = 1_000_000
"""Bytes; the limit is 1,048,576 a step."""

_END = "\n… and more. The summary of a job has no more room: run newslint for the rest."
_DRAFTS = 5
"""Drafts that the command names; with more, it names none."""

_PLAIN = re.compile(r"[\w./ -]+")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$@&!]")


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The lines of the summary, as many as there is room for."""
    room = _ROOM - len(_END.encode())
    for line in _summary(list(reports), options):
        room -= len(line.encode()) + 1
        if room < 0:
            yield _END
            return
        yield line


def _summary(reports: Sequence[Report], options: Options) -> Iterator[str]:
    yield f"## newslint: {_verdict(reports)}"
    yield from _trouble(reports)
    found = [report for report in reports if report.findings]
    if not found:
        return
    yield from _rules(found, options)
    yield from _drafts(found)
    yield from _advice(found)
    for report in found:
        yield from _findings(report)


def _verdict(reports: Sequence[Report]) -> str:
    counts = Counter(finding.level for report in reports for finding in report.findings)
    drafts = _counted(sum(report.document is not None for report in reports), "draft")
    parts = [_counted(counts[level], level) for level in reversed(LEVELS) if counts[level]]
    return f"{', '.join(parts)} in {drafts}" if parts else f"nothing found in {drafts}"


def _trouble(reports: Sequence[Report]) -> Iterator[str]:
    told = [(report, notice) for report in reports for notice in report.notices]
    if told:
        yield ""
    for report, notice in told:
        path = _text(relative(report.name))
        yield f"- **{path}**: {_text(notice.source)}: {_text(notice.message)}"


def _rules(reports: Sequence[Report], options: Options) -> Iterator[str]:
    by_rule = defaultdict[str, list[Finding]](list)
    for report in reports:
        for finding in report.findings:
            by_rule[finding.rule].append(finding)
    yield from ("", "### By rule", "", "| rule | level | findings | why |", "|---|---|---:|---|")
    for rule, findings in sorted(by_rule.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        known = options.rules.get(rule)
        why = _text(known.why.partition(". ")[0].rstrip(".")) if known else ""
        gravest = max((finding.level for finding in findings), key=rank)
        yield f"| {_text(rule)} | {gravest} | {len(findings):,} | {why} |"


def _drafts(reports: Sequence[Report]) -> Iterator[str]:
    heads = " | ".join(f"{level}s" for level in reversed(LEVELS))
    yield from ("", "### By draft", "", f"| draft | {heads} |", "|---|---:|---:|---:|")
    for report in sorted(reports, key=_gravity):
        counts = Counter(finding.level for finding in report.findings)
        cells = " | ".join(f"{counts[level]:,}" for level in reversed(LEVELS))
        path = relative(report.name)
        yield f"| {_link(_text(path), url(path, 1))} | {cells} |"


def _gravity(report: Report) -> tuple[int, ...]:
    counts = Counter(finding.level for finding in report.findings)
    return tuple(-counts[level] for level in reversed(LEVELS))


def _advice(reports: Sequence[Report]) -> Iterator[str]:
    paths = [relative(report.name) for report in reports]
    plain = len(paths) <= _DRAFTS and all(map(_PLAIN.fullmatch, paths))
    command = f"newslint check {shlex.join(paths)}" if plain else "newslint check"
    yield from ("", "To see them with their lines, and what to write, run this in the repository:")
    yield from ("", "```sh", command, "```")


def _findings(report: Report) -> Iterator[str]:
    assert report.document
    path = relative(report.name)
    summary = f"{_html(path)}: {_counted(len(report.findings), 'finding')}"
    yield from ("", f"<details><summary>{summary}</summary>", "")
    for finding in report.findings:
        line = report.document.place(finding.span.start).line
        where = _link(f"line {line}", url(path, line))
        yield f"- {where}: {finding.level}: {_text(finding.message)} ({_text(finding.rule)})"
    yield from ("", "</details>")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _link(text: str, target: str) -> str:
    return f"[{text}]({target})" if target else text


def _text(text: str) -> str:
    """The text as Markdown that shows it, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", _wire.one_line(text)).replace(":", "&#58;")


def _html(text: str) -> str:
    shown = html.escape(_wire.one_line(text), quote=False)
    return shown.replace("#", "&#35;").replace(":", "&#58;")
