"""Markdown: what is prose, in which scope, and where."""

import pytest

from newslint import formats
from newslint.text import Document


def read(source: str) -> Document:
    return formats.read(source.encode(), "a.md")


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(scope, document.prose[slice(*span)]) for scope, span in document.blocks]


def test_scopes() -> None:
    source = (
        "# Head\n\nPara.\n\n## Sub\n\n- one\n\n  two\n\n> said\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "![alt *text*](x.png)\n"
    )
    assert blocks(source) == [
        ("heading.h1.headline", "Head"), ("paragraph", "Para."), ("heading.h2", "Sub"),
        ("list", "one"), ("list", "two"), ("blockquote", "said"), ("table.header", "a"),
        ("table.header", "b"), ("table.cell", "c"), ("table.cell", "d"), ("attr.alt", "alt text"),
    ]  # fmt: skip


def test_yaml_front_matter() -> None:
    source = (
        "---\r\ntitle: Plain title\r\nslug: not-prose\r\ndescription: 'It''s quoted'\r\n"
        'caption: "An \\"odd\\" one"\r\nsummary: >\r\n  folded\r\n  over lines\r\n'
        "image:\r\n  alt: Deep\r\n---\r\n\r\n# Not the headline\r\n"
    )
    assert blocks(source) == [
        ("frontmatter.title.headline", "Plain title"),
        ("frontmatter.description", "It's quoted"),
        ("frontmatter.caption", 'An "odd" one'),
        ("frontmatter.summary", "folded over lines"),
        ("frontmatter.alt", "Deep"),
        ("heading.h1", "Not the headline"),
    ]
    document = read(source)
    folded = next(word for word in document.words if word.text == "over")
    assert document.source[slice(*document.to_source(folded.span))] == "over"


def test_front_matter_tells_of_parts() -> None:
    source = (
        "---\nimages:\n  - src: a.png\n    alt: One\n  - caption: Two\ntitle: &t Main\nseo_title: *t\n"
        "related: [{title: Other}]\ndeep: &d {deep: *d}\n---\n\n# Head\n"
    )
    assert blocks(source) == [
        ("frontmatter.alt", "One"), ("frontmatter.caption", "Two"),
        ("frontmatter.title.headline", "Main"), ("frontmatter.title", "Other"), ("heading.h1", "Head"),
    ]  # fmt: skip
    assert blocks('+++\n[[images]]\ntitle = "A"\n+++\n\n# Head\n') == [
        ("frontmatter.title", "A"),
        ("heading.h1.headline", "Head"),
    ]


def test_an_image_amid_a_paragraph_does_not_part_it() -> None:
    assert blocks("The ![a *seal*](s.png) came.\n![b ![c](d)](e)\n\nIt left.") == [
        ("paragraph", "The came."),
        ("attr.alt", "a seal"),
        ("attr.alt", "b c"),
        ("paragraph", "It left."),
    ]
    assert blocks("- ![a](b) One.") == [("attr.alt", "a"), ("list", "One.")]


def test_toml_front_matter() -> None:
    source = '+++\ntitle = "A \\"b\\""\ndraft = true\nlede = \'plain\'\n+++\n\nText.\n'
    assert blocks(source) == [
        ("frontmatter.title.headline", 'A "b"'),
        ("frontmatter.lede", "plain"),
        ("paragraph", "Text."),
    ]


@pytest.mark.parametrize(
    "broken", ["---\ntitle: [\n---\n\nText.\n", "+++\ntitle = \n+++\n\nText.\n"]
)
def test_broken_front_matter_is_passed_over(broken: str) -> None:
    assert blocks(broken)[-1] == ("paragraph", "Text.")


def test_settings() -> None:
    assert read("---\nnewslint: {disable: [A.B]}\n---\n").settings == {"disable": ["A.B"]}
    assert read("---\nnewslint: A.B\n---\n").settings == {"disable": "A.B"}


def test_code_links_and_shortcodes_are_not_prose() -> None:
    source = (
        "Run `the the` at https://a.b/the-the. See [the site](https://x.y).\n\n"
        '```\nthe the\n```\n\n    the the\n\n{{< figure caption="the the" >}}\n\nA {{ x }} b.\n'
    )
    assert read(source).prose == ("Run **** **** at *******************. See the site.\n\nA b.")


def test_html_inside() -> None:
    source = (
        "<b>Vlad</b>imir came<br>home.\n\n<div>\n<p>In a block &amp; out</p>\n<script>x</script>\n</div>\n"
        "\nA <code>b</code> <!-- newslint-disable --> c.\n"
    )
    assert read(source).prose == "Vladimir came home.\n\nIn a block & out\n\nA * c."
    assert read(source).comments[0].text == "newslint-disable"


@pytest.mark.parametrize(
    ("source", "word", "expected"),
    [
        ("un*like*ly", "unlikely", "un*like*ly"),
        ("Caf&eacute; 😀 **𝕍ladmir**", "𝕍ladmir", "𝕍ladmir"),
        ("Caf&eacute; society", "Café", "Caf&eacute;"),
        ("\\*star", "star", "star"),
        ("soft\r\nbreak", "break", "break"),
    ],
)
def test_places_are_exact(source: str, word: str, expected: str) -> None:
    document = read(source)
    found = next(one for one in document.words if one.text == word)
    assert document.source[slice(*document.to_source(found.span))] == expected


def test_the_backslash_of_a_hard_break_is_no_prose() -> None:
    document = formats.parse("A guy\\\nof ours.\n", "a.md")
    assert document.prose == "A guy of ours."
