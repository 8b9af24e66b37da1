"""What every format does with text that a draft, or its name, has a say in.

The runner of GitHub Actions obeys lines of the log that begin with `::name` and text that has
`##[name]` anywhere. A draft is printed in many formats, and must command nothing in any.
"""

import os
from xml.etree import ElementTree

import msgspec
import regex

_JOINING = "\u200c\u200d\ufe0f"
"""What emoji and some scripts are spelt with, though it shows nothing itself."""

_NOT_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def harmless(line: str) -> str:
    """The line, with no command in it where a runner of GitHub Actions listens."""
    return without_commands(line) if "GITHUB_ACTIONS" in os.environ else line


def without_commands(line: str) -> str:
    """The line, with all that a runner would take for a command broken."""
    return line.replace("##[", "## [").replace("::", ":\u200b:")


def one_line(name: str) -> str:
    """A name with its control characters written out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)


def printable(text: str) -> str:
    """The text with a blank for each control character: no draft may give orders to a terminal."""
    return "".join(char if char.isprintable() or char in _JOINING else " " for char in text)


def json(value: object, indent: int = 2) -> str:
    """The value as JSON; a negative indent puts it on one line."""
    written = msgspec.json.encode(value)
    if indent >= 0:
        written = msgspec.json.format(written, indent=indent)
    return written.decode().replace("##[", r"#\u0023[")


def xml(root: ElementTree.Element) -> str:
    """The document, with a replacement for each character that XML cannot hold."""
    for element in root.iter():
        element.attrib = {key: _xml_text(value) for key, value in element.attrib.items()}
        element.text = _xml_text(element.text) if element.text else element.text
    ElementTree.indent(root)
    written = referenced(ElementTree.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'


def referenced(markup: str) -> str:
    """The same XML or HTML, with character references where a runner would see a command."""
    return markup.replace("##[", "#&#35;[").replace("::", ":&#58;")


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
