"""The kinds of rules, one module each: a subclass of `Rule` whose fields are its YAML keys.

To add a kind, add a module here: a class `class NearMiss(Rule, tag="near_miss", ...)` with its
fields, `find`, and `anchors` where it can name words without which it finds nothing.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from newslint.rule import Rule


@cache
def all_kinds() -> dict[str, type[Rule]]:
    """Every kind of rule by its name in YAML (`extends`), in alphabetical order."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    kinds = {str(kind.__struct_config__.tag): kind for kind in Rule.__subclasses__()}
    return dict(sorted(kinds.items()))
