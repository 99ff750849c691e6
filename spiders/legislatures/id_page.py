"""The page of one measure in Idaho: three tables (sponsor, statement, history) and its papers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Sponsor, Version, Vote, fold

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
_ROLL = re.compile(r"\s*AYES [–-].*?(?=Floor Sponsor|Title apvd|Veto |$)", re.IGNORECASE)
_OUTCOME = re.compile(
    r"(?P<motion>.*?)[ –-]*(?P<outcome>PASSED|FAILED|ADOPTED)\D*? - (?P<yes>\d+)-(?P<no>\d+)-\d+"
)
_EFFECTIVE = re.compile(r"Session Law Chapter \d+ Effective: (\d{2}/\d{2}/\d{4})$")
_REFERRED = re.compile(
    r".*\b[Rr]eferred to:? (?!JRA?\b)([A-Z][A-Za-z&,/ ]+?)(?: Committee| for .*)?"
)
_OF_GOVERNOR = re.compile(
    r"(?:Reported )?(?:Delivered to Governor|Signed by Governor)|Returned from Governor"
    r"|Law without signature|Line item vetoed",
    re.IGNORECASE,
)
# Who writes a line, where its words say so.
_BEGINS: tuple[tuple[re.Pattern[str], Chamber], ...] = (
    (re.compile(r"(?:Received|Returned) from (?:the )?House|Senate\b", re.IGNORECASE), "upper"),
    (re.compile(r"(?:Received|Returned) from (?:the )?Senate|House\b", re.IGNORECASE), "lower"),
)
# Where the measure goes with a line, and so who writes the next one.
_GOES = re.compile(
    r".*(?:\b(?:transmitted|returned|ret.d)|[–-]) ?to (?P<to>House|Senate)\b", re.IGNORECASE
)


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


class _Row(NamedTuple):
    action: Action
    vote: Vote | None


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
    head = _cells(one(tables[0], "tr"))
    same_measure(found, text(head[0]))
    chamber: Chamber = "lower" if found.identifier.startswith("H") else "upper"
    rows = list(_rows(tables[2], found, chamber))
    actions = [row.action for row in rows]
    return Measure(
        jurisdiction="us-id",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber,
        title=text(tables[1]),
        url=found.url,
        effective_on=_effective_on(actions),
        committees=_committees(actions),
        sponsors=_sponsors(text(head[-1])),
        actions=actions,
        versions=list(_versions(soup, answer.url)),
        documents=list(_documents(soup, answer.url)),
        votes=[row.vote for row in rows if row.vote],
    )


def _cells(row: Tag) -> list[Tag]:
    return row.find_all("td", recursive=False)


def _sponsors(printed: str) -> list[Sponsor]:
    """`by STATE AFFAIRS COMMITTEE`, whose name may hold commas, or members by surname."""
    names = match(r"by (.+)", printed)[1]
    if names.endswith("COMMITTEE"):
        return [Sponsor(name=names, role="primary")]
    return [Sponsor(name=name, role="primary") for name in re.split(r",\s*|\s+AND\s+", names)]


def _rows(table: Tag, found: Address, chamber: Chamber) -> Iterator[_Row]:
    """Rows oldest first. A row without a day is of the day above; the year is the session's."""
    before: dt.date | None = None
    for row in some(table, "tr"):
        cells = _cells(row)
        if len(cells) == 1 and not fold(cells[0].get_text(" ")):
            continue
        if len(cells) not in (3, 4):
            raise PageChanged("an empty cell, a day and an action", str(row)[:300])
        printed, line = fold(cells[1].get_text(" ")), text(cells[2])
        if printed:
            before = day(f"{printed}/{found.session[:4]}", "%m/%d/%Y")
        if before is None:
            raise PageChanged("a day in the first row of a history", line)
        acting = _acting(line, chamber)
        yield _row(line, before, acting)
        goes = _GOES.match(line)
        chamber = _chamber(goes["to"]) if goes else chamber if acting == "executive" else acting


def _acting(line: str, chamber: Chamber) -> Chamber:
    if _OF_GOVERNOR.match(line):
        return "executive"
    return next((told for opening, told in _BEGINS if opening.match(line)), chamber)


def _chamber(name: str) -> Chamber:
    return "lower" if name.lower() == "house" else "upper"


def _row(line: str, on: dt.date, chamber: Chamber) -> _Row:
    """The names of who voted how are left out; their number stands in the line."""
    action = Action(on=on, text=_ROLL.sub(" ", line).strip(), chamber=chamber)
    tally = _OUTCOME.match(line)
    if tally is None:
        return _Row(action, None)
    motion, yes, no = tally["motion"] or tally["outcome"], int(tally["yes"]), int(tally["no"])
    return _Row(action, Vote(on=on, chamber=chamber, motion=motion, yes=yes, no=no))


def _effective_on(actions: list[Action]) -> dt.date | None:
    """Where the law line tells one day; "SECTION 3" or "Retroactive" tell more than a day."""
    for action in actions:
        if found := _EFFECTIVE.search(action.text):
            return day(found[1], "%m/%d/%Y")
    return None


def _committees(actions: list[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(one[1] for one in found if one))


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
