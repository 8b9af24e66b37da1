"""Quotation marks without a partner, and speech without marks."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from newslint.findings import Match
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_MARKS = '"“”„‟«»'


class Quotes(Rule, tag="quotes", frozen=True, kw_only=True, dict=True):
    """Finds a quotation that never closes or never opens, or speech that lost its marks.

    A quotation that runs on over paragraphs opens again in each of them and closes once; that is
    no defect.

    - `look_for`: `unclosed` marks (default), `unopened` marks, or `unquoted` speech.
    - `attribution`: for `unquoted`, patterns of what follows the speech: `claims (?:one|the)`.
    - `speech`: for `unquoted`, patterns that only direct speech has, such as `I` or `we`.
    """

    look_for: Literal["unclosed", "unopened", "unquoted"] = "unclosed"
    attribution: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.look_for == "unquoted" and not (self.attribution and self.speech):
            raise ValueError("expected `attribution` and `speech` with `look_for: unquoted`")

    def find(self, document: Document) -> Iterator[Match]:
        match self.look_for:
            case "unclosed":
                yield from (_lone(document, mark) for mark in document.pairing.unclosed)
            case "unopened":
                yield from (_lone(document, mark) for mark in document.pairing.unopened)
            case "unquoted":
                yield from self._unquoted(document)

    def _unquoted(self, document: Document) -> Iterator[Match]:
        """Speech with an attribution in a passage that has no double mark at all."""
        for passage in self.passages(document):
            text = document.prose[passage.start : passage.end]
            if any(mark in text for mark in _MARKS):
                continue
            for hit in self._attribution.find(document, [passage]):
                said = Span(_sentence_start(document, hit.span), hit.span.start)
                if next(self._speech.find(document, [said]), None) and not document.quoted(said):
                    speech = document.prose[said.start : said.end].rstrip(", ")
                    yield Match(Span(said.start, said.start + len(speech)))

    @cached_property
    def _attribution(self) -> Pattern:
        return Pattern(self.attribution, words=False)

    @cached_property
    def _speech(self) -> Pattern:
        return Pattern(self.speech, ignorecase=True)


def _lone(document: Document, mark: Span) -> Match:
    """The finding at a lone mark; its message may quote how the quotation begins."""
    words = document.prose[mark.end : mark.end + 60].split("\n")[0].split()
    beginning = " ".join(words[:5]) + (" …" if len(words) > 5 else "")
    return Match(mark, facts={"beginning": beginning})


def _sentence_start(document: Document, span: Span) -> int:
    starts = [s.start for s in document.sentences if s.start <= span.start < s.end]
    return starts[0] if starts else span.start
