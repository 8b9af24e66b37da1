"""A rule's examples are its tests: this runs them."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from newslint import formats
from newslint.archive import in_archive
from newslint.engine import Linter
from newslint.findings import Finding
from newslint.rule import Example, Rule
from newslint.text import Document


class Failure(NamedTuple):
    """An example that does not hold: its number from 1, and what was expected."""

    rule: str
    number: int
    message: str


Prepare = Callable[[Document], Document]
"""Gives a draft with what a helper remarks of it."""


def failures(rule: Rule, prepare: Prepare | None = None) -> Iterator[Failure]:
    """What does not hold of a rule's examples.

    Those of a rule that judges remarks are only run where `prepare` has a helper make them.
    """
    if rule.judges_remarks and prepare is None:
        return
    for number, example in enumerate(rule.examples, start=1):
        for message in _complaints(_spoken(rule, example), example, prepare):
            yield Failure(rule.id, number, message)


def _spoken(rule: Rule, example: Example) -> Rule:
    """The rule, told the English of the example as a configuration tells it."""
    if not example.language:
        return rule
    return msgspec.structs.replace(rule, language=example.language)


def read(example: Example) -> Document:
    """The draft of an example, and what the drafts of its archive say."""
    document = formats.read((example.bad or example.good).encode(), f"example.{example.format}")
    others = [
        formats.read(text.encode(), f"archive-{number}.{example.format}")
        for number, text in enumerate(example.archive, start=1)
    ]
    return in_archive([document, *others])[0] if others else document


def _complaints(rule: Rule, example: Example, prepare: Prepare | None) -> Iterator[str]:
    document = prepare(read(example)) if prepare else read(example)
    draft = document.source
    report = Linter([rule]).lint(document)
    yield from (notice.message for notice in report.notices)
    found = [document.source[slice(*finding.span)] for finding in report.findings]
    if example.good and found:
        yield f"expected nothing, found {_quoted(found)} in “{draft}”"
    elif example.bad and not found:
        yield f"expected a finding, found nothing in “{draft}”"
    elif example.found and found != list(example.found):
        yield f"expected {_quoted(example.found)}, found {_quoted(found)} in “{draft}”"
    if example.fixed:
        fixed = _fixed(document.source, report.findings)
        if fixed != example.fixed:
            yield f"expected “{example.fixed}” after fixes, got “{fixed}”"


def _fixed(source: str, findings: Sequence[Finding]) -> str:
    for finding in sorted(findings, reverse=True):
        if finding.fixes:
            start, end = finding.span
            source = source[:start] + finding.fixes[0].text + source[end:]
    return source


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
