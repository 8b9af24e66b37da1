"""Patterns: as Vale composes them, and exact however they are found."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import formats
from newslint.anchors import begins_with_figure, first_words, literals
from newslint.patterns import Exceptions, Pattern, translate
from newslint.spans import Span
from newslint.text import Document

TOKENS = st.sampled_from(
    ["guy", "guys?", "don't", "a guy", "coast-guard", "utili[sz]e", "(?:old )?pal", "[Kk]iev", "é",
     "pal|pals", "straße", "to the", "the", "no.? one", "(a|an) b", "x+y", "(?i)NATO", r"\w+ly", "re(?=d)",
     r"(?<!\.)\d+ (?:old|red)", r"[1-9]\d*", "[0-9]?[0-5]H", r"\d*"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["guy", "Guys", "don’t", "don't", "a", "coast-guard", "utilise", "Utilizes", "old", "pal", "pals",
     "Kiev", "é", "Straße", "to", "the", "The", "no-one", "an", "b", "xxy", "Nato", "NATO", "badly",
     "red", "7", "12", "08H", ".5", "٣", "x1", ".", ",", "—", "“", "\n\n"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


def document(text: str) -> Document:
    return formats.read(text.encode(), "a.txt")


def found(pattern: Pattern, text: str) -> list[str]:
    draft = document(text)
    spans = [block.span for block in draft.blocks]
    return [draft.prose[slice(*hit.span)] for hit in pattern.find(draft, spans)]


@given(st.lists(TOKENS, min_size=1, max_size=6), TEXTS, st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_looking_at_words_is_exact(
    tokens: list[str], text: str, ignorecase: bool, boundaries: bool
) -> None:
    draft = document(text)
    passages = [block.span for block in draft.blocks]
    pattern = Pattern(tokens, ignorecase=ignorecase, words=boundaries)
    whole = regex.compile(
        (r"\b(?:%s)\b" if boundaries else "(?:%s)")
        % "|".join(f"(?:{translate(t)})" for t in tokens),
        regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0),
    )
    expected = [
        Span(start + match.start(), start + match.end())
        for start, end in passages
        for match in whole.finditer(draft.prose[start:end])
    ]
    assert [hit.span for hit in pattern.find(draft, passages)] == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in conclusion", {"in"}),
        (
            "police(?:m[ae]n|wom[ae]n)?",
            {"police", "policeman", "policemen", "policewoman", "policewomen"},
        ),
        ("utili[sz]e", {"utilise", "utilize"}),
        ("don't", {"don"}),
        ("(?:stark|sharp) contrast", {"stark", "sharp"}),
        (r"\bA+", None),
        (r"\w+ly-built", None),
        ("-ly", None),
        ("", None),
        ("(", None),
    ],
)
def test_first_words(pattern: str, expected: set[str] | None) -> None:
    assert first_words(translate(pattern)) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\w+ly-(?:built|made)", {"built", "made"}),
        (r"\d+ thousand", {" thousand"}),
        (r"[abc]+", {"a", "b", "c"}),
        ("(?:cat|dog)+s?", {"cat", "dog"}),
        ("(?:cat)?", None),
    ],
)
def test_literals(pattern: str, expected: set[str] | None) -> None:
    assert literals(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("don't", "don['’]t"),
        ("a$", r"a\Z"),
        ("(?m)a$", "(?m:a$)"),
        ("{image}", r"\{image}"),
        ("a{2,3}", "a{2,3}"),
        ("a(?i)b|c", "a(?i:b)|(?i:c)"),
        ("(a(?i)b)c", "(a(?i:b))c"),
        (r"[[a]", r"[\[a]"),
        (r"\$5", r"\$5"),
    ],
)
def test_translation(pattern: str, expected: str) -> None:
    assert translate(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?<!x)\b\d+ thousand", True),
        (r"(?:[1-9]|[12]\d)th", True),
        (r"0?[1-9]", True),
        (r"\d*x", False),
        (r"\d*", False),
        (r"x|\d", False),
        (r"[\d,]+", False),
        ("(", False),
    ],
)
def test_begins_with_figure(pattern: str, expected: bool) -> None:
    assert begins_with_figure(pattern) is expected


def test_many_choices_of_tokens_stay_exact() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    pattern = Pattern([rf"{letter}\d" for letter in letters], words=False)
    for at in range(len(letters)):
        assert found(pattern, f"{letters[at]}1 {letters[at - 1]}2") == [
            f"{letters[at]}1",
            f"{letters[at - 1]}2",
        ]


def test_raw_is_joined_before_or_behind() -> None:
    assert found(Pattern(["b"], before="a "), "a b b") == ["a b"]
    assert found(Pattern(["a"], after=" b"), "a b a") == ["a b"]


def test_the_first_token_wins_and_the_leftmost_match() -> None:
    assert found(Pattern(["coast", "coast guard"]), "coast guard") == ["coast"]
    assert found(Pattern(["coast guard", "coast"]), "the coast guard, the coast") == [
        "coast guard",
        "coast",
    ]


def test_ends_are_those_of_the_passage() -> None:
    assert found(Pattern(["^No$"], words=False), "No\n\nNo one.") == ["No"]


def test_a_bad_token_is_named() -> None:
    with pytest.raises(ValueError, match=r"`\(` is not a regular expression"):
        Pattern(["a", "("])


def test_a_search_that_runs_away_is_cut_off() -> None:
    with pytest.raises(TimeoutError):
        found(Pattern(["(x+x+)+y"], words=False), "y " + "x" * 5000)


def test_exceptions_are_searched_in_the_match_and_phrases_round_it() -> None:
    exceptions = Exceptions(["Guy", "tour guide"])
    draft = document("Guy Ritchie and a tour guide and a guide")
    whole = draft.blocks[0].span
    assert exceptions.hold(draft, whole, Span(0, 11))
    assert exceptions.hold(draft, whole, Span(23, 28))
    assert not exceptions.hold(draft, whole, Span(35, 40))
