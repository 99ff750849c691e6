"""Colorado's bill texts: accessible HTML, one list item a printed line, and acts in paragraphs."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, one, some

# A paragraph begins at a section, or at an enumeration, after which two blanks are set.
_BEGINS = re.compile(r"\s*(?:SECTION\s+\d|(?:\(\w{1,6}\)\s?)+\s{2}|\d+(?:\.\d+)?-\d[\w.-]*\.\s{2})")


def readable(page: BeautifulSoup) -> bytes:
    """Title and body as HTML in whole paragraphs, without labels of lines and the summary.

    The summary stands in every version, but is of the bill as introduced.
    """
    main = one(page, "main#bill-main-content")
    for summary in main.select("#bill-summary"):
        summary.extract()
    for printed in main.select("ul.no-list-style"):
        _join(printed)
    if not main.get_text(strip=True):
        raise PageChanged("a text in main#bill-main-content", "nothing")
    return str(main).encode()


def _join(printed: Tag) -> None:
    """Lines of a list in whole paragraphs; some lines have no label, and some items no line."""
    for label in printed.select("b.page-line-label-style"):
        label.extract()
    paragraphs: list[str] = []
    for line in some(printed, "li"):
        words = line.get_text()
        if not words.strip():
            continue
        if not paragraphs or _BEGINS.match(words):
            paragraphs.append("")
        parts = line.select("p") or [line]
        paragraphs[-1] += "".join(f"{part.decode_contents()} " for part in parts)
    joined = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    printed.replace_with(BeautifulSoup(joined, "html.parser"))
