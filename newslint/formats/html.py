"""HTML: whole pages, and the fragments that a content system keeps."""

from newslint.builder import Builder
from newslint.markup import HtmlReader
from newslint.text import Document

EXTENSIONS = (".html", ".htm", ".xhtml")


def read(source: str, name: str) -> Document:
    """Reads HTML, however broken."""
    builder = Builder(name, source, "html")
    HtmlReader(builder).read(source)
    return builder.build()
