"""The page of one measure in New Mexico: its heading, its texts, and tabs whose badges count rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.nm_history import committees, counted, history, votes
from spiders.legislatures.nm_names import (
    address_of,
    chamber_of,
    kind_of,
    named_in_text_url,
    same_measure,
    session_named,
)
from spiders.reading import PageChanged, attribute, day, one, some, text
from tracker.model import Chamber, Document, Measure, Sponsor, Version, fold

_TABS = "#MainContent_tabContainerLegislation_tabPanel"
_FORM_OF_TEXT = re.compile(r"\s*\((?:PDF|HTML)\)", re.IGNORECASE)


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    same_measure(found, text(one(soup, "#MainContent_formViewLegislation_lblBillID")))
    titled = text(one(soup, "#MainContent_formViewLegislationTitle_lblSession"))
    if session_named(titled.removesuffix(" Session")) != found.session:
        raise PageChanged(f"a page of the session {found.session}", titled)
    chamber = chamber_of(found.identifier)
    versions = list(_versions(soup, answer.url))
    rows = _rows(soup, "Actions", "span[id*=dataListActions_lblAction_]")
    filed_on = next((version.published_on for version in versions), None)
    actions = list(history(rows, found.session, chamber, filed_on, reject))
    return Measure(
        jurisdiction="us-nm",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber,
        title=text(one(soup, "#MainContent_formViewLegislation_lblTitle")),
        url=found.url,
        committees=committees(actions),
        sponsors=list(_sponsors(soup)),
        actions=actions,
        versions=versions,
        documents=list(_documents(soup, answer.url)),
        votes=list(votes(actions, _roll_calls(soup, answer.url))),
    )


def _rows(soup: BeautifulSoup, tab: str, selector: str) -> list[Tag]:
    found = one(soup, f"{_TABS}{tab}").select(selector)
    badge = text(one(soup, f"{_TABS}{tab}_lbl{tab}Count"))
    counted(found, badge, tab.lower())
    return list(found)


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    """Those that the heading names carry the measure; the tab names all, by their order of names."""
    heading = some(soup, "a[id^=MainContent_formViewLegislation_linkSponsor]")
    first = [text(link) for link in heading]
    yield from (Sponsor(name=name, role="primary") for name in first)
    for cell in _rows(soup, "Sponsors", "span[id*=dataListSponsors_lblSponsorName_]"):
        if text(cell) not in first:
            yield Sponsor(name=text(cell), role="cosponsor")


def _links(node: Tag | BeautifulSoup, selector: str, url: str) -> Iterator[tuple[str, str, Tag]]:
    for link in node.select(f"{selector} a[href]"):
        label = link.select_one("span[id]:not(.badge)") or link
        yield text(label), urljoin(url, attribute(link, "href")), link


def _versions(soup: BeautifulSoup, url: str) -> Iterator[Version]:
    """Oldest first. Of a text in two forms the page (HTML) is taken; the final one is behind a
    script, at an address made like that of the introduced one."""
    introduced = list(_texts(soup, "#MainContent_formViewLegislationTextIntroduced", url))
    yield from introduced
    yield from _texts(soup, "#MainContent_dataListLegislationCommitteeSubstitutes", url)
    yield from _texts(soup, "#MainContent_formViewAmendmentsInContext", url)
    for name, _, link in _links(soup, "#MainContent_formViewLegislationTextFinal", url):
        if not introduced:
            raise PageChanged("an introduced text beside the final one", name)
        at = re.sub(
            r"/(?:bills|memorials|resolutions)/(?:house|senate)/(\w+)\.\w+$",
            r"/final/\1.PDF",
            introduced[0].url,
        )
        yield _version(name, at, link)


def _texts(soup: BeautifulSoup, selector: str, url: str) -> Iterator[Version]:
    chosen: dict[str, Version] = {}
    for name, address, link in _links(soup, selector, url):
        named_in_text_url(address)
        stem = address.rpartition(".")[0].lower()
        if stem not in chosen or address.lower().endswith(".html"):
            chosen[stem] = _version(_FORM_OF_TEXT.sub("", name), address, link)
    yield from chosen.values()


def _version(note: str, url: str, link: Tag) -> Version:
    media_type = "text/html" if url.lower().endswith(".html") else "application/pdf"
    return Version(note=note, url=url, published_on=_badge(link), media_type=media_type)


def _badge(link: Tag) -> dt.date | None:
    badge = link.select_one(".badge")
    printed = fold(badge.get_text(" ")) if badge else ""
    return day(printed, "%m/%d/%y") if printed else None


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    kinds: dict[str, Literal["fiscal_note", "analysis", "other", "veto_message"]] = {
        "Analysis [id$=formViewFIRAnalysis]": "fiscal_note",
        "Analysis [id$=formViewLESCAnalysis]": "analysis",
        "Reports": "other",
        "FloorReports": "other",
        "Vetoes": "veto_message",
    }
    for tab, kind in kinds.items():
        for name, address, _ in _links(soup, f"{_TABS}{tab}", url):
            yield Document(kind=kind, note=name, url=address)


def _roll_calls(soup: BeautifulSoup, url: str) -> dict[Chamber, str]:
    """The sheet of each chamber's last vote."""
    sheets: dict[Chamber, str] = {}
    for name, address, _ in _links(soup, f"{_TABS}Votes", url):
        if name in ("Final House Vote", "Final Senate Vote"):
            sheets["lower" if "House" in name else "upper"] = address
    return sheets
