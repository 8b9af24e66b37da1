"""Vale's `sequence`, which needs a tagger of parts of speech: not supported."""

from typing import ClassVar

from newslint.rule import Rule


class Sequence(Rule, tag="sequence", frozen=True, kw_only=True, dict=True):
    """Vale's `sequence`; such a rule is listed and skipped.

    - `tokens`, `ignorecase`: Vale's; accepted.
    """

    supported: ClassVar[bool] = False

    tokens: tuple[dict[str, str], ...] = ()
    ignorecase: bool = False
