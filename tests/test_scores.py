"""The four scores of a draft: what they add up, and what they compare with."""

from pathlib import Path

import pytest

from newslint import formats, scores
from newslint.config import Config
from newslint.engine import Linter
from newslint.findings import Report
from newslint.kinds.existence import Existence

RULES = [
    Existence(id="A.Guy", message="x", tokens=("guy",), score="spun", weight=2.0),
    Existence(id="A.Pal", message="x", tokens=("pal",), score="spun"),
    Existence(id="A.No", message="x", tokens=("no",)),
]


def report(text: str) -> Report:
    return Linter(RULES).lint(formats.read(text.encode(), "a.txt"))


def test_weights_per_thousand_words_and_at_most_three_of_a_rule() -> None:
    text = "guy guy, guy, guy, guy, pal, no, " + "word " * 193
    standing = scores.standings(report(text), RULES)["spun"]
    assert standing.value == 1000 * (3 * 2 + 1) / 200
    assert [(part.rule, part.count) for part in standing.parts] == [("A.Guy", 3), ("A.Pal", 1)]


def test_short_drafts_are_not_compared() -> None:
    assert scores.standings(report("A guy."), RULES)["spun"].percentile is None


def test_the_shipped_calibration_is_of_edited_news() -> None:
    calibration = scores.shipped()
    assert calibration is not None
    assert calibration.articles > 400
    assert set(calibration.scores) == set(scores.SCORES)
    assert all(len(values) == calibration.articles for values in calibration.scores.values())


@pytest.mark.parametrize(
    ("name", "score"),
    [("ferry-spun.txt", "broken"), ("budget-translated.md", "translated"), ("ferry-spun.txt", "spun"),
     ("storm-generated.md", "generated")],
)  # fmt: skip
def test_seeds_stand_above_edited_news(name: str, score: str) -> None:
    path = Path(__file__).parents[1] / "seeds" / name
    rules = Config.default().settings(path).rules
    draft = Linter(rules).lint(formats.read(path.read_bytes(), name))
    standing = scores.standings(draft, rules)[score]
    assert standing.percentile is not None
    assert standing.percentile > 95


def test_a_calibration_counts_what_is_long_enough() -> None:
    made = scores.calibrate([report("guy " * 200), report("short")], RULES, "2026-11")
    assert (made.articles, made.words) == (1, 200)
    assert made.scores["spun"] == (30.0,)
