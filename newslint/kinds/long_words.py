"""Too many long words in a passage."""

from collections.abc import Iterator

from newslint.findings import Match
from newslint.readability import syllables
from newslint.rule import Rule
from newslint.text import Document


class LongWords(Rule, tag="long_words", frozen=True, kw_only=True, dict=True):
    """Counts the words of many syllables in each passage of the scope; names do not count.

    - `syllables`: syllables, as textstat counts them, from which a word is long; default 4.
    - `max`: how many such words a passage may have.
    """

    max: int
    syllables: int = 4

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self.passages(document):
            words = [
                word.text
                for word in document.words_in(passage)
                if word.text[0].islower() and syllables(word.text) >= self.syllables
            ]
            if len(words) > self.max:
                facts = {"count": len(words), "max": self.max, "words": ", ".join(words)}
                yield Match(passage, facts=facts, args=(len(words),))
