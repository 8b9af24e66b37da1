"""The JSON Schema of rules and of the configuration, from the types that read them."""

import inspect
import re
from typing import Any

import msgspec

from newslint import kinds
from newslint.configfile import File

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KEY = re.compile(r"^- (?P<keys>`[\w`, -]+`): (?P<text>.+(?:\n  .+)*)", re.MULTILINE)

_LENIENT: dict[str, list[Any]] = {
    "array": [{"type": ["string", "number", "boolean"]}],
    "object": [{"type": "string", "pattern": r"\.tsv$"}, {"type": "array"}],
}


def rule_schema() -> dict[str, Any]:
    """The schema of a rule file: one of the kinds, told apart by `extends`."""
    found = kinds.all_kinds()
    _, components = msgspec.json.schema_components(found.values(), ref_template="#/$defs/{name}")
    for kind in found.values():
        _describe(components[kind.__name__], inspect.getdoc(kind) or "")
        components[kind.__name__]["properties"].pop("id", None)
    options = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in found.values()]
    return {
        "$schema": _DIALECT,
        "title": "A rule of newslint",
        "oneOf": options,
        "$defs": {name: _widened(component) for name, component in components.items()},
    }


def config_schema() -> dict[str, Any]:
    """The schema of `.newslint.yml`."""
    _, components = msgspec.json.schema_components([File], ref_template="#/$defs/{name}")
    return {
        "$schema": _DIALECT,
        "title": "The configuration of newslint",
        "$ref": "#/$defs/File",
        "$defs": {name: _widened(component) for name, component in components.items()},
    }


def _describe(component: dict[str, Any], documentation: str) -> None:
    """Puts what the docstring of a kind says of each key into its schema."""
    component["description"] = documentation.partition("\n\n")[0]
    for entry in _KEY.finditer(documentation):
        for key in re.findall(r"`([\w-]+)`", entry["keys"]):
            if key in component["properties"]:
                component["properties"][key]["description"] = " ".join(entry["text"].split())


def _widened(schema: Any) -> Any:
    """The schema with the leniencies of the loader: one value for a list, a file for a table."""
    if isinstance(schema, list):
        return [_widened(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    widened = {key: _widened(value) for key, value in schema.items()}
    lenient: list[Any] = _LENIENT.get(str(schema.get("type")), [])
    is_struct = "title" in schema or schema.get("properties")
    if lenient and not is_struct:
        kept = {key: widened.pop(key) for key in ("description", "default") if key in widened}
        return {**kept, "anyOf": [widened, *lenient]}
    if schema.get("type") == "string" and "enum" not in schema:
        widened["type"] = ["string", "number", "boolean"]
    return widened
