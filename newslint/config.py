"""What applies to a draft: which rules, at which level, with which keys changed, and why."""

import fnmatch
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from newslint import configcheck, configfile, styles
from newslint.configcheck import SWITCHES
from newslint.configfile import FailOn, Keys, Language, Layer, chain
from newslint.errors import ConfigError, StyleError
from newslint.findings import LEVELS, Level, Notice
from newslint.languagetool.setup import Setup, Use
from newslint.rule import Rule
from newslint.validation import nearest
from newslint.yamlfile import Plain

_SPELT_AS = {"en-AU": "en-GB", "en-IN": "en-GB", "en-CA": ""}
"""Whose spelling an English has; Canada has both."""


class Origin(NamedTuple):
    """A value that applies, and where it comes from."""

    key: str
    value: str
    where: str


class Settings(NamedTuple):
    """What applies to one draft."""

    rules: tuple[Rule, ...]
    level: Level
    fail_on: FailOn
    language: Language
    excluded: bool
    notices: tuple[Notice, ...]
    origins: tuple[Origin, ...]
    levels: tuple[Origin, ...]
    languagetool: Setup = Setup()
    archive: bool = False


class Config:
    """A configuration with all that it extends, the nearest last."""

    def __init__(
        self,
        layers: Sequence[Layer],
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> None:
        self._layers = tuple(layers)
        self._select, self._ignore = tuple(select), tuple(ignore)
        self._checked = False
        self._resolved: dict[object, Settings] = {}

    @classmethod
    def default(cls) -> "Config":
        """The profile `recommended`."""
        return cls(chain(configfile.PROFILES / "recommended.yml"))

    @classmethod
    def load(cls, path: Path) -> "Config":
        """A configuration file, and what it extends. Raises ConfigError."""
        return cls(chain(path))

    @classmethod
    def discover(cls, draft: Path) -> "Config":
        """The configuration nearest above a draft; the default if there is none."""
        found = configfile.discover(draft)
        return cls.load(found) if found else cls.default()

    def with_selection(self, select: Sequence[str], ignore: Sequence[str]) -> "Config":
        """The same, with only the rules that `select` names and none that `ignore` does.

        Both are ids, styles, or globs such as `Names.*`; one that names none raises ConfigError.
        """
        chosen = Config(self._layers, select, ignore)
        for option, globs in (("--select", select), ("--ignore", ignore)):
            for glob in globs:
                if not any(_named(name, glob) for name in chosen.known):
                    hint = nearest(glob, sorted(chosen.known))
                    raise ConfigError(option, f"no rule or style `{glob}`{hint}")
        return chosen

    @property
    def path(self) -> Path:
        """The file that was loaded."""
        return self._layers[-1].path

    def settings(self, draft: Path) -> Settings:
        """What applies to a draft; the same object for drafts to which the same applies.

        Raises ConfigError for a rule or style that there is not, for this draft or another.
        """
        if not self._checked:
            configcheck.check(self._layers, self.known)
            self._checked = True
        keys = tuple(self._applying(draft))
        excluded = self.excludes(draft)
        key = (tuple(id(entry.keys) for entry in keys), excluded)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(keys, excluded)
        return self._resolved[key]

    def excludes(self, draft: Path) -> bool:
        """Whether a draft is not to be checked."""
        return any(
            _matches(draft, layer.path.parent, glob)
            for layer in self._layers
            for glob in layer.keys.exclude
        )

    def _applying(self, draft: Path) -> Iterator["_Applied"]:
        for layer in self._layers:
            yield _Applied(layer.keys, layer, "$")
            for number, override in enumerate(layer.keys.overrides):
                if any(_matches(draft, layer.path.parent, glob) for glob in override.files):
                    yield _Applied(override, layer, f"$.overrides[{number}]")

    def _resolve(self, applied: Sequence["_Applied"], excluded: bool) -> Settings:
        language = _last([(a.keys.language, a.origin("language")) for a in applied], "")
        levels = [(layer.keys.level, layer.origin("$.level")) for layer in self._layers]
        fails = [(layer.keys.fail_on, layer.origin("$.fail-on")) for layer in self._layers]
        level, fail_on = _last(levels, "warning"), _last(fails, "error")
        helpers = [
            (_setup(layer.keys.languagetool), layer.origin("$.languagetool"))
            for layer in self._layers
        ]
        helper = _last(helpers, Setup())
        told = [layer for layer in self._layers if layer.keys.archive is not None]
        archive = bool(told and told[-1].keys.archive)
        active = _styles(applied)
        resolver = _Resolver(self, applied, active, language.value)
        rules = tuple(resolver.rules())
        origins = [
            Origin("language", language.value or "any", language.where),
            Origin("level", level.value, level.where),
            Origin("fail-on", fail_on.value, fail_on.where),
            Origin("languagetool", helper.value.use, helper.where),
            Origin("archive", "on" if archive else "off", _where(told, "$.archive")),
            *(Origin("style", name, where) for name, where in active.items()),
            *resolver.origins,
        ]
        return Settings(
            rules,
            level.value,
            fail_on.value,
            language.value,
            excluded,
            tuple(resolver.notices),
            tuple(dict.fromkeys(origins)),
            tuple(resolver.levels),
            helper.value,
            archive,
        )

    def chosen(self, rule_id: str) -> bool:
        """Whether `select` and `ignore` let a rule run."""
        selected = not self._select or any(_named(rule_id, glob) for glob in self._select)
        return selected and not any(_named(rule_id, glob) for glob in self._ignore)

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


class _Applied(NamedTuple):
    """Keys that apply, and where they stand."""

    keys: Keys
    layer: Layer
    path: str

    def origin(self, key: str) -> str:
        return self.layer.origin(f"{self.path}.{key}")


class _Value(NamedTuple):
    value: Any
    where: str


class _Resolver:
    """Makes the rules that apply, and remembers where each decision comes from."""

    def __init__(
        self, config: Config, applied: Sequence[_Applied], active: Mapping[str, str], language: str
    ) -> None:
        self._config, self._applied = config, applied
        self._active, self._language = active, language
        self.notices: list[Notice] = []
        self.origins: list[Origin] = []
        self.levels: list[Origin] = []

    def rules(self) -> Iterator[Rule]:
        for file in self._config.rule_files:
            if not self._config.chosen(file.id):
                continue
            style = file.id.partition(".")[0]
            switch, changes, where = self._change(file.id, style)
            on = style in self._active or self._config.selects or switch in SWITCHES[1:]
            if switch != "off" and on:
                for rule in self._rule(file, changes):
                    self.levels.append(Origin(rule.id, rule.level, where or file.origin("level")))
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
                self.origins.append(Origin(name, _shown(change), place))
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
            self.notices.append(Notice(file.id, str(error)))
            return
        if not rule.supported:
            kind = rule.__struct_config__.tag
            self.notices.append(Notice(rule.id, f"the kind `{kind}` is not supported", False))
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
        language = _SPELT_AS.get(self._language, self._language)
        for key in ("language", "prefer"):
            if key in keys and language and not given.get(key):
                changes[key] = language
        if "listed" in keys and self._config.names:
            listed = given.get("listed", [])
            changes["listed"] = [*(listed if isinstance(listed, list) else [listed]),
                                 *self._config.names]  # fmt: skip
        if "ignore" in keys and self._config.words:
            ignored = given.get("ignore", [])
            changes["ignore"] = [*(ignored if isinstance(ignored, list) else [ignored]),
                                 *self._config.words]  # fmt: skip
        return changes


def _styles(applied: Sequence[_Applied]) -> dict[str, str]:
    """The styles that are on, and where that is said."""
    active: dict[str, str] = {}
    for entry in applied:
        if entry.keys.styles is not None:
            active = dict.fromkeys(entry.keys.styles, entry.origin("styles"))
        active |= dict.fromkeys(entry.keys.add_styles, entry.origin("add-styles"))
    return active


def _where(told: Sequence[Layer], key: str) -> str:
    return told[-1].origin(key) if told else "default"


def _shown(change: configfile.RuleChange) -> str:
    """What changes a rule, as YAML writes it."""
    if isinstance(change, str):
        return change
    return "{" + ", ".join(f"{key}: {value}" for key, value in change.items()) + "}"


def _setup(value: Use | Setup | None) -> Setup | None:
    return Setup(use=value) if isinstance(value, str) else value


def _last(values: Sequence[tuple[Any, str]], default: object) -> _Value:
    given = [_Value(value, where) for value, where in values if value]
    return given[-1] if given else _Value(default, "default")


def _named(rule_id: str, glob: str) -> bool:
    return rule_id.partition(".")[0] == glob or fnmatch.fnmatchcase(rule_id, glob)


def _matches(draft: Path, folder: Path, glob: str) -> bool:
    from wcmatch import glob as globs

    try:
        relative = Path(os.path.abspath(draft)).relative_to(os.path.abspath(folder))
    except ValueError:
        return False
    return globs.globmatch(str(relative), glob, flags=globs.GLOBSTAR | globs.BRACE | globs.DOTGLOB)
