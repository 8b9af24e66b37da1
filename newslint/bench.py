"""How rules behave on a corpus: how often they fire, where, how long they take, which overlap."""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint import files
from newslint.engine import Linter
from newslint.examples import failures, read
from newslint.findings import Finding
from newslint.rule import Evidence, Rule
from newslint.spans import Span
from newslint.text import Document

SLOW = 2.0
"""Milliseconds for 10,000 characters of prose above which `rules lint` calls a rule slow."""


class Hit(NamedTuple):
    """A finding on a corpus, with the words around it, to be read by a person."""

    rule: str
    draft: str
    line: int
    before: str
    found: str
    after: str


class Rate(NamedTuple):
    """How often a rule fires: findings, and the drafts they are in, over so many words."""

    rule: str
    findings: int
    drafts: int
    words: int

    @property
    def per_10k(self) -> float:
        """Findings per 10,000 words."""
        return 10_000 * self.findings / self.words if self.words else 0.0

    def evidence(self, month: str) -> Evidence:
        """The rate as a rule file shows it."""
        return Evidence(round(self.per_10k, 2), self.words, month)


class Bench:
    """Runs rules over documents and keeps count."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._linter = Linter(rules)
        self._findings: Counter[str] = Counter()
        self._drafts: Counter[str] = Counter()
        self.hits: list[Hit] = []
        self.words = 0

    def add(self, document: Document) -> None:
        """Lints a document of the corpus."""
        self.words += len(document.prose.split())
        findings = self._linter.lint(document).findings
        self.hits += (_hit(document, finding) for finding in findings)
        self._findings.update(finding.rule for finding in findings)
        self._drafts.update({finding.rule for finding in findings})

    def rates(self) -> list[Rate]:
        """The rate of each rule, the noisiest first."""
        rates = (
            Rate(rule.id, self._findings[rule.id], self._drafts[rule.id], self.words)
            for rule in self._linter.rules
        )
        return sorted(rates, key=lambda rate: (-rate.findings, rate.rule))


def write_evidence(path: Path, evidence: Evidence) -> None:
    """Puts the evidence into a rule file, on one line of its own; all else stays as it is."""
    text = path.read_text(encoding="utf-8")
    rate = f"{evidence.clean_per_10k:g}"
    line = f'evidence: {{clean_per_10k: {rate}, words: {evidence.words}, on: "{evidence.on}"}}\n'
    changed, count = _EVIDENCE.subn(lambda _: line, text)
    files.write(path, changed if count else text.rstrip("\n") + "\n" + line)


def complaints(rules: Sequence[Rule], documents: Sequence[Document]) -> Iterator[str]:
    """What is wrong with a set of rules: examples, doubles, shadows, slowness."""
    for rule in rules:
        for failure in failures(rule):
            yield f"{rule.id}: example {failure.number}: {failure.message}"
    yield from _shadows(rules)
    yield from _slow(rules, documents)


_EVIDENCE = re.compile(r"^evidence:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_CONTEXT = 50


def _hit(document: Document, finding: Finding) -> Hit:
    start, end = finding.span
    source = document.source
    pieces = (
        source[max(0, start - _CONTEXT) : start],
        source[start:end],
        source[end : end + _CONTEXT],
    )
    line = document.place(start).line
    return Hit(finding.rule, document.name, line, *(" ".join(piece.split()) for piece in pieces))


def _shadows(rules: Sequence[Rule]) -> Iterator[str]:
    """Rules all of whose bad examples another rule finds in just the same places."""
    linters = {rule.id: Linter([rule]) for rule in rules}
    for rule in rules:
        drafts = [read(example) for example in rule.examples if example.bad]
        own = [_spans(linters[rule.id], draft) for draft in drafts]
        for other, linter in linters.items():
            same = (
                found <= _spans(linter, draft) for found, draft in zip(own, drafts, strict=True)
            )
            if other != rule.id and drafts and all(own) and all(same):
                yield f"{rule.id}: {other} finds all of its bad examples, too"


def _spans(linter: Linter, draft: Document) -> frozenset[Span]:
    return frozenset(finding.span for finding in linter.lint(draft).findings)


def _slow(rules: Sequence[Rule], documents: Sequence[Document]) -> Iterator[str]:
    characters = sum(len(document.prose) for document in documents)
    if not characters:
        return
    for rule in rules:
        linter = Linter([rule])
        for document in documents:  # What is compiled and looked up once is not the rule's cost.
            linter.lint(document)
        start = time.process_time()
        for document in documents:
            linter.lint(document)
        cost = (time.process_time() - start) * 1000 * 10_000 / characters
        if cost > SLOW:
            yield f"{rule.id}: takes {cost:.1f} ms for 10,000 characters, expected {SLOW:g} at most"
