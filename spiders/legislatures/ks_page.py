"""The page of one measure in Kansas: its head, who sponsored it, and the texts it went through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Document, Kind, Measure, Sponsor, Version, fold, tidy_identifier

SITE = "https://www.kslegislature.gov"

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("HB", "SB"), "bill"),
    **dict.fromkeys(("HCR", "SCR", "HR", "SR"), "resolution"),
}
_ADDRESS = re.compile(
    r"https?://www\.kslegislature\.gov/(?P<slug>b\d{4}_\d\d)/(?P<folder>bills|resolutions)"
    r"/(?P<number>[A-Z]+\d+)/(?:history/.*)?"
)
_TITLE = re.compile(r"(?:Senator|Representative|Sen\.|Rep\.) ")
_ORIGINAL = re.compile(r"Original Sponsor(?:s|\(s\))?")
_CURRENT = re.compile(r"Current Sponsor(?:s|\(s\))?")
_FILE = re.compile(r".*_(\d\d)_\d{4}\.pdf")
_LAST = 99  # an enrolled text has no number


class Address(NamedTuple):
    slug: str
    identifier: str


def session_of(slug: str) -> str:
    """`2025-2026` for `b2025_26`."""
    year = int(match(r"b(\d{4})_\d\d", slug)[1])
    return f"{year}-{year + 1}"


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(found["slug"], tidy_identifier(found["number"]))


def url_of(slug: str, identifier: str) -> str:
    folder = "bills" if kind_of(identifier) == "bill" else "resolutions"
    return f"{SITE}/{slug}/{folder}/{identifier.replace(' ', '')}/"


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    printed = text(one(soup, ".bill-number-chip"))
    if measure_number(printed) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)
    return Measure(
        jurisdiction="us-ks",
        session=session_of(found.slug),
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber="lower" if found.identifier.startswith("H") else "upper",
        title=text(one(soup, "p.bill-hero-sub")),
        url=url_of(found.slug, found.identifier),
        subjects=[text(tag) for tag in soup.select("a.bill-subject-tag")],
        sponsors=_sponsors(soup),
        versions=_versions(soup, answer.url),
        documents=list(_documents(soup, answer.url)),
    )


def _sponsors(soup: BeautifulSoup) -> list[Sponsor]:
    """Who brought it in, then who joined since; both lists stand below headings of their own."""
    original, current = _names(soup, _ORIGINAL), _names(soup, _CURRENT)
    return [
        *(Sponsor(name=name, role="primary") for name in original),
        *(Sponsor(name=name) for name in current if name not in original),
    ]


def _names(soup: BeautifulSoup, heading: re.Pattern[str]) -> list[str]:
    headings = [node for node in soup.select("h3") if heading.fullmatch(fold(node.get_text(" ")))]
    if len(headings) != 1:
        raise PageChanged(f"one heading {heading.pattern}", f"{len(headings)} of them")
    names: dict[str, None] = {}
    for sibling in headings[0].find_next_siblings():
        if sibling.name == "h3":
            break
        for link in sibling.select("a.sponsor-link"):
            names[_TITLE.sub("", text(link))] = None
    return list(names)


def _papers(soup: BeautifulSoup, url: str) -> Iterator[tuple[str, str, str]]:
    """Version, what a link is called for listeners, and address of each PDF."""
    for row in some(soup, "details.version-row"):
        label = text(one(row, "summary span.label"))
        for link in row.select("a.version-pdf-link"):
            yield label, attribute(link, "aria-label"), urljoin(url, attribute(link, "href"))


def _versions(soup: BeautifulSoup, url: str) -> list[Version]:
    """Oldest first, by the numbers in their file names: `hb2004_00_0000.pdf`."""
    found = [(label, url) for label, name, url in _papers(soup, url) if name == "Download PDF"]
    if not found:
        raise PageChanged("a text to download", "none")
    return [
        Version(note=label, url=url, media_type="application/pdf")
        for label, url in sorted(found, key=lambda paper: _number(paper[1]))
    ]


def _number(url: str) -> int:
    found = _FILE.fullmatch(url)
    return int(found[1]) if found else _LAST


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    for label, name, address in _papers(soup, url):
        words, note = name.lower(), f"{label}: {name}"
        if "fiscal note" in words:
            yield Document(kind="fiscal_note", note=note, url=address)
        elif name != "Download PDF":
            is_analysis = "supplemental note" in words
            yield Document(kind="analysis" if is_analysis else "other", note=note, url=address)
