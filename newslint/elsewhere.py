"""What the other drafts of an archive know of a name."""

from typing import NamedTuple


class Elsewhere(NamedTuple):
    """A capitalised form in the other drafts, near one of the draft that is looked at.

    `uses` and `begins` are its mentions and those that begin a sentence, `drafts` how many drafts
    have it; `neighbours` are the names beside it, `before` those before it, in order. `path`, from
    the root of the archive, and `line` are where it stands first.
    """

    text: str
    uses: int
    begins: int
    lower: bool
    neighbours: tuple[str, ...]
    before: tuple[str, ...]
    drafts: int
    path: str
    line: int
