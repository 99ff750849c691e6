"""A measure's page on Delaware's site, and the head of its texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from spiders.reading import PageChanged, attribute, day, text
from tracker.model import Document, Sponsor, fold

_TITLED = re.compile(r"(Rep|Sen)s?\.\s*(.+)")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2}(\d{2})?")


def stated(page: BeautifulSoup, name: str) -> dt.date | None:
    """The day beside a label; None where there is none (`N/A`), or it is said in words."""
    for label in page.select("label"):
        value = label.find_next_sibling("div")
        if value and fold(label.get_text(" ")).rstrip(":") == name:
            printed = fold(value.get_text(" "))
            return day(printed, "%m/%d/%y", "%m/%d/%Y") if _DAY.fullmatch(printed) else None
    raise PageChanged(f"the label {name}", "none")


def fiscal_notes(page: BeautifulSoup, url: str) -> list[Document]:
    links = page.select("div.fiscalNote a[href]")
    return [
        Document(kind="fiscal_note", note=text(one), url=urljoin(url, attribute(one, "href")))
        for one in links
    ]


def sponsors(page: BeautifulSoup) -> list[Sponsor]:
    """From the head of a text: `Rep. Lynn & Sen. Pinkney`, and below `Reps. Neal, Burns; Sens. …`.

    [] where the head has another form.
    """
    cells = [fold(cell.get_text(" ")) for cell in page.select("table:first-of-type td")]
    if not cells or not cells[0].startswith("SPONSOR"):
        return []
    first, *further = cells[1:3] or [""]
    return [
        *(Sponsor(name=name, role="primary") for name in _people(first)),
        *(Sponsor(name=name) for row in further for name in _people(row)),
    ]


def _people(row: str) -> Iterator[str]:
    for group in re.split(r"[&;]", row):
        if found := _TITLED.fullmatch(group.strip()):
            for name in re.split(r", (?!Jr\.|Sr\.)", found[2]):
                yield f"{found[1]}. {name.strip()}"
