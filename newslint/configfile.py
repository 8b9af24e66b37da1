"""Configuration files: their keys, where they are found, and what they extend."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from newslint.errors import ConfigError
from newslint.findings import Level
from newslint.languagetool.setup import Setup, Use
from newslint.validation import explain, fitted, nearest
from newslint.yamlfile import Tree, parse

NAMES = (".newslint.yml", ".newslint.yaml")
"""What a configuration is called; the nearest above a draft applies to it."""

PROFILES = Path(__file__).parent / "profiles"
"""The folder of the profiles that come with newslint."""

_DEPTH = 10

Language = Literal["", "en-AU", "en-CA", "en-GB", "en-IN", "en-US"]
FailOn = Literal["suggestion", "warning", "error", "never"]
RuleChange = str | dict[str, Any]


class Keys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """The keys that a file and an override share."""

    language: Language = ""
    styles: tuple[str, ...] | None = None
    add_styles: tuple[str, ...] = ()
    rules: Mapping[str, RuleChange] = {}


class Override(Keys, frozen=True, kw_only=True):
    """Other values for the drafts that a glob matches; later overrides win."""

    files: tuple[str, ...]


class File(Keys, frozen=True, kw_only=True):
    """The keys of a configuration file."""

    extends: str = ""
    style_folders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    languagetool: Use | Setup | None = None
    overrides: tuple[Override, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    level: Level | None = None
    archive: bool | None = None


class Layer(NamedTuple):
    """A configuration file that was read: its path, its keys, and the lines they stand on."""

    path: Path
    keys: File
    tree: Tree

    def origin(self, path: str) -> str:
        """`file:line` of a value."""
        return f"{self.path}:{self.tree.line(path)}"


def discover(folder: Path) -> Path | None:
    """The configuration nearest above, from a folder up to the root of its git repository."""
    # Not `absolute()`, which keeps `..`, and so the folders on the way there, among the parents.
    nearest = Path(os.path.abspath(folder))
    for folder in [nearest, *nearest.parents]:
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
        if (folder / ".git").exists():
            return None
    return None


def template(language: str = "en-GB") -> str:
    """A first configuration, with comments."""
    text = (PROFILES / "template.txt").read_text(encoding="utf-8")
    return text.replace("LANGUAGE", language)


def profiles() -> tuple[str, ...]:
    """The names of the profiles that come with newslint."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.yml")))


def chain(path: Path, below: tuple[Path, ...] = ()) -> tuple[Layer, ...]:
    """A file and all that it extends, the farthest first. Raises ConfigError."""
    if path in below or len(below) > _DEPTH:
        raise ConfigError(str(below[-1]), f"`extends: {path.name}` comes back to itself")
    layer = _layer(path)
    name = layer.keys.extends
    if not name:
        base = () if path.parent == PROFILES else chain(PROFILES / "recommended.yml")
        return (*base, layer)
    if name in profiles():
        return (*chain(PROFILES / f"{name}.yml", (*below, path)), layer)
    other = path.parent / name
    if not other.is_file():
        hint = nearest(name, profiles()) or f", expected a file or {', '.join(profiles())}"
        raise ConfigError(str(path), f"no profile `{name}`{hint}", layer.tree.line("$.extends"))
    return (*chain(other, (*below, path)), layer)


@cache
def _layer(path: Path) -> Layer:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(str(path), "not UTF-8, expected UTF-8 text") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    tree = parse(text, str(path), ConfigError)
    try:
        keys = msgspec.convert(fitted(tree.plain, File), File, strict=False)
    except msgspec.ValidationError as error:
        message, where = explain(error, File)
        raise ConfigError(str(path), message, tree.line(where)) from None
    return Layer(path, keys, tree)


def entries(layer: Layer, key: Literal["names", "words"]) -> Iterator[str]:
    """The entries of the lists that a file names under a key. Raises ConfigError."""
    for number, name in enumerate(getattr(layer.keys, key)):
        path = layer.path.parent / name
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            line = layer.tree.line(f"$.{key}[{number}]")
            raise ConfigError(str(layer.path), f"`{name}` cannot be read: {error}", line) from None
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))
