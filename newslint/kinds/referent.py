"""One thing called by names that exclude each other: a river that becomes a lake."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from newslint.findings import Match, Related
from newslint.rule import Rule
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns of which no two can name one thing; `spatial` ones are places."""

    members: tuple[str, ...]
    spatial: bool = False


class Referent(Rule, tag="referent", frozen=True, kw_only=True, dict=True):
    """Finds a thing that changes its kind in a draft.

    `drift`: two members of a group, each with a bare definite article behind a preposition of
    place (across the river, on the lake), neither introduced before. `anaphora`: this or that with
    a member that was never mentioned, shortly after another member was introduced (a symposium,
    this summit).

    - `look_for`: `drift` or `anaphora`.
    - `groups`: a mapping of names to `{members: [river, lake], spatial: true}`.
    - `locative`: prepositions of place.
    - `introduces`: what stands before a noun that is new: a, another, two.
    - `joins`: words behind a noun that make it another: of, that, where.
    - `within`: sentences between the two for `anaphora`; default 3.
    """

    look_for: Literal["drift", "anaphora"]
    groups: Mapping[str, Group]
    locative: tuple[str, ...] = ()
    introduces: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    within: int = 3

    def anchors(self) -> frozenset[str]:
        return frozenset(self._members)

    def find(self, document: Document) -> Iterator[Match]:
        mentions = self._mentions(document)
        groups = {mention.group for mention in mentions}
        for name in sorted(groups):
            group = [mention for mention in mentions if mention.group == name]
            if self.look_for == "anaphora":
                yield from self._anaphora(document, group)
            elif self.groups[name].spatial:
                yield from self._drift(document, group)

    def _drift(self, document: Document, group: Sequence["_Mention"]) -> Iterator[Match]:
        introduced = {mention.noun for mention in group if mention.introduced}
        bare = [
            mention
            for mention in group
            if mention.definite and mention.located and mention.noun not in introduced
        ]
        counts = Counter(mention.noun for mention in bare)
        if len(counts) < 2:
            return
        kept = max(counts, key=lambda noun: counts[noun])  # Of equals, the first.
        first = next(mention for mention in bare if mention.noun == kept)
        for mention in bare:
            if mention.noun != kept:
                yield self._match(document, mention, first)

    def _anaphora(self, document: Document, group: Sequence["_Mention"]) -> Iterator[Match]:
        for index, mention in enumerate(group):
            before = group[:index]
            if not mention.pointed or any(other.noun == mention.noun for other in before):
                continue
            near = [
                other
                for other in before
                if other.introduced
                and not other.named
                and other.plural == mention.plural
                and mention.sentence - other.sentence <= self.within
            ]
            if near:
                yield self._match(document, mention, near[-1])

    def _match(self, document: Document, mention: "_Mention", other: "_Mention") -> Match:
        line = document.place(document.to_source(other.span).start).line
        shown = document.prose[other.span.start : other.span.end]
        use = other.noun if not mention.plural else shown
        facts = {"other": shown, "line": line}
        return Match(mention.span, (use,), (Related(other.span, f"“{shown}” here"),), facts)

    def _mentions(self, document: Document) -> list["_Mention"]:
        words, number = document.words, 0
        found = []
        for index, word in enumerate(words):
            while word.start >= document.sentences[number].end:
                number += 1
            noun = self._members.get(word.text.casefold())
            if noun and not document.quoted(word.span):
                found.append(self._mention(document, words, index, noun, number))
        return [mention for mention in found if not mention.compound]

    def _mention(
        self, document: Document, words: Sequence[Word], index: int, noun: str, number: int
    ) -> "_Mention":
        sentence = document.sentences[number]
        before = [w.text for w in words[max(0, index - 3) : index] if w.start >= sentence.start]
        after = [w.text for w in words[index + 1 : index + 3] if w.end <= sentence.end]
        word = words[index]
        last = before[-1] if before else ""
        named = word.text[0].isupper() or (last[:1].isupper() and last.casefold() != "the")
        introduced = bool({text.casefold() for text in before[-3:]} & set(self.introduces))
        adjoining = bool(after) and _adjoin(document, word, words[index + 1])
        joined = adjoining and after[0].casefold() in self.joins
        return _Mention(
            word.span,
            noun,
            self._groups_by_noun[noun],
            number,
            plural=word.text.casefold() != noun,
            definite=last.casefold() == "the" and not joined and not named,
            pointed=last.casefold() in ("this", "that") and not joined,
            located=len(before) > 1 and before[-2].casefold() in self.locative,
            introduced=introduced or named or not before,
            named=named,
            compound=adjoining and self._is_compound(after[0]),
        )

    def _is_compound(self, following: str) -> bool:
        """Whether a noun only modifies what follows: the river port. Guessed from the word."""
        return following.casefold() in self._members

    @cached_property
    def _members(self) -> Mapping[str, str]:
        """The members and their plurals, to the singular."""
        nouns = [noun for group in self.groups.values() for noun in group.members]
        return {form: noun for noun in nouns for form in (noun, _plural(noun))}

    @cached_property
    def _groups_by_noun(self) -> Mapping[str, str]:
        return {noun: name for name, group in self.groups.items() for noun in group.members}


class _Mention(NamedTuple):
    """A member in the prose, and how it is introduced."""

    span: Span
    noun: str
    group: str
    sentence: int
    plural: bool
    definite: bool
    pointed: bool
    located: bool
    introduced: bool
    named: bool
    compound: bool


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _adjoin(document: Document, one: Word, other: Word) -> bool:
    return document.prose[one.end : other.start] == " "
