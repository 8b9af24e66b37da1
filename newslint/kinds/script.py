"""Vale's `script`, which runs Tengo: not supported."""

from typing import ClassVar

from newslint.rule import Rule


class Script(Rule, tag="script", frozen=True, kw_only=True, dict=True):
    """Vale's `script`; such a rule is listed and skipped.

    - `script`: Vale's; accepted.
    """

    supported: ClassVar[bool] = False

    script: str = ""
