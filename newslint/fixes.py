"""Fixes applied to drafts: only where the source is the prose, and never for the worse."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from newslint import edits
from newslint.edits import Edit
from newslint.engine import Linter
from newslint.findings import Finding, Level, Report, rank
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

PASSES = 20
"""How often a draft is fixed again; each pass leaves fewer findings, so that few are needed."""


class Choice(NamedTuple):
    """A finding, and which of its replacements is to stand in its place."""

    finding: Finding
    text: str


class Outcome(NamedTuple):
    """A draft after fixes, how many were applied, and whether another pass would change nothing."""

    document: Document
    fixed: int
    settled: bool = True


class Fixer:
    """Applies fixes, and takes back each that would do harm."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        # A limit spares people; a fix has to know all findings.
        unlimited = (msgspec.structs.replace(rule, limit=0) for rule in self._rules.values())
        self._linter = Linter(unlimited)

    def settle(self, document: Document, *, unsafe: bool, level: Level) -> Outcome:
        """Fixes a draft until nothing is left that may be fixed unread.

        With `unsafe` also what may be wrong. Of findings below `level` nothing is heard.
        """
        fixed = 0
        for _ in range(PASSES):
            report = self._linter.lint(document)
            shown = (one for one in report.findings if rank(one.level) >= rank(level))
            document, done = self.apply(report, list(self.unread(shown, unsafe)))
            if not done:
                return Outcome(document, fixed)
            fixed += len(done)
        return Outcome(document, fixed, settled=False)

    def lint(self, document: Document) -> Report:
        """All findings, whatever the limits of their rules."""
        return self._linter.lint(document)

    def apply(self, report: Report, choices: Sequence[Choice]) -> tuple[Document, list[Choice]]:
        """The draft after the choices, and which of them were applied."""
        assert report.document
        document = report.document
        planned = list(_apart(document, choices))
        done = edits.most(planned, lambda tried: self._holds(report, tried))
        return _edited(document, done), [plan.choice for plan in done]

    def unread(self, findings: Iterable[Finding], unsafe: bool) -> Iterator[Choice]:
        """The fixes that need nobody to choose: of safe rules, or of unsafe ones as well."""
        allowed = ("safe", "unsafe") if unsafe else ("safe",)
        for finding in findings:
            rule = self._rules.get(finding.rule)
            if rule and rule.fix in allowed and len(finding.fixes) == 1:
                yield Choice(finding, finding.fixes[0].text)

    def _holds(self, before: Report, plans: Sequence["_Plan"]) -> bool:
        assert before.document
        after = _edited(before.document, plans)
        if _shown(after) != _shown(before.document, plans):
            return False
        if _margin(after) != _margin(before.document):
            return False
        return not any(_worse(before, self._linter.lint(after), plans))


class _Plan(NamedTuple):
    """A choice with the edit that it takes, and the span of the prose that it changes."""

    edit: Edit
    choice: Choice
    prose: Span


def applicable(document: Document, finding: Finding) -> bool:
    """Whether a replacement of a finding may be put in its place."""
    return bool(finding.fixes) and document.to_prose(finding.span) is not None


def _apart(document: Document, choices: Iterable[Choice]) -> Iterator[_Plan]:
    """Plans that do not overlap; the graver finding goes first, then the earlier one."""
    taken: list[Span] = []
    for choice in sorted(choices, key=lambda one: (-rank(one.finding.level), one)):
        prose = document.to_prose(choice.finding.span)
        if prose is None:
            continue
        edit = _edit(document, choice)
        if not any(edit.span.overlaps(other) for other in taken):
            taken.append(edit.span)
            yield _Plan(edit, choice, prose)


def _edit(document: Document, choice: Choice) -> Edit:
    if choice.text:
        return Edit(choice.finding.span, choice.text)
    return edits.removal(document, choice.finding.span)


def _edited(document: Document, plans: Iterable[_Plan]) -> Document:
    return edits.edited(document, (plan.edit for plan in plans))


def _shown(document: Document, plans: Sequence[_Plan] = ()) -> list[tuple[str, str]]:
    """What a reader sees, block by block, without white space; with plans, what he is to see.

    A fix must not turn into markup: `（` before a link would, and a colon in front matter. Plain
    text has no markup, and its blocks are guesses.
    """
    changes = [Edit(plan.prose, plan.choice.text) for plan in plans]
    blocks = [
        (block.scope, "".join(_within(document.prose, block.span, changes).split()))
        for block in document.blocks
    ]
    if document.format == "txt":
        return [("", "".join(text for _, text in blocks))]
    # A field of front matter does not go with its text: it would stay behind without a value.
    return [(scope, text) for scope, text in blocks if text or scope.startswith("frontmatter")]


def _within(prose: str, span: Span, changes: Iterable[Edit]) -> str:
    inside = [Edit(at.shift(-span.start), text) for at, text in changes if at.within(span)]
    return edits.apply(prose[span.start : span.end], inside)


def _margin(document: Document) -> tuple[object, ...]:
    return document.settings, *(comment.text for comment in document.comments)


def _worse(before: Report, after: Report, plans: Sequence[_Plan]) -> Iterator[Finding]:
    """New findings of a rule that was to be satisfied, or as grave ones in a place just fixed."""
    made = [plan.edit for plan in plans]
    fixed = {plan.choice.finding for plan in plans}
    rules = {finding.rule for finding in fixed}
    known = {(one.rule, _moved(one.span, made)) for one in before.findings if one not in fixed}
    places = [(_place(plan.edit, made), rank(plan.choice.finding.level)) for plan in plans]
    for finding in after.findings:
        if (finding.rule, finding.span) in known:
            continue
        if finding.rule in rules or any(
            finding.span.overlaps(place) and rank(finding.level) >= grave for place, grave in places
        ):
            yield finding


def _moved(span: Span, made: Sequence[Edit]) -> Span:
    return Span(edits.moved(span.start, made), edits.moved(span.end, made))


def _place(edit: Edit, made: Sequence[Edit]) -> Span:
    end = edits.moved(edit.span.end, made)
    return Span(end - len(edit.text), end)
