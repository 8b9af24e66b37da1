"""Words and sentences of English prose, as news writes it.

A word is a run of letters, digits and combining marks, with what may stand inside one: an
apostrophe (don't, O’Connor, Zelensky's), a hyphen (north-eastern, 2-1), an ampersand (R&D), a point
or comma between digits (1,200 and 3.5). An initialism keeps its last point (U.S., a.m.); no other
sign belongs to a word: 76% is the word 76, players’ the word players, ’90s the word 90s.

A sentence ends at a full stop, question or exclamation mark or ellipsis, with the closing quotation
marks and brackets that follow it, and at a blank line. What stands before and after decides whether
a point ends anything: most points that do not are in the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.spans import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words("""
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Rev Revs Fr Hon Gov Govs Lt Sen Sens Rep Reps Pres Amb Atty
    Gen Gens Adm Cmdr Cdr Col Cols Maj Capt Sgt Sgts Cpl Pfc Pvt Spc Supt Det Insp Const Ald Sec Asst
""")
"""Before a name, so never at the end of a sentence."""

JOINING = _words("vs v cf viz ca eg ie e.g i.e incl esp")
"""Between two halves of a phrase, so never at the end of a sentence."""

COUNTING = _words("no nos vol vols p pp par para art arts fig figs ch chap sect ext tel nr")
"""Abbreviations only before a figure (No. 10); elsewhere ordinary words (No. We cannot.)."""

MONTHS_AND_DAYS = _words("""
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
""")

COMPANIES = _words("Inc Co Cos Corp Ltd Bros Plc LLC LLP Pty Mfg Assn Assoc Dept Univ Natl Intl")

PERSONS = _words("Jr Sr Esq Ph.D M.D B.A M.A")
"""After a name."""

PLACES = _words("""
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev
    Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Ont Que Alta St Ste Ft Mt Ave Blvd Rd Hwy Pkwy
""")

MEASURES = _words("ft lb lbs oz km kg cm mm mi yd yds sq cu hr hrs min mins approx est avg max dept govt")

LATIN = _words("al et seq ibid op cit")

CLOSING = _words("etc a.m p.m am pm")
"""Often the last word of a sentence: any capital after them begins the next one."""

ABBREVIATIONS = (
    TITLES | JOINING | MONTHS_AND_DAYS | COMPANIES | PERSONS | PLACES | MEASURES | LATIN | CLOSING
)
"""As written, without the last point; all in capitals they count as well (ST. LOUIS)."""

TIMES = MONTHS_AND_DAYS | _words("""
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific
    EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST IST JST AEST AEDT Greenwich
""")
"""Capitals that go on after a time of day: 5 p.m. Monday, 5 p.m. GMT."""

STARTERS = _words("""
    The A An This That These Those It Its He She They We I You His Her Their Our My Your There Here
    In On At For From With By As If When While After Before But And Or So Yet Nor Of To Both Some
    Many Most Few All No Not One Two Three Several Each Every Such Other Another What Who Why How
    Where Which Now Then Today Meanwhile However Also Still Since Although Though Because Despite
    During Under Until Once Even Only Just According Among Between Instead Earlier Later Last Next
    It's He's She's They're We're That's There's Is Are Was Were Do Does Did Has Have Had Can Will
""")
"""Words that, written with a capital, begin a sentence rather than go on with a name."""

SPEECH = _words("""
    said says asked asks added adds replied told wrote writes shouted cried wondered exclaimed
    continued joked yelled demanded chanted
""")
"""Verbs that attribute: “Why?” Smith asked."""


class Word(NamedTuple):
    """A word and its place, half-open in code points."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_MARKS = (  # The combining marks of the alphabets a name may be in; \w leaves them out.
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
    "\u0b82\u0bbe-\u0bcd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\u3099\u309a\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200c\u200d\u2060"  # Soft hyphen and joiners, which do not part a word.
)
_LETTERS = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?![^\W_])(?:[-‐‑'’]{_LETTERS})*"
    rf"|{_LETTERS}(?:(?:[-‐‑'’ʼ&]|(?<=\d)[.,](?=\d)){_LETTERS})*"
)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of the range, in order."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(match.start(), match.end(), match.group())


_END = re.compile(r"""([.!?…]+)(["”’'»›)\]]*)(?:\s+|\Z)|([。！？]+)[”’」』）"]*\s*|\n\s*\n\s*|\u2029\s*""")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of the range: in order, without the space around them, leaving nothing out."""
    end = len(text) if end is None else end
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends(text, start, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    sentence = text[start:end]
    if bare := sentence.strip():
        start += len(sentence) - len(sentence.lstrip())
        yield Span(start, start + len(bare))


_BEFORE = re.compile(r"(?:[^\W_]\.)*[^\W_]+(?:['’][^\W_]+)*\Z")
_AFTER = re.compile(r"""["“‘'«(\[—–\s-]*((?:[^\W_]|['’](?=[^\W_]))+)""")
_NO_START = ".,;:!?…)]}%"


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence that begins at `start` ends with this match."""
    point, closers, wide = match.groups()
    if wide or not point or _BLANK_LINE.search(match.group()):
        return True
    if text[match.end()] in _NO_START:
        return False
    after = _AFTER.match(text, match.end())
    follower = after[1] if after else ""
    quoted = bool(after) and text[match.end()] in "\"“‘«"
    if point != ".":
        return _exclaimed(text, match, follower)
    before = _BEFORE.search(text[max(start, match.start() - 24) : match.start()])
    return _stopped(before[0] if before else "", closers, follower, quoted)
