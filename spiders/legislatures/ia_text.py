"""Iowa's texts: each word at a place of its own on the page, and rules drawn through or under words.

A rule 13 or 14 pixels below the top of a line underlines new words; one 7 or 8 below strikes words
out. Struck words are no part of the text; nor are the numbers of lines, which are anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from spiders.legislatures.ia_rows import note_of, session_of
from spiders.reading import PageChanged, attribute, match, some
from tracker.model import fold, tidy_identifier

_ADDRESS = re.compile(
    r".*/docs/publications/LG(?P<form>[A-Z]+)/(?P<ga>\d+)/attachments/(?P<number>\w+)\.html"
)
_PLACE = re.compile(r"(left|top|width):(-?\d+(?:\.\d+)?)px")
_LINE_NUMBER = re.compile(r"(?:t|\d+)_\d+")
_STRUCK = range(5, 11)
_NAMES = {
    "HF": "House File",
    "SF": "Senate File",
    "HSB": "House Study Bill",
    "SSB": "Senate Study Bill",
    "HJR": "House Joint Resolution",
    "SJR": "Senate Joint Resolution",
    "HCR": "House Concurrent Resolution",
    "SCR": "Senate Concurrent Resolution",
    "HR": "House Resolution",
    "SR": "Senate Resolution",
}


class Rule(NamedTuple):
    left: float
    top: float
    right: float


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_ADDRESS, url)
    return {
        "jurisdiction": "us-ia",
        "session": session_of(found["ga"]),
        "identifier": tidy_identifier(found["number"]),
        "note": note_of(found["form"]),
        "url": url,
    }


def same_text(told: str, identifier: str) -> None:
    """Raises where a text begins with another number than its address: `House File 946 - …`."""
    letters, number = identifier.split()
    name = f"{_NAMES[letters]} {number}"
    if not re.match(rf"{name}\b", told, re.IGNORECASE):
        raise PageChanged(name, told[:100] or "no text")


def lines_of(soup: BeautifulSoup) -> str:
    """All pages; lines joined with blanks, pages with an empty line."""
    pages = [" ".join(line for line in _page(one) if line) for one in some(soup, "div.p")]
    return "\n\n".join(page for page in pages if page)


def _page(page: Tag) -> Iterator[str]:
    rules = [_rule(span) for span in page.select("span.l")]
    for line in page.find_all("span", class_="t", recursive=False):
        top = _place(line).get("top")
        if top is None:
            raise PageChanged("the place of a line", str(line)[:300])
        struck = [rule for rule in rules if round(rule.top - top) in _STRUCK]
        words = (word for word in line.find_all("span", recursive=False) if not _is_number(word))
        yield fold(" ".join(word.get_text() for word in words if not _is_struck(word, struck)))


def _place(span: Tag) -> dict[str, float]:
    return {name: float(size) for name, size in _PLACE.findall(attribute(span, "style"))}


def _rule(span: Tag) -> Rule:
    place = _place(span)
    if not {"left", "top", "width"} <= set(place):
        raise PageChanged("place and width of a rule", str(span))
    return Rule(place["left"], place["top"], place["left"] + place["width"])


def _is_number(word: Tag) -> bool:
    anchor = word.find("a", attrs={"name": _LINE_NUMBER})
    return anchor is not None and word.get_text().strip().isdigit()


def _is_struck(word: Tag, rules: list[Rule]) -> bool:
    """A word begins a pixel or two beside the rule that is drawn through it."""
    left = _place(word).get("left")
    return left is not None and any(rule.left - 2 <= left < rule.right - 2 for rule in rules)
