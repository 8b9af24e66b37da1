"""The report for people: each finding with its line, the place underlined, and what to write."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import StringIO
from unicodedata import combining

from rich.cells import cell_len, chop_cells
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from newslint import styles
from newslint.findings import LEVELS, Finding, Level, Report
from newslint.readability import Figures
from newslint.reports import Options, _wire
from newslint.scores import Standing
from newslint.spans import Span
from newslint.text import Document

_COLORS: dict[Level, str] = {"error": "bold red", "warning": "yellow", "suggestion": "cyan"}
_MARGIN = 10
"""Columns of context on each side that a long finding leaves."""

_SHOWN_FIXES = 3
_BAR = 20


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The reports of drafts that have something to say, and a summary."""
    painter = _Painter(options)
    counts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    drafts = touched = silenced = unread = known = unused = 0
    for report in reports:
        drafts += 1
        touched += bool(report.findings)
        silenced += report.silenced
        known += len(report.known or ())
        unused += report.unused
        unread += report.document is None
        counts.update(finding.level for finding in report.findings)
        rules.update(finding.rule for finding in report.findings)
        yield from painter.report(report)
    if options.statistics:
        yield from painter.statistics(rules)
    if not options.quiet:
        yield from painter.summary(counts, drafts, touched, silenced, unread)
        yield from painter.baseline(known, unused)


def show(document: Document, finding: Finding, options: Options) -> Iterator[str]:
    """One finding, as the report has it."""
    yield from _Painter(options).finding(document, finding)


class _Painter:
    """Paints on one console, in the width and colours asked for."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._console = Console(
            file=StringIO(),
            width=options.width,
            force_terminal=options.color,
            color_system="standard" if options.color else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )

    def report(self, report: Report) -> Iterator[str]:
        """A draft: its name, notices, findings, and figures where they are asked for."""
        shows_figures = self._options.scores and bool(report.scores)
        if not (report.findings or report.notices or shows_figures):
            return
        yield from self._print(Text(_wire.printable(report.name), style="bold underline"))
        for notice in report.notices:
            mark = ("  ! ", "bold red" if notice.failed else "yellow")
            yield from self._print(
                Text.assemble(mark, f"{notice.source}: ", _wire.printable(notice.message))
            )
        if report.document:
            for finding in report.findings:
                yield from self.finding(report.document, finding)
        if shows_figures:
            yield from self._figures(report)
        yield ""

    def statistics(self, rules: Counter[str]) -> Iterator[str]:
        """How often each rule fired."""
        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column("findings", justify="right")
        table.add_column("rule")
        for rule, count in sorted(rules.items(), key=lambda pair: (-pair[1], pair[0])):
            table.add_row(str(count), rule)
        yield from self._print(table)
        yield ""

    def summary(
        self, counts: Counter[str], drafts: int, touched: int, silenced: int, unread: int
    ) -> Iterator[str]:
        """One or two sentences that say how it stands."""
        parts = [_plural(counts[level], level) for level in reversed(LEVELS) if counts[level]]
        checked = _plural(drafts - unread, "draft")
        if not drafts:
            yield from self._print(Text("No drafts here.", style="yellow"))
        elif not parts and drafts > unread:
            yield from self._print(Text(f"Nothing found in {checked}.", style="green"))
        elif parts:
            where = checked if touched == drafts else f"{touched} of {_plural(drafts, 'draft')}"
            yield from self._print(Text(f"{_listed(parts)} in {where}.", style="bold"))
        if silenced:
            kept = _plural(silenced, "finding")
            yield from self._print(Text(f"{kept} kept back by comments in the drafts."))
        if unread:
            verb = "was" if unread == 1 else "were"
            yield from self._print(Text(f"{_plural(unread, 'draft')} {verb} not read.", "bold red"))

    def baseline(self, known: int, unused: int) -> Iterator[str]:
        """What the baseline kept back, and what it need not name any more."""
        if known:
            yield from self._print(Text(f"{_plural(known, 'finding')} in the baseline, not shown."))
        if unused:
            what, them = ("1 finding", "it") if unused == 1 else (f"{unused:,} findings", "them")
            text = f"The baseline names {what} no longer there; --write-baseline takes {them} out."
            yield from self._print(Text(text))

    def finding(self, document: Document, finding: Finding) -> Iterator[str]:
        """A finding: its place, its message, its line, and what to write."""
        place = document.place(finding.span.start)
        head = Text("  ")
        head.append(f"{place.line}:{place.column}", style="bold")
        head.append(f"  {finding.level}", style=_COLORS[finding.level])
        head.append(f"  {_wire.printable(finding.message)}  ")
        head.append(finding.rule, style=Style(dim=True, link=_link(finding.rule)))
        yield from self._print(head)
        yield from self._excerpt(document, finding.span, _COLORS[finding.level], "^")
        for span, message in finding.related[:3]:
            yield from self._excerpt(document, span, "blue", "-", message)
        fixes = [fix.text for fix in finding.fixes[:_SHOWN_FIXES]]
        if fixes:
            shown = " or ".join(f"“{_wire.printable(fix)}”" for fix in fixes if fix)
            advice = ("      write: ", (shown, "green")) if shown else ("      take it out",)
            yield from self._print(Text.assemble(*advice))

    def _excerpt(
        self, document: Document, span: Span, style: str, mark: str, message: str = ""
    ) -> Iterator[str]:
        place = document.place(span.start)
        line = document.line(place.line)
        start = place.column - 1
        end = min(len(line), start + max(1, span.end - span.start))
        room = max(20, self._options.width - 12)
        before, found, after = _cut(line, start, end, room)
        gutter = f"{place.line:>6} │ "
        text = Text.assemble((gutter, "dim"), before, (found, style), after)
        yield from self._print(text)
        underline = " " * cell_len(before) + mark * max(1, cell_len(found))
        yield from self._print(
            Text.assemble(
                ("       │ ", "dim"),
                (underline, style),
                (f" {_wire.printable(message)}" if message else "", style),
            )
        )

    def _figures(self, report: Report) -> Iterator[str]:
        figures = report.scores.get("readability")
        if isinstance(figures, Figures):
            table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
            table.add_column()
            table.add_column(justify="right")
            for name, value in _readability(figures):
                table.add_row(f"  {name}", value)
            yield from self._print(table)
        for name, standing in report.scores.items():
            if isinstance(standing, Standing):
                yield from self._print(_bar(name, standing))

    def _print(self, what: Text | Table) -> Iterator[str]:
        shown = self._painted(what) if isinstance(what, Text) else self._laid_out(what)
        yield from (_wire.harmless(line.rstrip()) for line in shown.splitlines())

    def _painted(self, text: Text) -> str:
        """A text as it stands, however wide; the console would lay it out, and take its time."""
        if not self._options.color:
            return text.plain
        spans = Text().append_text(text)  # Its own style is then one of them.
        return "".join(
            style.render(part, color_system=ColorSystem.STANDARD) if style else part
            for part, style, _ in spans.render(self._console)
        )

    def _laid_out(self, table: Table) -> str:
        with self._console.capture() as capture:
            self._console.print(table)
        return capture.get()


def _cut(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """What stands before, in and after a place, shortened to so many columns."""
    far = 4 * room  # More than enough, for most characters have a width.
    found = _wire.printable(line[start : min(end, start + far)])
    left, right = (
        _wire.printable(line[max(0, start - far) : start]),
        _wire.printable(line[end : end + far]),
    )
    longest = room - min(2 * _MARGIN, cell_len(left) + cell_len(right))
    if cell_len(found) > longest:
        found, right = chop_cells(found, longest - 1)[0] + "…", ""
    spare = max(4, room - cell_len(found))
    if cell_len(left) + cell_len(right) > spare:
        left = _last(left, max(spare // 2, spare - cell_len(right)))
        right = _first(right, spare - cell_len(left))
    return left, found, right


def _first(text: str, columns: int) -> str:
    if cell_len(text) <= columns:
        return text
    return chop_cells(text, max(1, columns - 1))[0] + "…"


def _last(text: str, columns: int) -> str:
    """The end of a text; no character is parted from the marks on it."""
    if cell_len(text) <= columns:
        return text
    start = next(at for at in range(len(text) + 1) if cell_len(text[at:]) < columns)
    while start < len(text) and (combining(text[start]) or text[start] in "\u200d\ufe0f"):
        start += 1
    return "…" + text[start:]


def _readability(figures: Figures) -> Iterator[tuple[str, str]]:
    minutes, seconds = divmod(round(figures.reading_time), 60)
    yield "Flesch reading ease", f"{figures.flesch_reading_ease:.1f}"
    yield "Flesch–Kincaid grade", f"{figures.flesch_kincaid_grade:.1f}"
    yield "Gunning Fog", f"{figures.gunning_fog:.1f}"
    yield "SMOG", f"{figures.smog_index:.1f}"
    yield "Coleman–Liau", f"{figures.coleman_liau_index:.1f}"
    yield "ARI", f"{figures.automated_readability_index:.1f}"
    yield "Dale–Chall", f"{figures.dale_chall_score:.1f}"
    yield "words", f"{figures.words:,}"
    yield "sentences", f"{figures.sentences:,}"
    yield "reading time", f"{minutes}:{seconds:02} min"


def _bar(name: str, standing: Standing) -> Text:
    if standing.percentile is None:
        return Text(f"  {name:<12}too short to compare", style="dim")
    filled = round(_BAR * standing.percentile / 100)
    text = Text(f"  {name:<12}")
    text.append("█" * filled, style="magenta")
    text.append("·" * (_BAR - filled), style="dim")
    if not standing.parts:
        return text.append(" nothing found", style="dim")
    text.append(f" above {standing.percentile:.0f} % of edited news")
    parts = ", ".join(f"{part.rule} ×{part.count}" for part in standing.parts[:4])
    return text.append(f"  {parts}", style="dim")


@cache
def _link(rule: str) -> str | None:
    """The file of a shipped rule: it says why, with examples, and needs no network."""
    style, _, name = rule.partition(".")
    path = styles.shipped() / style / f"{name}.yml"
    return path.as_uri() if path.is_file() else None


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(", ".join(parts).rsplit(", ", 1)) if len(parts) < 3 else ", ".join(parts)
