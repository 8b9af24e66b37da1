"""Findings that an archive lives with: a file that names them, and a run that passes them over.

A line is a finding, by draft, rule, text and sentence, so that lines may move; where a sentence
has the same finding twice, `count` says so. The file is sorted, to be read in a diff:

    {"draft":"a.md","rule":"Repeats.Word","level":"warning","text":"the the","sentence":"9f…",…}
"""

import os
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from newslint import files
from newslint.errors import NewslintError
from newslint.findings import Finding, Level, Report
from newslint.spans import Span
from newslint.text import Document

_LONGEST = 60
"""The most characters of a text that a line shows; the hash is of all of it."""


class BaselineError(NewslintError):
    """A baseline that cannot be used."""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the file."""

    draft: str
    rule: str
    level: Level
    text: str
    sentence: str
    count: int = 1


class _Known(NamedTuple):
    """What a finding is known by; `sentence` is a hash of it and of the text."""

    draft: str
    rule: str
    text: str
    sentence: str


Asked = Callable[[Path, str, Level], bool]
"""Whether a run looks for findings of a rule and level in a draft."""


class Baseline:
    """The findings of a file; remembers which of them a run comes across.

    With `grows` those that it does not have are taken in. `asked` says what is looked for: an
    entry that is not is no unused one.
    """

    def __init__(self, path: Path, *, asked: Asked, grows: bool = False) -> None:
        self.path, self._folder = path, os.path.realpath(path.parent)
        self._asked, self._grows = asked, grows
        self._levels: dict[_Known, Level] = {}
        self._counts: dict[str, Counter[_Known]] = defaultdict(Counter)
        for line in _read(path):
            known = _Known(line.draft, line.rule, line.text, line.sentence)
            self._counts[line.draft][known] += line.count
            self._levels[known] = line.level

    def passed(self, report: Report) -> Report:
        """The report without the findings that are known."""
        draft = self._name(report.name)
        left = self._counts.get(draft, Counter())
        if report.document is None:
            return report
        if not (left or self._grows):
            return msgspec.structs.replace(report, known=())
        used: Counter[_Known] = Counter()
        known = tuple(
            finding
            for finding in report.findings
            if self._knows(finding, report.document, draft, left, used)
        )
        held = set(known)
        news = tuple(finding for finding in report.findings if finding not in held)
        unused = self._unused(Path(report.name), left - used)
        self._counts[draft] = (left - unused) | used
        return msgspec.structs.replace(report, findings=news, known=known, unused=unused.total())

    def take_gone(self) -> int:
        """Takes out the entries of drafts that are there no more; how many there were."""
        gone = [draft for draft in self._counts if not self._exists(draft)]
        return sum(self._counts.pop(draft).total() for draft in gone)

    def write(self) -> int:
        """Writes what is left and what was taken in; how many findings. Raises BaselineError."""
        lines = sorted(
            (known, count)
            for counts in self._counts.values()
            for known, count in counts.items()
            if count
        )
        text = "".join(f"{self._line(known, count)}\n" for known, count in lines)
        try:
            files.write(self.path, text)
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}"
            raise BaselineError(str(self.path), message) from None
        return sum(count for _, count in lines)

    def _knows(
        self,
        finding: Finding,
        document: Document,
        draft: str,
        left: Counter[_Known],
        used: Counter[_Known],
    ) -> bool:
        known = _known(finding, document, draft)
        if not self._grows and used[known] >= left[known]:
            return False
        used[known] += 1
        self._levels[known] = finding.level
        return True

    def _unused(self, draft: Path, rest: Counter[_Known]) -> Counter[_Known]:
        """Those of the entries that a run looked for in vain."""
        asked = {
            known: count
            for known, count in rest.items()
            if self._asked(draft, known.rule, self._levels[known])
        }
        return Counter(asked)

    def _line(self, known: _Known, count: int) -> str:
        line = _Line(known.draft, known.rule, self._levels[known], *known[2:], count)
        return msgspec.json.encode(line).decode()

    def _name(self, report: str) -> str:
        """The path of a draft from the folder of the file."""
        parent, name = os.path.split(report)
        path = os.path.relpath(os.path.join(_real(parent), name), self._folder)
        return os.fsencode(path.replace(os.sep, "/")).decode(errors="backslashreplace")

    def _exists(self, draft: str) -> bool:
        return os.path.lexists(os.path.join(self._folder, draft))


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def _read(path: Path) -> Iterator[_Line]:
    """The lines of a file; none where there is no file. Raises BaselineError."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise BaselineError(str(path), f"cannot be read: {error.strerror}") from None
    decode = msgspec.json.Decoder(_Line).decode
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _decoded(line, decode, path, number)


def _decoded(line: bytes, decode: Callable[[bytes], _Line], path: Path, number: int) -> _Line:
    try:
        return decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BaselineError(str(path), _expected(line, error), number) from None


def _expected(line: bytes, error: Exception) -> str:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        return "a conflict of two branches; keep the lines of both, and take the marks out"
    if isinstance(error, msgspec.ValidationError):
        return f"no entry of a baseline: {str(error).lower()}"
    return 'no entry of a baseline, expected {"draft": …, "rule": …} as newslint writes it'


def _known(finding: Finding, document: Document, draft: str) -> _Known:
    text = _plain(document.source, finding.span)
    context = f"{text}\0{_plain(document.source, _round(finding.span, document))}"
    digest = blake2b(context.encode(errors="surrogatepass"), digest_size=6).hexdigest()
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return _Known(draft, finding.rule, shown, digest)


def _plain(source: str, span: Span) -> str:
    return " ".join(source[span.start : span.end].split())


def _round(span: Span, document: Document) -> Span:
    """The sentence in which a place begins; its line, where that is no prose."""
    sentences = document.once(_sentences)
    index = bisect_right(sentences, (span.start, len(document.source))) - 1
    if index >= 0 and span.start < sentences[index].end:
        return sentences[index]
    line = document.place(span.start).line
    bounds = (*document.line_starts, len(document.source))
    return Span(bounds[line - 1], bounds[line])


def _sentences(document: Document) -> Sequence[Span]:
    """The sentences in the source."""
    return sorted(document.to_source(sentence) for sentence in document.sentences)
