"""Lists of Louisiana's instruments: two rows for each, a count above, a form to turn the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text

_TOTAL = re.compile(r"There (?:are|is) (\d+) Instruments? in this List")
_POSTBACK = re.compile(r"javascript:__doPostBack\('([^']+)',\s*''\)")


class Row(NamedTuple):
    """`status` is where the instrument pends or what became of it; the list tells no day."""

    identifier: str
    title: str
    status: str


def total(soup: BeautifulSoup) -> int:
    return int(match(_TOTAL, text(one(soup, "[id$=_LabelTotalInstruments]")))[1])


def rows(soup: BeautifulSoup) -> Iterator[Row]:
    for link in some(soup, 'a[id*="ListViewSearchResults_ctrl"][id$=_HyperLink1]'):
        row = link.find_parent("tr")
        below = row.find_next_sibling("tr") if row else None
        if row is None or below is None:
            raise PageChanged("two rows of each instrument", text(link))
        status = one(row, "[id$=_LabelStatus]")
        yield Row(
            measure_number(text(link)),
            text(one(below, "[id$=_LabelKWordAndSTitle]")),
            " ".join(status.get_text(" ").split()),
        )


def next_page(soup: BeautifulSoup) -> str:
    """The control behind ` > `; "" on the last page."""
    links = [link for link in soup.select("a") if link.get_text().strip() == ">"]
    if not links or links[0].has_attr("disabled") or not links[0].has_attr("href"):
        return ""
    return match(_POSTBACK, attribute(links[0], "href"))[1]


def form(soup: BeautifulSoup, target: str) -> dict[str, str]:
    """What a browser sends back when that control is pressed."""
    hidden = [field for field in soup.select("input[type=hidden][name]") if _is_kept(field)]
    if not any(field["name"] == "__VIEWSTATE" for field in hidden):
        raise PageChanged(
            "the state of the form", ", ".join(str(field["name"]) for field in hidden)
        )
    fields = {attribute(field, "name"): str(field.get("value") or "") for field in hidden}
    return {**fields, "__EVENTTARGET": target, "__EVENTARGUMENT": ""}


def _is_kept(field: Tag) -> bool:
    return field["name"] not in ("__EVENTTARGET", "__EVENTARGUMENT")
