"""The linter: rules and a document in, a report out."""

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import groupby
from typing import NamedTuple

import msgspec

from newslint.findings import LEVELS, Finding, Fix, Level, Match, Notice, Related, Report, rank
from newslint.remarks import Remark
from newslint.rule import Rule
from newslint.silence import Silence
from newslint.spans import Span
from newslint.text import Document


class Found(NamedTuple):
    """What rules find in a draft, as it comes."""

    document: Document
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()


class Linter:
    """Rules made ready to look at any number of drafts.

    `anchors` may be switched off to look at every draft with every rule, for the same findings;
    a test holds the engine to it.
    """

    def __init__(self, rules: Iterable[Rule], *, anchors: bool = True) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self._anchors = {rule.id: rule.anchors() for rule in self.rules} if anchors else {}

    def lint(self, document: Document) -> Report:
        """All findings in a draft, in order of place; trouble with a rule is a notice."""
        return report(self.find(document), self.rules)

    def find(self, document: Document) -> Found:
        """What the rules find, before anything is silenced, doubled or sorted."""
        findings: list[Finding] = []
        notices: list[Notice] = []
        for rule in self.rules:
            if self._may_fire(rule, document):
                try:
                    findings += list(_findings(rule, document))  # All of a rule, or nothing.
                except TimeoutError:
                    notices.append(Notice(rule.id, "a pattern took too long and was cut off"))
                except Exception as error:  # one bad rule must not spoil the run
                    notices.append(Notice(rule.id, f"failed: {type(error).__name__}: {error}"))
        return Found(document, tuple(findings), tuple(notices))

    def _may_fire(self, rule: Rule, document: Document) -> bool:
        anchors = self._anchors.get(rule.id)
        if anchors is None or rule.reads_source:
            return True
        return not anchors.isdisjoint(document.vocabulary.keys())


def report(found: Found, rules: Iterable[Rule]) -> Report:
    """The report of a draft: comments heard, doubles dropped, in order of place."""
    silence = Silence(found.document)
    kept = sorted(silence.keep(_without_moot(_without_doubles(found.findings))))
    unused = silence.unused(rule.id for rule in rules)
    return Report(
        found.document.name,
        found.document,
        tuple(sorted([*kept, *unused])),
        found.notices,
        suppressed=tuple(sorted(silence.suppressed)),
    )


def with_remarks(found: Found, remarks: Iterable[Remark], linter: Linter) -> Found:
    """What was found, and what a helper remarks where no rule of ours has spoken for it.

    `linter` has the rules that judge remarks, and all others.
    """
    document = found.document
    ours = _Ours(found.findings, linter.rules)
    news = [one for one in remarks if not ours.speak_of(document.to_source(one.span), one.id)]
    if not news:
        return found
    judged = msgspec.structs.replace(document, remarks=tuple(sorted(news)))
    judges = Linter(rule for rule in linter.rules if rule.judges_remarks)
    more = judges.find(judged)
    return Found(document, (*found.findings, *more.findings), (*found.notices, *more.notices))


class _Ours:
    """Findings of ours, and which remarks they make superfluous."""

    def __init__(self, findings: Iterable[Finding], rules: Iterable[Rule]) -> None:
        superseded = {rule.id: rule.supersedes for rule in rules}
        self._places = [
            (finding.span, superseded.get(finding.rule, ())) for finding in sorted(findings)
        ]

    def speak_of(self, span: Span, remark: str) -> bool:
        """Whether one is of the very place, or of a place that meets it and says the same."""
        return any(
            span == place
            or (
                span.start < place.end
                and place.start < span.end
                and any(fnmatchcase(remark, glob) for glob in globs)
            )
            for place, globs in self._places
        )


def _findings(rule: Rule, document: Document) -> Iterator[Finding]:
    document = document.raw if rule.reads_source else document
    matches = (match for match in rule.find(document) if _wanted(rule, document, match))
    for number, match in enumerate(matches):
        if rule.limit and number >= rule.limit:
            return
        yield _finding(rule, document, match)


def _wanted(rule: Rule, document: Document, match: Match) -> bool:
    if rule.quotations == "both" or rule.reads_source:
        return True
    return document.quoted(match.span) == (rule.quotations == "only")


def _finding(rule: Rule, document: Document, match: Match) -> Finding:
    # Where there is a choice, somebody must make it.
    one = len(match.replacements) == 1
    safe = rule.fix == "safe" and one and document.exact(match.span)
    return Finding(
        document.to_source(match.span),
        rule.id,
        rule.level,
        rule.render(document, match),
        tuple(Fix(text, safe) for text in match.replacements),
        tuple(Related(document.to_source(span), message) for span, message in match.related),
    )


def _without_doubles(found: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings that say the same of one place, the gravest; of equals, the first.

    They say the same if they propose the same, or are of one style; one that proposes nothing, and
    shows other places, speaks of the draft.
    """
    seen: set[object] = set()
    for finding in sorted(found, key=lambda finding: (-rank(finding.level), finding)):
        style = finding.rule.partition(".")[0]
        keys = {(finding.span, style)} | {(finding.span, fix) for fix in finding.fixes[:1]}
        if finding.related and not finding.fixes:
            yield finding
            continue
        if keys.isdisjoint(seen):
            yield finding
        seen |= keys


def _without_moot(found: Iterable[Finding]) -> Iterator[Finding]:
    """Leaves out what an editor need not see, for the fix of a finding round it mends it as well.

    A finding that shows other places speaks of more than its own, and stays.
    """
    reach = dict.fromkeys(LEVELS, -1)  # How far the fixes go that begin before, or there.
    outer_first = sorted(found, key=lambda finding: (finding.span.start, -finding.span.end))
    for _, of_one_place in groupby(outer_first, key=lambda finding: finding.span):
        findings = list(of_one_place)
        yield from (finding for finding in findings if not _is_moot(finding, reach))
        for finding in findings:
            if finding.fixes:
                reach[finding.level] = max(reach[finding.level], finding.span.end)


def _is_moot(finding: Finding, reach: Mapping[Level, int]) -> bool:
    as_grave = (reach[level] for level in LEVELS[rank(finding.level) :])
    return bool(finding.fixes) and not finding.related and max(as_grave) >= finding.span.end
