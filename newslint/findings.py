"""What a linter has to say: matches, findings, notices and reports."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

from newslint.spans import Span
from newslint.text import Document

Level = Literal["suggestion", "warning", "error"]
LEVELS: tuple[Level, ...] = ("suggestion", "warning", "error")
"""The levels, the lowest first."""


def rank(level: Level) -> int:
    """How grave a level is; the lowest is 0."""
    return LEVELS.index(level)


class Related(NamedTuple):
    """Another place of the draft that a match or finding speaks of."""

    span: Span
    message: str


class Match(NamedTuple):
    """What a kind finds in the prose.

    `args` fill the `%s` of the message, in Vale's order; without any, the found text does.
    `facts` fill its names in braces; `found` is always among them.
    """

    span: Span
    replacements: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    facts: Mapping[str, object] = {}
    args: tuple[object, ...] = ()


class Fix(NamedTuple):
    """A replacement for the span of a finding; `safe` may be applied unread."""

    text: str
    safe: bool


class Finding(NamedTuple):
    """What everybody else sees: a defect, in the source. In order of place, then of rule."""

    span: Span
    rule: str
    level: Level
    message: str
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()


class Notice(NamedTuple):
    """Trouble with a draft, a rule or a helper; `failed` means that something was not done."""

    source: str
    message: str
    failed: bool = True


class Suppressed(NamedTuple):
    """A finding that a comment keeps back, the span of the comment, and the reason it gives."""

    finding: Finding
    by: Span
    reason: str = ""


class Report(msgspec.Struct, frozen=True):
    """All that is known of one draft; `document` is None where it could not be read.

    `changed` are the lines that a change touches, counted from 1, and `known` the findings that a
    baseline holds already; each is None where nobody asked.
    """

    name: str
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    scores: Mapping[str, object] = {}
    suppressed: tuple[Suppressed, ...] = ()
    changed: frozenset[int] | None = None
    known: tuple[Finding, ...] | None = None

    @property
    def silenced(self) -> int:
        """How many findings comments keep back."""
        return len(self.suppressed)
