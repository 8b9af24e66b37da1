"""Plain values as the types of a struct want them; and in plain words what is wrong with them."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from newslint.errors import StyleError
from newslint.rule import FileName
from newslint.yamlfile import Plain

_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING_KEY = re.compile(r"Object missing required field `(?P<key>[^`]*)`")
_UNKNOWN_VALUE = re.compile(r"Invalid enum value '(?P<value>.*)'", re.DOTALL)
_PATH = re.compile(r" - at `(?P<path>[^`]*)`\Z")
_STEP = re.compile(r"\.([\w-]+)")
_FEW = 12
_TYPES = {
    "array": "a list",
    "object": "keys and values",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}


def explain(error: msgspec.ValidationError, struct: type[msgspec.Struct]) -> tuple[str, str]:
    """A validation error in plain words, and the path of the value that is wrong."""
    text = str(error)
    found = _PATH.search(text)
    path = found["path"] if found else "$"
    text = _PATH.sub("", text)
    if unknown := _UNKNOWN_KEY.match(text):
        key = unknown["key"]
        return f"unknown key `{key}`{_likely(key, _at(path, struct))}", f"{path}.{key}"
    if missing := _MISSING_KEY.match(text):
        return f"no `{missing['key']}`, expected one", path
    key = (_STEP.findall(path) or [""])[-1]
    if wrong := _UNKNOWN_VALUE.match(text):
        known = [value for value in _literals(_at(path, struct)) if value]
        return f"`{key}` is `{wrong['value']}`, expected one of {', '.join(known)}", path
    for name, plain in _TYPES.items():
        text = text.replace(f"`{name}`", plain)
    text = text[:1].lower() + text[1:]
    return f"`{key}`: {text}" if text.startswith("expected") and key else text, path


def _at(path: str, struct: type[msgspec.Struct]) -> Any:
    """The type of the value at a path of a struct."""
    hint: Any = struct
    for key in _STEP.findall(path):
        known = (_hints(one).get(key) for one in _structs(hint))
        hint = next((one for one in known if one is not None), Any)
    return hint


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs that a type has in it."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for arg in get_args(hint):
        yield from _structs(arg)


def _literals(hint: Any) -> Iterator[str]:
    """The texts that a type allows, where it names them."""
    if get_origin(hint) is Literal:
        yield from map(str, get_args(hint))
        return
    for arg in get_args(hint):
        yield from _literals(arg)


def _likely(key: str, hint: Any) -> str:
    """The nearest of the keys that a value may have; all of them, where they are few."""
    known = [name for struct in _structs(hint) for name in struct.__struct_encode_fields__]
    few = f", expected {', '.join(known)}" if 0 < len(known) <= _FEW else ""
    return nearest(key, known) or few


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
