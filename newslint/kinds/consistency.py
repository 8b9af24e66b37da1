"""Two forms of which a draft should use one."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from newslint.findings import Match, Related
from newslint.patterns import Hit, Pattern
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document


class Consistency(Rule, tag="consistency", frozen=True, kw_only=True, dict=True):
    """Vale's `consistency`: once both forms of a pair are in a draft, the later uses are findings.

    - `either`: a mapping of one form to the other; both are patterns.
    - `ignorecase`: whether case does not matter.
    - `nonword`: no word boundaries round the forms.
    """

    either: Mapping[str, str]
    ignorecase: bool = False
    nonword: bool = False

    def __post_init__(self) -> None:
        _ = self._patterns

    def anchors(self) -> frozenset[str] | None:
        known = [pattern.anchors for pattern in self._patterns]
        if any(words is None for words in known):
            return None
        return frozenset(word for words in known if words for word in words)

    def find(self, document: Document) -> Iterator[Match]:
        passages = list(self.passages(document))
        for pattern in self._patterns:
            seen: dict[int, Span] = {}
            for passage in passages:
                hits = list(pattern.find(document, [passage]))
                for hit in hits:
                    seen.setdefault(hit.token, hit.span)
                if hits and len(seen) == 2:
                    yield _match(document, hits[-1], seen)

    @cached_property
    def _patterns(self) -> tuple[Pattern, ...]:
        return tuple(
            Pattern(pair, words=not self.nonword, ignorecase=self.ignorecase)
            for pair in self.either.items()
        )


def _match(document: Document, hit: Hit, seen: Mapping[int, Span]) -> Match:
    other = seen[1 - hit.token]
    text = document.prose[other.start : other.end]
    related = (Related(other, f"“{text}” here"),)
    return Match(hit.span, related=related, facts={"other": text})
