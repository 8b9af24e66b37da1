"""YAML whose every value knows its line, and in which every scalar is a text.

As in Vale's files, `no`, `on` and `1.0` are texts until a key wants something else.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Union

import yaml

from newslint.errors import NewslintError

Plain = Union[str, list["Plain"], dict[str, "Plain"]]  # noqa: UP007 (it names itself)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NODES = 200_000
"""The most values of a file; aliases count each time they are used."""

_DEPTH = 50
"""The most lists and mappings one in another; an alias of what it stands in has no end of them."""


class Tree(NamedTuple):
    """A YAML file as plain texts, lists and mappings, and the line of each value by its path.

    A path is written as msgspec writes it: `$.swap`, `$.tokens[2]`, `$.examples[0].bad`. Values
    that are empty (null) are left out.
    """

    name: str
    plain: dict[str, Plain]
    lines: dict[str, int]

    def line(self, path: str) -> int:
        """The line of a path, or of the nearest value round it that has one."""
        while path not in self.lines and path != "$":
            path = path[: max(path.rfind("."), path.rfind("["), 1)]
        return self.lines.get(path, 1)

    def path_of(self, text: str) -> str:
        """The path of the first value or key that is this text, or has it in it."""
        within = _paths(self.plain, "$", lambda value: text in value)
        return next(_paths(self.plain, "$", text.__eq__), next(within, "$"))


def parse(text: str, name: str, error: type[NewslintError]) -> Tree:
    """Reads a YAML mapping; raises the error with name and line where it is not one."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        problem = trouble.problem or "cannot be read"
        raise error(name, f"not YAML: {problem}", mark.line + 1 if mark else 0) from None
    except (yaml.YAMLError, RecursionError) as trouble:
        raise error(name, f"not YAML: {trouble}") from None
    if node is None:
        return Tree(name, {}, {"$": 1})
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        raise error(name, "expected keys and values, such as `extends: existence`", line)
    reader = _Reader(name, error)
    plain = reader.plain(node, "$")
    assert isinstance(plain, dict)
    return Tree(name, plain, reader.lines)


def _paths(plain: Plain, path: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    match plain:
        case dict():
            for key, value in plain.items():
                if wanted(key):
                    yield f"{path}.{key}"
                yield from _paths(value, f"{path}.{key}", wanted)
        case list():
            for number, value in enumerate(plain):
                yield from _paths(value, f"{path}[{number}]", wanted)
        case str() if wanted(plain):
            yield path


class _Reader:
    """Turns nodes into plain values, and notes their lines."""

    def __init__(self, name: str, error: type[NewslintError]) -> None:
        self._name = name
        self._error = error
        self._count = self._depth = 0
        self.lines: dict[str, int] = {}

    def plain(self, node: yaml.Node, path: str) -> Plain | None:
        self._count += 1
        if self._count > _NODES:
            raise self._error(self._name, f"more than {_NODES:,} values, expected fewer")
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
        if self._depth >= _DEPTH:
            message = f"values nested more than {_DEPTH} deep, or in themselves"
            raise self._error(self._name, message, node.start_mark.line + 1)
        self._depth += 1
        inside = self._collection(node, path)
        self._depth -= 1
        return inside

    def _collection(self, node: yaml.Node, path: str) -> Plain:
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        values = (self.plain(child, f"{path}[{at}]") for at, child in enumerate(node.value))
        return [value for value in values if value is not None]

    def _pairs(self, node: yaml.MappingNode, path: str) -> Iterator[tuple[str, Plain]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in seen:
                message = f"`{key}` is given twice, first on line {seen[key]}"
                raise self._error(self._name, message, line)
            seen[key] = line
            value = self.plain(value_node, f"{path}.{key}")
            self.lines[f"{path}.{key}"] = line
            if value is not None:
                yield key, value
