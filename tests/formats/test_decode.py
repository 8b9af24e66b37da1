"""Bytes to text, and what is said where it fails."""

import pytest

from newslint import formats
from newslint.errors import DraftError


def test_utf_8_with_and_without_mark() -> None:
    assert formats.decode("é".encode(), "a.txt") == "é"
    assert formats.decode(b"\xef\xbb\xbfx", "a.txt") == "x"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf_16_and_32_with_mark(encoding: str) -> None:
    assert formats.decode("“é” 😀".encode(encoding), "a.txt") == "“é” 😀"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"one\ntw\xe9", 2, "byte 0xE9 is not UTF-8"),
        (b"a\nb\n\0", 3, "NUL"),
        (b"\xed\xa0\x80", 1, "byte 0xED is not UTF-8"),  # A lone surrogate.
        (b"\xff\xfea", 1, "UTF-16"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(DraftError) as caught:
        formats.decode(data, "a.txt")
    assert caught.value.line == line
    assert words in caught.value.message


def test_too_large_is_refused() -> None:
    with pytest.raises(DraftError, match="5,000,001 bytes long, expected at most 5,000,000"):
        formats.decode(b"x" * (formats.LIMIT + 1), "a.txt")


def test_empty_is_a_draft() -> None:
    document = formats.read(b"", "a.md")
    assert (document.prose, document.blocks, document.words) == ("", (), ())


def test_unknown_extension_is_plain_text() -> None:
    assert formats.read(b"*a*", "LICENSE").prose == "*a*"
    assert formats.read(b"*a*", "draft", ".md").prose == "a"
