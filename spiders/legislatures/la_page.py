"""The page of one instrument of Louisiana: labels known by their ids, papers, a history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.la_history import (
    Line,
    committees,
    dated,
    effective_on,
    relations,
    votes,
)
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://www.legis.la.gov"
JURISDICTION = "us-la"
_SESSION = re.compile(r"(\d\d)(?:RS|(\d)ES)")
_NUMBERS = {"First": "1", "Second": "2", "Third": "3", "Fourth": "4", "": ""}
_LABEL = re.compile(r"(\d{4}) (?:(First|Second|Third|Fourth) )?(Regular|Extraordinary) Session")
_DAY = re.compile(r"\d{1,2}/\d{1,2}")
_MEMBER = re.compile(r"s?members\.aspx\?ID=\d+", re.IGNORECASE)
_VOTE = re.compile(r"(?:House|Senate) Vote on ", re.IGNORECASE)
_PAPERS: tuple[tuple[str, Literal["fiscal_note", "veto_message", "analysis"]], ...] = (
    ("fiscal note", "fiscal_note"),
    ("veto", "veto_message"),
    ("digest", "analysis"),
)


class Named(NamedTuple):
    session: str
    identifier: str


def session_name(code: str) -> str:
    """`2026` for `26RS`, `2025s1` for `251ES`."""
    year, number = match(_SESSION, code).groups()
    return f"20{year}" + (f"s{number}" if number else "")


def session_code(session: str) -> str:
    year, _, number = session.partition("s")
    return f"{year[2:]}{number}ES" if number else f"{year[2:]}RS"


def url_of(session: str, identifier: str) -> str:
    number = identifier.replace(" ", "")
    return f"{SITE}/legis/BillInfo.aspx?s={session_code(session)}&b={number}"


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier[1:3] == "B " else "resolution"


def chamber_of(identifier: str) -> Chamber:
    return "lower" if identifier.startswith("H") else "upper"


def _named(soup: BeautifulSoup, url: str) -> Named:
    """By its own labels; where the address names session and number too, they must agree."""
    label = text(one(soup, "[id$=_LabelSession]"))
    year, number, kind = match(_LABEL, label).groups()
    session = year if kind == "Regular" else f"{year}s{_NUMBERS[number or ''] or '1'}"
    found = Named(session, measure_number(text(one(soup, "[id$=_LabelBillID]"))))
    asked = re.search(r"[?&]s=(\w+)&b=([A-Z]+\d+)", url)
    if asked and found != (session_name(asked[1]), measure_number(asked[2])):
        raise PageChanged(f"{asked[2]} of {asked[1]}, as its address says", f"{label}, {found}")
    return found


def measure(answer: Answer) -> Measure:
    soup = answer.soup()
    found = _named(soup, answer.url)
    title = text(one(soup, "[id$=_LabelShortTitle]"))
    actions = dated(list(_lines(soup)), int(found.session[:4]))
    subject, colon, _ = title.partition(":")
    papers = list(_papers(soup))
    number = found.identifier.replace(" ", "")
    return Measure(
        jurisdiction=JURISDICTION,
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber_of(found.identifier),
        title=title,
        url=url_of(*found),
        effective_on=effective_on(actions),
        subjects=[subject] if colon else [],
        committees=committees(actions),
        sponsors=list(_sponsors(soup)),
        actions=actions,
        versions=list(_versions(papers, number)),
        documents=list(_documents(papers, number)),
        votes=list(votes(actions)),
        relations=list(relations(actions)),
    )


def _lines(soup: BeautifulSoup) -> Iterator[Line]:
    """Rows of a day, a chamber, a page of the journal or nothing, and the words."""
    found = 0
    for row in soup.find_all("tr"):
        cells = row.find_all("td", recursive=False)
        if len(cells) < 4 or not _DAY.fullmatch(fold(cells[0].get_text(" "))):
            continue
        found += 1
        journal = fold(cells[2].get_text(" "))
        if journal and not journal.isdecimal():
            raise PageChanged("day, chamber, journal page and words", f"{row}"[:300])
        yield Line(text(cells[0]), text(cells[1]), text(cells[3]))
    if not found:
        raise PageChanged("a history with a day in each row", "none")


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    author = text(one(soup, "[id$=_LinkAuthor]"))
    yield Sponsor(name=author, role="primary")
    names = (text(link) for link in soup.select("a[href]") if _is_member(link))
    for name in dict.fromkeys(re.sub(r" ?\(primary\)", "", name) for name in names):
        if name != author:
            yield Sponsor(name=name, role="cosponsor")


def _is_member(link: Tag) -> bool:
    return bool(_MEMBER.search(attribute(link, "href"))) and bool(link.get_text().strip())


def _papers(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Name and address of each paper, once: menus and their folds name them twice."""
    base = f"{SITE}/legis/BillInfo.aspx"  # the site writes its own folder in two ways
    links = some(soup, 'a[href*="ViewDocument.aspx?d="]')
    addresses = {urljoin(base, attribute(link, "href")): text(link) for link in links}
    for address, name in addresses.items():
        yield name, address


def _versions(papers: list[tuple[str, str]], number: str) -> Iterator[Version]:
    """Texts are named by the number (`HB1 Engrossed`); the page lists the newest first."""
    for name, address in reversed(papers):
        letters, _, note = name.partition(" ")
        if letters == number and note:
            yield Version(note=note, url=address, media_type="application/pdf")


def _documents(papers: list[tuple[str, str]], number: str) -> Iterator[Document]:
    """Amendments, digests, notes. Sheets of votes are left out: the history counts them."""
    for name, address in papers:
        if name.startswith(f"{number} ") or _VOTE.match(name):
            continue
        kinds = (kind for mark, kind in _PAPERS if mark in name.lower())
        yield Document(kind=next(kinds, "other"), note=name, url=address)
