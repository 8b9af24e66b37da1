"""Plain text in its three shapes."""

from newslint import formats
from newslint.text import Document


def read(source: str) -> Document:
    return formats.read(source.encode(), "a.txt")


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(scope, document.prose[slice(*span)]) for scope, span in document.blocks]


def test_one_paragraph_a_line() -> None:
    long = (
        "This line is long enough that nobody would have wrapped it by hand, for it goes on and on."
    )
    source = f"A headline\n{long} {long}\n{long}\n"
    assert blocks(source) == [
        ("heading.headline", "A headline"),
        ("paragraph", f"{long} {long}"),
        ("paragraph", long),
    ]


def test_paragraphs_wrapped_by_hand() -> None:
    source = (
        "The ferry sailed at noon with forty\n"
        "passengers, two cars and a horse on\n"
        "board.\n"
        "\n"
        "Nobody was hurt, said the captain.\n"
    )
    assert [scope for scope, _ in blocks(source)] == ["paragraph", "paragraph"]
    assert "forty passengers" in read(source).prose


def test_a_short_line_ends_a_paragraph() -> None:
    source = (
        "The ferry sailed at noon on Monday.\nIt sank.\nThe captain was the last to leave it.\n"
    )
    assert len(blocks(source)) == 3


def test_crossheads_and_lists() -> None:
    source = "A headline\n\nText that ends.\n\nA crosshead\n\n- one thing\n- another thing\n"
    assert [scope for scope, _ in blocks(source)] == [
        "heading.headline", "paragraph", "heading", "list", "list",
    ]  # fmt: skip
    assert blocks(source)[3] == ("list", "one thing")


def test_crlf_and_odd_spaces_are_one_space() -> None:
    document = read("A\u00a0b\tc  d.\r\n\r\nE\u00adf\u200bg.\r\n")
    assert document.prose == "A b c d.\n\nEfg."
    assert document.source[slice(*document.to_source(document.words[-1].span))] == "E\u00adf\u200bg"


def test_comments_of_ours_are_not_prose() -> None:
    document = read("<!-- newslint-disable A.B -- why -->\n\nText. <!-- not ours -->\n")
    assert [comment.text for comment in document.comments] == ["newslint-disable A.B -- why"]
    assert document.prose == "Text. <!-- not ours -->"
