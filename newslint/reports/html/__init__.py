"""One page for people: each draft as its reader sees it, with its findings marked and explained.

The page is whole by itself. It loads nothing, and its content security policy holds it to that:
only the style and the script that stand in it apply, whatever a draft says.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from newslint import __version__
from newslint.findings import LEVELS, Report
from newslint.readability import Figures
from newslint.reports import Options, _wire
from newslint.reports.html.draft import SHAPES, by_level, draft
from newslint.reports.html.figures import figures
from newslint.reports.html.tags import Markup, join, tag
from newslint.repository import printable

SCORES = True


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The page, a line a part of it."""
    reports = list(reports)
    verdict = _verdict(reports)
    title = f"newslint: {verdict}"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield _head(title)
    yield "<body>"
    yield tag("a", "Skip to the drafts", class_="skip", href="#drafts")
    yield _masthead(verdict, reports)
    yield '<main id="drafts" tabindex="-1">'
    if len(reports) > 1:
        yield _index(reports)
    for number, report in enumerate(reports, 1):
        yield _article(report, number)
    yield _rules(reports, options)
    yield "</main>"
    yield tag("footer", f"newslint {__version__}. Scores are about a text, never about a person.")
    yield Markup(f"<script>{_file('page.js')}</script>")
    yield "</body>"
    yield "</html>"


def _head(title: str) -> Markup:
    policy = (
        f"default-src 'none'; style-src '{_hash('page.css')}'; script-src '{_hash('page.js')}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return join(
        Markup('<head><meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        Markup(f"<style>{_file('page.css')}</style></head>"),
    )


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _hash(name: str) -> str:
    return "sha256-" + b64encode(sha256(_file(name).encode()).digest()).decode()


def _masthead(verdict: str, reports: Sequence[Report]) -> Markup:
    levels = [
        tag("li", tag("span", f"{SHAPES[level]} {level}", class_=f"level {level}"))
        for level in reversed(LEVELS)
        if any(finding.level == level for report in reports for finding in report.findings)
    ]
    keys = tag(
        "li",
        tag("kbd", "n"), " next finding, ", tag("kbd", "p"), " the one before ",
        tag("button", "Keys are on", type="button", aria_pressed="true"),
        class_="keys", hidden="",
    )  # fmt: skip
    inside = (
        tag("p", "newslint", class_="brand small"),
        tag("h1", verdict[:1].upper() + verdict[1:]),
        tag("ul", *levels, keys, class_="key", role="list") if levels else Markup(),
    )
    return tag("header", tag("div", *inside), class_="masthead")


def _verdict(reports: Sequence[Report]) -> str:
    counts = by_level(finding for report in reports for finding in report.findings)
    drafts = _counted(sum(report.document is not None for report in reports), "draft")
    parts = [_counted(counts[level], level) for level in reversed(LEVELS) if counts[level]]
    return f"{', '.join(parts)} in {drafts}" if parts else f"nothing found in {drafts}"


def _index(reports: Sequence[Report]) -> Markup:
    heads = [
        tag("th", "draft", scope="col"),
        *(tag("th", f"{level}s", scope="col", class_="number") for level in reversed(LEVELS)),
        tag("th", "words", scope="col", class_="number"),
        tag("th", "grade", scope="col", class_="number"),
    ]
    rows = (_row(report, number) for number, report in enumerate(reports, 1))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("nav", table, class_="index", aria_label="Drafts")


def _row(report: Report, number: int) -> Markup:
    counts = by_level(report.findings)
    figures = report.scores.get("readability")
    cells = [f"{counts[level]:,}" if counts[level] else "–" for level in reversed(LEVELS)]
    words = f"{figures.words:,}" if isinstance(figures, Figures) else ""
    grade = f"{figures.grade:.1f}" if isinstance(figures, Figures) else ""
    cells += [words, grade]
    name = tag("td", tag("a", _wire.one_line(printable(report.name)), href=f"#d{number}"))
    return tag("tr", name, *(tag("td", cell, class_="number") for cell in cells))


def _article(report: Report, number: int) -> Markup:
    path = _wire.one_line(printable(report.name))
    verdict = _verdict([report]).removesuffix(" in 1 draft") if report.document else "not read"
    if report.silenced:
        verdict += f"; {report.silenced} kept back by comments in the draft"
    notices = [
        tag("p", f"{notice.source}: {notice.message}", class_="trouble small")
        for notice in report.notices
    ]
    header = tag(
        "header",
        tag("h2", path, class_="path", id=f"d{number}"),
        tag("p", verdict, class_="verdict small"),
        *notices,
    )
    return tag(
        "article",
        header,
        draft(report, number),
        figures(report),
        class_="report",
        aria_labelledby=f"d{number}",
    )


def _rules(reports: Sequence[Report], options: Options) -> Markup:
    fired = sorted({finding.rule for report in reports for finding in report.findings})
    if not fired:
        return Markup()
    heads = ("rule", "why", "on edited news, per 10,000 words")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    rows = [_rule(rule, options) for rule in fired]
    title = tag("h2", "The rules that found something", id="rules")
    table = tag("table", head, tag("tbody", *rows))
    return tag("section", title, table, class_="rules", aria_labelledby="rules")


def _rule(rule_id: str, options: Options) -> Markup:
    rule = options.rules.get(rule_id)
    rate = f"{rule.evidence.clean_per_10k:g}" if rule and rule.evidence else "–"
    return tag(
        "tr",
        tag("th", rule_id, scope="row", id=f"rule-{rule_id}"),
        tag("td", rule.why if rule else ""),
        tag("td", rate, class_="number"),
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
