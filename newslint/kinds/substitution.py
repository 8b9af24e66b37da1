"""Words that have a better one."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import regex

from newslint.anchors import is_plain
from newslint.findings import Match
from newslint.patterns import TIMEOUT, Exceptions, Hit, Pattern, compiled, translate, validate
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_CAPTURE = re.compile(r"(?<!\\)\((?!\?)")
_OPTIONS = re.compile(r"(?<!\\)\|")


class Substitution(Rule, tag="substitution", frozen=True, kw_only=True, dict=True):
    """Vale's `substitution`: what stands on the left of `swap` should be what stands on the right.

    - `swap`: a mapping, or a `.tsv` of two columns; patterns to replacements, `|` between options.
    - `exceptions`: texts in a match that except it.
    - `beside`: a pattern of one character; a match that touches such a one is meant.
    - `ignorecase`: whether case does not matter.
    - `nonword`: no word boundaries round the patterns.
    - `capitalize`: the replacement begins with a capital where the found text does.
    - `vocab`, `POS`: Vale's; accepted.
    """

    swap: Mapping[str, str]
    exceptions: tuple[str, ...] = ()
    beside: str = ""
    ignorecase: bool = False
    nonword: bool = False
    vocab: bool = True
    capitalize: bool = False
    POS: str = ""

    def __post_init__(self) -> None:
        if not self.swap:
            raise ValueError("expected `swap` to have an entry")
        for key in filter(_CAPTURE.search, self.swap):
            validate(key)  # As it was written: the pattern has other groups.
        validate(self.beside)
        _ = self._pattern

    def anchors(self) -> frozenset[str] | None:
        return self._pattern.anchors

    def find(self, document: Document) -> Iterator[Match]:
        for hit in self._pattern.find(document, self.passages(document)):
            if not (
                self._exceptions.hold(document, hit.passage, hit.span)
                or self._is_meant(document.prose, hit.span)
            ):
                yield from self._match(document, hit)

    def _is_meant(self, prose: str, span: Span) -> bool:
        if not self.beside:
            return False
        around = (prose[max(0, span.start - 1) : span.start], prose[span.end : span.end + 1])
        return any(compiled(self.beside).fullmatch(one, timeout=TIMEOUT) for one in around)

    def _match(self, document: Document, hit: Hit) -> Iterator[Match]:
        found = document.prose[hit.span.start : hit.span.end]
        key = self._keys[hit.token]
        options = [self._fitted(option, key, document, hit) for option in self._options(key)]
        if found in options or self._is_right(key, found):
            return
        use = " or ".join(f"“{option}”" for option in options)
        shown = _enumerate(options)
        yield Match(
            hit.span,
            tuple(options),
            facts={"use": use},
            args=(shown, found),
        )

    def _options(self, key: str) -> list[str]:
        if self.action.name == "replace" and self.action.params:
            return list(self.action.params)
        return [option.replace(r"\|", "|") for option in _OPTIONS.split(self.swap[key]) if option]

    def _is_right(self, key: str, found: str) -> bool:
        """Whether the right side, read as a pattern as Vale does, is what was found."""
        value = self.swap[key]
        if is_plain(value) or self.action.name == "replace":
            return False
        try:
            return compiled(value).fullmatch(found, timeout=TIMEOUT) is not None
        except ValueError:  # A text, not a pattern.
            return False

    def _fitted(self, option: str, key: str, document: Document, hit: Hit) -> str:
        """The option for the text that was found: its groups filled in, its case followed."""
        found = document.prose[hit.span.start : hit.span.end]
        if "$" in option:
            pattern = regex.compile(translate(key), regex.IGNORECASE if self.ignorecase else 0)
            # Matched where it stands: the key may look at what is round it.
            text = document.prose[hit.passage.start : hit.passage.end]
            match = pattern.match(text, hit.span.start - hit.passage.start, timeout=TIMEOUT)
            option = re.sub(r"\$(\d)", lambda group: _group(match, int(group[1])), option)
        follows = self.capitalize or (self.ignorecase and key[:1].islower())
        if not follows or not option[:1].islower():
            return option
        if found.isupper() and len(found) > 1 and not self.capitalize:
            return option.upper()
        return option[:1].upper() + option[1:] if found[:1].isupper() else option

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """The patterns, longest first; of equal length, in the order of the file."""
        return tuple(sorted(self.swap, key=lambda key: -len(key.encode())))

    @cached_property
    def _pattern(self) -> Pattern:
        return Pattern(
            (_CAPTURE.sub("(?:", key) for key in self._keys),
            words=not self.nonword,
            ignorecase=self.ignorecase,
        )

    @cached_property
    def _exceptions(self) -> Exceptions:
        return Exceptions(self.exceptions)


def _group(match: "regex.Match[str] | None", number: int) -> str:
    return (match.group(number) or "") if match and number <= len(match.groups()) else ""


def _enumerate(options: list[str]) -> str:
    """The options as Vale writes them: one bare, more in quotation marks."""
    if len(options) < 2:
        return "".join(options)
    quoted = [f"'{option}'" for option in options]
    joint = ", or " if len(options) > 2 else " or "
    return ", ".join(quoted[:-1]) + joint + quoted[-1]
