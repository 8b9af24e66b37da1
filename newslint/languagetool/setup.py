"""How LanguageTool is to be used."""

from typing import Annotated, Literal

import msgspec

Use = Literal["off", "auto", "on"]
Seconds = Annotated[float, msgspec.Meta(ge=0.1)]


class Setup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """The keys below `languagetool` in a configuration; times are in seconds.

    With `auto` a run goes on without LanguageTool where it cannot be had, with `on` it fails.
    `allow_remote` lets drafts go to a `url` on another machine. `overlay` is a folder that stands
    before LanguageTool's own: `org/languagetool/rules/en/grammar_custom.xml` in it adds rules.
    """

    use: Use = "off"
    url: str = ""
    jars: str = ""
    overlay: str = ""
    allow_remote: bool = False
    idle: Seconds = 900
    timeout: Seconds = 60
