"""HTML from Python, escaped: the one place where a draft becomes markup."""

import html
import re

from newslint.reports import _wire

_NOT_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Markup(str):
    """Text that is HTML already; whatever is not gets escaped."""

    __slots__ = ()


def join(*children: str) -> Markup:
    """The children, one after the other."""
    return Markup("".join(map(_escaped, children)))


def tag(name: str, *children: str, **attributes: str | int | None) -> Markup:
    """An element. `class_` is `class`, `aria_label` is `aria-label`; None leaves one out."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_visible(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{shown}>{join(*children)}</{name}>")


def _visible(text: str) -> str:
    """The text, with a sign for each character that HTML cannot hold."""
    return _NOT_HTML.sub("\ufffd", text)


def _escaped(text: str) -> str:
    if isinstance(text, Markup):
        return text
    return _wire.referenced(html.escape(_visible(text), quote=False))
