"""The figures of a draft: its four scores, and readability, as tables with bars."""

from collections.abc import Iterator, Mapping

from newslint.findings import Report
from newslint.readability import Figures
from newslint.reports.html.tags import Markup, join, tag
from newslint.scores import Standing
from newslint.text import Document

_GRADES = {
    "flesch_kincaid_grade": "Flesch–Kincaid",
    "gunning_fog": "Gunning Fog",
    "smog_index": "SMOG",
    "coleman_liau_index": "Coleman–Liau",
    "automated_readability_index": "ARI",
}
_LAST_GRADE = 20
_SHOWN_PARTS = 4
_SENTENCE_WIDTH = 10
_SENTENCE_HEIGHT = 40


def figures(report: Report) -> Markup:
    """Both tables, where the report has the figures."""
    standings = {
        name: standing for name, standing in report.scores.items() if isinstance(standing, Standing)
    }
    readability = report.scores.get("readability")
    parts = [_scores(standings)] if standings else []
    if report.document and isinstance(readability, Figures) and readability.words:
        parts.append(_readability(report.document, readability))
    return tag("div", *parts, class_="figures") if parts else Markup()


def _scores(standings: Mapping[str, Standing]) -> Markup:
    rows = [
        tag("tr", tag("th", name, scope="row"), *_standing(standing))
        for name, standing in standings.items()
    ]
    caption = tag("caption", "Scores: how much of edited news scores lower")
    return tag("div", tag("table", caption, tag("tbody", *rows)))


def _standing(standing: Standing) -> Iterator[Markup]:
    if standing.percentile is None:
        yield tag("td", "")
        yield tag("td", "too short to compare")
        return
    yield tag("td", _bar(standing.percentile, 100))
    parts = ", ".join(f"{part.rule} ×{part.count}" for part in standing.parts[:_SHOWN_PARTS])
    if parts:
        yield tag("td", f"{standing.percentile:.0f} %", tag("span", parts, class_="parts"))
    else:
        yield tag("td", "nothing found")


def _readability(document: Document, readability: Figures) -> Markup:
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            tag("td", _bar(getattr(readability, key), _LAST_GRADE)),
            tag("td", f"{getattr(readability, key):.1f}", class_="number"),
        )
        for key, name in _GRADES.items()
        if getattr(readability, key)
    ]
    caption = tag("caption", f"Readability: school grades, up to {_LAST_GRADE}")
    table = tag("table", caption, tag("tbody", *rows))
    return tag("div", table, _sentences(document, readability))


def _sentences(document: Document, readability: Figures) -> Markup:
    """A bar a sentence, as long as the sentence is."""
    lengths = [len(document.words_in(sentence)) for sentence in document.sentences]
    lengths = [length for length in lengths if length]
    if not lengths:
        return Markup()
    mean = sum(lengths) / len(lengths)
    said = f"{_counted(len(lengths), 'sentence')}, {mean:.0f} words on average"
    longest = f"the longest has {_counted(max(lengths), 'word')}"
    minutes, seconds = divmod(round(readability.reading_time), 60)
    facts = (
        f"{said}, {longest}. {_counted(readability.words, 'word')}; "
        f"reading time {minutes}:{seconds:02} min; "
        f"Flesch reading ease {readability.flesch_reading_ease:.0f} of 100."
    )
    chart = _chart(lengths, mean, f"Words in each sentence, in order: {said}, {longest}.")
    return tag("figure", chart, tag("figcaption", facts, class_="small"))


def _chart(lengths: list[int], mean: float, label: str) -> Markup:
    scale = _SENTENCE_HEIGHT / max(lengths)
    width = _SENTENCE_WIDTH * len(lengths)
    bars = (
        tag(
            "rect",
            x=_SENTENCE_WIDTH * number,
            y=f"{_SENTENCE_HEIGHT - scale * length:.1f}",
            width=_SENTENCE_WIDTH - 2,
            height=f"{scale * length:.1f}",
        )
        for number, length in enumerate(lengths)
    )
    level = f"{_SENTENCE_HEIGHT - scale * mean:.1f}"
    line = tag("line", x1=0, x2=width, y1=level, y2=level, vector_effect="non-scaling-stroke")
    return tag(
        "svg",
        join(*bars, line),
        class_="sentences",
        width=width,
        viewBox=f"0 0 {width} {_SENTENCE_HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def _bar(value: float, whole: float) -> Markup:
    """A bar that is so full; what it says stands beside it in figures."""
    filled = f"{100 * min(1, max(0, value / whole)):.1f}"
    bar = tag("rect", width=filled, height=8)
    return tag(
        "svg",
        bar,
        class_="bar",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
