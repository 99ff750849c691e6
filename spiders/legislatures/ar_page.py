"""The page of one measure in Arkansas: grids of `role="row"`, each label in a cell of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.ar_files import CHAMBERS, KINDS, session_name, slug_of
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://www.arkleg.state.ar.us"

_ADDRESS = re.compile(
    r".*/Bills/Detail\?id=(?P<number>[A-Z]+\d+)&ddBienniumSession=\d{4}%2F(?P<session>\w+)"
)
_TEXT_ADDRESS = re.compile(
    r".*/FTPDocument\?path=%2FBills%2F(?P<session>\w+)%2FPublic%2F(?P<number>[A-Z]+\d+)\.pdf",
    re.IGNORECASE,
)
_SPONSORS: dict[str, Literal["primary", "cosponsor"]] = {
    "Lead Sponsor": "primary",
    "Other Primary Sponsor": "primary",
    "CoSponsors": "cosponsor",
    "Co-Sponsors": "cosponsor",
}


class Address(NamedTuple):
    session: str
    identifier: str


def url_of(session: str, identifier: str) -> str:
    """The two years of a general assembly begin with the odd one: `2025/2026F`."""
    slug = slug_of(session)
    year = int(slug[:4])
    biennium = year - (year % 2 == 0)
    number = identifier.replace(" ", "")
    return f"{SITE}/Bills/Detail?id={number}&ddBienniumSession={biennium}%2F{slug}"


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(session_name(found["session"]), measure_number(found["number"]))


def named_in_text_url(url: str) -> dict[str, str]:
    """What the address of a bill's text tells; nothing for an act's, which is known by its act."""
    found = _TEXT_ADDRESS.fullmatch(url)
    if found is None:
        return {}
    return {
        "jurisdiction": "us-ar",
        "session": session_name(found["session"]),
        "identifier": measure_number(found["number"]),
        "note": "Bill text",
    }


def is_bill_text(url: str) -> bool:
    return _TEXT_ADDRESS.fullmatch(url) is not None


def kind_of(identifier: str) -> Kind:
    return KINDS[identifier.partition(" ")[0][1:]]


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    printed = text(one(soup, "h1"))
    if measure_number(printed.partition(" - ")[0]) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)
    fields = _fields(soup)
    return Measure(
        jurisdiction="us-ar",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=CHAMBERS[found.identifier[0]],
        sponsors=list(_sponsors(fields)),
        versions=list(_versions(soup, fields, answer.url)),
        documents=list(_documents(soup, answer.url)),
    )


def _rows(node: Tag | BeautifulSoup) -> Iterator[list[Tag]]:
    for row in some(node, '[role="row"]'):
        yield list(row.select('[role="gridcell"]'))


def _fields(soup: BeautifulSoup) -> dict[str, Tag]:
    """Rows of a label, with its colon, and a value."""
    pairs = (cells for cells in _rows(soup) if len(cells) == 2)
    fields = {fold(label.get_text(" ")).rstrip(":"): value for label, value in pairs}
    for name in ("Bill Number", "Originating Chamber", "Lead Sponsor"):
        if name not in fields:
            raise PageChanged(f"a row {name}", ", ".join(fields) or "none")
    return fields


def _sponsors(fields: dict[str, Tag]) -> Iterator[Sponsor]:
    """Each a link; a lead sponsor that is a committee may be plain words, and is one name."""
    for label, role in _SPONSORS.items():
        if label not in fields:
            continue
        cell = fields[label]
        names = cell.select("a") or ([cell] if label == "Lead Sponsor" else [])
        if not names and fold(cell.get_text(" ")):
            raise PageChanged(f"a link for each of {label}", f"{cell}"[:200])
        yield from (Sponsor(name=text(name), role=role) for name in names)


def _versions(soup: BeautifulSoup, fields: dict[str, Tag], url: str) -> Iterator[Version]:
    """The bill as it reads now, at an address that stays, and the act."""
    address = urljoin(url, attribute(some(fields["Bill Number"], "a[href]")[0], "href"))
    match(_TEXT_ADDRESS, address)
    yield Version(note="Bill text", url=address, media_type="application/pdf")
    for link in soup.select('a[href*="/Acts/"][aria-label]'):
        number = match(r"(?i)Act ?(\d+)\.PDF", attribute(link, "aria-label"))[1]
        address = urljoin(url, attribute(link, "href"))
        yield Version(note=f"Act {number}", url=address, media_type="application/pdf")
        return


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """Amendments and the fiscal impacts of the two bureaus, each in a row with one link."""
    for cells in _rows(soup):
        label = next((fold(cell.get_text(" ")) for cell in cells if _is_paper(cell)), "")
        if not label:
            continue
        address = urljoin(url, attribute(one(cells[-1], "a[href]"), "href"))
        if label.startswith("Amendment Number:"):
            note = f"Amendment {label.partition(':')[2].strip()}"
            yield Document(kind="other", note=note, url=address)
        else:
            note = f"Fiscal impact {label.partition(':')[2].strip()}"
            yield Document(kind="fiscal_note", note=note, url=address)


def _is_paper(cell: Tag) -> bool:
    return bool(re.match(r"(?:Amendment|FI) Number:", fold(cell.get_text(" "))))
