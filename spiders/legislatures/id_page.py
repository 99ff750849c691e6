"""The page of one measure in Idaho: three tables (sponsor, statement, history) and its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from spiders.answer import Answer
from spiders.legislatures.id_history import committees, effective_on, history
from spiders.reading import PageChanged, attribute, match, measure_number, some, text
from tracker.model import Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://legislature.idaho.gov"

_ADDRESS = re.compile(
    r"https://legislature\.idaho\.gov/sessioninfo/(?P<session>\d{4}(?:spcl)?)/legislation"
    r"/(?P<number>[HS](?:CR|JM|JR|R|P)?\d+)/?"
)
_TEXT_ADDRESS = re.compile(
    r"https://legislature\.idaho\.gov/wp-content/uploads/sessioninfo/(?P<session>\d{4}(?:spcl)?)"
    r"/legislation/(?P<number>[HS](?:CR|JM|JR|R|P)?\d+)(?P<form>(?:E\d+)?(?:A\d+)?)\.pdf"
)
# An amended measure's number ends in who amended it: "H0083aaS", "S1247aa, aaH".
_PRINTED_NUMBER = re.compile(r"([A-Z]+) ?(\d+)(?:\s?,?\s?aa[HS]?)*")


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def is_measure(url: str) -> bool:
    return _ADDRESS.fullmatch(url) is not None


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(
        found["session"],
        measure_number(found["number"]),
        f"{SITE}/sessioninfo/{found['session']}/legislation/{found['number']}/",
    )


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_TEXT_ADDRESS, url)
    return {
        "jurisdiction": "us-id",
        "session": found["session"],
        "identifier": measure_number(found["number"]),
        "note": _note(found["form"]),
    }


def kind_of(identifier: str) -> Kind:
    return "bill" if len(identifier.partition(" ")[0]) == 1 else "resolution"


def same_measure(found: Address, printed: str) -> None:
    """Raises where a page or link names another measure than its address."""
    letters, number = match(_PRINTED_NUMBER, fold(printed)).groups()
    if measure_number(letters + number) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    tables = some(soup, "table.bill-table", at_least=3)
    if len(tables) > 3:
        raise PageChanged("three tables of a measure", f"{len(tables)} of them")
    head = some(tables[0], "tr > td")
    same_measure(found, text(head[0]))
    chamber: Chamber = "lower" if found.identifier.startswith("H") else "upper"
    rows = list(history(tables[2], found.session, chamber))
    actions = [row.action for row in rows]
    return Measure(
        jurisdiction="us-id",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber,
        title=text(tables[1]),
        url=found.url,
        effective_on=effective_on(actions),
        committees=committees(actions),
        sponsors=_sponsors(text(head[-1])),
        actions=actions,
        versions=list(_versions(soup, answer.url)),
        documents=list(_documents(soup, answer.url)),
        votes=[row.vote for row in rows if row.vote],
    )


def _sponsors(printed: str) -> list[Sponsor]:
    """`by STATE AFFAIRS COMMITTEE`, whose name may hold commas, or members by surname."""
    names = match(r"by (.+)", printed)[1]
    if names.endswith("COMMITTEE"):
        return [Sponsor(name=names, role="primary")]
    return [Sponsor(name=name, role="primary") for name in re.split(r",\s*|\s+AND\s+", names)]


def _papers(soup: BeautifulSoup, url: str) -> Iterator[tuple[str, str]]:
    """Name and address of each PDF beside the history."""
    for link in some(soup, "div.insert-page a[href]"):
        address = urljoin(url, attribute(link, "href"))
        if address.endswith(".pdf"):
            yield text(link), address


def _versions(soup: BeautifulSoup, url: str) -> Iterator[Version]:
    """As the page lists them: the bill, its amendments, the bill with them worked in."""
    for _, address in _papers(soup, url):
        if found := _TEXT_ADDRESS.fullmatch(address):
            yield Version(note=_note(found["form"]), url=address, media_type="application/pdf")


def _note(form: str) -> str:
    """`Engrossment 1` for `E1`, `Amendment 2 to Engrossment 1` for `E1A2`."""
    found = match(r"(?:E(\d+))?(?:A(\d+))?", form)
    engrossed = f"Engrossment {found[1]}" if found[1] else ""
    if not found[2]:
        return engrossed or "Bill Text"
    return f"Amendment {found[2]}" + (f" to {engrossed}" if engrossed else "")


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    for name, address in _papers(soup, url):
        if "Fiscal Note" in name or "Statement of Purpose" in name:
            yield Document(kind="fiscal_note", note=name, url=address)
        elif not _TEXT_ADDRESS.fullmatch(address):
            kind: Literal["veto_message", "other"] = "veto_message" if "Veto" in name else "other"
            yield Document(kind=kind, note=name, url=address)
