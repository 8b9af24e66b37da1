"""Words and patterns that should not be there."""

import re
from collections.abc import Iterator
from functools import cached_property

from newslint.findings import Match
from newslint.patterns import TIMEOUT, Exceptions, Pattern, compiled
from newslint.rule import Rule
from newslint.text import Document


class Existence(Rule, tag="existence", frozen=True, kw_only=True, dict=True):
    """Vale's `existence`: each match of a token is a finding.

    - `tokens`: words or patterns, each between word boundaries.
    - `raw`: patterns, joined as they are, in front of the tokens.
    - `append`: put `raw` behind the tokens instead.
    - `exceptions`: texts in a match that except it.
    - `ignorecase`: whether case does not matter.
    - `nonword`: no word boundaries round the tokens.
    - `vocab`: Vale's; accepted.
    """

    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    ignorecase: bool = False
    nonword: bool = False
    append: bool = False
    vocab: bool = True

    def __post_init__(self) -> None:
        if not self.tokens and not self.raw:
            raise ValueError("expected `tokens` or `raw`")
        _ = self._pattern, self._replacements("")

    def anchors(self) -> frozenset[str] | None:
        return self._pattern.anchors

    def find(self, document: Document) -> Iterator[Match]:
        for hit in self._pattern.find(document, self.passages(document)):
            if not self._exceptions.hold(document, hit.passage, hit.span):
                found = document.prose[hit.span.start : hit.span.end]
                yield Match(hit.span, self._replacements(found))

    def _replacements(self, found: str) -> tuple[str, ...]:
        match self.action.name, self.action.params:
            case "remove", _:
                return ("",)
            case "replace", options:
                return options
            case "edit", ("regex", pattern, replacement):
                filled = re.sub(r"\$(\d)", r"\\\1", replacement)
                return (compiled(pattern).sub(filled, found, timeout=TIMEOUT),)
            case "edit", ("trim" | "trim_left" | "trim_right" as side, characters):
                strip = {"trim": found.strip, "trim_left": found.lstrip}.get(side, found.rstrip)
                return (strip(characters),)
        return ()

    @cached_property
    def _pattern(self) -> Pattern:
        raw = "".join(self.raw)
        return Pattern(
            self.tokens,
            words=not self.nonword,
            ignorecase=self.ignorecase,
            before="" if self.append else raw,
            after=raw if self.append else "",
        )

    @cached_property
    def _exceptions(self) -> Exceptions:
        return Exceptions(self.exceptions)
