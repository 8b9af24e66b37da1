"""A rule: the keys that all kinds share, where it looks, and how it speaks."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from time import monotonic
from typing import Annotated, ClassVar, Literal, NamedTuple

import msgspec

from newslint.findings import Level, Match
from newslint.spans import Span
from newslint.text import Document

Score = Literal["broken", "translated", "spun", "generated"]
SCORES: tuple[Score, ...] = ("broken", "translated", "spun", "generated")
"""The four scores of a draft that rules may count towards."""

FileName = Annotated[str, msgspec.Meta(extra={"file": True})]
"""The path of a file; in YAML, its name beside the rule file."""

PATIENCE = 10.0
"""Seconds that a rule may take for the passages of one draft."""

_STRETCH = 16
"""Passages from one look at the clock to the next."""

_PLACEHOLDER = re.compile(r"%(?:\[(?P<number>\d+)\])?(?P<verb>[sdvq%])|\{(?P<fact>[a-z_]+)\}")


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a rule must find fault with (`bad`), or must not (`good`): its test.

    `found` are the exact texts found, in order; `fixed` is the text with the first fix of each
    finding applied; `format` is the suffix of the draft, for rules that depend on it. `archive` are
    the other drafts of the archive that the draft is in.
    """

    bad: str = ""
    good: str = ""
    found: tuple[str, ...] = ()
    fixed: str = ""
    format: str = "txt"
    language: str = ""
    archive: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.bad) == bool(self.good):
            raise ValueError("an example is either `bad` or `good`")
        if self.good and (self.found or self.fixed):
            raise ValueError("a good example has no `found` and no `fixed`")


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a rule fires on edited news, as `newslint rules bench` measured it.

    `clean_per_10k` is in findings per 10,000 words, over `words` words, in the month `on`.
    """

    clean_per_10k: float
    words: int
    on: str


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What Vale would do to a match: `replace`, `remove`, `edit`, `convert` or `suggest`."""

    name: str = ""
    params: tuple[str, ...] = ()


SCOPES = frozenset(
    """text raw summary sentence paragraph heading h1 h2 h3 h4 h5 h6 headline title list blockquote
    table header cell caption figure attr alt frontmatter md txt html code link strong emphasis
    comment line block""".split()
)
"""The parts of scopes that newslint and Vale know; a field of the front matter is one as well."""


class Selector(NamedTuple):
    """One scope of a rule: the parts that a block must have, and those that it must not."""

    wanted: frozenset[str]
    refused: frozenset[str]

    @classmethod
    def parse(cls, scope: str) -> "Selector":
        """Reads Vale's notation: parts joined by points or `&`, a refused one after `~`."""
        terms = [term.strip() for term in scope.split("&")]
        wanted = [term for term in terms if not term.startswith("~")]
        refused = [term[1:].strip() for term in terms if term.startswith("~")]
        return cls(_parts(wanted), _parts(refused))

    def accepts(self, parts: frozenset[str]) -> bool:
        """Whether a block with these parts is in the scope."""
        return self.wanted <= parts and not (self.refused and self.refused & parts)


class Rule(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    dict=True,
    forbid_unknown_fields=True,
    tag_field="extends",
):
    """What all rules have in common; a kind adds its own keys and `find`.

    The keys are those of the YAML file, with Vale's names and meaning where Vale has them; only
    `id` (`Style.Rule`) comes from the path of the file.
    """

    supported: ClassVar[bool] = True
    """Whether newslint can run the kind; a rule that it cannot run is a notice."""

    judges_remarks: ClassVar[bool] = False
    """Whether the rule judges what a helper says, and so runs when the helper has answered."""

    id: str = ""
    message: str
    level: Level = "warning"
    scope: tuple[str, ...] = ("text",)
    link: str = ""
    description: str = ""
    limit: int = 0
    action: Action = Action()
    name: str = ""
    why: str = ""
    examples: tuple[Example, ...] = ()
    evidence: Evidence | None = None
    fix: Literal["safe", "unsafe", "none"] = "none"
    quotations: Literal["skip", "only", "both"] = "both"
    source: str = ""
    supersedes: tuple[str, ...] = ()
    score: Score | None = None
    weight: float = 1.0

    def anchors(self) -> frozenset[str] | None:
        r"""Case-folded `\w+` words, one of which is in every draft that the rule finds fault with.

        None where nothing can be said: the rule must look at each draft.
        """
        return None

    @property
    def asks_archive(self) -> bool:
        """Whether the rule looks at what other drafts say (`Document.elsewhere`)."""
        return False

    def find(self, document: Document) -> Iterator[Match]:
        """The matches in the draft, in the order of the kind's choice."""
        yield from ()

    @cached_property
    def selectors(self) -> tuple[Selector, ...]:
        """The scopes, parsed."""
        return tuple(Selector.parse(scope) for scope in self.scope)

    @cached_property
    def reads_source(self) -> bool:
        """Whether the rule looks at the source, markup and all (Vale's scope `raw`)."""
        return _reads_source(self.selectors)

    def passages(self, document: Document) -> Iterator[Span]:
        """The parts of the prose that the rule looks at: blocks, or the sentences in them.

        Raises TimeoutError when the rule has been at them for too long.
        """
        began = monotonic()
        for number, passage in enumerate(document.once(_passages, self.selectors)):
            if number % _STRETCH == 0 and monotonic() - began > PATIENCE:
                raise TimeoutError
            yield passage

    def render(self, document: Document, match: Match) -> str:
        """The message about a match: `%s` as Vale fills it, and facts in braces."""
        found = document.prose[match.span.start : match.span.end]
        args = match.args or (found,)
        facts = {"found": found, **match.facts}
        serial = iter(range(len(args)))

        def fill(placeholder: re.Match[str]) -> str:
            if placeholder["verb"] == "%":
                return "%"
            if placeholder["fact"]:
                return str(facts.get(placeholder["fact"], placeholder.group()))
            number = placeholder["number"]
            index = int(number) - 1 if number else next(serial, len(args))
            # One argument too few prints as nothing, as in Vale.
            return str(args[index]) if 0 <= index < len(args) else ""

        return " ".join(_PLACEHOLDER.sub(fill, self.message).split())


def _reads_source(selectors: tuple[Selector, ...]) -> bool:
    return any("raw" in selector.wanted for selector in selectors)


def _passages(document: Document, selectors: tuple[Selector, ...]) -> tuple[Span, ...]:
    """The parts of the prose in one of the scopes."""
    if _reads_source(selectors):
        return tuple(block.span for block in document.blocks)
    by_sentence = any("sentence" in selector.wanted for selector in selectors)
    spans = [
        span
        for scope, span in document.blocks
        if _accepted(selectors, scope, document.format, by_sentence)
    ]
    return tuple(_sentences(document, spans) if by_sentence else spans)


@cache
def _accepted(selectors: tuple[Selector, ...], scope: str, format: str, by_sentence: bool) -> bool:
    """Whether one of the selectors accepts the blocks of a scope, or the sentences in them."""
    parts = _parts([scope]) | {"text", "summary", format}
    if by_sentence:
        parts |= {"sentence"}
    return any(selector.accepts(parts) for selector in selectors)


def _parts(scopes: list[str]) -> frozenset[str]:
    return frozenset(part for scope in scopes for part in scope.split(".") if part)


def _sentences(document: Document, spans: list[Span]) -> Iterator[Span]:
    blocks = iter(spans)
    block = next(blocks, None)
    for sentence in document.sentences:
        while block and block.end <= sentence.start:
            block = next(blocks, None)
        if block is None:
            return
        if sentence.start >= block.start:
            yield sentence
