"""Comments written into drafts that keep findings back, and change nothing that a reader sees."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from newslint import edits
from newslint.edits import Edit
from newslint.engine import Linter
from newslint.findings import Finding, Level, Report, rank
from newslint.silence import UNKNOWN, UNUSED
from newslint.spans import Span
from newslint.text import Document

_NEWLINE = re.compile(r"\r\n|\r|\n")
_FREE = ("paragraph", "heading")
"""Blocks of Markdown with lines before them that belong to nothing else."""


class Outcome(NamedTuple):
    """A draft with comments, and how many findings they keep back."""

    document: Document
    suppressed: int


class _Line(NamedTuple):
    """A line, counted from 1, the rules to keep silent on it, and the block they speak of."""

    number: int
    rules: tuple[str, ...]
    block: Span
    scope: str


_Place = Callable[[Document, _Line, str], Sequence[Edit]]
"""How to keep a line silent, for a reason; no edit where that cannot be."""


class Suppressor:
    """Writes comments, each in the first place where it works and does no harm."""

    def __init__(self, linter: Linter, reason: str = "") -> None:
        self._linter = linter
        self._reason = reason

    def suppress(self, document: Document, level: Level) -> Outcome:
        """Keeps all findings at or above a level back, but those about comments."""
        report = self._linter.lint(document)
        suppressed = 0
        for place in (_at_line_end, _at_block_end, _before_line, _round_block):
            lines = list(_lines(report, level))
            report, more = self._in_place(report, lines, place)
            suppressed += more
        for start in (False, True):
            rules = sorted({one.rule for one in _wanted(report, level)})
            report, more = self._whole(report, rules, start)
            suppressed += more
        assert report.document
        return Outcome(report.document, suppressed)

    def _in_place(
        self, report: Report, lines: Sequence[_Line], place: _Place
    ) -> tuple[Report, int]:
        assert report.document
        document = report.document
        planned = [(line, made) for line in lines if (made := place(document, line, self._reason))]
        done = edits.most(
            planned, lambda tried: self._after(report, _joined(tried), _said(tried)) is not None
        )
        return self._taken(report, _joined(done), _said(done))

    def _whole(self, report: Report, rules: Sequence[str], start: bool) -> tuple[Report, int]:
        assert report.document
        document = report.document

        def edit(tried: Sequence[str]) -> list[Edit]:
            comment = _comment("disable-file", tried, self._reason, "--")
            return [_first(document, comment) if start else _last(document, comment)]

        done = edits.most(
            rules,
            lambda tried: self._after(report, edit(tried), {(r, 0) for r in tried}) is not None,
        )
        return self._taken(report, edit(done), {(rule, 0) for rule in done})

    def _taken(
        self, report: Report, made: Sequence[Edit], said: set[tuple[str, int]]
    ) -> tuple[Report, int]:
        if not said:
            return report, 0
        after = self._after(report, made, said)
        assert after
        return after, after.silenced - report.silenced

    def _after(
        self, before: Report, made: Sequence[Edit], said: set[tuple[str, int]]
    ) -> Report | None:
        """The report after edits; None if they do not do what they should, or more."""
        assert before.document
        document = edits.edited(before.document, made)
        if _shown(document) != _shown(before.document):
            return None
        after = self._linter.lint(document)
        left = sorted(
            (one.rule, edits.moved(one.span.start, made))
            for one in before.findings
            if not _says(before.document, said, one)
        )
        if sorted((one.rule, one.span.start) for one in after.findings) != left:
            return None
        return after


def _wanted(report: Report, level: Level) -> Iterator[Finding]:
    for finding in report.findings:
        if finding.rule not in (UNUSED, UNKNOWN) and rank(finding.level) >= rank(level):
            yield finding


def _lines(report: Report, level: Level) -> Iterator[_Line]:
    """The lines on which findings begin, and what to keep silent there."""
    assert report.document
    document = report.document
    found: dict[int, list[Finding]] = {}
    for finding in _wanted(report, level):
        found.setdefault(document.place(finding.span.start).line, []).append(finding)
    for number, findings in sorted(found.items()):
        rules = tuple(sorted({finding.rule for finding in findings}))
        yield _Line(number, rules, *_block(document, findings[0].span.start))


def _block(document: Document, offset: int) -> tuple[Span, str]:
    """The source and scope of the block at an offset of the source."""
    for scope, span in document.blocks:
        source = document.to_source(span)
        if source.start <= offset < source.end:
            return source, scope
    return Span(offset, offset), ""


def _at_line_end(document: Document, line: _Line, reason: str) -> list[Edit]:
    """Before spaces and the backslash that break a line of Markdown."""
    start = document.line_starts[line.number - 1]
    text = document.line(line.number)
    end = len(text.rstrip(" \t"))
    if document.format == "md" and (end - len(text[:end].rstrip("\\"))) % 2:
        end -= 1
    return [_inline(document, start + end, line, reason)]


def _at_block_end(document: Document, line: _Line, reason: str) -> list[Edit]:
    """In a cell of a table, or before the marks that close a heading."""
    if document.place(line.block.end).line != line.number:
        return []
    return [_inline(document, line.block.end, line, reason)]


def _before_line(document: Document, line: _Line, reason: str) -> list[Edit]:
    if not _free(document, line) or (line.number > 1 and document.line(line.number - 1).strip()):
        return []
    comment = _comment("disable-next-line", line.rules, reason, "--")
    start = document.line_starts[line.number - 1]
    return [Edit(Span(start, start), comment + _break(document))]


def _round_block(document: Document, line: _Line, reason: str) -> list[Edit]:
    """Comments before and after a block, set off by blank lines."""
    if not _free(document, line):
        return []
    gap = 2 * _break(document)
    first = document.line_starts[document.place(line.block.start).line - 1]
    last = document.place(line.block.end).line
    end = document.line_starts[last - 1] + len(document.line(last))
    begin = _comment("disable", line.rules, reason, "--")
    stop = _comment("enable", line.rules, "", "--")
    return [Edit(Span(first, first), begin + gap), Edit(Span(end, end), gap + stop)]


def _free(document: Document, line: _Line) -> bool:
    return document.format != "md" or line.scope.startswith(_FREE)


def _inline(document: Document, at: int, line: _Line, reason: str) -> Edit:
    # Much Markdown software takes `--` inside a sentence for the end of a comment, or for none.
    dash = "—" if document.format == "md" else "--"
    return Edit(Span(at, at), " " + _comment("disable-line", line.rules, reason, dash))


def _last(document: Document, comment: str) -> Edit:
    """A comment at the end, which ends with a line break where the draft does."""
    source = document.source
    end = len(source.rstrip("\r\n"))
    return Edit(Span(end, end), 2 * _break(document) + comment)


def _first(document: Document, comment: str) -> Edit:
    return Edit(Span(0, 0), comment + 2 * _break(document))


def _comment(verb: str, rules: Sequence[str], reason: str, dash: str) -> str:
    because = f" {dash} {reason}" if reason else ""
    return f"<!-- newslint-{verb} {', '.join(rules)}{because} -->"


def _break(document: Document) -> str:
    found = _NEWLINE.search(document.source)
    return found.group() if found else "\n"


def _joined(planned: Iterable[tuple[_Line, Sequence[Edit]]]) -> list[Edit]:
    return [edit for _, made in planned for edit in made]


def _said(planned: Iterable[tuple[_Line, Sequence[Edit]]]) -> set[tuple[str, int]]:
    """Rules, each with the line on which it is to say nothing; 0 means all lines."""
    return {(rule, line.number) for line, _ in planned for rule in line.rules}


def _says(document: Document, said: set[tuple[str, int]], finding: Finding) -> bool:
    line = document.place(finding.span.start).line
    return (finding.rule, line) in said or (finding.rule, 0) in said


def _shown(document: Document) -> tuple[object, ...]:
    return document.prose, document.blocks, document.settings
