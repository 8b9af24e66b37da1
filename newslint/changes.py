"""The lines that a change touches, as git sees them, and the findings that stand on them.

A line is git's: it ends with a line feed. What git does not have is new, and so changed as a whole.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from newslint import git
from newslint.findings import Finding, Report
from newslint.git import GitError
from newslint.spans import Span
from newslint.text import Document

_BASES = ("origin/HEAD", "origin/main", "origin/master", "@{upstream}", "main", "master")
"""What a branch is compared with where nobody says; the first that exists."""

# Whatever the configuration of the repository says, the same diff.
_DIFF = (
    "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames",
    "--submodule=short", "--ignore-submodules",
)  # fmt: skip
_PATCH = ("--unified=0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")
_ESCAPE = re.compile(rb"\\(?:(?P<octal>[0-7]{3})|(?P<sign>.))")
_SIGNS = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}

Lines = tuple[range, ...]
"""The changed lines of a draft, counted from 1."""

_WHOLE: Lines = (range(1, 2**31),)
_NO_MODE, _FILES = "000000", ("100644", "100755")


class Changes(NamedTuple):
    """What changed below the root of a repository, by paths from there.

    `known` are all files that git has, `gone` those that were deleted. `staged` names the objects
    that the next commit would have, and is None where the drafts in the folder count.
    """

    root: str
    known: frozenset[str]
    gone: frozenset[str]
    lines: Mapping[str, Lines]
    staged: Mapping[str, str] | None = None

    def of(self, draft: Path) -> Lines:
        """The changed lines of a draft; none where it is as it was."""
        path = self.path(draft)
        if path in self.lines:
            return self.lines[path]
        is_new = self.staged is None and path not in self.known
        return _WHOLE if is_new else ()

    def only_staged(self) -> Iterator[Path]:
        """The staged files that are in the folder no more."""
        for path in sorted(self.staged or {}):
            if path in self.lines and not os.path.lexists(os.path.join(self.root, path)):
                yield Path(os.path.relpath(os.path.join(self.root, path)))

    def path(self, draft: Path) -> str:
        """The path of a draft from the root, as git writes it."""
        folder = os.path.realpath(draft.parent)
        return os.path.relpath(os.path.join(folder, draft.name), self.root).replace(os.sep, "/")

    def texts(self, drafts: Sequence[Path]) -> dict[Path, bytes]:
        """The staged text of drafts."""
        staged = self.staged or {}
        wanted = {draft: staged[path] for draft in drafts if (path := self.path(draft)) in staged}
        return dict(zip(wanted, git.blobs(list(wanted.values()))))

    def only(self, reports: Iterable[Report], *, whole_files: bool = False) -> Iterator[Report]:
        """The reports, with the findings that have a place on a changed line, or with all.

        Each says which lines of its draft changed.
        """
        for report in reports:
            lines = self.of(Path(report.name))
            kept = tuple(
                finding
                for finding in report.findings
                if whole_files or lines is _WHOLE or _touches(finding, report.document, lines)
            )
            touched = frozenset(number for piece in lines for number in _within(piece, report))
            yield msgspec.structs.replace(report, findings=kept, changed=touched)


def since(base: str = "") -> Changes:
    """What changed in the folder since the branch left a base; without one, git's usual.

    In CI that is the branch that a pull request goes to. Raises GitError.
    """
    root = _root()
    if not commit("HEAD"):
        return Changes(root, frozenset(), frozenset(), {})  # No commit yet: all is new.
    origin = _merge_base(base or _usual_base())
    gone = frozenset(entry.gone for entry in _entries(origin))
    return Changes(root, _known(), gone, dict(_lines(origin)))


def staged() -> Changes:
    """What the next commit would change. Raises GitError."""
    root, entries = _root(), list(_entries("--cached"))
    gone = frozenset(entry.gone for entry in entries)
    objects = {entry.path: entry.object for entry in entries if entry.mode in _FILES}
    return Changes(root, _known(), gone, dict(_lines("--cached")), objects)


def _root() -> str:
    printed = git.output("rev-parse", "--show-toplevel")
    return os.path.realpath(os.fsdecode(printed.removesuffix(b"\n")))


def _known() -> frozenset[str]:
    return frozenset(git.names(git.output("ls-files", "-z", "--full-name", "--", ":/")))


def _usual_base() -> str:
    target = os.environ.get("GITHUB_BASE_REF", "")
    wanted = (f"origin/{target}", target) if target else _BASES
    for name in wanted:
        if commit(name):
            return name
    if target:
        raise GitError(target, f"the branch of the pull request is not here; {_FETCH}")
    shown = "nothing to compare with: no origin, upstream or main"
    raise GitError("--changed", f"{shown}; name a commit: --changed=BASE")


def _merge_base(base: str) -> str:
    """The commit in which a branch left its base."""
    tip = commit(base)
    if not tip:
        hint = _FETCH if _is_shallow() else "expected a branch, a tag or the id of a commit"
        raise GitError(f"--changed={base}", f"no such commit; {hint}")
    printed = git.ask("merge-base", tip, "HEAD")
    if printed is None:
        hint = _FETCH if _is_shallow() else "expected one with a common history"
        raise GitError(f"--changed={base}", f"has no commit in common with HEAD; {hint}")
    return printed.decode().strip()


_FETCH = "this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"


def commit(name: str) -> str:
    """The id of a commit; empty where there is none of the name."""
    if name.startswith("-"):
        return ""
    printed = git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return (printed or b"").decode().strip()


def _is_shallow() -> bool:
    return git.output("rev-parse", "--is-shallow-repository").strip() == b"true"


class _Entry(NamedTuple):
    """A file that differs: its mode and object, its path, and the path that is there no more."""

    mode: str
    object: str
    path: str
    gone: str


def _entries(against: str) -> Iterator[_Entry]:
    """The files that differ, as they are now."""
    fields = iter(git.names(git.output(*_DIFF, "--raw", "--no-abbrev", "-z", against, "--")))
    for entry in fields:
        _, mode, _, name, status = entry.split(" ")
        path = next(fields)
        gone = path if mode == _NO_MODE or status[0] == "R" else ""
        if status[0] in "RC":
            path = next(fields)
        yield _Entry(mode, name, path, gone)


def _lines(against: str) -> Iterator[tuple[str, Lines]]:
    """The changed lines of each file that differs."""
    yield from _patched(git.output(*_DIFF, *_PATCH, "--patch", against, "--"))
    yield from _binary(against)
    unmerged = git.output("ls-files", "--unmerged", "-z", "--full-name", "--", ":/")
    yield from ((entry.partition("\t")[2], _WHOLE) for entry in git.names(unmerged))


def _patched(patch: bytes) -> Iterator[tuple[str, Lines]]:
    path, lines = "", list[range]()
    left = 0  # Lines of a hunk that are still to come: what they hold is no header.
    for line in patch.split(b"\n"):
        if left:
            left -= line.startswith((b"+", b"-"))
        elif line.startswith(b"diff --git "):
            if path and lines:
                yield path, tuple(lines)
            path, lines = "", []
        elif line.startswith(b"+++ "):
            path = _unquoted(line[4:])
        elif hunk := _HUNK.match(line):
            first, count = int(hunk["first"]), int(hunk["count"] or 1)
            left = count + _taken(line)
            if count:
                lines.append(range(first, first + count))
    if path and lines:
        yield path, tuple(lines)


def _taken(hunk: bytes) -> int:
    """How many lines a hunk takes away."""
    _, comma, count = hunk.split(b" ")[1].partition(b",")
    return int(count) if comma else 1


def _unquoted(name: bytes) -> str:
    """The path after `+++`: with a tab behind it if it has a blank, and quoted as in C."""
    name = name.removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name.removeprefix(b"b/"))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    if escape["octal"]:
        return bytes([int(escape["octal"], 8)])
    return _SIGNS.get(escape["sign"], escape["sign"])


def _binary(against: str) -> Iterator[tuple[str, Lines]]:
    """The files that git takes for binary, such as those in UTF-16: changed as a whole."""
    fields = iter(git.output(*_DIFF, "--numstat", "-z", against, "--").split(b"\0"))
    for entry in fields:
        counts, _, path = entry.rpartition(b"\t")
        if counts and not path:  # A new name: the old one and the new follow.
            next(fields)
            path = next(fields)
        if counts == b"-\t-":
            yield os.fsdecode(path), _WHOLE


def _within(lines: range, report: Report) -> range:
    """Those of the lines that a draft has."""
    count = len(report.document.line_starts) if report.document else 0
    return range(lines.start, min(lines.stop, count + 1))


def _touches(finding: Finding, document: Document | None, lines: Lines) -> bool:
    """Whether one of the places of a finding is on a changed line."""
    if document is None:
        return True
    places = [finding.span, *(related.span for related in finding.related)]
    return any(_meets(document.source, place, lines) for place in places)


def _meets(source: str, place: Span, lines: Lines) -> bool:
    first = source.count("\n", 0, place.start) + 1
    # A place that ends with a line break does not reach the next line.
    last = first + source.count("\n", place.start, max(place.start, place.end - 1))
    return any(first < piece.stop and piece.start <= last for piece in lines)
