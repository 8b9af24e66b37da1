"""Whether the rules and styles that a configuration names are there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.configfile import Keys, Layer
from newslint.errors import ConfigError
from newslint.findings import LEVELS
from newslint.validation import nearest

SWITCHES = ("off", "on", *LEVELS)
"""What a rule or a style may be set to."""


class _Place(NamedTuple):
    """Keys, and the path at which they stand in their file."""

    keys: Keys
    layer: Layer
    path: str

    def wrong(self, path: str, message: str) -> ConfigError:
        return ConfigError(str(self.layer.path), message, self.layer.tree.line(self.path + path))


def check(layers: Iterable[Layer], known: Iterable[str]) -> None:
    """Raises ConfigError for a name that is not among the known rules and styles."""
    names = sorted(known)
    styles = [name for name in names if "." not in name]
    for place in _places(layers):
        _check_rules(place, names)
        _check_styles(place, "styles", place.keys.styles or (), styles)
        _check_styles(place, "add-styles", place.keys.add_styles, styles)


def _places(layers: Iterable[Layer]) -> Iterator[_Place]:
    for layer in layers:
        yield _Place(layer.keys, layer, "$")
        for number, override in enumerate(layer.keys.overrides):
            yield _Place(override, layer, f"$.overrides[{number}]")


def _check_rules(place: _Place, known: list[str]) -> None:
    for name, change in place.keys.rules.items():
        if name not in known:
            raise place.wrong(f".rules.{name}", f"no rule `{name}`{nearest(name, known)}")
        if isinstance(change, str) and change not in SWITCHES:
            message = f"`{change}`, expected one of {', '.join(SWITCHES)}"
            raise place.wrong(f".rules.{name}", message)


def _check_styles(place: _Place, key: str, named: Iterable[str], known: list[str]) -> None:
    for number, name in enumerate(named):
        if name not in known:
            hint = nearest(name, known) or f", expected one of {', '.join(known)}"
            raise place.wrong(f".{key}[{number}]", f"no style `{name}`{hint}")
