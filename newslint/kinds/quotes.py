"""Quotation marks without a partner, and speech without marks."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from newslint.findings import Match
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

Sought = Literal["unclosed", "unclosed_at_end", "unopened", "apostrophe", "unquoted"]

_MARKS = '"“”„‟«»'


class Quotes(Rule, tag="quotes", frozen=True, kw_only=True, dict=True):
    """Finds a quotation that never closes or never opens, or speech that lost its marks.

    A quotation that runs on over paragraphs opens again in each of them and closes once; that is
    no defect.

    - `look_for`: marks that are `unclosed` (default), `unclosed_at_end` of the draft, `unopened`,
      or stand for an `apostrophe`; or `unquoted` speech.
    - `attribution`: for `unquoted`, patterns of what follows the speech: `claims (?:one|the)`.
    - `speech`: for `unquoted`, patterns that only direct speech has, such as `I` or `we`.
    """

    look_for: Sought = "unclosed"
    attribution: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.look_for == "unquoted" and not (self.attribution and self.speech):
            raise ValueError("expected `attribution` and `speech` with `look_for: unquoted`")

    def find(self, document: Document) -> Iterator[Match]:
        if self.look_for == "unquoted":
            yield from self._unquoted(document)
            return
        pairing = document.pairing
        for mark in pairing.unclosed:
            if self.look_for == ("unclosed_at_end" if _ends(document, mark) else "unclosed"):
                yield _lone(document, mark)
        for mark in pairing.unopened:
            if self.look_for == _fault(document.prose, mark):
                yield _lone(document, mark, _REPAIRS.get(self.look_for, ()))

    def _unquoted(self, document: Document) -> Iterator[Match]:
        """Speech with an attribution in a passage that has no double mark at all."""
        for hit in self._attribution.find(document, self.passages(document)):
            text = document.prose[hit.passage.start : hit.passage.end]
            if any(mark in text for mark in _MARKS):
                continue
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


_REPAIRS = {"apostrophe": ("'",)}


def _ends(document: Document, mark: Span) -> bool:
    """Whether a mark stands in the last paragraph of several."""
    paragraphs = [span for scope, span in document.blocks if scope == "paragraph"]
    return len(paragraphs) > 1 and mark.within(paragraphs[-1])


def _fault(prose: str, mark: Span) -> Sought:
    """What is wrong with a mark that closes nothing."""
    text, before = prose[mark.start], prose[mark.start - 1 : mark.start]
    after = prose[mark.end : mark.end + 2]
    if text == '"' and before.isalpha() and after[:1] == " " and after[1:].isalpha():
        return "apostrophe"
    return "unopened"


def _lone(document: Document, mark: Span, replacements: tuple[str, ...] = ()) -> Match:
    """The finding at a lone mark; its message may quote how the quotation begins."""
    words = document.prose[mark.end : mark.end + 60].split("\n")[0].split()
    beginning = " ".join(words[:5]) + (" …" if len(words) > 5 else "")
    return Match(mark, replacements, facts={"beginning": beginning})


def _sentence_start(document: Document, span: Span) -> int:
    starts = [s.start for s in document.sentences if s.start <= span.start < s.end]
    return starts[0] if starts else span.start
