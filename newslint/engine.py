"""The linter: rules and a document in, a report out."""

from collections.abc import Iterable, Iterator

from newslint.findings import Finding, Fix, Match, Notice, Related, Report, rank
from newslint.rule import Rule
from newslint.silence import Silence
from newslint.text import Document


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
        found: list[Finding] = []
        notices: list[Notice] = []
        for rule in self.rules:
            if self._may_fire(rule, document):
                try:
                    found += list(_findings(rule, document))  # All of a rule, or nothing.
                except TimeoutError:
                    notices.append(Notice(rule.id, "a pattern took too long and was cut off"))
                except Exception as error:  # one bad rule must not spoil the run
                    notices.append(Notice(rule.id, f"failed: {type(error).__name__}: {error}"))
        silence = Silence(document)
        kept = sorted(silence.keep(_without_doubles(found)))
        unused = silence.unused(rule.id for rule in self.rules)
        return Report(
            document.name,
            document,
            tuple(sorted([*kept, *unused])),
            tuple(notices),
            silenced=silence.count,
        )

    def _may_fire(self, rule: Rule, document: Document) -> bool:
        anchors = self._anchors.get(rule.id)
        if anchors is None or rule.reads_source:
            return True
        return not anchors.isdisjoint(document.vocabulary.keys())


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
    safe = rule.fix == "safe" and document.exact(match.span)
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

    They say the same if they propose the same, or are of one style.
    """
    seen: set[object] = set()
    for finding in sorted(found, key=lambda finding: (-rank(finding.level), finding)):
        style = finding.rule.partition(".")[0]
        keys = {(finding.span, style)} | {(finding.span, fix) for fix in finding.fixes[:1]}
        if keys.isdisjoint(seen):
            yield finding
        seen |= keys
