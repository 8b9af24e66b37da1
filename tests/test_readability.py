import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textstat import textstat

from newslint.readability import Figures, measure, syllables

ORIGINALS: dict[str, Callable[[str], float]] = {
    "flesch_reading_ease": textstat.flesch_reading_ease,
    "flesch_kincaid_grade": textstat.flesch_kincaid_grade,
    "gunning_fog": textstat.gunning_fog,
    "smog_index": textstat.smog_index,
    "coleman_liau_index": textstat.coleman_liau_index,
    "automated_readability_index": textstat.automated_readability_index,
    "dale_chall_score": textstat.dale_chall_readability_score,
    "words": textstat.lexicon_count,
    "sentences": textstat.sentence_count,
    "syllables": textstat.syllable_count,
    "polysyllables": textstat.polysyllabcount,
    "characters": textstat.char_count,
    "letters": textstat.letter_count,
    "reading_time": textstat.reading_time,
}

NOUNS = (
    "cat",
    "river",
    "people’s",
    "minister",
    "constitution",
    "O'Connor",
    "café",
    "1,200",
    "U.S.",
)
VERBS = ("saw", "told", "won't", "re-negotiated", "industrialised", "_is_", "'quoted'", "İstanbul")
SHAPES = (
    "The {} {} the {}.",
    "“{} {}!” {} said",
    "{}, {} – and {}?",
    "Why {} {} ({})... ",
    "{}\n{}{};",
)


def written(seed: int) -> str:
    """A text of one to forty sentences, the same for the same seed."""
    chance = random.Random(seed)
    shapes = chance.choices(SHAPES, k=chance.randint(1, 40))
    nouns, verbs = chance.choices(NOUNS, k=len(shapes) + 1), chance.choices(VERBS, k=len(shapes))
    return " ".join(
        shape.format(nouns[i], verbs[i], nouns[i + 1]) for i, shape in enumerate(shapes)
    )


def texts() -> Iterator[str]:
    yield from map(written, range(200))
    root = Path(__file__).parent.parent
    for page in [root / "README.md", *sorted(root.glob("docs/**/*.md"))]:
        text = page.read_text("utf-8")
        yield text
        yield from text.split("\n\n")


def originals(text: str) -> dict[str, float]:
    return {name: figure(text) for name, figure in ORIGINALS.items()}


def test_the_figures_are_those_of_textstat() -> None:
    for text in texts():
        assert msgspec.structs.asdict(measure(text)) == originals(text), text


@given(st.lists(st.sampled_from([*"aΣß1_'’‘=.!? \n\u00a0\u2028\u0301—", "İt ", "Mr. ", "of it "])))
def test_the_figures_of_odd_texts_are_those_of_textstat(signs: list[str]) -> None:
    text = "".join(signs)
    assert msgspec.structs.asdict(measure(text)) == originals(text)


def test_a_known_text() -> None:
    figures = measure("The cat sat on the mat. It did not see the constitution of the republic.")
    assert (figures.words, figures.sentences, figures.polysyllables) == (15, 2, 2)
    assert figures.flesch_kincaid_grade == pytest.approx(0.39 * 7.5 + 11.8 * 1.3 - 15.59, abs=0.05)


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("Constitution", 4), ("don’t", 1), ("—", 0), ("", 0)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_leaves_smog_out_of_texts_too_short_for_it() -> None:
    few = Figures(0, 1, 2, 0, 3, 4, 0, 0, 2, 0, 0, 0, 0, 0)
    assert few.grade == 2.5
    assert msgspec.structs.replace(few, sentences=3, smog_index=10).grade == 4.0


OFFLINE = """
import socket, sys

def refuse(*_, **__):
    raise OSError("no network")

socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from newslint.readability import measure
assert not {"pyphen", "textstat"} & set(sys.modules), "imported before they are used"
figures = measure("He left. She stayed in the constitutional republic.")
assert "textstat" not in sys.modules, "imported at all"
from textstat import textstat
text = "He left. She stayed in the constitutional republic."
assert figures.dale_chall_score == textstat.dale_chall_readability_score(text)
"""


def test_textstat_and_newslint_need_no_network() -> None:
    run = subprocess.run([sys.executable, "-c", OFFLINE], stderr=subprocess.PIPE, check=False)
    assert run.returncode == 0, run.stderr.decode()
