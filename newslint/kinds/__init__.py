"""The kinds of rules, one module each: a subclass of `Rule` whose fields are its YAML keys.

To add a kind, add a module of its name here, with a class such as
`class NearMiss(Rule, tag="near_miss", frozen=True, kw_only=True, dict=True)`: its fields, `find`,
and `anchors` where it can name words without which it finds nothing.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from newslint.rule import Rule


@cache
def names() -> tuple[str, ...]:
    """The names of all kinds, as `extends` gives them, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@cache
def kind(name: str) -> type[Rule]:
    """The kind of this name; only its own module is imported. Raises KeyError."""
    if name not in names():
        raise KeyError(name)
    module = import_module(f"{__name__}.{name}")
    kinds = (value for value in vars(module).values() if isinstance(value, type))
    return next(k for k in kinds if issubclass(k, Rule) and k.__struct_config__.tag == name)


def all_kinds() -> dict[str, type[Rule]]:
    """Every kind by its name."""
    return {name: kind(name) for name in names()}
