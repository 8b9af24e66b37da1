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
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"", "utf-8"),
)


def extensions() -> frozenset[str]:
    """The file name extensions that newslint looks for in a folder."""
    return frozenset(_MODULES)


def read(data: bytes, name: str, extension: str = "") -> Document:
    """The document in these bytes; `extension` outweighs that of the name.

    A draft with an extension that is not known is read as plain text. Raises `DraftError`.
    """
    return parse(decode(data, name), name, extension)


def parse(source: str, name: str, extension: str = "") -> Document:
    """The document in a text that has been decoded."""
    suffix = (extension or "." + name.rpartition(".")[2]).lower()
    module = import_module(f"{__name__}.{_MODULES.get(suffix, 'plain')}")
    reader: Callable[[str, str], Document] = module.read
    return reader(source, name)


def decode(data: bytes, name: str) -> str:
    """The text in these bytes, without a byte order mark, its line breaks as they are.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark. Raises `DraftError`.
    """
    if len(data) > LIMIT:
        size = f"{len(data):,} bytes long, expected at most {LIMIT:,}"
        raise DraftError(name, f"{size}; split it, or exclude it")
    mark, encoding = _encoding(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, encoding, len(mark) + error.start) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DraftError(name, "a NUL byte, expected text; is this a binary file?", line)
    return text


def encode(text: str, like: bytes) -> bytes:
    """The bytes of a text in the encoding of those it came from, byte order mark and all."""
    mark, encoding = _encoding(like)
    return mark + text.encode(encoding)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding."""
    return next((mark, encoding) for mark, encoding in _ENCODINGS if data.startswith(mark))


def _undecodable(data: bytes, name: str, encoding: str, at: int) -> DraftError:
    line = data.count(b"\n", 0, at) + 1
    byte = f"byte 0x{data[at]:02X}" if at < len(data) else "end of file"
    family = encoding.removesuffix("-le").removesuffix("-be").upper()
    return DraftError(
        name, f"{byte} is not {family}, expected {family} text; save the file as UTF-8", line
    )
