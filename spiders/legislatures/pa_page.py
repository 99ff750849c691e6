"""A bill's page at palegis.us, in the forms of December 2024 and of 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.pa_history import (
    SITE,
    Printed,
    bill_url,
    chamber_of,
    is_remark,
    kind_of,
    oldest_first,
    printed,
    session_name,
    version,
)
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Chamber, Document, Measure, Sponsor, Version, fold

_ADDRESS = re.compile(
    r".*/legislation/bills/(?P<year>\d{4})/(?:(?P<index>\d)/)?(?P<body>[hs])(?P<kind>[br])(?P<number>\d+)"
)
_TEXT_ADDRESS = re.compile(
    r".*/legislation/bills/text/PDF/(?P<year>\d{4})/(?P<index>\d)/(?P<bill>[HS][BR]\d+)/PN(?P<number>\d+)"
)
_HEADINGS = {
    "hb": "House Bill",
    "hr": "House Resolution",
    "sb": "Senate Bill",
    "sr": "Senate Resolution",
}
_CHAMBER_LINES: dict[str, Chamber] = {"In the House": "lower", "In the Senate": "upper"}
_ELLIPSIS = re.compile(r"\. \. \.|…")
_MEMBER = re.compile(r"^(Representative|Rep\.|Senator|Sen\.) ")
_OF_GOVERNOR = re.compile(
    r"(?:Presented to|Approved by|Vetoed by|In the hands of) the Governor|Act No\.|Veto No\.|Became Law"
)


def named_in_text_url(url: str) -> dict[str, str]:
    """What version of which measure lies at the address of a text."""
    found = match(_TEXT_ADDRESS, url)
    return {
        "jurisdiction": "us-pa",
        "session": session_name(found["year"], found["index"]),
        "identifier": measure_number(found["bill"]),
        "note": f"PN {found['number']}",
    }


def measure_of_page(answer: Answer) -> Measure:
    soup = answer.soup()
    found = match(_ADDRESS, answer.url)
    year, index, number = found["year"], found["index"] or "0", found["number"]
    prefix = found["body"] + found["kind"]
    _check_heading(soup, f"{_HEADINGS[prefix]} {number}", f"{year}-{int(year) + 1}")
    chamber = chamber_of(found["body"].upper())
    lines = list(_lines(soup, chamber))
    memos = _memos(soup)
    return Measure(
        jurisdiction="us-pa",
        session=session_name(year, index),
        identifier=measure_number(prefix + number),
        kind=kind_of(found["kind"].upper()),
        chamber=chamber,
        title=_title(soup),
        abstract="; ".join(memo.note for memo in memos),
        url=bill_url(year, index, prefix + number),
        sponsors=_sponsors(soup),
        actions=[line.action for line in lines],
        versions=oldest_first(_versions(soup)),
        documents=[*memos, *_documents(soup)],
        votes=[vote for line in lines for vote in line.votes()],
    )


def _check_heading(soup: BeautifulSoup, bill: str, session: str) -> None:
    heading, years = (
        text(one(soup, "div.h1.header-title")),
        text(one(soup, "div.h5.header-pretitle")),
    )
    if heading != bill or not years.startswith(f"{session} "):
        raise PageChanged(f"{bill} of {session}", f"{heading} of {years}")


def _title(soup: BeautifulSoup) -> str:
    """In 2026 an element of its own with its end hidden; before, the first block of the page."""
    wrapper = soup.select("#shortTitle-wrapper")
    if wrapper:
        shown = "".join(wrapper[0].find_all(string=True, recursive=False))
        hidden = "".join(part.get_text("") for part in soup.select("#shortTitle-more"))
        title = fold(_ELLIPSIS.sub(" ", f"{shown} {hidden}"))
    else:
        title = text(some(soup, "div.row > div.col-md-9 > div:first-child:not([class])")[0])
    if not title:
        raise PageChanged("a title", str(wrapper[0])[:200])
    return title


def _below(soup: BeautifulSoup, heading: str) -> Iterator[Tag]:
    """The elements between a heading and the next."""
    for title in soup.select("div.h3"):
        if fold(title.get_text(" ")) == heading:
            for sibling in title.find_next_siblings():
                if "h3" in (sibling.get("class") or ()):
                    return
                yield sibling


def _memos(soup: BeautifulSoup) -> list[Document]:
    """Memos to other members, whose names say in a line what a bill is for."""
    links = [link for block in _below(soup, "Co-Sponsorship Memo") for link in block.select("a")]
    for link in links:
        for hidden in link.select(".sr-only"):
            hidden.extract()
    return [Document(kind="memo", note=text(link), url=_address(link)) for link in links]


def _sponsors(soup: BeautifulSoup) -> list[Sponsor]:
    prime = list(_members(soup, "Prime Sponsor"))
    if len(prime) != 1:
        raise PageChanged("one prime sponsor", f"{len(prime)} of them")
    others = _members(soup, "Co-Sponsors")
    return [Sponsor(name=prime[0], role="primary"), *(Sponsor(name=name) for name in others)]


def _members(soup: BeautifulSoup, heading: str) -> Iterator[str]:
    for block in _below(soup, heading):
        for link in block.select("strong > a"):
            yield _MEMBER.sub("", text(link))


def _lines(soup: BeautifulSoup, chamber: Chamber) -> Iterator[Printed]:
    """Rows in the order of the page, oldest first; "In the Senate" says where the next ones are."""
    for row in some(one(soup, "#billActions"), "table tr"):
        cells = row.find_all("td", recursive=False)
        if len(cells) != 2:
            raise PageChanged("two cells in a row of the history", str(row)[:200])
        line = fold(cells[1].get_text(""))
        if line in _CHAMBER_LINES:
            chamber = _CHAMBER_LINES[line]
        elif not is_remark(line):
            yield printed(line, _acting(line, chamber))


def _acting(line: str, chamber: Chamber) -> Chamber:
    """Who acts in the last steps, which stand under neither chamber's heading."""
    signed = re.match(r"Signed in (House|Senate)", line)
    if signed:
        return "lower" if signed[1] == "House" else "upper"
    return "executive" if _OF_GOVERNOR.match(line) else chamber


def _versions(soup: BeautifulSoup) -> Iterator[Version]:
    for card in some(one(soup, "#section-pn"), "div.card"):
        number = match(r"PN (\d+)", text(one(card, "div.h5 > div")))[1]
        printed_on = day(text(one(card, "div.h5 > span.badge")), "%b %d, %Y")
        pdf = one(card, "a[href*='/legislation/bills/text/PDF/']")
        yield version(number, _address(pdf), printed_on)


def _documents(soup: BeautifulSoup) -> Iterator[Document]:
    for link in soup.select("#section-pn a[href]"):
        name = fold(link.get_text(" "))
        if "Fiscal Note" in name:
            yield Document(kind="fiscal_note", note=name, url=_address(link))
        elif "Veto Message" in name:
            yield Document(kind="veto_message", note=name, url=_address(link))


def _address(link: Tag) -> str:
    return urljoin(SITE, attribute(link, "href").strip())
