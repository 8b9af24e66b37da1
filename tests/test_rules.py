"""Every shipped rule by its own examples, and what every shipped rule owes its reader."""

import pytest

from newslint import styles
from newslint.examples import failures
from newslint.rule import Rule

RULES = styles.shipped_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_hold(rule: Rule) -> None:
    assert list(failures(rule)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_owes(rule: Rule) -> None:
    assert rule.why, "says why"
    assert rule.evidence is not None, "shows evidence"
    assert sum(bool(example.bad) for example in rule.examples) >= 2
    assert sum(bool(example.good) for example in rule.examples) >= 2
