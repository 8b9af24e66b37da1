"""What applies to a draft: which rules, at which level, with which keys changed, and why."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newslint import configcheck, configfile
from newslint.configfile import FailOn, Language, Layer, Origin, chain, matches
from newslint.errors import ConfigError
from newslint.findings import Level, Notice
from newslint.languagetool.setup import Setup
from newslint.rule import Rule
from newslint.ruleset import Applied, Library, Resolver, named
from newslint.validation import nearest


class Settings(NamedTuple):
    """What applies to one draft; its rules are made when they are first needed."""

    level: Level
    fail_on: FailOn
    language: Language
    excluded: bool
    resolver: "Resolver"
    languagetool: Setup = Setup()
    archive: bool = False
    baseline: Path | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on, told the language of the draft."""
        return self.resolver.told(self.language)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is wrong with rules that are on."""
        return self.resolver.notices

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each value comes from."""
        return self.resolver.origins

    @property
    def levels(self) -> tuple[Origin, ...]:
        """The level of each rule, and where it is said."""
        return self.resolver.levels


class Config:
    """A configuration with all that it extends, the nearest last."""

    def __init__(
        self,
        layers: Sequence[Layer],
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> None:
        self._layers = tuple(layers)
        self.library = Library(self._layers, select, ignore)
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
                if not any(named(name, glob) for name in chosen.library.known):
                    hint = nearest(glob, sorted(chosen.library.known))
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
            configcheck.check(self._layers, self.library.known)
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
            matches(draft, layer.path.parent, glob)
            for layer in self._layers
            for glob in layer.keys.exclude
        )

    def _applying(self, draft: Path) -> Iterator["Applied"]:
        for layer in self._layers:
            yield Applied(layer.keys, layer, "$")
            for number, override in enumerate(layer.keys.overrides):
                if any(matches(draft, layer.path.parent, glob) for glob in override.files):
                    yield Applied(override, layer, f"$.overrides[{number}]")

    def _resolve(self, applied: Sequence["Applied"], excluded: bool) -> Settings:
        language = _last([(a.keys.language, a.origin("language")) for a in applied], "")
        levels = [(layer.keys.level, layer.origin("$.level")) for layer in self._layers]
        fails = [(layer.keys.fail_on, layer.origin("$.fail-on")) for layer in self._layers]
        level, fail_on = _last(levels, "warning"), _last(fails, "error")
        helpers = [(layer.languagetool, layer.origin("$.languagetool")) for layer in self._layers]
        helper, baseline = _last(helpers, Setup()), _last(self._baselines(), None)
        told = [layer for layer in self._layers if layer.keys.archive is not None]
        archive = bool(told and told[-1].keys.archive)
        origins = [
            Origin("language", language.value or "any", language.where),
            Origin("level", level.value, level.where),
            Origin("fail-on", fail_on.value, fail_on.where),
            Origin("languagetool", helper.value.use, helper.where),
            Origin("archive", "on" if archive else "off", _where(told, "$.archive")),
        ]
        if baseline.value:
            origins.append(Origin("baseline", str(baseline.value), baseline.where))
        return Settings(
            level.value,
            fail_on.value,
            language.value,
            excluded,
            Resolver(self.library, applied, language.value, origins),
            helper.value,
            archive,
            baseline.value,
        )

    def _baselines(self) -> list[tuple[Path | None, str]]:
        return [
            (
                layer.path.parent / layer.keys.baseline if layer.keys.baseline else None,
                layer.origin("$.baseline"),
            )
            for layer in self._layers
        ]


class _Value(NamedTuple):
    value: Any
    where: str


def _where(told: Sequence[Layer], key: str) -> str:
    return told[-1].origin(key) if told else "default"


def _last(values: Sequence[tuple[Any, str]], default: object) -> _Value:
    given = [_Value(value, where) for value, where in values if value]
    return given[-1] if given else _Value(default, "default")
