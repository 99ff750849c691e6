"""The page of one bill in Nebraska: who introduced it, its papers, its history newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Relation, Sponsor, Version, Vote

JURISDICTION = "us-ne"
SITE = "https://nebraskalegislature.gov"
_NUMBER = re.compile(r"(LB|LR)0*(\d+)(A|CA)?")
_HEADING = re.compile(r"(?P<number>L[BR]\d+[A-Z]*) - (?P<title>.+)")
_INTRODUCED = re.compile(r"Date of Introduction: ?([A-Z][a-z]+ \d{1,2}, \d{4})\b")
_TEXT = re.compile(r"/FloorDocs/\w+/PDF/(?:Intro|Engrossed|Final|Slip)/\w+\.pdf$")
_OF_GOVERNOR = re.compile(
    r"(?:Presented to|Approved by|Returned by) Governor|Bec[ao]mes? law without"
)
_COUNT = re.compile(r"(?P<motion>.+?) (?P<yes>\d+)\*?-(?P<no>\d+)\*?-\d+\*?")
_REFERRED = re.compile(r"(?:Re)?[Rr]eferred to (?:the )?(?P<name>.+?)(?: Committee)?")
_NAME = re.compile(r"(?P<name>.+) name (?P<way>added|withdrawn|removed)")
_MOVED_INTO = re.compile(r"Provisions/portions of (L[BR]\w+) amended into (L[BR]\w+)(?: by .*)?")


class Row(NamedTuple):
    action: Action
    vote_url: str


def legislature_of(year: int) -> str:
    """The 109th sat in 2025 and 2026."""
    return str(109 + (year - 2025) // 2)


def page_of_bill(document: int) -> str:
    return f"{SITE}/bills/view_bill.php?DocumentID={document}"


def identifier_of(printed: str) -> str:
    """`LB 716`; `LB 365A` appropriates for LB 365; `LR 12CA` would amend the constitution."""
    letters, number, suffix = match(_NUMBER, printed.strip()).groups()
    return f"{letters} {number}{suffix or ''}"


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.startswith("LB") else "resolution"


def bill_of(answer: Answer) -> Measure:
    soup = answer.soup()
    heading = match(_HEADING, text(some(soup, ".main-content h2")[0]))
    identifier = identifier_of(heading["number"])
    introduced = _INTRODUCED.search(text(one(soup, ".main-content")))
    if introduced is None:
        raise PageChanged("the day of introduction", heading[0])
    on = day(introduced[1], "%B %d, %Y")
    session = answer.context.get("session") or legislature_of(on.year)
    if answer.context.get("identifier", identifier) != identifier:
        raise PageChanged(f"{answer.carried('identifier')}, as its list says", heading[0])
    rows = list(_history(soup, answer.url))
    actions = [row.action for row in rows]
    return Measure(
        jurisdiction=JURISDICTION,
        session=session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="legislature",
        title=heading["title"],
        url=answer.url,
        committees=_committees(actions),
        sponsors=list(_sponsors(soup, actions)),
        actions=actions,
        versions=list(_versions(soup, answer.url, session)),
        documents=list(_documents(soup, answer.url)),
        votes=list(_votes(rows)),
        relations=list(_relations(actions, identifier)),
    )


def _history(soup: BeautifulSoup, url: str) -> Iterator[Row]:
    """Day, action, and mostly the journal's page and a link to the vote; the newest stands first."""
    for row in reversed(some(one(soup, "table.history"), "tbody tr")):
        cells = row.find_all("td", recursive=False)
        if len(cells) not in (2, 3, 4):
            raise PageChanged("a day and an action", str(row)[:300])
        said = text(cells[1])
        chamber: Chamber = "executive" if _OF_GOVERNOR.match(said) else "legislature"
        link = row.select_one("a[href*='view_votes.php']")
        yield Row(
            Action(on=day(text(cells[0]), "%b %d, %Y"), text=said, chamber=chamber),
            urljoin(url, attribute(link, "href")) if link else "",
        )


def _votes(rows: Sequence[Row]) -> Iterator[Vote]:
    """Yes, no, and those who did not vote; a star marks the votes of those who were excused."""
    for action, url in rows:
        if found := _COUNT.fullmatch(action.text):
            yield Vote(
                on=action.on,
                chamber="legislature",
                motion=found["motion"],
                yes=int(found["yes"]),
                no=int(found["no"]),
                url=url,
            )


def _committees(actions: Sequence[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(one["name"] for one in found if one))


def _sponsors(soup: BeautifulSoup, actions: Sequence[Action]) -> Iterator[Sponsor]:
    """The introducer of the page, a senator or a committee; who joined or left, in the history."""
    items = (text(item) for item in soup.select(".main-content li") if item.get_text(strip=True))
    introducers = [item for item in items if item.startswith("Introduced By:")]
    if len(introducers) != 1:
        raise PageChanged("one introducer", f"{introducers}")
    yield Sponsor(name=match(r"Introduced By: ?(.+)", introducers[0])[1], role="primary")
    joined: dict[str, None] = {}
    for action in actions:
        if found := _NAME.fullmatch(action.text):
            joined.pop(found["name"], None)
            if found["way"] == "added":
                joined[found["name"]] = None
    yield from (Sponsor(name=name) for name in joined)


def _links(soup: BeautifulSoup, selector: str, url: str) -> Iterator[tuple[str, str, Tag]]:
    for link in soup.select(f".main-content {selector}"):
        yield text(link), urljoin(url, attribute(link, "href")), link


def _versions(soup: BeautifulSoup, url: str, session: str) -> Iterator[Version]:
    """As the page lists them: introduced, engrossed, final reading, slip law."""
    legislature = match(r"(\d+)(?:S\d+)?", session)[1]
    for name, printed, _ in _links(soup, "a[href*='/FloorDocs/']", url):
        address = printed.replace("/FloorDocs/Current/", f"/FloorDocs/{legislature}/")
        if _TEXT.search(address):
            yield Version(note=name, url=address, media_type="application/pdf")


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    for name, address, _ in _links(soup, "a[href]", url):
        if name == "Fiscal Note":
            yield Document(kind="fiscal_note", note=name, url=address)
        elif name == "Statement of Intent":
            yield Document(kind="memo", note=name, url=address)
        elif name == "Committee Statement":
            yield Document(kind="analysis", note=name, url=address)
    for name, address, link in _links(soup, ".amends h6 a[href*='/AM/']", url):
        fate = [text(part) for part in link.find_parents(class_="amends")[0].select("p.fw-bold")]
        yield Document(kind="other", note=": ".join([name, *fate[:1]]), url=address)


def _relations(actions: Sequence[Action], identifier: str) -> Iterator[Relation]:
    """The sentence stands on both bills; it is news of the one whose words go over."""
    told = set()
    for action in actions:
        found = _MOVED_INTO.fullmatch(action.text)
        if found and identifier_of(found[1]) == identifier:
            told.add(identifier_of(found[2]))
    yield from (Relation(kind="incorporated_into", identifier=one) for one in sorted(told))
