"""What kind of draft it is: four scores, each explained by the findings it is made of.

A score is the sum of the weights of a draft's findings per 1,000 words, over the rules that say
`score: spun` (or another). The calibration says what share of edited news scores lower. It is
evidence to look at, never a verdict on a person, and never fails a run.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from newslint import files
from newslint.findings import Report
from newslint.rule import SCORES, Rule, Score

MIN_WORDS = 120
"""Words below which a draft is too short to be compared with edited news."""

_CAP = 3
"""The most findings of one rule that count: five “furthermore” do not say more than three."""

_FILE = Path(__file__).parent / "calibration.json"


class Part(msgspec.Struct, frozen=True):
    """What a rule adds to a score: findings that count, and the weight of each."""

    rule: str
    count: int
    weight: float


class Standing(msgspec.Struct, frozen=True):
    """A score of a draft: weights per 1,000 words, and the share of edited news below it.

    `percentile` is None where the draft is too short, or the score was never calibrated.
    """

    value: float
    percentile: float | None
    parts: tuple[Part, ...]


class Calibration(msgspec.Struct, frozen=True):
    """The scores of edited news: how many articles and words, when, and each article's, sorted."""

    on: str
    articles: int
    words: int
    scores: Mapping[str, tuple[float, ...]]


def standings(report: Report, rules: Sequence[Rule]) -> dict[str, Standing]:
    """The four scores of a draft, by name."""
    words = len(report.document.prose.split()) if report.document else 0
    counts = Counter(finding.rule for finding in report.findings)
    return {score: _standing(score, words, counts, rules) for score in SCORES}


def calibrate(reports: Iterable[Report], rules: Sequence[Rule], month: str) -> Calibration:
    """The calibration that a corpus of edited news gives; short drafts are left out."""
    values: dict[str, list[float]] = {score: [] for score in SCORES}
    words = 0
    for report in reports:
        length = len(report.document.prose.split()) if report.document else 0
        if length >= MIN_WORDS:
            words += length
            for score, standing in standings(report, rules).items():
                values[score].append(standing.value)
    ranked = {score: tuple(sorted(found)) for score, found in values.items()}
    return Calibration(month, len(next(iter(ranked.values()))), words, ranked)


def save(calibration: Calibration, path: Path = _FILE) -> None:
    """Writes a calibration where newslint reads it."""
    files.write(path, msgspec.json.encode(calibration).decode() + "\n")


@cache
def shipped() -> Calibration | None:
    """The calibration that newslint was shipped with."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Calibration) if _FILE.exists() else None


def _standing(
    score: Score, words: int, counts: Mapping[str, int], rules: Sequence[Rule]
) -> Standing:
    found = (
        Part(rule.id, min(counts[rule.id], _CAP), rule.weight)
        for rule in rules
        if rule.score == score and counts.get(rule.id)
    )
    parts = tuple(sorted(found, key=lambda part: (-part.count * part.weight, part.rule)))
    value = round(1000 * sum(part.count * part.weight for part in parts) / max(words, 1), 2)
    percentile = _percentile(score, value) if words >= MIN_WORDS else None
    return Standing(value, percentile, parts)


def _percentile(score: Score, value: float) -> float | None:
    """The share of edited news with a lower score, in per cent."""
    calibration = shipped()
    values = calibration.scores.get(score, ()) if calibration else ()
    if not values:
        return None
    return round(100 * bisect_left(values, value) / len(values), 1)
