"""Too many words in a passage, or too many long ones."""

from collections.abc import Iterator

from newslint.findings import Match
from newslint.readability import syllables
from newslint.rule import Rule
from newslint.segment import Word
from newslint.text import Document


class WordCount(Rule, tag="word_count", frozen=True, kw_only=True, dict=True):
    """Counts the words of each passage of the scope, or those of many syllables.

    - `max`: how many words a passage may have.
    - `syllables`: count only words of so many syllables and more, as textstat counts them; names
      do not count then. Without it, all words do.
    """

    max: int
    syllables: int = 0

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self.passages(document):
            words = document.words_in(passage)
            if len(words) <= self.max:
                continue
            counted = [word.text for word in words if self._counts(word)]
            if len(counted) > self.max:
                facts = {"count": len(counted), "max": self.max, "words": ", ".join(counted)}
                yield Match(passage, facts=facts, args=(len(counted),))

    def _counts(self, word: Word) -> bool:
        if not self.syllables:
            return True
        return word.text[0].islower() and syllables(word.text) >= self.syllables
