"""What a finding is known by from one version of a draft to the next, wherever it moves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

import regex

from newslint.findings import Finding
from newslint.text import Document

_AROUND = 3
"""Words on either side that tell one place from another."""

_REACH = 200
"""The characters in which they are looked for."""

_PARAGRAPH = regex.compile(r"\R[ \t]*\R")


def of(document: Document, findings: Iterable[Finding]) -> Mapping[Finding, str]:
    """The fingerprint of each finding of a draft: a digest, a colon, and its number among equals.

    It is made of the rule, the text found, and the words around it in the paragraph. Lines that are
    wrapped anew and paragraphs that come before do not change it.
    """
    seen: Counter[str] = Counter()
    marks: dict[Finding, str] = {}
    for finding in sorted(findings):
        digest = _digest(document.source, finding)
        seen[digest] += 1
        marks[finding] = f"{digest}:{seen[digest]}"
    return marks


def _digest(source: str, finding: Finding) -> str:
    start, end = finding.span
    before = _PARAGRAPH.split(source[max(0, start - _REACH) : start])[-1].split()[-_AROUND:]
    after = _PARAGRAPH.split(source[end : end + _REACH])[0].split()[:_AROUND]
    parts = (finding.rule, *source[start:end].split(), "<", *before, ">", *after)
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
