"""Passages, or a whole draft, above a school grade."""

from collections.abc import Iterator

from newslint.findings import Match
from newslint.readability import Figures, measure
from newslint.rule import Rule
from newslint.segment import sentences
from newslint.spans import Span
from newslint.text import Document

_METRICS = {
    "Gunning Fog": "gunning_fog",
    "Coleman-Liau": "coleman_liau_index",
    "Flesch-Kincaid": "flesch_kincaid_grade",
    "SMOG": "smog_index",
    "Automated Readability": "automated_readability_index",
}


class Readability(Rule, tag="readability", frozen=True, kw_only=True, dict=True):
    """Vale's `readability`: the mean of some measures must not be above a school grade.

    With the scope `paragraph`, `sentence` or another, each passage is measured; with `text` (the
    default), the whole draft.

    - `metrics`: of `Gunning Fog`, `Coleman-Liau`, `Flesch-Kincaid`, `SMOG` and
      `Automated Readability`; default Flesch-Kincaid.
    - `grade`: the highest grade that is no finding.
    - `min_words`: words below which a passage is too short to be measured; default 40.
    """

    grade: float
    metrics: tuple[str, ...] = ("Flesch-Kincaid",)
    min_words: int = 40

    def __post_init__(self) -> None:
        unknown = [metric for metric in self.metrics if metric not in _METRICS]
        if unknown or not self.metrics:
            raise ValueError(f"expected `metrics` to be of {', '.join(_METRICS)}")

    def find(self, document: Document) -> Iterator[Match]:
        for passage in self._measured(document):
            text = document.prose[passage.start : passage.end]
            figures = measure(text)
            grade = self._mean(figures)
            if figures.words >= self.min_words and grade > self.grade:
                first = next(sentences(document.prose, passage.start, passage.end), passage)
                facts = {
                    "grade": f"{grade:.0f}",
                    "limit": f"{self.grade:g}",
                    "words": figures.words,
                }
                yield Match(first, facts=facts, args=(f"{grade:.2f}",))

    def _measured(self, document: Document) -> Iterator[Span]:
        if self.scope == ("text",) or self.scope == ("summary",):
            whole = Span(0, len(document.prose))
            yield from [whole] if document.prose else []
        else:
            yield from self.passages(document)

    def _mean(self, figures: Figures) -> float:
        grades = [float(getattr(figures, _METRICS[metric])) for metric in self.metrics]
        return sum(grades) / len(grades)
