"""The page of one measure in West Virginia: labelled rows, texts, history; and a text's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.wv_history import CHAMBERS, committees, history, oldest_first
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Document, Kind, Measure, Relation, Sponsor, Version, fold

SITE = "https://www.wvlegislature.gov"

_ORDINALS = ("Regular", "1st Special", "2nd Special", "3rd Special", "4th Special", "5th Special")
_TYPES = {
    "HB": "House Bill",
    "SB": "Senate Bill",
    "HCR": "House Concurrent Resolution",
    "SCR": "Senate Concurrent Resolution",
    "HJR": "House Joint Resolution",
    "SJR": "Senate Joint Resolution",
    "HR": "House Resolution",
    "SR": "Senate Resolution",
}
_PREFIXES = {name: prefix for prefix, name in _TYPES.items()}
_HEADING = re.compile(rf"({'|'.join(_PREFIXES)}) (\d+)")
_ORIGIN = re.compile(r"Originating in (.+)")
_OTHER = re.compile(r"\b(HB|SB)\s*(\d+)")
_VERSION = re.compile(r"HTML - (.+) - [^-]+")


class Session(NamedTuple):
    """`special` is the number of a special session, 0 for the regular one."""

    year: str
    special: int

    @property
    def name(self) -> str:
        return f"{self.year}{self.special}S" if self.special else self.year

    @property
    def label(self) -> str:
        return f"{self.year} {_ORDINALS[self.special]} Session"


def session_of(url: str) -> Session:
    """That of any address of Bill Status; a text's says `yr` and `sesstype`."""
    asked = parse_qs(urlsplit(url.lower()).query)
    year = asked.get("year") or asked.get("yr") or [""]
    kind = asked.get("sessiontype") or asked.get("sesstype") or [""]
    match(r"\d{4} (?:rs|[1-5]x)", f"{year[0]} {kind[0]}")
    return Session(year[0], 0 if kind[0] == "rs" else int(kind[0][0]))


def number_of(url: str) -> str:
    """Of a measure's page: `input` for a bill, `input4` for a resolution."""
    asked = parse_qs(urlsplit(url.lower()).query)
    return (asked.get("input") or asked.get("input4") or [""])[0]


def same_session(soup: BeautifulSoup, session: Session) -> None:
    heads = [fold(head.get_text(" ")) for head in soup.find_all("h1")]
    if f"Bill Status - {session.label}" not in heads:
        raise PageChanged(f"Bill Status - {session.label}", ", ".join(heads) or "no heading")


def kind_of(identifier: str) -> Kind:
    prefix = identifier.partition(" ")[0]
    if prefix not in _TYPES:
        raise PageChanged(f"one of {', '.join(_TYPES)}", identifier)
    return "bill" if prefix.endswith("B") else "resolution"


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup, session = answer.soup(), session_of(answer.url)
    same_session(soup, session)
    identifier = _identifier(soup, answer.url)
    labels = _labelled(soup)
    actions = oldest_first(history(soup, reject))
    return Measure(
        jurisdiction="us-wv",
        session=session.name,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber=CHAMBERS[identifier[0]],
        title=text(_row(labels, "SUMMARY")),
        url=answer.url,
        subjects=[text(link) for link in _links(labels, "SUBJECT")] or None,
        committees=committees(actions),
        sponsors=_sponsors(labels, soup),
        actions=actions,
        versions=list(_versions(_row(labels, "BILL TEXT"), answer.url)),
        documents=list(_documents(_row(labels, "BILL TEXT"), answer.url)),
        relations=_relations(labels, identifier) or None,
    )


def _identifier(soup: BeautifulSoup, url: str) -> str:
    heads = [fold(head.get_text(" ")) for head in soup.find_all("h2")]
    found = [named for head in heads if (named := _HEADING.fullmatch(head))]
    if len(found) != 1:
        raise PageChanged("one heading like House Bill 4059", ", ".join(heads))
    if found[0][2] != number_of(url):
        raise PageChanged(f"the measure at {url}", found[0][0])
    return f"{_PREFIXES[found[0][1]]} {found[0][2]}"


# -- labelled rows -----------------------------------------------------------------------------


def _labelled(soup: BeautifulSoup) -> dict[str, Tag]:
    """The value beside each label, `SUMMARY:` in a `strong`."""
    found = {}
    for strong in soup.select("td strong"):
        label, cell = fold(strong.get_text(" ")), strong.find_parent("td")
        beside = cell.find_next_sibling("td") if cell else None
        if label.isupper() and beside is not None:
            found[label.rstrip(": ")] = beside
    return found


def _row(labels: dict[str, Tag], name: str) -> Tag:
    if name not in labels:
        raise PageChanged(f"a row {name}", ", ".join(labels) or "no labels")
    return labels[name]


def _links(labels: dict[str, Tag], *names: str) -> list[Tag]:
    return [
        link
        for label, cell in labels.items()
        if label.startswith(names)
        for link in cell.find_all("a")
    ]


def _sponsors(labels: dict[str, Tag], soup: BeautifulSoup) -> list[Sponsor]:
    lead = [text(link) for link in _links(labels, "LEAD SPONSOR")]
    if not lead:
        cells = (fold(cell.get_text(" ")) for cell in soup.find_all("td"))
        origins = (found[1] for cell in cells if (found := _ORIGIN.fullmatch(cell)))
        lead = list(dict.fromkeys(origins))
    others = [Sponsor(name=text(link)) for link in _links(labels, "SPONSORS")]
    return [*(Sponsor(name=name, role="primary") for name in lead), *others]


def _relations(labels: dict[str, Tag], own: str) -> list[Relation]:
    cells = [cell for label, cell in labels.items() if label in ("SIMILAR TO", "SAME AS")]
    printed = " ".join(cell.get_text(" ") for cell in cells)
    numbers = dict.fromkeys(measure_number(" ".join(one)) for one in _OTHER.findall(printed))
    return [Relation(kind="companion", identifier=number) for number in numbers if number != own]


def _papers(cell: Tag, url: str) -> Iterator[tuple[str, str]]:
    """Name and address of the HTML of each text."""
    for link in some(cell, "a[href]"):
        if named := _VERSION.fullmatch(fold(str(link.get("title", "")))):
            yield named[1], urljoin(url, attribute(link, "href").replace(" ", "%20"))


def _versions(cell: Tag, url: str) -> Iterator[Version]:
    """Oldest first; the page lists the newest first."""
    papers = [paper for paper in _papers(cell, url) if "Veto" not in paper[0]]
    if not papers:
        raise PageChanged("a text as HTML", str(cell)[:300])
    for name, address in reversed(papers):
        named_in_text_url(address)
        yield Version(note=name, url=address, media_type="text/html")


def _documents(cell: Tag, url: str) -> Iterator[Document]:
    for name, address in _papers(cell, url):
        if "Veto" in name:
            yield Document(kind="veto_message", note=name, url=address)


# -- texts -------------------------------------------------------------------------------------


def named_in_text_url(url: str) -> dict[str, str]:
    """`…?billdoc=hb4059%20sub1%20enr.htm&yr=2026&sesstype=RS&i=4059`: measure and form of text."""
    billdoc = parse_qs(urlsplit(url).query).get("billdoc", [""])[0]
    number, form = match(r"([a-z]+\d+) (.+)\.htm", billdoc.lower()).groups()
    return {
        "jurisdiction": "us-wv",
        "session": session_of(url).name,
        "identifier": measure_number(number),
        "note": form,
    }


def text_of(answer: Answer, identifier: str) -> bytes:
    """The element that holds the bill; its own styles say what is new and what is struck."""
    soup = answer.soup()
    title = text(one(soup, "head title"))
    if kind_of(identifier) == "bill" and title != f"{identifier} Text":
        raise PageChanged(f"{identifier} Text", title)
    return f"<html><body>{one(soup, 'div.textcontainer')}</body></html>".encode()
