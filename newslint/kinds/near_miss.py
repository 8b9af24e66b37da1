"""One name spelt two ways, or a name near one that is listed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations
from os.path import commonprefix
from typing import Literal, NamedTuple
from unicodedata import combining, normalize

from newslint.findings import Match, Related
from newslint.lexicon import dictionary, frequency
from newslint.patterns import Pattern
from newslint.rule import Rule
from newslint.segment import Word
from newslint.spans import Span
from newslint.text import Document

_SLIPS = 2
_RARE = 2.6
_WORDS = dictionary("en-US")
_POSSESSIVES = ("'s", "’s", "'", "’")


class NearMiss(Rule, tag="near_miss", frozen=True, kw_only=True, dict=True):
    """Finds a name that is a slip away from another name of the draft, or from a listed name.

    A slip is a letter more, less, other, or two swapped. Evidence is counted in points: the same
    neighbour (2), accents alone (2), a rare form beside a known one (1), one use beside many (1).
    Frequencies are Zipf values: 3 is a name every editor knows.

    - `look_for`: names that are a slip away from another of the `draft`, from one that is `listed`,
      or `both` (default).
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
    - `listed`: names, or a `.txt` of them, full ones too; the configuration adds those of the
      newsroom.
    """

    look_for: Literal["draft", "listed", "both"] = "both"
    min_length: int = 5
    long: int = 8
    points: int = 2
    known: float = 3.0
    unknown: float = 1.2
    common: float = 5.6
    endings: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    distinct: str = ""
    listed: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Match]:
        forms = document.once(_forms, self.common)
        names = [form for form in forms.values() if self._is_name(form, document)]
        wrong: set[str] = set()
        if self.look_for != "listed":
            for slip, right in self._slips(forms, names):
                if slip.text not in wrong:
                    wrong.add(slip.text)
                    yield from _slips(document, slip, right)
        if self.look_for != "draft" and self._listed:
            for name in sorted(names, key=lambda name: name.text):
                if name.text not in wrong:
                    yield from self._near_listed(name)

    def _slips(
        self, forms: Mapping[str, "_Form"], names: Sequence["_Form"]
    ) -> Iterator[tuple["_Form", "_Form"]]:
        """Slips, and what they are slips for."""
        for one, other in sorted(self._candidates(names)):
            slip, right = self._verdict(forms[one], forms[other])
            if slip and right:
                yield slip, right

    def _is_name(self, form: "_Form", document: Document) -> bool:
        """Whether a capital is more than that of a sentence's beginning."""
        if len(form.text) < self.min_length - 1:
            return False
        lower = form.text.lower()
        begins = form.first == len(form.spans)
        seen = any(document.prose[start].islower() for start in document.vocabulary.get(lower, ()))
        word = lower in _WORDS and form.text not in _WORDS and frequency(lower) > self.known
        return not (begins and (seen or word))

    def _candidates(self, names: Sequence["_Form"]) -> Iterator[tuple[str, str]]:
        """Pairs of names that few slips part, and that are not one name with two endings."""
        buckets = defaultdict[str, list[_Form]](list)
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
        if abs(len(one) - len(other)) > most or _unlike(one, other) > 2 * most:
            return False
        return one == other or _distance(one, other) <= most

    def _related(self, one: "_Form", other: "_Form") -> bool:
        """Whether the two are forms of one stem (Texas, Texan), or allowed beside each other."""
        if frozenset({one.text, other.text}) in self._allowed:
            return True
        if _letters(one.text) == _letters(other.text):
            return True  # BlackBerry, Blackberry; Euro-sceptic, Eurosceptic: no slips.
        if self._are_distinct(one.folded, other.folded):
            known = max(one.zipf, other.zipf) >= self.known
            if not known or _distance(one.folded, other.folded) > 1:
                return True
        if one.folded == other.folded:
            return False
        stem = commonprefix((one.folded, other.folded))  # noqa: RUF071 (these are no paths)
        rests = one.folded[len(stem) :], other.folded[len(stem) :]
        if len(stem) < 3 or not all(rest in self._endings for rest in rests):
            return False
        derived = "" in rests or (len(stem) >= self.min_length and stem.capitalize() in _WORDS)
        if not derived and self._is_garbled(one, other):
            return False
        both_known = min(one.zipf, other.zipf) >= self.known - 1
        return both_known or "" in rests or frequency(stem) >= self.known

    def _is_garbled(self, one: "_Form", other: "_Form") -> bool:
        """Whether one is no known name, a single slip from a known one or one so surrounded."""
        rare, usual = sorted((one, other), key=lambda form: form.zipf)
        known = not rare.zipf and usual.zipf >= self.known
        shared = rare.zipf < self.known and one.neighbours & other.neighbours
        return bool(known or shared) and _distance(one.folded, other.folded) <= 1

    def _verdict(self, one: "_Form", other: "_Form") -> "tuple[_Form | None, _Form | None]":
        """Which of the two is a slip for which, if the evidence is enough."""
        shared = one.neighbours & other.neighbours
        if min(len(one.spans), len(other.spans)) > _SLIPS and not shared:
            return None, None  # What is written so often is meant.
        both_known = min(one.zipf, other.zipf) >= self.known
        apart = both_known and not shared and one.folded != other.folded
        if apart or self._evidence(one, other, bool(shared)) < self.points:
            return None, None
        # Of equals, the form that the draft begins with is right.
        slip, right = sorted((one, other), key=lambda form: (form.weight, -form.spans[0].start))
        return slip, right

    def _evidence(self, one: "_Form", other: "_Form", shared: bool) -> int:
        rare, usual = sorted((one.zipf, other.zipf))
        few, many = sorted((len(one.spans), len(other.spans)))
        single = _distance(one.folded, other.folded) <= 1
        points = 2 * shared + 2 * (one.folded == other.folded)
        points += usual - rare >= 1.2 and usual >= 1.6 and rare < 2.6
        points += many >= 2 * few and few <= 2
        points += rare < self.unknown and usual >= self.known and single
        points += rare == usual == 0 and few == 1 and single
        apart = one.before and other.before and not one.before & other.before
        clear = many >= 4 * few or (not rare and usual)
        return points - (1 if apart and not shared and not clear else 0)

    def _near_listed(self, name: "_Form") -> Iterator[Match]:
        if name.folded in self._listed:
            return
        near = (listed for key, listed in self._alike(name.folded) if self._is_slip(key, name))
        if right := next((listed for listed in near if not self._excused(listed, name)), None):
            for span in name.spans:
                yield Match(span, (right,), facts={"other": right, "count": 0})

    def _is_slip(self, key: str, name: "_Form") -> bool:
        """Whether a name is a slip for a listed one; beside its other half it may be less alike."""
        if any(_fold(neighbour) in self._halves[key] for neighbour in name.neighbours):
            return _distance(key, name.folded) <= _SLIPS
        known = name.zipf >= self.known - 1 or self._are_distinct(key, name.folded)
        return not known and self._near(key, name.folded)

    @cached_property
    def _halves(self) -> Mapping[str, set[str]]:
        """The words that stand beside each listed word: Anselm for Brodie."""
        halves = defaultdict[str, set[str]](set)
        for words in (_fold(name).split() for name in self.listed):
            for word in words:
                halves[word] |= set(words) - {word}
        return halves

    def _are_distinct(self, one: str, other: str) -> bool:
        return self._distinct.search(one) and self._distinct.search(other)

    def _excused(self, listed: str, name: "_Form") -> bool:
        """Whether the name is the listed one with an ending, or a name of its own."""
        if frozenset({listed, name.text}) in self._allowed:
            return True
        rest = name.folded.removeprefix(_fold(listed))
        return rest != name.folded and rest in self._endings

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset((*self.endings, ""))

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
        return {_fold(word): word for word in words if len(word) >= self.min_length}


class _Form(NamedTuple):
    """A capitalised form of the draft: where it stands, beside what, and how often first."""

    text: str
    folded: str
    zipf: float
    spans: tuple[Span, ...]
    first: int
    neighbours: frozenset[str]
    before: frozenset[str]

    @property
    def weight(self) -> float:
        """How much speaks for the form being the right one."""
        return len(self.spans) + 0.9 * self.zipf


def _forms(document: Document, common: float) -> dict[str, _Form]:
    spans = defaultdict[str, list[Span]](list)
    first = Counter[str]()
    before, after = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    words = document.words
    begins = {sentence.start for sentence in document.sentences}
    for index, word in enumerate(words):
        if not word.text[0].isupper():
            continue
        text = _bare(word)
        if not _capitalised(text):
            continue
        spans[text].append(Span(word.start, word.start + len(text)))
        first[text] += _begins(document, word, begins)
        if index and _adjoin(document, words[index - 1], word):
            _note(before[text], words[index - 1], common)
        if index + 1 < len(words) and _adjoin(document, word, words[index + 1]):
            _note(after[text], words[index + 1], common)
    return {
        text: _Form(
            text,
            _fold(text),
            _renown(text),
            tuple(places),
            first[text],
            frozenset(before[text] | after[text]),
            frozenset(before[text]),
        )
        for text, places in spans.items()
    }


def _renown(text: str) -> float:
    """How common a name is; the count of a rare word that is no name says nothing: Paned."""
    value, lower = frequency(text), text.lower()
    return 0.0 if value < _RARE and lower in _WORDS and text not in _WORDS else value


def _bare(word: Word) -> str:
    for ending in _POSSESSIVES:
        if word.text.endswith(ending):
            return word.text.removesuffix(ending)
    return word.text


def _capitalised(text: str) -> bool:
    letters = text.replace("-", "").replace("’", "").replace("'", "")
    return len(text) > 2 and text[0].isupper() and not text.isupper() and letters.isalpha()


def _begins(document: Document, word: Word, begins: set[int]) -> bool:
    """Whether a word begins a sentence, whatever marks stand before it."""
    start = word.start
    while start > 0 and document.prose[start - 1] in "\"'“‘([—-":
        start -= 1
    return start in begins or word.start in begins


def _adjoin(document: Document, one: Word, other: Word) -> bool:
    return document.prose[one.end : other.start] == " "


def _note(names: set[str], word: Word, common: float) -> None:
    if not word.text[0].isupper():
        return
    text = _bare(word)
    if _capitalised(text) and frequency(text) < common:
        names.add(text)


def _slips(document: Document, slip: _Form, right: _Form) -> Iterator[Match]:
    for span in slip.spans:
        nearest = min(right.spans, key=lambda other: (abs(other.start - span.start), other))
        line = document.place(document.to_source(nearest).start).line
        facts = {"other": right.text, "count": len(right.spans), "line": line}
        related = (Related(nearest, f"“{right.text}” here"),)
        yield Match(span, (right.text,), related, facts)


def _letters(text: str) -> str:
    return text.casefold().replace("-", "")


@cache
def _fold(text: str) -> str:
    """The text in lower case, without accents."""
    plain = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(char for char in plain if not combining(char))


def _unlike(one: str, other: str) -> int:
    """How many letters of the two have no partner: cheaper than their distance, never above it."""
    counts = Counter(one)
    counts.subtract(other)
    return sum(map(abs, counts.values()))


def _distance(one: str, other: str) -> int:
    """Optimal string alignment: slips between two names, swapped letters being one."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)
