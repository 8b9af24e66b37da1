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


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _listed("""
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Rev Revs Fr Hon Gov Govs Lt Sen Sens Rep Reps Pres Amb
    Atty Gen Gens Adm Cmdr Cdr Col Cols Maj Capt Sgt Sgts Cpl Pfc Pvt Spc Supt Det Insp
    Const Ald Sec Asst
""")
"""Before a name, so never at the end of a sentence."""

JOINING = _listed("vs v cf viz ca eg ie e.g i.e incl esp")
"""Between two halves of a phrase, so never at the end of a sentence."""

COUNTING = _listed("no nos vol vols p pp par para art arts fig figs ch chap sect ext tel nr")
"""Abbreviations only before a figure (No. 10); elsewhere ordinary words (No. We cannot.)."""

MONTHS_AND_DAYS = _listed("""
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat
""")

COMPANIES = _listed("Inc Co Cos Corp Ltd Bros Plc LLC LLP Pty Mfg Assn Assoc Dept Univ Natl Intl")

PERSONS = _listed("Jr Sr Esq Ph.D M.D B.A M.A")
"""After a name."""

PLACES = _listed("""
    Ala Ariz Ark Ca Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb
    Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Ont Que Alta St Ste Ft Mt Ave Blvd Rd Hwy Pkwy
""")

MEASURES = _listed("""
    ft lb lbs oz km kg cm mm mi yd yds sq cu hr hrs min mins approx est avg max dept govt
""")

LATIN = _listed("al et seq ibid op cit")

CLOSING = _listed("etc a.m p.m")
"""Often the last word of a sentence: any capital after them begins the next one."""

ABBREVIATIONS = (
    TITLES | JOINING | MONTHS_AND_DAYS | COMPANIES | PERSONS | PLACES | MEASURES | LATIN | CLOSING
)
"""As written, without the last point; all in capitals they count as well (ST. LOUIS)."""

TIMES = MONTHS_AND_DAYS | _listed("""
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific
    EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST IST JST AEST AEDT Greenwich
""")
"""Capitals that go on after a time of day: 5 p.m. Monday, 5 p.m. GMT."""

STARTERS = _listed("""
    The A An This That These Those It Its He She They We I You His Her Their Our My Your There Here
    In On At For From With By As If When While After Before But And Or So Yet Nor Of To Both Some
    Many Most Few All No Not One Two Three Several Each Every Such Other Another What Who Why How
    Where Which Now Then Today Meanwhile However Also Still Since Although Though Because Despite
    During Under Until Once Even Only Just According Among Between Instead Earlier Later Last Next
    It's He's She's They're We're That's There's Is Are Was Were Do Does Did Has Have Had Can Will
""")
"""Words that, written with a capital, begin a sentence rather than go on with a name."""

SPEECH = _listed("""
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
    rf"(?:[^\W\d_]\.){{2,6}}(?![^\W_])(?:[-‐‑'’]{_LETTERS})*"
    rf"|{_LETTERS}(?:(?:[-‐‑'’ʼ&]|(?<=\d)[.,](?=\d)){_LETTERS})*"
)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of the range, in order."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(match.start(), match.end(), match.group())


_END = re.compile(
    r"""(?<![.!?…])(?P<sign>[.!?…]+)(?P<closers>(?:["”’'»›)\]]|[ \u00a0\u202f]»)*)(?:\s+|\Z)"""
    r"""|(?P<always>[。！？][。！？”’」』）"]*\s*|\n\s*\n\s*|\u2029\s*)"""
)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of the range: in order, without the space around them, leaving nothing out."""
    end = len(text) if end is None else end
    for match in _END.finditer(text, start, end):
        if match.end() < end and (match["always"] or _ends(text, start, match, end)):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    sentence = text[start:end].rstrip()
    if bare := sentence.lstrip():
        end = start + len(sentence)
        yield Span(end - len(bare), end)


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")
_NUMBERING = re.compile(r"\s*\d{1,3}\.\s+")
_BEFORE = re.compile(r"(?:[^\W_]{1,2}\.)*[^\W_]+(?:['’][^\W_]+)*\Z")
_AFTER = re.compile(
    r"""(?P<opener>["“‘'«]?)\s*(?P<dash>[—–-]*)[(\[\s]*(?P<word>[^\W_]+(?:['’][^\W_]+)*)?"""
)
_ATTRIBUTION = re.compile(rf"(?:[^\W\d_][\w.'’-]*\s){{1,4}}(?:{'|'.join(sorted(SPEECH))})\b")


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the sentence that begins at `start` ends with this sign."""
    if _BLANK_LINE.search(match[0]):
        return True
    if text[match.end()] in ".,;:!?…)]}%" or _NUMBERING.fullmatch(text, start, match.end()):
        return False
    after = _AFTER.match(text, match.end(), end)
    assert after  # All its parts may be empty.
    if match["sign"] != ".":
        return not _goes_on(match, after) and not _attributed(text, match, end)
    before = _BEFORE.search(text[max(start, match.start() - 24) : match.start()])
    return _stops(before[0] if before else "", match["closers"], after)


def _goes_on(match: re.Match[str], after: re.Match[str]) -> bool:
    word = after["word"] or ""
    return word[:1].islower() or (match["sign"] == "!" and word in COMPANIES)


def _attributed(text: str, match: re.Match[str], end: int) -> bool:
    return _quoted(match["closers"]) and bool(_ATTRIBUTION.match(text, match.end(), end))


def _quoted(closers: str) -> bool:
    return not set("\"”’'»›").isdisjoint(closers)


def _stops(before: str, closers: str, after: re.Match[str]) -> bool:
    """Whether a full stop between these words ends a sentence."""
    word = after["word"] or ""
    if len(before) > 1 and before.isupper() and word.isupper():
        before = before.capitalize()
    if word[:1].islower():
        return not closers and _is_ordinary(before)
    if before in TITLES or before in JOINING:
        return False
    if before in CLOSING:
        return word not in TIMES and not word.isdigit()
    if before in ABBREVIATIONS or _INITIALS.fullmatch(before):
        return _quoted(closers) or _starts(after)
    return before.lower() not in COUNTING or not word.isdigit()


def _starts(after: re.Match[str]) -> bool:
    """Whether what follows begins a sentence even after an abbreviation."""
    word = (after["word"] or "").replace("’", "'")
    return bool(after["opener"]) or (word in STARTERS and not after["dash"])


_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def _is_ordinary(word: str) -> bool:
    """Whether a point after it may be trusted even before a lower-case letter."""
    letters = word.replace("'", "").replace("’", "")
    known = ABBREVIATIONS | COUNTING
    return len(word) > 1 and letters.isalpha() and letters.islower() and word not in known
