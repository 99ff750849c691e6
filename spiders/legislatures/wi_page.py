"""The page of one proposal in Wisconsin: title, links to its papers, history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.wi_history import committees, history, sponsors
from spiders.reading import (
    PageChanged,
    attribute,
    match,
    measure_number,
    one,
    some,
    text,
)
from tracker.model import Chamber, Document, Kind, Measure, Version

SITE = "https://docs.legis.wisconsin.gov"

_SESSIONS = {"2025/my6": "2026S1"}
_KINDS: dict[str, tuple[Kind, str, str]] = {
    "B": ("bill", "bill", "Bill"),
    "JR": ("resolution", "joint_resolution", "Joint Resolution"),
    "R": ("resolution", "resolution", "Resolution"),
}
_HOUSES: dict[str, tuple[Chamber, str, str]] = {
    "A": ("lower", "asm", "Assembly"),
    "S": ("upper", "sen", "Senate"),
}
_ADDRESS = re.compile(
    r"https://docs\.legis\.wisconsin\.gov/(?P<year>\d{4})/proposals/(?P<slug>\w+)/(?:asm|sen)"
    r"/(?:bill|joint_resolution|resolution)/(?P<number>[as](?:b|jr|r)\d+)",
    re.IGNORECASE,
)
_TEXT_ADDRESS = re.compile(
    r"https://docs\.legis\.wisconsin\.gov/document/(?P<form>\w+)/(?P<year>\d{4})/(?P<slug>\w+)"
    r"/(?P<number>[AS](?:B|JR|R)\d+)\.pdf"
)
_VERSION = re.compile(r"(?:(?:Joint )?Resolution|Bill) Text|(?:Engrossed|Enrolled|Text as) .+")


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def session_name(site: str) -> str:
    """`2025` for the site's `2025/reg`; a special session as people name it."""
    year, slug = site.split("/")
    if slug == "reg":
        return year
    if site not in _SESSIONS:
        raise PageChanged(f"one of the sessions {', '.join(_SESSIONS)}", site)
    return _SESSIONS[site]


def url_of(site: str, identifier: str) -> str:
    year, slug = site.split("/")
    letters, number = identifier.split()
    house, kind = _HOUSES[letters[0]][1], _KINDS[letters[1:]][1]
    return f"{SITE}/{year}/proposals/{slug}/{house}/{kind}/{letters.lower()}{number}"


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    site = f"{found['year']}/{found['slug'].lower()}"
    identifier = measure_number(found["number"])
    address = url_of(site, identifier)
    if address.lower() != url.lower():
        raise PageChanged(address, url)
    return Address(session_name(site), identifier, address)


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_TEXT_ADDRESS, url)
    return {
        "jurisdiction": "us-wi",
        "session": session_name(f"{found['year']}/{found['slug'].lower()}"),
        "identifier": measure_number(found["number"]),
        "note": found["form"],
    }


def kind_of(identifier: str) -> Kind:
    return _KINDS[identifier.partition(" ")[0][1:]][0]


def same_measure(found: Address, printed: str) -> None:
    """`2025 Assembly Bill 24`; raises where a page or link names another than its address."""
    letters, number = found.identifier.split()
    name = f"{_HOUSES[letters[0]][2]} {_KINDS[letters[1:]][2]} {number}"
    if not printed.lower().endswith(f" {name.lower()}"):
        raise PageChanged(f"{name}, as its address says", printed)


def relating_to(printed: str) -> str:
    """The title as the lists print it: a page says `An Act to amend …; Relating to: …`."""
    return match(r".*?(Relating to: .+)", printed)[1]


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    same_measure(found, text(one(soup, "title")))
    rows = list(history(soup, answer.url))
    actions = [row.action for row in rows]
    if not actions or not actions[0].text.startswith(("Introduced", "Offered")):
        raise PageChanged("a history that begins with who introduced it", str(actions[:1]))
    return Measure(
        jurisdiction="us-wi",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=_HOUSES[found.identifier[0]][0],
        title=_title(soup),
        url=found.url,
        committees=committees(actions),
        sponsors=sponsors(actions[0].text),
        actions=actions,
        versions=list(_versions(soup, answer.url)),
        documents=list(_documents(soup, answer.url)),
        votes=[row.vote for row in rows if row.vote],
    )


def _title(soup: BeautifulSoup) -> str:
    """The first paragraph beside the heading."""
    for beside in one(soup, ".proposalTitle").find_next_siblings():
        paragraph = beside if beside.name == "p" else beside.find("p")
        if isinstance(paragraph, Tag):
            return relating_to(text(paragraph))
    raise PageChanged("a paragraph beside `.proposalTitle`", "none")


# -- papers ------------------------------------------------------------------------------------


def _papers(soup: BeautifulSoup, url: str) -> Iterator[tuple[str, list[str]]]:
    """Name and addresses of each paper: the page, then the same as PDF where there is one."""
    for item in some(one(soup, "ul.docLinks"), "li"):
        links = some(item, "a[href]")
        yield text(links[0]), [urljoin(url, attribute(link, "href")) for link in links]


def _versions(soup: BeautifulSoup, url: str) -> Iterator[Version]:
    """Oldest first; the page lists the newest first."""
    for name, addresses in reversed(list(_papers(soup, url))):
        if _VERSION.fullmatch(name):
            printed = [address for address in addresses if _TEXT_ADDRESS.fullmatch(address)]
            if len(printed) != 1:
                raise PageChanged(f"one PDF of {name}", ", ".join(addresses))
            yield Version(note=name, url=printed[0], media_type="application/pdf")


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    for name, addresses in _papers(soup, url):
        if not _VERSION.fullmatch(name):
            yield Document(kind=_paper(name), note=name, url=addresses[0])


def _paper(name: str) -> Literal["fiscal_note", "veto_message", "memo", "other"]:
    if "Fiscal Estimate" in name:
        return "fiscal_note"
    if "Veto Message" in name:
        return "veto_message"
    return "memo" if "Memo" in name else "other"
