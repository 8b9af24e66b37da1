"""Places in UTF-16 units become spans of code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.languagetool.annotation import batch, code_points, units
from newslint.spans import Span

PIECES = ("a", " ", "é", "e\u0301", "😀", "👩‍👩‍👧", "🇬🇧", "“", "\u200d", "漢", "ش", "\u00a0", "***")
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def in_utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts, st.data())
def test_places_come_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = (in_utf16(text[:start]), in_utf16(text[:end]))
    assert units(text) == in_utf16(text)
    assert code_points(text, places) == (start, end)


def test_a_place_inside_a_character_is_before_it() -> None:
    assert code_points("a😀b", (2,)) == (1,)


@given(st.lists(texts.filter(bool), min_size=1, max_size=5), st.data())
def test_a_batch_finds_the_paragraph(paragraphs: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    text = paragraphs[number]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    asked = batch(paragraphs)
    sent = "".join(piece.get("text") or piece["markup"] for piece in asked.annotation)
    assert sent == "\n\n".join(paragraphs)
    before = in_utf16("\n\n".join([*paragraphs[:number], ""]))
    found = asked.locate(before + in_utf16(text[:start]), before + in_utf16(text[:end]))
    assert found == (number, Span(start, end))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 6), (3, 3)])
def test_a_place_between_paragraphs_is_none(start: int, end: int) -> None:
    assert batch(["abc", "def"]).locate(start, end) is None


def test_code_is_markup_and_read_as_a_word() -> None:
    assert batch(["Run ***** and *** *** now"]).annotation == [
        {"text": "Run "},
        {"markup": "*****", "interpretAs": "Code"},
        {"text": " and "},
        {"markup": "*** ***", "interpretAs": "Code"},
        {"text": " now"},
    ]
