"""North Carolina's index of keywords: which bills to look at beyond what their titles say.

Only where to look is taken from it, never a fact of a bill: so both ways in which such a table can
tell a bill's keyword are read, a cell beside the bill and a heading above it.
"""

from __future__ import annotations

import re

from bs4 import Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, one, some
from tracker.model import fold

_LINK = re.compile(r"/(?i:BillLookUp)/(\d{4}(?:E\d)?/[HS]\d+)/?$")
_WANTED = frozenset({"IMMIGRATION", "ALIENS"})


def told_by_keywords(answer: Answer) -> set[str]:
    """Bills whose keyword is one of those looked for, as their addresses end: `2025/S153`.

    Raises PageChanged where no row links a bill, or nothing beside or above them is in capitals.
    """
    table = one(answer.soup(), "table#bill-report")
    found: set[str] = set()
    heading, seen, capitals = "", False, False
    for row in some(table, "tbody > tr"):
        links = _links(row)
        cells = {fold(cell.get_text(" ")) for cell in row.find_all(["td", "th"])}
        if not links:
            heading = " ".join(cells)
            continue
        seen = True
        words = {heading, *cells}
        capitals = capitals or any(word.isupper() and not word[-1].isdigit() for word in words)
        if words & _WANTED:
            found.update(links)
    if not (seen and capitals):
        raise PageChanged("bills and their keywords, in capitals", "neither beside nor above them")
    return found


def _links(row: Tag) -> list[str]:
    links = (_LINK.search(attribute(link, "href")) for link in row.select("a[href]"))
    return [found[1] for found in links if found]
