"""The page of one bill in Michigan: sponsors, categories, documents, history with roll calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, one, some, table, text
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Measure,
    Relation,
    Sponsor,
    Version,
    Vote,
    fold,
)

JURISDICTION = "us-mi"
SITE = "https://legislature.mi.gov"
_OBJECT = re.compile(
    r".*[?&]object[Nn]ame=(?P<year>\d{4})-(?P<letters>[HS](?:B|R|CR|JR))-0*(?P<number>\d+|[A-Z]+)",
    re.IGNORECASE,
)
_NAMES = {"B": "Bill", "R": "Resolution", "CR": "Concurrent Resolution", "JR": "Joint Resolution"}
_HEADING = re.compile(
    r"(?P<kind>(?:House|Senate) [A-Za-z ]+?) 0*(?P<number>\d+|[A-Z]+) of (?P<year>\d{4})(?: \(.*\))?"
)
_JOURNALS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_OF_GOVERNOR = re.compile(r"(?:approved|vetoed) by (?:the )?governor", re.IGNORECASE)
_ROLL = re.compile(
    r"(?P<motion>.+?):? Roll Call ?# ?\d+ Yeas (?P<yes>\d+) Nays (?P<no>\d+)\b.*", re.IGNORECASE
)
_REFERRED = re.compile(r".*referred to committee on (?P<name>.+?)(?: with .*)?", re.IGNORECASE)
_TIE_BAR = re.compile(r"TIE BAR WITH:(?P<bills>.*)")
_TIED = re.compile(r"\b([HS](?:B|JR)) 0*(\d+|[A-Z]+)'\d\d\b")
_ANALYSES = "HFAAnalysisSection", "SFAAnalysisSection"


class Number(NamedTuple):
    """How the site names a measure: `2025-HB-4338`, `2026-HJR-AA`."""

    year: str
    letters: str
    number: str

    @property
    def identifier(self) -> str:
        return f"{self.letters} {self.number}"

    @property
    def url(self) -> str:
        padded = self.number.zfill(4) if self.number.isdigit() else self.number
        return f"{SITE}/Bills/Bill?ObjectName={self.year}-{self.letters}-{padded}"

    def is_named_in(self, printed: str) -> bool:
        """`SB 0303 of 2025`, followed by the act's number where it is law."""
        return bool(
            re.fullmatch(
                rf"{self.letters} 0*{self.number} of {self.year}(?: \(.*\))?", fold(printed)
            )
        )


def numbered(url: str) -> Number:
    found = match(_OBJECT, url)
    return Number(found["year"], found["letters"].upper(), found["number"].upper())


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier[1:3] == "B " else "resolution"


def bill_of(answer: Answer) -> Measure:
    soup, number = answer.soup(), numbered(answer.url)
    _same(number, text(one(soup, "h1#BillHeading")))
    title = text(one(soup, "#ObjectSubject"))
    history = list(_history(soup))
    return Measure(
        jurisdiction=JURISDICTION,
        session=_session(number),
        identifier=number.identifier,
        kind=kind_of(number.identifier),
        chamber=_JOURNALS[number.letters[0]],
        title=title,
        url=number.url,
        subjects=[text(link) for link in soup.select("#CateogryList a, #CategoryList a")],
        committees=_committees(history),
        sponsors=list(_sponsors(soup)),
        actions=history,
        versions=list(_versions(soup)),
        documents=list(_documents(soup)),
        votes=list(_votes(history)),
        relations=list(_tied(title)),
    )


def _session(number: Number) -> str:
    first = int(number.year) - (int(number.year) % 2 == 0)
    return f"{first}-{first + 1}"


def _same(number: Number, heading: str) -> None:
    """Raises where the page names another measure than its address."""
    found = match(_HEADING, heading)
    whose = "House" if number.letters[0] == "H" else "Senate"
    told = (found["kind"], found["number"], found["year"])
    if told != (f"{whose} {_NAMES[number.letters[1:]]}", number.number, number.year):
        raise PageChanged(f"{number.identifier} of {number.year}, as its address says", heading)


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    """Names without their districts; a link to the district's map is no name."""
    for link in some(one(soup, "#SponsorList"), "a"):
        if "DistrictMaps" not in attribute(link, "href"):
            is_primary = "primarySponsor" in (link.get("class") or [])
            name = text(link).partition(" (District")[0]
            yield Sponsor(name=name, role="primary" if is_primary else "cosponsor")


def _history(soup: BeautifulSoup) -> Iterator[Action]:
    """Oldest first; where the journal is still to come, the words tell the governor at most."""
    rows = list(table(one(soup, "#History table"), "Date", "Journal", "Action"))
    dated = [(day(text(row["Date"]), "%m/%d/%Y"), row) for row in rows]
    if dated and dated[0][0] > dated[-1][0]:
        dated.reverse()
    for on, row in sorted(dated, key=lambda pair: pair[0]):
        said = text(row["Action"])
        yield Action(on=on, text=said, chamber=_chamber(row["Journal"], said))


def _chamber(journal: Tag, said: str) -> Chamber:
    if _OF_GOVERNOR.match(said):
        return "executive"
    named = re.match(r"([HS])J\b", fold(journal.get_text(" ")))
    return _JOURNALS[named[1]] if named else ""


def _committees(history: list[Action]) -> list[str]:
    """By their first spelling: the Senate writes them in capitals."""
    found: dict[str, str] = {}
    for action in history:
        if referred := _REFERRED.fullmatch(action.text):
            found.setdefault(referred["name"].lower(), referred["name"])
    return list(found.values())


def _votes(history: list[Action]) -> Iterator[Vote]:
    """A roll call on a line of its own counts what the line before it says."""
    before = ""
    for action in history:
        if found := _ROLL.fullmatch(action.text):
            alone = found["motion"].lower() == "roll call"
            yield Vote(
                on=action.on,
                chamber=action.chamber,
                motion=before if alone and before else found["motion"],
                yes=int(found["yes"]),
                no=int(found["no"]),
            )
        before = action.text


def _rows(soup: BeautifulSoup, selector: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Name of each document, and its addresses by form, `pdf` and `html`."""
    for row in soup.select(selector):
        links = {
            form: urljoin(SITE, attribute(link, "href"))
            for form in ("pdf", "html")
            for link in row.select(f".{form} a")
        }
        yield text(one(row, ".text strong")), links


def _versions(soup: BeautifulSoup) -> Iterator[Version]:
    """The HTML of a substitute leads elsewhere; only what stands under /documents/ is its text."""
    for name, links in _rows(soup, ".billDocuments .billDocRow"):
        html = links.get("html", "")
        if "/documents/" in html and html.endswith(".htm"):
            yield Version(note=name, url=html, media_type="text/html")
        elif "pdf" in links:
            yield Version(note=name, url=links["pdf"], media_type="application/pdf")
        else:
            raise PageChanged(f"an address of {name}", f"{links}")


def _documents(soup: BeautifulSoup) -> Iterator[Document]:
    rows = ", ".join(f"#{name} .billDocRow, .{name} .billDocRow" for name in _ANALYSES)
    for name, links in _rows(soup, rows):
        for url in list(links.values())[:1]:
            yield Document(kind="analysis", note=name, url=url)


def _tied(title: str) -> Iterator[Relation]:
    """`TIE BAR WITH: HB 4339'25, SB 12'25`: none becomes law without the other."""
    if found := _TIE_BAR.search(title):
        for letters, number in _TIED.findall(found["bills"]):
            yield Relation(kind="companion", identifier=f"{letters} {number}")
