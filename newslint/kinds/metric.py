"""A figure of the whole draft that is above or below a limit."""

import ast
import math
import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from newslint.findings import Match
from newslint.readability import measure
from newslint.rule import Rule
from newslint.spans import Span
from newslint.text import Document

_OPERATORS: Mapping[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "pow": math.pow,
    "log": math.log,
}
_LONG_WORD = 6


class Metric(Rule, tag="metric", frozen=True, kw_only=True, dict=True):
    """Vale's `metric`: a formula over counts of the draft, and a condition on its result.

    - `formula`: arithmetic over `words`, `sentences`, `paragraphs`, `characters`, `syllables`,
      `complex_words`, `long_words`, `polysyllabic_words`, and counts of blocks such as
      `heading_h2`, `list`, `blockquote`; `math.sqrt` and its like.
    - `condition`: what makes it a finding, such as `> 10`.
    """

    formula: str
    condition: str

    def __post_init__(self) -> None:
        with suppress(ZeroDivisionError):
            _evaluate(self._formula, dict.fromkeys(_counts(None), 1.0))
        _evaluate(self._condition, {"result": 1.0})

    def find(self, document: Document) -> Iterator[Match]:
        if not document.blocks:
            return
        try:
            result = _evaluate(self._formula, _counts(document))
        except ZeroDivisionError:
            return
        if _evaluate(self._condition, {"result": result}):
            facts = {"result": f"{result:.2f}"}
            yield Match(_beginning(document), facts=facts, args=(f"{result:.2f}",))

    @cached_property
    def _formula(self) -> ast.expr:
        return _parse(self.formula)

    @cached_property
    def _condition(self) -> ast.expr:
        return _parse(f"result {self.condition}")


def _parse(text: str) -> ast.expr:
    plain = text.replace("math.", "").replace("heading.h", "heading_h").strip()
    try:
        return ast.parse(plain, mode="eval").body
    except SyntaxError:
        raise ValueError(f"`{text}` is not a formula, expected arithmetic") from None


def _evaluate(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_evaluate(left, names), _evaluate(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand, names)
        case ast.Compare(left, [op], [right]) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_evaluate(left, names), _evaluate(right, names))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_evaluate(arg, names) for arg in args))
    raise ValueError(f"`{ast.unparse(node)}` is not known in a formula")


def _counts(document: Document | None) -> dict[str, float]:
    """The variables of a formula; all of them, at 0, where there is no draft."""
    scopes = Counter(scope for scope, _ in document.blocks) if document else Counter[str]()
    figures = measure(document.prose) if document else measure("")
    words = document.words if document else ()
    counts = {f"heading_h{level}": _of(scopes, f"heading.h{level}") for level in range(1, 7)}
    return {
        **counts,
        **{scope: _of(scopes, scope) for scope in ("list", "blockquote", "pre")},
        "words": figures.words,
        "sentences": figures.sentences,
        "paragraphs": max(0, len(document.blocks) - 1) if document else 0,
        "characters": figures.characters,
        "syllables": figures.syllables,
        "complex_words": figures.polysyllables,
        "polysyllabic_words": figures.polysyllables,
        "long_words": sum(word.end - word.start > _LONG_WORD for word in words),
    }


def _of(scopes: Mapping[str, int], name: str) -> float:
    return sum(count for scope, count in scopes.items() if scope.startswith(name))


def _beginning(document: Document) -> Span:
    """The first block: the place of a finding about all of them."""
    return document.blocks[0].span
