"""Edits of a source: what a removal takes along, and which edits hold together."""

import pytest

from newslint import edits, formats
from newslint.edits import Edit
from newslint.spans import Span


def test_apply_and_moved_agree() -> None:
    made = [Edit(Span(0, 2), "abc"), Edit(Span(4, 4), "+"), Edit(Span(6, 9), "")]
    assert edits.apply("0123456789", made) == "abc23+459"
    assert [edits.moved(offset, made) for offset in (0, 2, 3, 4, 5, 9)] == [0, 3, 4, 6, 7, 8]


def test_most_keeps_all_that_hold_together() -> None:
    tried = []

    def holds(numbers) -> bool:
        tried.append(tuple(numbers))
        return not {3, 7} & set(numbers) and not {5, 6} <= set(numbers)

    assert edits.most(range(9), holds) == (0, 1, 2, 4, 5, 8)
    assert edits.most([], holds) == ()
    tried.clear()
    assert edits.most([0, 1, 2, 4], holds) == (0, 1, 2, 4)
    assert tried == [(0, 1, 2, 4)]


REMOVALS = {
    "paragraph": ("txt", "A.\n\nXX\n\nB.\n", "A.\n\nB.\n"),
    "first": ("txt", "XX\n\nA.\n", "A.\n"),
    "last": ("txt", "A.\n\nXX\n", "A.\n"),
    "last, no line break": ("txt", "A.\n\nXX", "A."),
    "alone": ("txt", "XX\n", ""),
    "line of a group": ("txt", "A.\nXX\nB.\n", "A.\nB.\n"),
    "end of a group": ("txt", "A.\nXX\n\nB.\n", "A.\n\nB.\n"),
    "two blank lines stay two": ("txt", "A.\n\n\nXX\n\n\nB.\n", "A.\n\n\nB.\n"),
    "CRLF": ("txt", "A.\r\n\r\nXX\r\n\r\nB.\r\n", "A.\r\n\r\nB.\r\n"),
    "CR": ("txt", "A.\r\rXX\r\rB.", "A.\r\rB."),
    "no-break space before": ("txt", "A.\n\n\u00a0XX\n\nB.\n", "A.\n\nB.\n"),
    "bullet": ("txt", "- a\n- XX\n- b\n", "- a\n- b\n"),
    "between words": ("txt", "a XX b", "a b"),
    "before a stop": ("txt", "a XX.", "a."),
    "after a quotation mark": ("txt", "“XX b”", "“XX b”".replace("XX", "")),
    "start of a line": ("txt", "XX b", "b"),
    "end of a line": ("txt", "a XX\nb", "a\nb"),
    "list entry": ("md", "- a\n- **XX**\n- b\n", "- a\n- b\n"),
    "heading": ("md", "a\n\n## XX ##\n\nb\n", "a\n\nb\n"),
    "underlined heading": ("md", "a\n\nXX\n---\n\nb\n", "a\n\nb\n"),
    "rule after an entry": ("md", "- XX\n---\n\nb\n", "---\n\nb\n"),
    "quotation": ("md", "> a\n>\n> XX\n>\n> b\n", "> a\n>\n> b\n"),
    "unpaired marks": ("md", "**a\n**XX\n", "**a\n**\n"),
    "element": ("html", "<p>a</p>\n<p><b>XX</b></p>\n<p>b</p>\n", "<p>a</p>\n<p>b</p>\n"),
    "last entry": ("html", "<div><ul><li>XX</li></ul>b</div>", "<div>b</div>"),
    "cell": ("html", "<tr><td>XX</td><td>b</td></tr>", "<tr><td></td><td>b</td></tr>"),
}


@pytest.mark.parametrize("name", REMOVALS)
def test_what_goes_with_a_text(name: str) -> None:
    format, source, expected = REMOVALS[name]
    document = formats.parse(source, f"a.{format}")
    start = source.index("XX")
    removal = edits.removal(document, Span(start, start + 2))
    assert edits.apply(source, [removal]) == expected
