"""Quotation marks without a partner, and speech without marks."""

from collections.abc import Container, Iterator
from functools import cached_property
from typing import Literal

from newslint.findings import Match, Related
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

Sought = Literal[
    "unclosed", "unclosed_at_end", "open_end", "unopened", "turned", "apostrophe", "unquoted"
]

_MARKS = '"“”„‟«»'


class Quotes(Rule, tag="quotes", frozen=True, kw_only=True, dict=True):
    """Finds a quotation that never closes or never opens, or speech that lost its marks.

    A quotation that runs on over paragraphs opens again in each of them and closes once; that is
    no defect.

    - `look_for`: marks that are `unclosed` (default), `unclosed_at_end` in the last paragraph,
      `open_end` where that is a quotation and nothing else, `unopened`, `turned` the wrong way, or
      stand for an `apostrophe`; or `unquoted` speech.
    - `attribution`: patterns of what follows the speech: `claims (?:one|the)`. In a quotation that
      never closes it shows where it should: the fact `{fault}` says so.
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
            attribution = self._attributed(document, mark)
            if self.look_for == _end(document, mark, attribution):
                yield _lone(document, mark, attribution)
        openings = {quotation.start for quotation in pairing.quotations}
        for mark in pairing.unopened:
            if self.look_for == _fault(document.prose, mark, openings):
                yield _lone(document, mark, None, _REPAIRS.get(self.look_for, ()))

    def _attributed(self, document: Document, mark: Span) -> Span | None:
        """The first attribution that stands inside the quotation."""
        inside = [
            quotation for quotation in document.pairing.quotations if mark.start == quotation.start
        ]
        return next((hit.span for hit in self._attribution.find(document, inside)), None)

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


_REPAIRS = {"apostrophe": ("'",), "turned": ("“",)}


def _end(document: Document, mark: Span, attribution: Span | None) -> Sought:
    """How a quotation that never closes ends: within the draft, or with its last paragraph."""
    paragraphs = [span for scope, span in document.blocks if scope == "paragraph"]
    if len(paragraphs) < 2 or not mark.within(paragraphs[-1]):
        return "unclosed"
    alone = mark.start == paragraphs[-1].start and not attribution
    return "open_end" if alone else "unclosed_at_end"


def _fault(prose: str, mark: Span, openings: Container[int]) -> Sought:
    """What is wrong with a mark that closes nothing."""
    text, before = prose[mark.start], prose[mark.start - 1 : mark.start]
    after = prose[mark.end : mark.end + 2]
    if text == '"' and before.isalpha() and after[:1] == " " and after[1:].isalpha():
        return "apostrophe"
    return "turned" if mark.start in openings else "unopened"


def _lone(
    document: Document, mark: Span, attribution: Span | None, replacements: tuple[str, ...] = ()
) -> Match:
    """The finding at a lone mark; its message may quote how the quotation begins."""
    end = attribution.start if attribution else len(document.prose)
    words = document.prose[mark.end : min(end, mark.end + 60)].split("\n")[0].split()
    beginning = " ".join(words[:5]) + (" …" if len(words) > 5 else "")
    facts = {"beginning": beginning.rstrip(","), "fault": "never closes"}
    if attribution is None:
        return Match(mark, replacements, facts=facts)
    said = document.prose[attribution.start : attribution.end].lstrip(" ,.")
    facts["fault"] = f"does not close before “{said}”"
    related = (Related(attribution, "no longer the speaker’s words"),)
    return Match(mark, replacements, related, facts)


def _sentence_start(document: Document, span: Span) -> int:
    starts = [s.start for s in document.sentences if s.start <= span.start < s.end]
    return starts[0] if starts else span.start
