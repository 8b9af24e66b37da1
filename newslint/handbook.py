"""The pages about rules and kinds, from the rules and kinds themselves."""

import inspect
from collections.abc import Iterator
from itertools import groupby

from newslint import kinds, styles
from newslint.rule import Example, Rule


def page(rule: Rule) -> Iterator[str]:
    """All that a rule says of itself, for `explain`."""
    yield f"{rule.id} ({rule.level}, kind {rule.__struct_config__.tag})"
    yield ""
    yield rule.why or rule.description or "No reason is given."
    for label, texts in (("Finds", list(_bad(rule))), ("Leaves alone", list(_good(rule)))):
        if texts:
            yield f"\n{label}:"
            yield from (f"  {text}" for text in texts)
    yield ""
    yield f"Says: {rule.message}"
    if rule.evidence:
        yield _evidence(rule)
    if rule.quotations != "both":
        yield {
            "skip": "Does not look into direct speech.",
            "only": "Looks only into direct speech.",
        }[rule.quotations]
    if rule.asks_archive:
        yield "Compares a draft with the others of its archive: newslint check --archive"
    for label, text in (("Source", rule.source), ("More", rule.link)):
        if text:
            yield f"{label}: {text}"
    yield f"Silence it in a draft: <!-- newslint-disable {rule.id} -- reason -->"
    yield f"Change it in .newslint.yml: rules: {{{rule.id}: off}} (or suggestion, warning, error)"


def kind_page(name: str) -> Iterator[str]:
    """What a kind of rule does, and its keys."""
    yield f"{name} (a kind of rule: `extends: {name}`)"
    yield ""
    yield inspect.getdoc(kinds.kind(name)) or ""


def pages() -> Iterator[str]:
    """The handbook of all shipped rules, in Markdown."""
    yield "# Rules"
    yield ""
    yield "<!-- newslint-disable-file Repeats, Consistency -- it quotes what the rules find -->"
    yield ""
    yield "Made from the rules by `newslint rules docs`; change the rules, not this page."
    yield "“Per 10,000 words” is how often a rule fires on edited news, where nearly every finding"
    yield "is a false alarm or a matter of taste."
    for style, rules in groupby(styles.shipped_rules(), key=lambda rule: rule.id.partition(".")[0]):
        yield f"\n## {style}"
        for rule in rules:
            yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    yield f"\n### {rule.id}\n"
    rate = f", {rule.evidence.clean_per_10k:g} per 10,000 words" if rule.evidence else ""
    yield f"{rule.level.capitalize()}{rate}. {rule.why}\n"
    yield "```text"
    yield from (f"finds   {text}" for text in _bad(rule))
    yield from (f"leaves  {text}" for text in _good(rule))
    yield "```"


def _bad(rule: Rule) -> Iterator[str]:
    return (_marked(example) for example in rule.examples if example.bad)


def _good(rule: Rule) -> Iterator[str]:
    return (_one_line(example.good) + _others(example) for example in rule.examples if example.good)


def _marked(example: Example) -> str:
    """The example on one line, with brackets round what is found."""
    text, at = example.bad, 0
    for found in example.found:
        start = text.find(found, at)
        if start >= 0:
            end = start + len(found)
            text, at = f"{text[:start]}[{found}]{text[end:]}", end + 2
    return _one_line(text) + _others(example)


def _others(example: Example) -> str:
    """The other drafts of an example's archive."""
    return "".join(f" | another draft: {_one_line(text)}" for text in example.archive)


def _one_line(text: str) -> str:
    return " ⏎ ".join(line.strip() for line in text.splitlines() if line.strip())


def _evidence(rule: Rule) -> str:
    assert rule.evidence
    rate, words, month = rule.evidence.clean_per_10k, rule.evidence.words, rule.evidence.on
    return f"On edited news: {rate:g} findings per 10,000 words ({words:,} words, {month})."
