"""What a helper says of a draft, before rules of ours have judged it."""

from typing import NamedTuple

from newslint.spans import Span


class Remark(NamedTuple):
    """A place in the prose, and what a helper such as LanguageTool says of it.

    `id`, `category` and `type` are the helper's own names: `EN_A_VS_AN`, `GRAMMAR`, `misspelling`.
    """

    span: Span
    id: str
    category: str
    type: str
    message: str
    replacements: tuple[str, ...] = ()
