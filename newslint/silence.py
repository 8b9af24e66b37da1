"""Comments in a draft that keep findings back, and findings about those that keep none.

    <!-- newslint-disable Names.NearMiss -- the family changed its spelling -->
    <!-- newslint-enable Names.NearMiss -->
    <!-- newslint-disable-line -->            on this line
    <!-- newslint-disable-next-line Names -->  a whole style
    <!-- newslint-disable-file Case -->
    <!-- vale off -->  <!-- vale on -->  <!-- vale Names.NearMiss = NO -->

Without a rule, all are meant. In front matter: `newslint: {disable: [Names.NearMiss]}`. What a
directive gets wrong is a finding of the style `Newslint`, which no directive keeps back.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.findings import Finding, Suppressed
from newslint.spans import Span
from newslint.styles import shipped_names
from newslint.text import Document

UNUSED = "Newslint.UnusedSilence"
UNKNOWN = "Newslint.UnknownDirective"

_DIRECTIVE = re.compile(
    r"newslint-(?P<verb>[\w-]+)(?P<rules>(?:[\s,]+(?!(?:--|—)(?:\s|\Z))[^\s,]+)*)\s*(?:(?:--|—)\s*(?P<reason>.*))?",
    re.DOTALL,
)
_VALE = re.compile(
    r"vale\s+(?:(?P<all>on|off)|(?P<rule>[\w.-]+)(?:\[.*\])?\s*=\s*(?P<switch>YES|NO|on|off))",
    re.IGNORECASE,
)
_VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")
_KEYS = ("disable", "language")
_EVERY = "*"


class _Range(NamedTuple):
    """Where a directive keeps a rule, a style or all (`*`) silent; `span` is the directive's."""

    rule: str
    start: int
    end: int
    span: Span
    ours: bool = True

    def holds(self, finding: Finding) -> bool:
        named = self.rule in (_EVERY, finding.rule, finding.rule.partition(".")[0])
        return named and self.start <= finding.span.start < self.end


class Silence:
    """The directives of a draft at work; `suppressed` is what they have kept back."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._wrong: list[Finding] = []
        self._reasons: dict[Span, str] = {}
        self._ranges = tuple(self._read())
        self._used: set[_Range] = set()
        self.suppressed: list[Suppressed] = []

    def keep(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that no directive keeps back."""
        for finding in findings:
            holding = [silent for silent in self._ranges if silent.holds(finding)]
            self._used.update(holding)
            if holding:
                by = holding[0].span
                self.suppressed.append(Suppressed(finding, by, self._reasons.get(by, "")))
            else:
                yield finding

    def unused(self, rule_ids: Iterable[str]) -> Iterator[Finding]:
        """Findings about the directives themselves; of rules that did not run, nothing is said."""
        known = set(rule_ids)
        styles = {rule_id.partition(".")[0] for rule_id in known}
        yield from self._wrong
        for silent in self._ranges:
            if silent in self._used or not silent.ours:
                continue
            if silent.rule in known | styles | {_EVERY}:
                name = "nothing" if silent.rule == _EVERY else f"no finding of {silent.rule}"
                message = f"This comment keeps {name} back; take it out."
                yield Finding(silent.span, UNUSED, "warning", message)
            elif silent.rule not in shipped_names():
                near = _nearest(silent.rule, known | styles | shipped_names())
                if near or silent.rule.partition(".")[0] in styles:
                    message = f"No rule {silent.rule}{near or '.'}"
                    yield Finding(silent.span, UNKNOWN, "warning", message)

    def _read(self) -> Iterator[_Range]:
        yield from self._from_settings()
        begun: dict[str, _Range] = {}
        whole = len(self._document.source) + 1
        for comment in self._document.comments:
            if directive := _DIRECTIVE.fullmatch(comment.text):
                rules = (
                    re.split(r"[\s,]+", directive["rules"].strip()) if directive["rules"] else []
                )
                self._reasons[comment.span] = " ".join((directive["reason"] or "").split())
                yield from self._apply(directive["verb"], rules or [_EVERY], comment.span, begun)
            elif comment.text.startswith("newslint-"):
                self._complain(comment.span, comment.text)
            elif vale := _VALE.fullmatch(comment.text):
                verb = "disable" if (vale["all"] or vale["switch"]).lower() in ("off", "no") else ""
                rule = vale["rule"] or _EVERY
                yield from self._apply(verb or "enable", [rule], comment.span, begun, ours=False)
        for silent in begun.values():
            yield silent._replace(end=whole)

    def _from_settings(self) -> Iterator[_Range]:
        start = Span(0, min(len(self._document.source), 3))
        for key in self._document.settings:
            if key not in _KEYS:
                message = f"“{key}” is no key of newslint{_nearest(str(key), _KEYS) or '.'}"
                self._wrong.append(Finding(start, UNKNOWN, "warning", message))
        listed = self._document.settings.get("disable", ())
        rules = [listed] if isinstance(listed, str) else listed
        if isinstance(rules, Iterable):
            for rule in rules:
                yield _Range(str(rule), 0, len(self._document.source) + 1, start)

    def _apply(
        self,
        verb: str,
        rules: list[str],
        span: Span,
        begun: dict[str, _Range],
        ours: bool = True,
    ) -> Iterator[_Range]:
        match verb:
            case "disable":
                for rule in rules:
                    begun.setdefault(rule, _Range(rule, span.start, span.start, span, ours))
            case "enable":
                ended = list(begun) if rules == [_EVERY] else [r for r in rules if r in begun]
                yield from (begun.pop(rule)._replace(end=span.start) for rule in ended)
            case "disable-line" | "disable-next-line":
                line = self._document.place(span.end if "next" in verb else span.start).line
                bounds = (*self._document.line_starts, len(self._document.source) + 1)
                at = min(line if "next" in verb else line - 1, len(bounds) - 2)
                yield from (_Range(rule, bounds[at], bounds[at + 1], span) for rule in rules)
            case "disable-file":
                end = len(self._document.source) + 1
                yield from (_Range(rule, 0, end, span) for rule in rules)
            case _:
                self._complain(span, f"newslint-{verb}")

    def _complain(self, span: Span, text: str) -> None:
        verb = text.removeprefix("newslint-").split()[0] if text.split() else ""
        near = _nearest(f"newslint-{verb}", [f"newslint-{verb}" for verb in _VERBS])
        message = f"“newslint-{verb}” is no directive{near or '.'}"
        self._wrong.append(Finding(span, UNKNOWN, "warning", message))


def _nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?`, where a known word is near; otherwise nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.8)
    return f"; did you mean {near[0]}?" if near else ""
