"""One name spelt two ways, or a name near one that is listed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from os.path import commonprefix
from typing import Literal

from newslint.elsewhere import Elsewhere
from newslint.findings import Match, Related
from newslint.lexicon import frequency
from newslint.names import Form, distance, fold, forms, is_listed, letters, renown, unlike
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.text import Document

_SLIPS = 2


class NearMiss(Rule, tag="near_miss", frozen=True, kw_only=True, dict=True):
    """Finds a name that is a slip away from another name of the draft, or from a listed name.

    A slip is a letter more, less, other, or two swapped. Evidence is counted in points: the same
    neighbour (2), accents alone (2), a rare form beside a known one (1), one use beside many (1).
    Frequencies are Zipf values: 3 is a name every editor knows. In an archive drafts are counted,
    not uses, and the two must share a neighbour, unless nobody knows the form that is found.

    - `look_for`: names that are a slip away from another of the `draft`, from one that is `listed`,
      or `both` (default); or from one of the other drafts of an `archive`.
    - `min_length`: letters that a name must have; default 5.
    - `long`: letters from which two slips may part two names; default 8.
    - `points`: evidence that makes a finding; default 2.
    - `known`: the frequency from which a form is known; two known forms are two names.
    - `unknown`: the frequency below which a form is unknown.
    - `common`: the frequency of words that say nothing as neighbours, or at a sentence's start.
    - `endings`: endings that make another word of the same stem, such as `-n` (Russia, Russian).
    - `allow`: pairs that are two names, as `Icelandair/Icelandic`.
    - `distinct`: a pattern of names that differ by a letter as a rule, such as those in pinyin; of
      two that match it whole, neither known, none is a slip.
    - `alone`: letters from which a form beside no other name may be a slip for one of an archive
      that everybody knows; default 6.
    - `times`: how many times as many drafts of an archive must have the other form; default 2.
    - `listed`: names, or a `.txt` of them, full ones too; the configuration adds those of the
      newsroom.
    """

    look_for: Literal["draft", "listed", "both", "archive"] = "both"
    min_length: int = 5
    long: int = 8
    points: int = 2
    known: float = 3.0
    unknown: float = 1.2
    common: float = 5.6
    endings: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    distinct: str = ""
    alone: int = 6
    times: int = 2
    listed: tuple[str, ...] = ()

    @property
    def asks_archive(self) -> bool:
        """Whether the rule compares a draft with others."""
        return self.look_for == "archive"

    def find(self, document: Document) -> Iterator[Match]:
        if self.asks_archive and not document.elsewhere:
            return
        found = document.once(forms, self.common)
        names = [form for form in found.values() if self._is_name(form)]
        if self.look_for == "archive":
            yield from self._unlike_archive(document, found, names)
            return
        wrong: set[str] = set()
        if self.look_for != "listed":
            for slip, right in self._slips(found, names):
                if slip.text not in wrong:
                    wrong.add(slip.text)
                    yield from _slips(document, slip, right)
        if self.look_for != "draft" and self._listed:
            for name in sorted(names, key=lambda name: name.text):
                if name.text not in wrong:
                    yield from self._near_listed(name)

    def _slips(
        self, found: Mapping[str, Form], names: Sequence[Form]
    ) -> Iterator[tuple[Form, Form]]:
        """Slips, and what they are slips for."""
        for one, other in sorted(self._candidates(names)):
            slip, right = self._verdict(found[one], found[other])
            if slip and right:
                yield slip, right

    def _unlike_archive(
        self, document: Document, found: Mapping[str, Form], names: Sequence[Form]
    ) -> Iterator[Match]:
        """Names that the other drafts spell otherwise; those that the draft has both ways aside."""
        others = {one.text: one for one in document.elsewhere if one.text not in found}
        same = {one.text: one for one in document.elsewhere if one.text in found}
        for name in sorted(names, key=lambda name: name.text):
            own = same.get(name.text)
            right = self._right(name, own, others.values())
            if right:
                yield _slip_elsewhere(name, right)

    def _right(
        self, name: Form, own: Elsewhere | None, others: Iterable[Elsewhere]
    ) -> Elsewhere | None:
        """What the other drafts spell in place of a name, if the evidence is enough."""
        # Drafts are counted, not mentions: a slip goes through a whole draft.
        drafts = 1 + (own.drafts if own else 0)
        one = name._replace(uses=drafts)
        right = [
            other
            for other in others
            if other.drafts >= self.times * drafts and self._is_slip(one, self._form(other))
        ]
        return max(right, key=lambda other: (other.drafts, other.text), default=None)

    def weighs(self, one: Elsewhere, other: Elsewhere) -> tuple[int, bool]:
        """The evidence that two forms of an archive are one name, and whether drafts say so, too.

        The first is to be the one that fewer drafts have.
        """
        slip, right = self._form(one), self._form(other)
        names = self._is_name(slip) and self._is_name(right)
        if not names or not self._near(slip.folded, right.folded) or self._related(slip, right):
            return 0, False
        shared = bool(slip.neighbours & right.neighbours)
        mentions = slip._replace(uses=one.uses), right._replace(uses=other.uses)
        points = self._evidence(*mentions, shared)
        return points, other.drafts >= self.times * one.drafts and self._is_slip(slip, right)

    def _is_slip(self, one: Form, other: Form) -> bool:
        """Whether the draft's form is a slip for that of the archive."""
        if not (self._is_name(other) and self._near(one.folded, other.folded)):
            return False
        if min(one.zipf, other.zipf) >= self.known or self._related(one, other):
            return False
        beside = one.neighbours & other.neighbours or self._is_unheard(one, other)
        return bool(beside) and self._verdict(one, other)[0] is one

    def _is_unheard(self, one: Form, other: Form) -> bool:
        """Whether nobody knows a form, and it stands alone beside a known one, or nobody both."""
        if max(one.zipf, other.zipf) == 0:
            return True
        if one.neighbours or len(one.text) < self.alone or one.folded[0] != other.folded[0]:
            return False  # Viktoria Walldin is another than Victoria.
        known = one.zipf < self.unknown and other.zipf >= self.known
        return known and distance(one.folded, other.folded) <= 1

    def _form(self, name: Elsewhere) -> Form:
        beside = frozenset(one for one in name.neighbours if frequency(one) < self.common)
        return Form(
            name.text,
            fold(name.text),
            renown(name.text),
            name.drafts,
            # Where not all of its mentions begin a sentence, it is a name.
            name.drafts if name.begins == name.uses else 0,
            name.lower,
            beside,
            beside & frozenset(name.before),
        )

    def _is_name(self, form: Form) -> bool:
        return len(form.text) >= self.min_length - 1 and form.is_name(self.known)

    def _candidates(self, names: Sequence[Form]) -> Iterator[tuple[str, str]]:
        """Pairs of names that few slips part, and that are not one name with two endings."""
        buckets = defaultdict[str, list[Form]](list)
        for name in names:
            buckets[name.folded[0]].append(name)
            buckets["*" + name.folded[1:]].append(name)
        for bucket in buckets.values():
            for one, other in combinations(bucket, 2):
                if self._near(one.folded, other.folded) and not self._related(one, other):
                    yield min(one.text, other.text), max(one.text, other.text)

    def _near(self, one: str, other: str) -> bool:
        length = max(len(one), len(other))
        most = 0 if length < self.min_length else 1 if length < self.long else 2
        if abs(len(one) - len(other)) > most or unlike(one, other) > 2 * most:
            return False
        return one == other or distance(one, other) <= most

    def _related(self, one: Form, other: Form) -> bool:
        """Whether the two are forms of one stem (Texas, Texan), or allowed beside each other."""
        if frozenset({one.text, other.text}) in self._allowed:
            return True
        if letters(one.text) == letters(other.text):
            return True  # BlackBerry, Blackberry; Euro-sceptic, Eurosceptic: no slips.
        if self._are_distinct(one.folded, other.folded):
            known = max(one.zipf, other.zipf) >= self.known
            if not known or distance(one.folded, other.folded) > 1:
                return True
        if one.folded == other.folded:
            return False
        stem = commonprefix((one.folded, other.folded))  # noqa: RUF071 (these are no paths)
        rests = one.folded[len(stem) :], other.folded[len(stem) :]
        if len(stem) < 3 or not all(rest in self._endings for rest in rests):
            return False
        derived = "" in rests or (len(stem) >= self.min_length and is_listed(stem.capitalize()))
        if not derived and self._is_garbled(one, other):
            return False
        both_known = min(one.zipf, other.zipf) >= self.known - 1
        return both_known or "" in rests or frequency(stem) >= self.known

    def _is_garbled(self, one: Form, other: Form) -> bool:
        """Whether one is no known name, a single slip from a known one or one so surrounded."""
        rare, usual = sorted((one, other), key=lambda form: form.zipf)
        known = not rare.zipf and usual.zipf >= self.known
        shared = rare.zipf < self.known and one.neighbours & other.neighbours
        return bool(known or shared) and distance(one.folded, other.folded) <= 1

    def _verdict(self, one: Form, other: Form) -> tuple[Form | None, Form | None]:
        """Which of the two is a slip for which, if the evidence is enough."""
        shared = one.neighbours & other.neighbours
        if min(one.uses, other.uses) > _SLIPS and not shared:
            return None, None  # What is written so often is meant.
        both_known = min(one.zipf, other.zipf) >= self.known
        if both_known and not shared and one.folded != other.folded:
            return None, None
        if self._evidence(one, other, bool(shared)) < self.points:
            return None, None
        # Of equals, the form that the draft begins with is right.
        slip, right = sorted((one, other), key=lambda form: (form.weight, -form.start))
        return slip, right

    def _evidence(self, one: Form, other: Form, shared: bool) -> int:
        rare, usual = sorted((one.zipf, other.zipf))
        few, many = sorted((one.uses, other.uses))
        single = distance(one.folded, other.folded) <= 1
        points = 2 * shared + 2 * (one.folded == other.folded)
        points += usual - rare >= 1.2 and usual >= 1.6 and rare < 2.6
        points += many >= 2 * few and few <= 2
        points += rare < self.unknown and usual >= self.known and single
        points += rare == usual == 0 and few == 1 and single
        apart = one.before and other.before and not one.before & other.before
        clear = many >= 4 * few or (not rare and usual)
        return points - (1 if apart and not shared and not clear else 0)

    def _near_listed(self, name: Form) -> Iterator[Match]:
        if name.folded in self._listed:
            return
        near = (listed for key, listed in self._alike(name.folded) if self._is_mangled(key, name))
        if right := next((listed for listed in near if not self._excused(listed, name)), None):
            for span in name.spans:
                yield Match(span, (right,), facts={"other": right, "count": 0})

    def _is_mangled(self, key: str, name: Form) -> bool:
        """Whether a name is a slip for a listed one; beside its other half it may be less alike."""
        if any(fold(neighbour) in self._halves[key] for neighbour in name.neighbours):
            return distance(key, name.folded) <= _SLIPS
        known = name.zipf >= self.known - 1 or self._are_distinct(key, name.folded)
        return not known and self._near(key, name.folded)

    @cached_property
    def _halves(self) -> Mapping[str, set[str]]:
        """The words that stand beside each listed word: Anselm for Brodie."""
        halves = defaultdict[str, set[str]](set)
        for words in (fold(name).split() for name in self.listed):
            for word in words:
                halves[word] |= set(words) - {word}
        return halves

    def _are_distinct(self, one: str, other: str) -> bool:
        return self._distinct.search(one) and self._distinct.search(other)

    def _excused(self, listed: str, name: Form) -> bool:
        """Whether the name is the listed one with an ending, or a name of its own."""
        if frozenset({listed, name.text}) in self._allowed:
            return True
        rest = name.folded.removeprefix(fold(listed))
        return rest != name.folded and rest in self._endings

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(self.endings) | {""}

    @cached_property
    def _distinct(self) -> Pattern:
        return Pattern((self.distinct,), words=False, before=r"\A", after=r"\Z")

    @cached_property
    def _allowed(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(pair.split("/")) for pair in self.allow)

    def _alike(self, folded: str) -> Iterator[tuple[str, str]]:
        """The listed names with the same first letter, or the same letters after it."""
        yield from self._buckets.get(folded[0], ())
        yield from self._buckets.get("*" + folded[1:], ())

    @cached_property
    def _buckets(self) -> Mapping[str, list[tuple[str, str]]]:
        buckets = defaultdict[str, list[tuple[str, str]]](list)
        for key, listed in self._listed.items():
            buckets[key[0]].append((key, listed))
            buckets["*" + key[1:]].append((key, listed))
        return buckets

    @cached_property
    def _listed(self) -> Mapping[str, str]:
        """The listed names, word by word, by their folded forms."""
        words = (word for name in self.listed for word in name.split())
        return {fold(word): word for word in words if len(word) >= self.min_length}


def _slips(document: Document, slip: Form, right: Form) -> Iterator[Match]:
    for span in slip.spans:
        nearest = min(right.spans, key=lambda other: (abs(other.start - span.start), other))
        line = document.place(document.to_source(nearest).start).line
        facts = {"other": right.text, "count": right.uses, "line": line}
        related = (Related(nearest, f"“{right.text}” here"),)
        yield Match(span, (right.text,), related, facts)


def _slip_elsewhere(slip: Form, right: Elsewhere) -> Match:
    """The first place of a slip: the draft is to be looked through for the others."""
    more = right.drafts - 1
    beyond = f" and {more} other draft{'s'[: more > 1]}" if more else ""
    facts = {"other": right.text, "count": right.uses, "drafts": right.drafts,
             "place": f"{right.path}:{right.line}", "beyond": beyond}  # fmt: skip
    first, *others = slip.spans
    again = tuple(Related(span, f"“{slip.text}” again") for span in others)
    return Match(first, (right.text,), again, facts)
