"""Styles: folders of YAML files, one rule each, turned into rules."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from newslint import kinds
from newslint.errors import StyleError
from newslint.rule import FileName, Rule
from newslint.yamlfile import Plain, Tree, parse

_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING_KEY = re.compile(r"Object missing required field `(?P<key>[^`]*)`")
_PATH = re.compile(r" - at `(?P<path>[^`]*)`\Z")
_TYPES = {
    "array": "a list",
    "object": "keys and values",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}


def shipped() -> Path:
    """The folder of the rules that come with newslint: in the wheel, or beside the package."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "rules"


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """All rules that come with newslint, on or off. Raises StyleError for a broken one."""
    return tuple(file.rule() for file in files(shipped()))


def files(folder: Path, styles: Iterable[str] | None = None) -> Iterator["RuleFile"]:
    """The rule files below a folder of styles, in order; of the named styles only, if any are."""
    wanted = None if styles is None else set(styles)
    for style in sorted(path for path in folder.iterdir() if path.is_dir()):
        if wanted is None or style.name in wanted:
            yield from style_files(style)


def style_files(style: Path) -> Iterator["RuleFile"]:
    """The rule files of one style."""
    yield from (RuleFile(path) for path in sorted(style.rglob("*.yml")))


class RuleFile:
    """A rule file that was found; it is read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = f"{path.parent.name}.{path.name.partition('.')[0]}"

    @cached_property
    def tree(self) -> Tree:
        """The file as YAML. Raises StyleError."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise StyleError(str(self.path), "not UTF-8, expected UTF-8 text") from None
        except OSError as error:
            raise StyleError(str(self.path), f"cannot be read: {error.strerror}") from None
        return parse(text, str(self.path), StyleError)

    def rule(self, changes: Mapping[str, Plain] | None = None) -> Rule:
        """The rule, with some keys changed. Raises StyleError with the line that is wrong."""
        if "id" in self.tree.plain:
            message = "the key `id` is not for you: a rule is named by its file"
            raise StyleError(str(self.path), message, self.tree.line("$.id"))
        kind = self.kind
        plain = {**self.tree.plain, **(changes or {})}
        values = fitted(plain, kind, self.path.parent)
        try:
            return msgspec.convert({**values, "id": self.id}, kind, strict=False)
        except msgspec.ValidationError as error:
            raise self._explained(error, kind) from None

    @cached_property
    def kind(self) -> type[Rule]:
        """The kind that the rule extends. Raises StyleError."""
        plain = {key.lower(): value for key, value in self.tree.plain.items()}
        name = plain.get("extends")
        if name is None:
            raise StyleError(str(self.path), "no `extends`, expected the name of a kind", 1)
        try:
            return kinds.kind(str(name))
        except KeyError:
            hint = nearest(str(name), kinds.names()) or f", expected {', '.join(kinds.names())}"
            line = self.tree.line("$.extends")
            raise StyleError(str(self.path), f"no kind `{name}`{hint}", line) from None

    def _explained(self, error: msgspec.ValidationError, kind: type[Rule]) -> StyleError:
        message, path = explain(error, kind)
        return StyleError(str(self.path), message, self.tree.line(path))


def explain(error: msgspec.ValidationError, struct: type[msgspec.Struct]) -> tuple[str, str]:
    """A validation error in plain words, and the path of the value that is wrong."""
    text = str(error)
    found = _PATH.search(text)
    path = found["path"] if found else "$"
    text = _PATH.sub("", text)
    if unknown := _UNKNOWN_KEY.match(text):
        key = unknown["key"]
        known = struct.__struct_encode_fields__ if path == "$" else ()
        return f"unknown key `{key}`{nearest(key, known)}", f"{path}.{key}"
    if missing := _MISSING_KEY.match(text):
        return f"no `{missing['key']}`, expected one", path
    for name, plain in _TYPES.items():
        text = text.replace(f"`{name}`", plain)
    return text[:1].lower() + text[1:], path


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?`, where a known word is near; otherwise nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def fitted(
    plain: Mapping[str, Plain], struct: type[msgspec.Struct], folder: Path | None = None
) -> dict[str, Any]:
    """Plain values as the types of a struct want them, with Vale's leniencies.

    Keys in any case; one value for a list; a list of one-entry mappings for a mapping; and, for a
    list or mapping, the name of a `.tsv` or `.txt` in the folder. Raises StyleError.
    """
    hints = _hints(struct)
    names = {name.lower(): name for name in hints}
    result = {}
    for key, value in plain.items():
        name = names.get(key.lower(), key)
        result[name] = _fit(value, hints[name], folder) if name in hints else value
    return result


def _fit(value: Plain, hint: Any, folder: Path | None) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if hint == FileName:
        return str(folder / str(value)) if folder else value
    if origin in (Union, UnionType):
        options = [arg for arg in args if arg is not type(None)]
        return _fit(value, options[0], folder) if len(options) == 1 else value
    if origin in (tuple, list, frozenset):
        return [_fit(entry, args[0], folder) for entry in _as_list(value, folder)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        entries = _as_mapping(value, folder)
        if isinstance(entries, dict):
            return {key: _fit(entry, args[1], folder) for key, entry in entries.items()}
        return entries
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and isinstance(value, dict):
        return fitted(value, hint, folder)
    return value


def _as_list(value: Plain, folder: Path | None) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, str) and folder and _names_file(value):
        return [row if len(row) > 1 else row[0] for row in _rows(folder / value)]
    return [value]


def _as_mapping(value: Plain, folder: Path | None) -> Any:
    if isinstance(value, str) and folder and _names_file(value):
        return dict(_pairs(folder / value))
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return {k: v for entry in value if isinstance(entry, dict) for k, v in entry.items()}
    return value


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for row in _rows(path):
        if len(row) != 2:
            shown = " ".join(row)
            raise StyleError(str(path), f"`{shown}` is no pair, expected two columns and a tab")
        yield row[0], row[1]


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StyleError(str(path), f"cannot be read: {error}") from None
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _names_file(value: str) -> bool:
    return value.endswith((".tsv", ".txt")) and " " not in value


@cache
def _hints(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The types of a struct's keys, by the names they have in YAML."""
    hints = get_type_hints(struct, include_extras=True)
    fields = msgspec.structs.fields(struct)
    return {field.encode_name: hints[field.name] for field in fields}
