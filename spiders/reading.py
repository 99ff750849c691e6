"""Strict reading: helpers that raise when a page is not what it was.

Each value in scope is handled, ignored on purpose, or raises. A helper never gives a default.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from lxml import etree

from tracker.model import fold, tidy_identifier
from tracker.plain_text import UnreadableText, plain_text


class SourceError(Exception):
    """Something at a source is not as it should be; `url` is filled in where the page is read."""

    kind = "failed"

    def __init__(self, expected: str, found: str, url: str = "") -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = _short(found)
        self.url = url


class Blocked(SourceError):
    """A wall: a challenge, a refusal, a login. It is reported, never evaded."""

    kind = "blocked"


class PageChanged(SourceError):
    """The page is there, but not in the form this source knows."""

    kind = "changed"


class Implausible(SourceError):
    """The page reads well, but what it says can't be right (a swapped list, an impossible count)."""

    kind = "suspect"


def _short(text: str, limit: int = 300) -> str:
    folded = fold(text)
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def one(node: Tag | BeautifulSoup, selector: str) -> Tag:
    """The only element that a CSS selector matches."""
    found = node.select(selector)
    if len(found) != 1:
        raise PageChanged(f"one `{selector}`", f"{len(found)} of them")
    return found[0]


def some(node: Tag | BeautifulSoup, selector: str, *, at_least: int = 1) -> Sequence[Tag]:
    """All elements that match, at least so many."""
    found = node.select(selector)
    if len(found) < at_least:
        raise PageChanged(f"at least {at_least} `{selector}`", f"{len(found)} of them")
    return found


def text(node: Tag) -> str:
    """The element's text with white space folded; raises where there is none."""
    found = fold(node.get_text(" "))
    if not found:
        raise PageChanged(f"text in <{node.name}>", "nothing")
    return found


def said(element: etree._Element, path: str) -> str:
    """The text of a child of an XML element, with white space folded; raises where there is none."""
    found = fold(element.findtext(path) or "")
    if not found:
        raise PageChanged(f"text in <{path}>", etree.tostring(element)[:300].decode())
    return found


def attribute(node: Tag, name: str) -> str:
    value = node.get(name)
    if not isinstance(value, str) or not value:
        raise PageChanged(f"`{name}` on <{node.name}>", str(node)[:200])
    return value


def day(printed: str, *formats: str) -> dt.date:
    """The day in one of the `strptime` formats the source is known to print."""
    folded = fold(printed)
    for form in formats:
        try:
            return dt.datetime.strptime(folded, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise PageChanged(f"a day as {' or '.join(formats)}", printed)


def measure_number(printed: str) -> str:
    """A measure's identifier in its one spelling (`HB 17` for `H.B. 0017`)."""
    try:
        return tidy_identifier(printed)
    except ValueError as error:
        raise PageChanged("the number of a measure", printed or "nothing") from error


def words(body: bytes, media_type: str) -> str:
    """The plain text of a document; raises where it has no words."""
    try:
        return plain_text(body, media_type)
    except UnreadableText as error:
        raise PageChanged("a readable text", str(error)) from error


def match(pattern: str | re.Pattern[str], printed: str) -> re.Match[str]:
    """The match of a pattern over the whole text."""
    found = re.fullmatch(pattern, printed)
    if not found:
        shown = pattern if isinstance(pattern, str) else pattern.pattern
        raise PageChanged(f"text like {shown}", printed or "nothing")
    return found


def columns(found: Sequence[str], required: Sequence[str]) -> None:
    """Raises, naming them, where required columns are missing from a table's head."""
    missing = [name for name in required if name not in found]
    if missing:
        raise PageChanged(f"columns {', '.join(missing)}", f"{', '.join(found)}" or "no columns")


def table(node: Tag, *required: str) -> Iterator[dict[str, Tag]]:
    """Rows of an HTML table by the names in its head; raises where a required column is missing,
    a row has more or fewer cells than the head, or a name stands there twice."""
    rows = node.find_all("tr")
    head = [fold(cell.get_text(" ")) for cell in rows[0].find_all(["th", "td"])] if rows else []
    columns(head, required)
    if len(set(head)) != len(head):
        raise PageChanged("each column named once", ", ".join(head))
    for row in rows[1:]:
        cells = row.find_all(["th", "td"], recursive=False)
        if len(cells) != len(head):
            raise PageChanged(f"{len(head)} cells in a row", f"{len(cells)}: {row}"[:300])
        yield dict(zip(head, cells, strict=True))
