"""The page of one measure in Kentucky: a table of labelled rows, then its actions by day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.ky_history import committees, history
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://apps.legislature.ky.gov"

_ADDRESS = re.compile(
    r"https://apps\.legislature\.ky\.gov/record/(?P<session>\d\d(?:rs|ss))"
    r"/(?P<number>[hs](?:b|r|cr|jr)\d+)\.html",
    re.IGNORECASE,
)
_TEXT_ADDRESS = re.compile(
    r".*/recorddocuments/bill/(?P<session>\d\d(?:rs|ss))/(?P<number>[hs](?:b|r|cr|jr)\d+)"
    r"/(?P<file>orig_bill|bill)\.pdf",
    re.IGNORECASE,
)
_NOTES = {"orig_bill": "Introduced", "bill": "Current/Final"}
_FULL_NAMES = {
    "House Bill": "HB",
    "House Resolution": "HR",
    "House Concurrent Resolution": "HCR",
    "House Joint Resolution": "HJR",
    "Senate Bill": "SB",
    "Senate Resolution": "SR",
    "Senate Concurrent Resolution": "SCR",
    "Senate Joint Resolution": "SJR",
}
_READ = ("Title", "Bill Documents", "Sponsor", "Sponsors", "Last Action")
_SUMMARY, _HEADINGS = "Summary of Original Version", "Index Headings of Original Version"
_WITHDRAWN = re.compile(r"(\d\d/\d\d/\d\d): WITHDRAWN")


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def session_name(code: str) -> str:
    """`2026RS` for `26rs`, `2022SS` for `22ss`."""
    year, kind = match(r"(\d\d)(rs|ss)", code.lower()).groups()
    return f"20{year}{kind.upper()}"


def url_of(code: str, identifier: str) -> str:
    return f"{SITE}/record/{code.lower()}/{identifier.lower().replace(' ', '')}.html"


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    identifier = measure_number(found["number"])
    return Address(session_name(found["session"]), identifier, url_of(found["session"], identifier))


def named_in_text_url(url: str) -> dict[str, str]:
    """Empty where the address tells but the number of an act."""
    found = _TEXT_ADDRESS.fullmatch(url)
    if found is None:
        return {}
    return {
        "jurisdiction": "us-ky",
        "session": session_name(found["session"]),
        "identifier": measure_number(found["number"]),
        "note": _NOTES[found["file"].lower()],
    }


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.partition(" ")[0].endswith("B") else "resolution"


def same_measure(found: Address, printed: str) -> None:
    """Raises where a page or link ("House Bill 361") names another measure than its address."""
    name, _, number = printed.rpartition(" ")
    if f"{_FULL_NAMES.get(name)} {number}" != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    same_measure(found, _heading(soup))
    rows = _labelled(soup)
    chamber: Chamber = "lower" if found.identifier.startswith("H") else "upper"
    withdrawn = _WITHDRAWN.fullmatch(text(_of(rows, "Last Action")))
    if withdrawn:
        return _withdrawn(found, day(withdrawn[1], "%m/%d/%y"), chamber)
    for label in rows.keys() - {*_READ, _SUMMARY, _HEADINGS}:
        reject(f"row {label[:40]!r} of a measure's table, which is not read")
    lines = list(history(soup, chamber))
    return Measure(
        jurisdiction="us-ky",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber,
        title=text(_of(rows, "Title")),
        abstract=text(rows[_SUMMARY]) if _SUMMARY in rows else None,
        url=found.url,
        subjects=_subjects(rows),
        committees=committees(lines),
        sponsors=_sponsors(rows),
        actions=[line.action for line in lines],
        versions=list(_versions(_of(rows, "Bill Documents"), answer.url)),
        documents=list(_documents(soup, answer.url)),
        votes=[line.vote for line in lines if line.vote],
    )


def _withdrawn(found: Address, on: dt.date, chamber: Chamber) -> Measure:
    """All that its page still says: the rest is not told, and so not changed."""
    return Measure(
        jurisdiction="us-ky",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        actions=[Action(on=on, text="WITHDRAWN", chamber=chamber)],
    )


def _heading(soup: BeautifulSoup) -> str:
    names = [fold(heading.get_text(" ")) for heading in soup.select("h3")]
    found = [name for name in names if name.rpartition(" ")[0] in _FULL_NAMES]
    if len(found) != 1:
        raise PageChanged("one heading with the measure's name", f"{names}")
    return found[0]


def _labelled(soup: BeautifulSoup) -> dict[str, Tag]:
    """The cells of the table that holds Last Action, by their labels."""
    tables = [table for table in soup.select("table") if "Last Action" in _labels(table)]
    if len(tables) != 1:
        raise PageChanged("one table with a row Last Action", f"{len(tables)} of them")
    rows = (row for row in tables[0].select("tr") if row.find("th"))
    return {text(one(row, "th")): one(row, "td") for row in rows}


def _labels(table: Tag) -> list[str]:
    return [fold(head.get_text(" ")) for head in table.select("th")]


def _of(rows: dict[str, Tag], label: str) -> Tag:
    if label not in rows:
        raise PageChanged(f"a row {label}", ", ".join(rows))
    return rows[label]


def _subjects(rows: dict[str, Tag]) -> list[str]:
    if _HEADINGS not in rows:
        return []
    return list(dict.fromkeys(text(link) for link in rows[_HEADINGS].select("a")))


def _sponsors(rows: dict[str, Tag]) -> list[Sponsor]:
    """The first is the prime sponsor. "J. Gooch Jr." holds no comma."""
    cell = rows.get("Sponsors") or _of(rows, "Sponsor")
    names = [name for name in re.split(r"\s*,\s*", text(cell)) if name]
    first, *others = names
    return [Sponsor(name=first, role="primary"), *(Sponsor(name=name) for name in others)]


def _versions(cell: Tag, url: str) -> Iterator[Version]:
    """Oldest first; the page has the newest above."""
    for link in reversed(some(cell, "a[href]")):
        address = urljoin(url, attribute(link, "href"))
        if address.lower().endswith(".pdf"):
            yield Version(note=text(link), url=address, media_type="application/pdf")


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """Statements of impact on local governments (LM), and amendments proposed."""
    for link in soup.select("a[href*='/recorddocuments/']"):
        address = urljoin(url, attribute(link, "href"))
        file = address.rpartition("/")[2].lower()
        if file == "lm.pdf":
            yield Document(kind="fiscal_note", note=text(link), url=address)
        elif file not in ("bill.pdf", "orig_bill.pdf") and file.endswith(".pdf"):
            yield Document(kind="other", note=text(link), url=address)
