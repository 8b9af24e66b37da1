"""A draft as its reader sees it: findings marked in the text, and told beside it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newslint.findings import Finding, Level, Report, rank
from newslint.reports.html import marks
from newslint.reports.html.marks import Piece
from newslint.reports.html.tags import Markup, join, tag
from newslint.text import Block, Document

SHAPES: Mapping[Level, str] = {"error": "■", "warning": "▲", "suggestion": "●"}
_LABELS = {"caption": "Caption", "attr.alt": "Image description", "table.cell": "Table"}
_LONGEST_SPAN = 8
_SHOWN_FIXES = 3


def draft(report: Report, number: int) -> Markup:
    """The text of draft `number` with its notes, and the findings that no reader sees."""
    if report.document is None:
        return Markup()
    page = _Page(report.document, report.findings, number)
    return join(tag("div", *page.blocks(), class_="draft"), page.elsewhere())


class _Page:
    """A draft, its findings, and where they stand in the prose."""

    def __init__(self, document: Document, findings: Sequence[Finding], number: int) -> None:
        self._document = document
        self._findings = findings
        self._number = number
        self._spots = tuple(marks.spots(document, findings))
        self._places = {(spot.number, spot.related) for spot in self._spots}

    def blocks(self) -> Iterator[Markup]:
        """Each block and, behind it, the notes on it."""
        of_block = [self._notes_on(block) for block in self._document.blocks]
        for number, (block, numbers) in enumerate(zip(self._document.blocks, of_block)):
            yield self._block(block)
            if numbers:
                # The notes stand beside the blocks that follow, as far as these have none.
                free = _free(of_block[number + 1 :])
                beside = f" span-{free}" if free > 1 else ""
                yield self._notes(numbers, f"notes{beside}")

    def elsewhere(self) -> Markup:
        """The findings in markup, comments and front matter, which have no place in the text."""
        numbers = [
            number
            for number in range(1, len(self._findings) + 1)
            if (number, 0) not in self._places
        ]
        if not numbers:
            return Markup()
        title = tag("h3", "In the source, where readers do not see it")
        return tag("section", title, self._notes(numbers, "notes"), class_="elsewhere")

    def _notes_on(self, block: Block) -> list[int]:
        inside = (spot for spot in self._spots if spot.span.within(block.span))
        return [spot.number for spot in inside if not spot.related]

    def _block(self, block: Block) -> Markup:
        pieces = marks.pieces(self._document, block, self._spots)
        label = _label(block.scope)
        shown = [tag("span", label, class_="label")] if label else []
        heading = re.search(r"heading\.h(\d)", block.scope)
        return tag(
            "div",
            *shown,
            *map(self._piece, pieces),
            class_=f"block {_classes(block.scope)}",
            dir="auto",
            role="heading" if heading else None,
            aria_level=min(6, int(heading[1]) + 2) if heading else None,
        )

    def _piece(self, piece: Piece) -> Markup:
        own = [spot.number for spot in piece.spots if not spot.related]
        anchors = [spot for spot in piece.begun if spot.related]
        shown: Markup | str = piece.text
        if any(spot.related for spot in piece.spots):
            first = self._id("r", anchors[0].number, anchors[0].related) if anchors else None
            shown = tag("span", shown, class_="related", id=first)
        if own:
            level = max((self._findings[number - 1].level for number in own), key=rank)
            notes = " ".join(self._id("f", number) for number in own)
            point = "" if piece.text else " point"
            shown = tag("mark", shown or "‸", class_=level + point, aria_describedby=notes)
        more = (tag("span", id=self._id("r", spot.number, spot.related)) for spot in anchors[1:])
        refs = (self._ref(spot.number) for spot in piece.ended if not spot.related)
        return join(*more, shown, *refs)

    def _ref(self, number: int) -> Markup:
        level = self._findings[number - 1].level
        return tag(
            "a",
            str(number),
            class_=f"ref {level}",
            id=self._id("m", number),
            href=f"#{self._id('f', number)}",
            aria_label=f"{level} {number}",
        )

    def _notes(self, numbers: Iterable[int], class_: str) -> Markup:
        return tag("ol", *map(self._note, numbers), class_=class_, role="list")

    def _note(self, number: int) -> Markup:
        finding = self._findings[number - 1]
        line, column = self._document.place(finding.span.start)
        seen = (number, 0) in self._places
        back = f"#{self._id('m', number)}"
        label = f"{number}, to the place in the text"
        head = tag(
            "p",
            tag("a", str(number), class_="number", href=back, aria_label=label)
            if seen
            else tag("span", str(number), class_="number"),
            " ",
            tag("span", f"{SHAPES[finding.level]} {finding.level}", class_="level"),
            " ",
            tag("a", finding.rule, class_="rule", href=f"#rule-{finding.rule}"),
            " ",
            tag("span", f"line {line}:{column}", class_="place"),
        )
        parts = [head, tag("p", finding.message, class_="message"), _advice(finding)]
        parts.append(self._see(number) if seen else self._source(finding))
        id_ = self._id("f", number)
        return tag("li", *parts, class_=f"note {finding.level}", id=id_, tabindex="-1")

    def _see(self, number: int) -> Markup:
        """Links to the places that the finding speaks of."""
        links = [
            tag("a", f"line {self._document.place(span.start).line}", href=f"#{anchor}")
            for related, (span, _) in enumerate(self._findings[number - 1].related, 1)
            if (number, related) in self._places
            for anchor in [self._id("r", number, related)]
        ]
        return tag("p", "See ", *_listed(links), class_="see") if links else Markup()

    def _source(self, finding: Finding) -> Markup:
        line = self._document.line(self._document.place(finding.span.start).line)
        return tag("p", tag("code", line[:200])) if line.strip() else Markup()

    def _id(self, kind: str, *numbers: int) -> str:
        return kind + "-".join(map(str, (self._number, *numbers)))


def _free(following: Sequence[Sequence[int]]) -> int:
    """One, and how many blocks come before the next that has notes."""
    blocks = next((n for n, notes in enumerate(following) if notes), len(following))
    return min(_LONGEST_SPAN, 1 + blocks)


def _classes(scope: str) -> str:
    return " ".join(re.sub(r"^h(?=\d)", "level-", part) for part in scope.split("."))


def _label(scope: str) -> str:
    if scope.startswith("frontmatter."):
        return scope.split(".")[1]
    return _LABELS.get(scope, "")


def _advice(finding: Finding) -> Markup:
    if not finding.fixes:
        return Markup()
    texts = [fix.text for fix in finding.fixes[:_SHOWN_FIXES] if fix.text]
    if not texts:
        return tag("p", "Take it out.", class_="advice")
    written = [tag("ins", f"“{text}”") for text in texts]
    return tag("p", "Write ", *_listed(written, " or "), class_="advice")


def _listed(parts: Sequence[Markup], between: str = ", ") -> Iterator[str]:
    for number, part in enumerate(parts):
        if number:
            yield between
        yield part


def by_level(findings: Iterable[Finding]) -> Mapping[Level, int]:
    """How many findings there are of each level that has any."""
    counts = defaultdict[Level, int](int)
    for finding in findings:
        counts[finding.level] += 1
    return counts
