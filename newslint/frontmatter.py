"""The fields of a draft's front matter that are prose, in YAML and TOML."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from newslint.spans import Span

FIELDS = frozenset(
    """title headline subtitle subheadline description summary standfirst dek deck lede lead excerpt
    abstract caption alt image_alt imagealt kicker teaser seo_title""".split()
)
"""The keys whose values readers see."""

_DEPTH = 4
"""Mappings and lists, one in another, that fields are looked for in: `images: [{alt: …}]` is 2."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOML = re.compile(
    r"""^[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*
    (?:"{3}(?P<long>.*?)"{3}|'{3}(?P<raw>.*?)'{3}|"(?P<basic>(?:[^"\\\n]|\\.)*)"|'(?P<literal>[^'\n]*)')""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)

Settings = Mapping[str, object]


class Field(NamedTuple):
    """A field: its key, and its text in pieces with their places in the front matter.

    `nested` says that it tells of a part, such as an image, and not of the article.
    """

    key: str
    pieces: tuple[tuple[str, Span], ...]
    nested: bool = False


def yaml_fields(text: str) -> tuple[list[Field], Settings]:
    """The prose of YAML between lines of `---`, and what it says under `newslint`."""
    start = text.find("\n") + 1
    body = text[start : max(start, text.rstrip().rfind("\n") + 1)]
    try:
        node = yaml.compose(body, Loader=_Loader)
        settings = (yaml.load(body, Loader=_Loader) or {}).get("newslint")
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError):
        return [], {}
    fields = list(_yaml(node, body, start)) if isinstance(node, yaml.MappingNode) else []
    return fields, _settings(settings)


def toml_fields(text: str) -> tuple[list[Field], Settings]:
    """The prose of TOML between lines of `+++`, and what it says under `newslint`."""
    try:
        settings = tomllib.loads(text.strip().removeprefix("+++").removesuffix("+++"))
    except tomllib.TOMLDecodeError:
        return [], {}
    return list(_toml(text)), _settings(settings.get("newslint"))


def _settings(value: object) -> Settings:
    if isinstance(value, dict):
        return value
    return {"disable": value} if isinstance(value, (str, list)) else {}


def _yaml(node: yaml.Node, body: str, start: int, depth: int = 0) -> Iterator[Field]:
    if isinstance(node, yaml.SequenceNode) and depth < _DEPTH:
        for entry in node.value:
            yield from _yaml(entry, body, start, depth + 1)
    if not isinstance(node, yaml.MappingNode) or depth >= _DEPTH:
        return
    for key, value in node.value:
        if value.start_mark.index < key.start_mark.index:
            continue  # An alias: its text stands further up.
        if isinstance(value, yaml.ScalarNode) and str(key.value).casefold() in FIELDS:
            span = Span(value.start_mark.index, value.end_mark.index)
            raw = body[span.start : span.end]
            pieces = _pieces(str(value.value), raw, span.start + start)
            yield Field(str(key.value), tuple(pieces), depth > 0)
        else:
            yield from _yaml(value, body, start, depth + 1)


def _toml(text: str) -> Iterator[Field]:
    for found in _TOML.finditer(text):
        group = next(
            name for name in ("long", "raw", "basic", "literal") if found[name] is not None
        )
        if found["key"].casefold() in FIELDS:
            raw = found[group]
            escaped = "\\" in raw and group in ("long", "basic")
            value = tomllib.loads(found.group().strip())[found["key"]] if escaped else raw
            pieces = tuple(_pieces(value, raw, found.start(group)))
            yield Field(found["key"], pieces, bool(_TABLE.search(text, 0, found.start())))


def _pieces(value: str, raw: str, start: int) -> Iterator[tuple[str, Span]]:
    """The value word by word, each at its place in the source; whole where escapes hide one."""
    at = 0
    pieces: list[tuple[str, Span]] = []
    for word in re.finditer(r"\S+", value):
        found = raw.find(word.group(), at)
        if found < 0:
            yield value, Span(start, start + len(raw))
            return
        if at:  # Before the first word stand quotation marks and the like, which are not prose.
            pieces.append((" ", Span(start + at, start + found)))
        at = found + len(word.group())
        pieces.append((word.group(), Span(start + found, start + at)))
    yield from pieces
