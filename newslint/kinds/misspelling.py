"""Words on a list of misspellings."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from newslint.findings import Match
from newslint.lexicon import Lexicon
from newslint.rule import FileName, Rule
from newslint.spans import Span
from newslint.text import Document


class Misspelling(Rule, tag="misspelling", frozen=True, kw_only=True, dict=True):
    """Finds words of a list that may be long: it is searched on disk, not read.

    A word in capitals, or with one inside a sentence, is taken for a name.

    - `words`: a `.tsv` beside the rule of wrong forms and right ones, `|` between several; in lower
      case, sorted by bytes.
    - `ignore`: words of the house that are right all the same, or a `.txt` of them.
    """

    words: FileName
    ignore: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Match]:
        passages = list(self.passages(document))
        begins = {sentence.start for sentence in document.sentences}
        for word, starts in document.vocabulary.items():
            right = self._lexicon.get(word)
            if right is None or word in self._ignored:
                continue
            for start in starts:
                span = Span(start, start + len(word))
                inside = any(span.within(passage) for passage in passages)
                if inside and _is_word(document, span, begins):
                    yield _match(document, span, right.split("|"))

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(Path(self.words))

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.ignore)


def _is_word(document: Document, span: Span, begins: set[int]) -> bool:
    """Whether it is no name, and no part of an address or a tag."""
    text = document.prose[span.start : span.end]
    before = document.prose[max(0, span.start - 1) : span.start]
    if before in ("@", "#", "/", "."):
        return False
    first = span.start in begins or (before in "\"“'‘(" and span.start - 1 in begins)
    return text.islower() or (text.istitle() and first and not _is_name(document, span))


def _is_name(document: Document, span: Span) -> bool:
    """Whether a capitalised word has one beside it, or comes back with its capital."""
    text = document.prose[span.start : span.end]
    starts = document.vocabulary[text.casefold()]
    capital = sum(document.prose[start].isupper() for start in starts)
    beside = document.prose[span.end : span.end + 2]
    return capital > 1 or (beside[:1] == " " and beside[1:].isupper())


def _match(document: Document, span: Span, right: list[str]) -> Match:
    capital = document.prose[span.start].isupper()
    uses = tuple(use[:1].upper() + use[1:] if capital else use for use in right)
    return Match(span, uses, facts={"use": " or ".join(f"“{use}”" for use in uses)})
