"""Each seed gives exactly the findings that stand beside it."""

from pathlib import Path

import msgspec
import pytest

from newslint import formats
from newslint.config import Config
from newslint.engine import Linter

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir() if path.suffix in formats.extensions())


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A finding that a seed gives: the line it begins on, the text it marks, the rule."""

    line: int
    rule: str
    text: str


class Missed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A defect that newslint knowingly misses."""

    line: int
    text: str
    defect: str


class Seed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a seed."""

    findings: tuple[Expected, ...] = ()
    missed: tuple[Missed, ...] = ()


def _lint(name: str) -> list[Expected]:
    path = SEEDS / name
    document = formats.read(path.read_bytes(), name)
    settings = Config.default().settings(path)
    shown = [
        Expected(
            document.place(finding.span.start).line,
            finding.rule,
            document.source[slice(*finding.span)],
        )
        for finding in Linter(settings.rules).lint(document).findings
        if finding.level != "suggestion"
    ]
    return sorted(shown)


def _expected(name: str) -> Seed:
    truth = SEEDS / f"{Path(name).stem}.findings.yaml"
    return msgspec.yaml.decode(truth.read_bytes(), type=Seed)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "README.md"])
def test_seed_gives_exactly_its_findings(name: str) -> None:
    assert _lint(name) == sorted(_expected(name).findings)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "README.md"])
def test_missed_defects_stand_in_the_seed_and_are_missed(name: str) -> None:
    lines = (SEEDS / name).read_text(encoding="utf-8").splitlines()
    found = {(expected.line, expected.text) for expected in _lint(name)}
    for missed in _expected(name).missed:
        assert missed.text in lines[missed.line - 1]
        assert (missed.line, missed.text) not in found, "found now: move it up"


def test_clean_seeds_have_no_findings() -> None:
    clean = [name for name in NAMES if name.startswith("clean-")]
    assert len(clean) >= 3
    assert [_expected(name).findings for name in clean] == [()] * len(clean)
