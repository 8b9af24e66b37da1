"""The rules that apply to a draft, made of rule files and of what the configuration changes."""

import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from newslint import configfile, english, styles
from newslint.configcheck import SWITCHES
from newslint.configfile import Keys, Layer, Origin, RuleChange
from newslint.errors import ConfigError, StyleError
from newslint.findings import LEVELS, Notice
from newslint.rule import Rule
from newslint.yamlfile import Plain


class Library:
    """The rule files that can be had, which of them are picked, and the newsroom's own lists."""

    def __init__(
        self, layers: Sequence[Layer], select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> None:
        self._layers = tuple(layers)
        self._select, self._ignore = tuple(select), tuple(ignore)

    def chosen(self, rule_id: str) -> bool:
        """Whether `select` and `ignore` let a rule run."""
        selected = not self._select or any(named(rule_id, glob) for glob in self._select)
        return selected and not any(named(rule_id, glob) for glob in self._ignore)

    @property
    def selects(self) -> bool:
        """Whether rules are picked one by one: then also those of styles that are off."""
        return bool(self._select)

    @cached_property
    def rule_files(self) -> tuple[styles.RuleFile, ...]:
        """All rule files that can be had: shipped, and of the newsroom's own folders."""
        found = list(styles.files(styles.shipped()))
        for layer in self._layers:
            for number, name in enumerate(layer.keys.style_folders):
                folder = layer.path.parent / name
                if not folder.is_dir():
                    line = layer.tree.line(f"$.style-folders[{number}]")
                    raise ConfigError(str(layer.path), f"no folder `{name}`", line)
                inside = any(path.suffix == ".yml" for path in folder.iterdir())
                found += styles.style_files(folder) if inside else styles.files(folder)
        return tuple({file.id: file for file in found}.values())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the newsroom's own lists."""
        return tuple(name for layer in self._layers for name in configfile.entries(layer, "names"))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the newsroom's own lists, and of its names."""
        own = (word for layer in self._layers for word in configfile.entries(layer, "words"))
        return tuple(dict.fromkeys([*own, *(word for name in self.names for word in name.split())]))

    @cached_property
    def known(self) -> frozenset[str]:
        """All rules and styles there are."""
        ids = [file.id for file in self.rule_files]
        return frozenset([*ids, *(rule_id.partition(".")[0] for rule_id in ids)])

    def choice(self) -> tuple[object, ...]:
        """What the rules are made of beside their files and the keys that apply."""
        return self._select, self._ignore, self.names, self.words


class Applied(NamedTuple):
    """Keys that apply, and where they stand."""

    keys: Keys
    layer: Layer
    path: str

    def origin(self, key: str) -> str:
        return self.layer.origin(f"{self.path}.{key}")


class Resolver:
    """Makes the rules that apply, and remembers where each decision comes from."""

    def __init__(
        self,
        library: Library,
        applied: Sequence[Applied],
        language: str,
        origins: Iterable[Origin],
    ) -> None:
        self._library, self._applied, self._language = library, applied, language
        self._active = _styles(applied)
        self._notices: list[Notice] = []
        self._origins = [*origins, *(Origin("style", *style) for style in self._active.items())]
        self._levels: list[Origin] = []
        self._told: dict[str, tuple[Rule, ...]] = {}
        _ = self.recipe  # What is wrong with lists and folders is said before a draft is read.

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on."""
        return tuple(self._rules())

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is wrong with them."""
        return tuple(self._notices) if self.rules is not None else ()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each decision comes from."""
        return tuple(dict.fromkeys(self._origins)) if self.rules is not None else ()

    @property
    def levels(self) -> tuple[Origin, ...]:
        """The level of each rule, and where it is said."""
        return tuple(self._levels) if self.rules is not None else ()

    def told(self, language: str) -> tuple[Rule, ...]:
        """The rules for drafts in a language, which may say their own."""
        if language == self._language:
            return self.rules
        if language not in self._told:
            self._told[language] = english.told(self.rules, self._language, language)
        return self._told[language]

    @property
    def changes(self) -> tuple[Mapping[str, RuleChange], ...]:
        """What the configuration changes in rules and styles, the nearest last."""
        return tuple(entry.keys.rules for entry in self._applied)

    @cached_property
    def recipe(self) -> bytes:
        """All that the rules are made of, beside their files. Raises ConfigError."""
        choice = (list(self._active), self._language, *self._library.choice())
        return msgspec.json.encode((sorted(self._library.known), self.changes, choice))

    @property
    def rule_files(self) -> tuple[styles.RuleFile, ...]:
        """The files that the rules are chosen from."""
        return self._library.rule_files

    def chosen(self, rule_id: str) -> bool:
        """Whether the selection lets a rule run."""
        return self._library.chosen(rule_id)

    def _rules(self) -> Iterator[Rule]:
        for file in self._library.rule_files:
            if not self._library.chosen(file.id):
                continue
            style = file.id.partition(".")[0]
            switch, changes, where = self._change(file.id, style)
            on = style in self._active or self._library.selects or switch in SWITCHES[1:]
            if switch != "off" and on:
                for rule in self._rule(file, changes):
                    self._levels.append(Origin(rule.id, rule.level, where or file.origin("level")))
                    yield rule

    def _change(self, rule_id: str, style: str) -> tuple[str, dict[str, Plain], str]:
        """The switch of a rule, the keys that change, and where the level is said, if it is."""
        switch, changes, where = "", dict[str, Plain](), ""
        for entry in self._applied:
            for name in (style, rule_id):
                change = entry.keys.rules.get(name)
                if change is None:
                    continue
                place = entry.origin(f"rules.{name}")
                self._origins.append(Origin(name, _changed(change), place))
                if isinstance(change, dict):
                    changes.update(change)
                    switch = "on"
                else:
                    switch = change
                    if change in LEVELS:
                        changes["level"] = change
                if change in LEVELS or "level" in change:
                    where = place
        return switch, changes, where

    def _rule(self, file: styles.RuleFile, changes: dict[str, Plain]) -> Iterator[Rule]:
        try:
            rule = file.rule(self._with_context(file, changes))
        except StyleError as error:
            self._blame(file, error)
            self._notices.append(Notice(file.id, str(error)))
            return
        if not rule.supported:
            kind = rule.__struct_config__.tag
            self._notices.append(Notice(rule.id, f"the kind `{kind}` is not supported", False))
            return
        yield rule

    def _blame(self, file: styles.RuleFile, error: StyleError) -> None:
        """Raises ConfigError if the rule was right before the configuration changed it."""
        style = file.id.partition(".")[0]
        try:
            file.rule()
        except StyleError:
            return
        for entry in reversed(self._applied):
            for name in (file.id, style):
                change = entry.keys.rules.get(name)
                if isinstance(change, dict):
                    wrong = [key for key in change if f"`{key}`" in error.message]
                    path = ".".join([entry.path, "rules", name, *wrong[:1]])
                    line = entry.layer.tree.line(path)
                    raise ConfigError(str(entry.layer.path), f"{name}: {error.message}", line)

    def _with_context(self, file: styles.RuleFile, changes: dict[str, Plain]) -> dict[str, Plain]:
        """The changes, with the language and the names of the newsroom where a kind has a key."""
        changes = dict(changes)
        keys = file.kind.__struct_fields__
        given = {**file.tree.plain, **changes}
        language = english.spelling(self._language)
        for key in english.KEYS:
            if key in keys and language and not given.get(key):
                changes[key] = language
        if "listed" in keys and self._library.names:
            listed = given.get("listed", [])
            changes["listed"] = [*(listed if isinstance(listed, list) else [listed]),
                                 *self._library.names]  # fmt: skip
        if "ignore" in keys and self._library.words:
            ignored = given.get("ignore", [])
            changes["ignore"] = [*(ignored if isinstance(ignored, list) else [ignored]),
                                 *self._library.words]  # fmt: skip
        return changes


def _styles(applied: Sequence[Applied]) -> dict[str, str]:
    """The styles that are on, and where that is said."""
    active: dict[str, str] = {}
    for entry in applied:
        if entry.keys.styles is not None:
            active = dict.fromkeys(entry.keys.styles, entry.origin("styles"))
        active |= dict.fromkeys(entry.keys.add_styles, entry.origin("add-styles"))
    return active


def _changed(change: configfile.RuleChange) -> str:
    """What changes a rule, as YAML writes it."""
    if isinstance(change, str):
        return change
    return "{" + ", ".join(f"{key}: {value}" for key, value in change.items()) + "}"


def named(rule_id: str, glob: str) -> bool:
    """Whether a glob, or the name of a style, names a rule."""
    return rule_id.partition(".")[0] == glob or fnmatch.fnmatchcase(rule_id, glob)
