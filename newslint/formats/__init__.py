"""The formats of drafts, one module each: bytes to document.

To add a format, add a module with `EXTENSIONS` (lower case, with the point) and
`read(source, name) -> Document`, and name it here; a module is imported when a draft needs it.
"""

from collections.abc import Callable
from importlib import import_module

from newslint.errors import DraftError
from newslint.text import Document

LIMIT = 5_000_000
"""The most bytes a draft may have; a long article has 50,000."""

_MODULES = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_ENCODINGS = (  # By the byte order mark; UTF-32 first, for UTF-16's mark begins its own.
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def extensions() -> frozenset[str]:
    """The file name extensions that newslint looks for in a folder."""
    return frozenset(_MODULES)


def read(data: bytes, name: str, extension: str = "") -> Document:
    """The document in these bytes; `extension` outweighs that of the name.

    A draft with an extension that is not known is read as plain text. Raises `DraftError`.
    """
    suffix = (extension or "." + name.rpartition(".")[2]).lower()
    module = import_module(f"{__name__}.{_MODULES.get(suffix, 'plain')}")
    reader: Callable[[str, str], Document] = module.read
    return reader(decode(data, name), name)


def decode(data: bytes, name: str) -> str:
    """The text in these bytes, without a byte order mark, its line breaks as they are.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark. Raises `DraftError`.
    """
    if len(data) > LIMIT:
        size = f"{len(data):,} bytes long, expected at most {LIMIT:,}"
        raise DraftError(name, f"{size}; split it, or exclude it")
    encoding = next((coding for mark, coding in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, encoding, error) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DraftError(name, "a NUL byte, expected text; is this a binary file?", line)
    return text


def _undecodable(data: bytes, name: str, encoding: str, error: UnicodeDecodeError) -> DraftError:
    line = data.count(b"\n", 0, error.start) + 1
    byte = f"byte 0x{data[error.start]:02X}" if error.start < len(data) else "end of file"
    expected = f"expected {encoding.upper()} text; save the file as UTF-8"
    return DraftError(name, f"{byte} is not {encoding.upper()}, {expected}", line)
