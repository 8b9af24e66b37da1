"""Which English a draft is in, and how rules are told of it."""

from collections.abc import Iterable

import msgspec

from newslint.rule import Rule

KEYS = ("language", "prefer")
"""The keys by which kinds are told."""

_SPELT_AS = {"en-AU": "en-GB", "en-IN": "en-GB", "en-CA": ""}
"""Whose spelling an English has; Canada has both."""


def spelling(language: str) -> str:
    """The English whose spelling a draft has: `en-GB`, `en-US`, or either if empty."""
    return _SPELT_AS.get(language, language)


def told(rules: Iterable[Rule], before: str, language: str) -> tuple[Rule, ...]:
    """Rules that were told one English, told another; one made for a certain English keeps it."""
    return tuple(_told(rule, spelling(before), spelling(language)) for rule in rules)


def _told(rule: Rule, before: str, after: str) -> Rule:
    changed = {key: after for key in KEYS if getattr(rule, key, None) == before}
    return msgspec.structs.replace(rule, **changed) if changed else rule
