"""HTML: fragments and pages."""

from newslint import formats
from newslint.text import Document


def read(source: str) -> Document:
    return formats.read(source.encode(), "a.html")


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(scope, document.prose[slice(*span)]) for scope, span in document.blocks]


def test_page() -> None:
    source = (
        "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><h1>H &amp; I</h1>"
        "<p>One.<p>Two.<ul><li>Three<li>Four</ul><blockquote><p>Said</p></blockquote>"
        "<figure><img src=x alt='A &quot;b&quot;'><figcaption>Cap</figcaption></figure>"
        "<table><tr><th>a<td>b</table>Bare text</body></html>"
    )
    assert blocks(source) == [
        ("title", "T"), ("heading.h1.headline", "H & I"), ("paragraph", "One."), ("paragraph", "Two."),
        ("list", "Three"), ("list", "Four"), ("blockquote", "Said"), ("attr.alt", 'A "b"'),
        ("caption", "Cap"), ("table.header", "a"), ("table.cell", "b"), ("paragraph", "Bare text"),
    ]  # fmt: skip


def test_inline_markup_does_not_split_words() -> None:
    document = read("<p>neighbour<b>ing</b> and <i>so</i></p>")
    assert document.prose == "neighbouring and so"
    span = document.to_source(document.words[0].span)
    assert document.source[slice(*span)] == "neighbour<b>ing"


def test_two_breaks_part_paragraphs() -> None:
    assert blocks("One<br>two<br><br>three") == [
        ("paragraph", "One two"),
        ("paragraph", "three"),
    ]


def test_skipped_and_masked() -> None:
    source = '<p>A <code>b c</code> <i translate="no">Le Monde</i> <span hidden>x</span> d</p><pre>e</pre>'
    assert read(source).prose == "A * * ** ***** d"


def test_entities_with_and_without_semicolons() -> None:
    document = read("<p>&ldquo;We&rdquo; caf&eacute &#8217;s &nosuch; &#x1F600;</p>")
    assert document.prose == "“We” café ’s &nosuch; 😀"
    cafe = next(word for word in document.words if word.text == "café")
    assert document.source[slice(*document.to_source(cafe.span))] == "caf&eacute"


def test_comments() -> None:
    document = read("<p>a</p><!-- newslint-disable X.Y --><p>b</p>")
    ((span, text),) = document.comments
    assert (document.source[slice(*span)], text) == (
        "<!-- newslint-disable X.Y -->",
        "newslint-disable X.Y",
    )


def test_broken_html_is_read() -> None:
    assert read("<p>a <![x b <b>c").prose.startswith("a")


def test_what_never_ends_is_left_out_as_browsers_do() -> None:
    assert read("<p>One.</p><!-- two").prose == "One."
    assert read('<p>One.</p><img alt="two').prose == "One."
    assert read("One <!-- a --> two < three").prose == "One two < three"


def test_an_image_amid_a_paragraph_does_not_part_it() -> None:
    assert blocks('<p>The <img alt="A"> came.</p><p><img alt="B">It left.</p>') == [
        ("paragraph", "The came."),
        ("attr.alt", "A"),
        ("attr.alt", "B"),
        ("paragraph", "It left."),
    ]


def test_what_a_page_has_for_its_users_is_no_prose() -> None:
    source = "<nav>Home</nav><button>Share</button><select><option>One</select><p>A.</p>"
    assert read(source).prose == "A."
