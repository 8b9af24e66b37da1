"""Styles: folders of YAML files, one rule each, turned into rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

from newslint import kinds
from newslint.errors import StyleError
from newslint.rule import SCOPES, Rule
from newslint.validation import explain, fitted, nearest
from newslint.yamlfile import Plain, Tree, parse

_NAMED = re.compile("(?:expected )?`(.+?)`", re.DOTALL)


def shipped() -> Path:
    """The folder of the rules that come with newslint: in the wheel, or beside the package."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "rules"


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """All rules that come with newslint, on or off. Raises StyleError for a broken one."""
    return tuple(file.rule() for file in files(shipped()))


@cache
def shipped_names() -> frozenset[str]:
    """The ids of all rules that come with newslint, and their styles."""
    ids = [file.id for file in files(shipped())]
    return frozenset([*ids, *(rule_id.partition(".")[0] for rule_id in ids)])


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
            rule = msgspec.convert({**values, "id": self.id}, kind, strict=False)
        except msgspec.ValidationError as error:
            message, path = explain(error, kind)
            raise StyleError(str(self.path), message, self._line(message, path)) from None
        self._check_scopes(rule)
        return rule

    def _check_scopes(self, rule: Rule) -> None:
        """Raises StyleError for a slip in a scope; one like none may be a format's own."""
        parts = {part for selector in rule.selectors for part in selector.wanted | selector.refused}
        for part in sorted(parts - SCOPES):
            if "frontmatter" not in parts and (hint := nearest(part, sorted(SCOPES))):
                line = self.tree.line("$.scope")
                raise StyleError(str(self.path), f"no scope `{part}`{hint}", line)

    def origin(self, key: str) -> str:
        """`file:line` of a key; `default` where the rule does not have it."""
        given = key in self.tree.plain
        return f"{self.path}:{self.tree.line(f'$.{key}')}" if given else "default"

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

    def _line(self, message: str, path: str) -> int:
        """The line of a path; where it is only the rule, that of the value the message names."""
        named = _NAMED.match(message)
        return self.tree.line(self.tree.path_of(named[1]) if named and path == "$" else path)
