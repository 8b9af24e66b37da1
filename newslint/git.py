"""git, asked with fixed arguments and no shell, in the repository that the environment names."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.errors import NewslintError

if TYPE_CHECKING:
    from subprocess import CompletedProcess


class GitError(NewslintError):
    """What git cannot tell, and what to do about it."""


def ask(*arguments: str, given: bytes = b"") -> bytes | None:
    """What a git command prints; None where it fails. Raises GitError where there is no git."""
    done = _run(arguments, given)
    return None if done.returncode else done.stdout


def ask_in(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What a git command prints in another folder; None where it fails, or without git."""
    try:
        done = _run(("-C", str(folder), *arguments), given, _placed())
    except GitError:
        return None
    return None if done.returncode else done.stdout


def output(*arguments: str, given: bytes = b"") -> bytes:
    """What a git command prints. Raises GitError where it fails, with git's own words."""
    done = _run(arguments, given)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise GitError(os.getcwd(), said.removeprefix("fatal: ") or f"git {arguments[0]} failed")
    return done.stdout


def names(printed: bytes) -> list[str]:
    """The file names that git ends with NUL."""
    return [os.fsdecode(name) for name in printed.split(b"\0") if name]


def blobs(objects: Sequence[str]) -> list[bytes]:
    """The bytes of objects, in order."""
    printed = output("cat-file", "--batch", given="".join(f"{one}\n" for one in objects).encode())
    found, start = [], 0
    for _ in objects:
        head = printed.index(b"\n", start)
        size = int(printed[start:head].split()[-1])
        found.append(printed[head + 1 : head + 1 + size])
        start = head + 1 + size + 1
    return found


def _run(
    arguments: Sequence[str], given: bytes, environment: Mapping[str, str] | None = None
) -> "CompletedProcess[bytes]":
    import subprocess  # Imported here: a run on named files asks git for nothing.

    # Where newslint was called: a hook's GIT_DIR and GIT_INDEX_FILE may be relative to that folder.
    command = ["git", "--no-pager", *arguments]
    try:
        return subprocess.run(
            command, input=given, capture_output=True, env=environment or _plain(), check=False
        )
    except OSError:
        raise GitError("git", "cannot be run; is it installed?") from None


def _plain() -> dict[str, str]:
    """The environment, without what changes the form of git's answers; no lock is taken."""
    changing = ("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS")
    kept = {key: value for key, value in os.environ.items() if key not in changing}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _placed() -> dict[str, str]:
    """The environment for another folder: what a hook says of this one, in full."""
    environment = _plain()
    if "GIT_DIR" in environment:
        environment.setdefault("GIT_WORK_TREE", ".")
    for key in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        if key in environment:
            environment[key] = os.path.abspath(environment[key])
    return environment
