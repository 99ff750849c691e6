"""Ohio's JSON and pages: the list of all legislation, votes, versions, the status and the papers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from msgspec import Struct

from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Sponsor, Version, Vote, fold

API = "https://search-prod.lis.state.oh.us"
SITE = "https://www.legislature.ohio.gov"
_KINDS = {
    "HB": "House Bill",
    "HR": "House Resolution",
    "HCR": "House Concurrent Resolution",
    "HJR": "House Joint Resolution",
    "SB": "Senate Bill",
    "SR": "Senate Resolution",
    "SCR": "Senate Concurrent Resolution",
    "SJR": "Senate Joint Resolution",
}
_CHAMBERS: dict[str, Chamber] = {
    "house": "lower",
    "house of representatives": "lower",
    "senate": "upper",
    "legislature": "legislature",
    "": "legislature",
}
_NOT_NUMBER = re.compile(r"No\.|[.\s]")
_HEAD = ["Date", "Chamber", "Action", "Committee"]
_LONGEST_NOTE = 300


class Person(Struct):
    full_name: str


class Subject(Struct):
    primary: str = ""
    secondary: str = ""


class Row(Struct):
    """A measure in the list; `versions` is the path of the call that tells its texts."""

    name: str
    number: str
    short_title: str | None
    long_title: str | None
    sponsors: list[Person]
    cosponsors: list[Person]
    subjects: list[Subject]
    versions: str
    effective_date: dt.date | None = None


class Step(Struct):
    """A row of the action call; `yeas` and `nays` name members by id, where there was a vote."""

    chamber: str
    occurred: dt.datetime
    description: str
    yeas: list[str] | None = None
    nays: list[str] | None = None


class Text(Struct):
    version: str
    download: str


def identifier_of(number: str) -> str:
    """`HB 26` for `hb26`; raises for letters that no measure has."""
    found = measure_number(number)
    if found.partition(" ")[0] not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", number)
    return found


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.partition(" ")[0] in ("HB", "SB") else "resolution"


def page_of(session: str, number: str) -> str:
    return f"{SITE}/legislation/{session}/{number}"


def measure_of(row: Row, session: str) -> Measure:
    identifier = identifier_of(row.number)
    if _NOT_NUMBER.sub("", row.name).lower() != row.number:
        raise PageChanged(f"{row.number}, as the number says", row.name)
    long_title = fold(row.long_title or "")
    title = fold(row.short_title or "") or long_title
    if not title:
        raise PageChanged("a short or a long title", row.number)
    return Measure(
        jurisdiction="us-oh",
        session=session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="lower" if identifier.startswith("H") else "upper",
        title=title,
        abstract=long_title,
        url=page_of(session, row.number),
        effective_on=row.effective_date,
        subjects=list(_subjects(row)),
        sponsors=[
            *(Sponsor(name=fold(one.full_name), role="primary") for one in row.sponsors),
            *(Sponsor(name=fold(one.full_name)) for one in row.cosponsors),
        ],
    )


def _subjects(row: Row) -> Iterator[str]:
    told = (fold(word) for one in row.subjects for word in (one.primary, one.secondary))
    yield from dict.fromkeys(word for word in told if word)


def votes(steps: list[Step], url: str) -> Iterator[Vote]:
    for step in steps:
        if step.yeas or step.nays:
            yield Vote(
                on=step.occurred.date(),
                chamber=chamber_named(step.chamber),
                motion=fold(step.description),
                yes=len(step.yeas or ()),
                no=len(step.nays or ()),
                url=url,
            )


def version(told: Text) -> Version:
    return Version(
        note=fold(told.version)[:_LONGEST_NOTE],
        url=f"{API}{told.download}",
        media_type="application/pdf",
    )


def chamber_named(printed: str) -> Chamber:
    if printed.lower() not in _CHAMBERS:
        raise PageChanged("House or Senate", printed)
    return _CHAMBERS[printed.lower()]


# -- pages -----------------------------------------------------------------------------------------


def headed(soup: BeautifulSoup, session: str, identifier: str, after: str) -> None:
    """Raises where a page tells of another measure or another General Assembly."""
    letters, number = identifier.split()
    found, title = text(one(soup, "h1")), text(one(soup, "title"))
    if found != f"{_KINDS[letters]} {number} {after}":
        raise PageChanged(f"{_KINDS[letters]} {number} {after}", found)
    if not re.search(rf"\b{session}(?:st|nd|rd|th) General Assembly\b", title):
        raise PageChanged(f"a page of the General Assembly {session}", title)


def history(table: Tag) -> tuple[list[Action], list[str]]:
    """Actions oldest first (the page has the newest above) and committees in their order."""
    head = [text(cell) for cell in some(table, "thead th", at_least=len(_HEAD))]
    if head != _HEAD:
        raise PageChanged(f"columns {', '.join(_HEAD)}", ", ".join(head))
    actions, committees = [], []
    for row in reversed(table.select("tbody tr")):
        on, chamber, words, committee = (
            fold(one(row, f".{name}-cell").get_text(" "))
            for name in ("date", "chamber", "action", "committee")
        )
        if not words:
            raise PageChanged("an action in each row", str(row)[:300])
        actions.append(Action(on=day(on, "%m-%d-%Y"), text=words, chamber=chamber_named(chamber)))
        if committee:
            committees.append(f"{chamber} {committee}".strip())
    return actions, list(dict.fromkeys(committees))


_PAPERS: tuple[tuple[str, Literal["fiscal_note", "veto_message", "analysis"]], ...] = (
    ("fiscal", "fiscal_note"),
    ("veto", "veto_message"),
    ("analys", "analysis"),
    ("synops", "analysis"),
)


def documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """Sections by their heading; the first holds the texts, which the API tells too."""
    for section in some(soup, "section.legislation-section"):
        heading = text(one(section, "h2"))
        if heading == "Legislation Text":
            continue
        for link in section.select("ul > li > a"):
            name = text(some(link, "span:not([class])")[0])
            about = f"{heading}: {name}"
            kinds = (kind for word, kind in _PAPERS if word in about.lower())
            address = urljoin(url, attribute(link, "href"))
            yield Document(kind=next(kinds, "other"), note=about[:_LONGEST_NOTE], url=address)


def named_in(url: str) -> dict[str, Any]:
    """Session and measure of an address of the API or of the site."""
    found = match(
        r"https://[^/]+/(?:api/v2/general_assembly_|legislation/)(?P<session>\d+)"
        r"(?:/legislation)?/(?P<number>[a-z]+\d+)(?:/.*)?",
        url,
    )
    return {
        "jurisdiction": "us-oh",
        "session": found["session"],
        "identifier": identifier_of(found["number"]),
    }
