"""Verbs that take only certain particles."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from newslint.findings import Match
from newslint.rule import Rule
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The forms of a verb, and the particles it takes."""

    forms: tuple[str, ...]
    takes: tuple[str, ...]


class Particles(Rule, tag="particles", frozen=True, kw_only=True, dict=True):
    """Finds a verb with a particle that it does not take: `stave against` for `stave off`.

    A verb is let pass where no particle follows it at all, or one that it takes stands near.

    - `verbs`: a mapping of names to `{forms: [stave, staves], takes: [off]}`.
    - `particles`: all words that count as particles.
    - `window`: how many words behind the verb are looked at for one that it takes; default 2.
    """

    verbs: Mapping[str, Verb]
    particles: tuple[str, ...]
    window: int = 2

    def anchors(self) -> frozenset[str]:
        return frozenset(self._by_form)

    def find(self, document: Document) -> Iterator[Match]:
        words = document.words
        for index, word in enumerate(words[:-1]):
            verb = self._by_form.get(word.text.casefold())
            if verb is None or words[index + 1].text.casefold() not in self._particles:
                continue
            following = [w.text.casefold() for w in words[index + 1 : index + 1 + self.window]]
            if set(verb.takes).isdisjoint(following):
                yield self._match(document, word, words[index + 1], verb)

    def _match(self, document: Document, word: Word, particle: Word, verb: Verb) -> Match:
        right = (f"{word.text} {verb.takes[0]}",)
        return Match(Span(word.start, particle.end), right, facts={"use": right[0]})

    @cached_property
    def _by_form(self) -> Mapping[str, Verb]:
        return {form.casefold(): verb for verb in self.verbs.values() for form in verb.forms}

    @cached_property
    def _particles(self) -> frozenset[str]:
        return frozenset(self.particles)
