"""The JSON Schemas accept what newslint accepts, and say what is wrong with the rest."""

import jsonschema
import pytest
import yaml

from newslint import schema, styles

RULES = jsonschema.Draft202012Validator(schema.rule_schema())
CONFIG = jsonschema.Draft202012Validator(schema.config_schema())


@pytest.mark.parametrize("file", list(styles.files(styles.shipped())), ids=lambda file: file.id)
def test_shipped_rules_are_valid(file: styles.RuleFile) -> None:
    # YAML 1.1, which PyYAML reads, takes the key `on` for true; editors read YAML 1.2.
    text = file.path.read_text(encoding="utf-8").replace(" on:", ' "on":')
    RULES.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    "rule",
    [
        {"extends": "existence", "message": "x", "tokens": "one", "scope": "raw"},
        {"extends": "substitution", "message": "x", "swap": "words.tsv"},
        {"extends": "substitution", "message": "x", "swap": [{"a": "b"}]},
    ],
)
def test_leniencies_are_valid(rule: dict[str, object]) -> None:
    RULES.validate(rule)


@pytest.mark.parametrize(
    "rule",
    [
        {"extends": "existance", "message": "x", "tokens": ["a"]},
        {"extends": "existence", "message": "x", "tokns": ["a"]},
        {"extends": "existence", "tokens": ["a"]},
        {"extends": "existence", "message": "x", "tokens": ["a"], "level": "fatal"},
    ],
)
def test_bad_rules_are_not(rule: dict[str, object]) -> None:
    assert not RULES.is_valid(rule)


def test_configuration() -> None:
    CONFIG.validate({"extends": "uk-news", "rules": {"A.B": "off", "C": {"level": "error"}}})
    assert not CONFIG.is_valid({"langauge": "en-GB"})
    assert not CONFIG.is_valid({"fail-on": "sometimes"})


def test_keys_of_kinds_are_described() -> None:
    keys = schema.rule_schema()["$defs"]["NearMiss"]["properties"]
    assert keys["min_length"]["description"].startswith("letters that a name must have")
