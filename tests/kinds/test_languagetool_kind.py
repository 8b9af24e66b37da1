"""What is taken of remarks, by their names and by the words they are about."""

from collections.abc import Sequence

import msgspec
import pytest

from newslint import formats
from newslint.engine import Linter
from newslint.kinds.languagetool import LanguageTool
from newslint.remarks import Remark
from newslint.spans import Span

SPELLER = "MORFOLOGIK_RULE_EN_US"


def found(text: str, *remarks: tuple[str, str, Sequence[str]], **keys: object) -> list[str]:
    """What a rule finds; a remark is the words it is about, its id, and what it proposes."""
    document = formats.read(text.encode(), "a.txt")
    made, at = [], 0
    for words, rule, uses in remarks:
        start = at = document.prose.index(words, at)
        span = Span(start, start + len(words))
        made.append(Remark(span, rule, "TYPOS", "", f"{rule} speaks.", tuple(uses)))
        at += 1
    rule = LanguageTool(id="House.Rule", message="{message}", **{"ids": ("*",), **keys})  # type: ignore[arg-type]
    report = Linter([rule]).lint(msgspec.structs.replace(document, remarks=tuple(made)))
    assert report.notices == ()
    return [document.source[slice(*finding.span)] for finding in report.findings]


def test_ids_and_categories_are_globs() -> None:
    text, remarks = "One two three.", (("One", "EN_ONE", ()), ("two", "EN_TWO", ()))
    assert found(text, *remarks, ids=("EN_T*",)) == ["two"]
    assert found(text, *remarks, ids=("EN_*",), unless=("*_TWO",)) == ["One"]
    assert found(text, *remarks, ids=(), categories=("TYP?S",)) == ["One", "two"]
    assert found(text, *remarks, ids=("en_one",)) == []


def test_a_rule_names_something() -> None:
    with pytest.raises(ValueError, match="expected `ids` or `categories`"):
        LanguageTool(message="x")


def test_once_and_limit() -> None:
    text, remarks = "The the the.", [("the", "ID", ()), ("the", "ID", ())]
    assert found(text, *remarks) == ["the", "the"]
    assert found(text, *remarks, once=True) == ["the"]
    assert found(text, *remarks, limit=1) == ["the"]


def test_direct_speech_is_skipped_and_does_not_use_up_the_limit() -> None:
    text = "“It were so,” she said. It were so."
    remarks = [("were", "ID", ()), ("were", "ID", ())]
    assert found(text, *remarks, quotations="skip", limit=1) == ["were"]


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("slip", ["goverment"]),
        ("rare", ["goverment", "thrumbolite"]),
        ("capital", ["Zurbagunovo"]),
        ("variant", []),
    ],
)
def test_words(words: str, taken: list[str]) -> None:
    text = "The goverment of Zurbagunovo likes colour, patagonian thrumbolite and London."
    remarks = [
        ("goverment", SPELLER, ["government"]),
        ("Zurbagunovo", SPELLER, []),
        ("colour", SPELLER, ["color"]),
        ("patagonian", SPELLER, ["Patagonian"]),
        ("thrumbolite", SPELLER, ["thrombolite"]),
        ("London", SPELLER, ["Londoner"]),
    ]
    assert found(text, *remarks, words=words) == taken


def test_the_other_english() -> None:
    text = "The colour of the harbour."
    remarks = [("colour", SPELLER, ["color"]), ("harbour", SPELLER, ["harbor"])]
    assert found(text, *remarks, words="variant", language="en-US") == ["colour", "harbour"]
    assert found(text, *remarks, words="variant", language="en-GB") == []
    assert found(text, *remarks, words="slip", language="en-US") == []


def test_a_word_that_is_used_again_and_again_is_one() -> None:
    text = "The mekanism, a mekanism, his mekanism."
    remark = ("mekanism", SPELLER, ["mechanism"])
    assert found(text, remark, words="slip", often=4) == ["mekanism"]
    assert found(text, remark, words="slip") == []


def test_words_of_the_house_are_known() -> None:
    remarks = [("Quirbly’s", SPELLER, []), ("Cafe\u0301ry", SPELLER, [])]
    text = "Quirbly’s dog in Cafe\u0301ry."
    assert found(text, *remarks, words="capital") == ["Quirbly’s", "Cafe\u0301ry"]
    assert found(text, *remarks, words="capital", ignore=("quirbly", "Caféry")) == []
