"""The same line, paragraph or sentence twice."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from newslint.findings import Match, Related
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_TOKEN = re.compile(r"\w+")


class Repeat(Rule, tag="repeat", frozen=True, kw_only=True, dict=True):
    """Finds a passage of the scope that stands in the draft already, or nearly so.

    - `min_words`: words that a passage must have; default 4.
    - `similarity`: the share of words, from 0 to 1, that two passages must have in common, in
      the sense of Jaccard; 1 (default) means that they are the same but for case and marks.
    - `but`: patterns; a passage in which one is found may come twice.
    - `across`: whether a field of the front matter, a caption or an alternative text may repeat
      what the body says: `body` (default) looks at the body alone, `all` at everything.
    """

    min_words: int = 4
    similarity: float = 1.0
    but: tuple[str, ...] = ()
    across: Literal["body", "all"] = "body"

    def find(self, document: Document) -> Iterator[Match]:
        seen: list[_Passage] = []
        for passage in self._readable(document):
            before = next((one for one in seen if self._same(one, passage)), None)
            if before is None:
                seen.append(passage)
                continue
            line = document.place(document.to_source(before.span).start).line
            related = (Related(before.span, "the first time"),)
            exact = passage.words == before.words
            replacements = ("",) if exact and self.similarity == 1 else ()
            yield Match(passage.span, replacements, related, {"line": line})

    def _readable(self, document: Document) -> Iterator["_Passage"]:
        aside = [
            span
            for scope, span in document.blocks
            if self.across == "body"
            and scope.startswith(("frontmatter", "attr", "caption", "title"))
        ]
        for span in self.passages(document):
            words = tuple(_TOKEN.findall(document.prose[span.start : span.end].casefold()))
            if len(words) < self.min_words or any(span.within(other) for other in aside):
                continue
            if not (self.but and any(self._but.find(document, [span]))):
                yield _Passage(span, words, frozenset(words))

    def _same(self, one: "_Passage", other: "_Passage") -> bool:
        if self.similarity >= 1:
            return one.words == other.words
        if one.words == other.words:
            return False  # The exact double is another rule's.
        sizes = sorted((len(one.vocabulary), len(other.vocabulary)))
        if sizes[0] < self.similarity * sizes[1]:
            return False
        common = len(one.vocabulary & other.vocabulary)
        return common >= self.similarity * (sum(sizes) - common)

    @cached_property
    def _but(self) -> Pattern:
        return Pattern(self.but, words=False)


class _Passage(NamedTuple):
    span: Span
    words: tuple[str, ...]
    vocabulary: frozenset[str]
