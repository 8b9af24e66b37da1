"""Where the repository of the drafts begins, and what its files and lines are called there."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import quote

_WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def relative(name: str) -> str:
    """The path of a draft from the root of the repository, with slashes.

    A draft that is a link is called what it links to; one outside keeps its name.
    """
    here = Path.cwd()
    top = _root(here, tuple(os.environ.get(key, "") for key in _WORKSPACES))
    path = Path(os.path.normpath(here / name))
    for known in (Path(os.path.realpath(path)), path):
        if known.is_relative_to(top):
            return printable(known.relative_to(top).as_posix())
    return printable(Path(name).as_posix())


def printable(name: str) -> str:
    """The name, with a sign for each byte that is not UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def uri(path: str) -> str:
    """A path as the relative reference of a URI."""
    quoted = quote(path)
    return f"./{quoted}" if ":" in quoted.partition("/")[0] else quoted


def url(path: str, line: int) -> str:
    """Where GitHub shows a line of this commit; empty where no GitHub runs us."""
    server, repository, commit = (
        os.environ.get(f"GITHUB_{part}", "") for part in ("SERVER_URL", "REPOSITORY", "SHA")
    )
    if not (server and repository and commit):
        return ""
    # Plain, for a page that GitHub renders has no lines.
    return f"{server}/{repository}/blob/{commit}/{quote(path)}?plain=1#L{line}"


@cache
def _root(here: Path, workspaces: tuple[str, ...]) -> Path:
    """The workspace of the CI job, if we are in it; else the top of the git repository; or here."""
    for workspace in filter(None, workspaces):
        top = Path(os.path.realpath(workspace))
        if here.is_relative_to(top):
            return top
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
