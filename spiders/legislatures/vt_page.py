"""The page of one measure in Vermont: its title, sponsors and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://legislature.vermont.gov"
JURISDICTION = "us-vt"
_ADDRESS = re.compile(rf"{re.escape(SITE)}/bill/status/(?P<session>\d{{4}})/(?P<number>[A-Z.]+\d+)")
_TEXT_ADDRESS = re.compile(
    r".*/Documents/(?P<session>\d{4})/Docs/(?:BILLS|RESOLUTN)"
    r"/(?P<file>(?P<letters>[A-Z]+)-?(?P<number>\d+))/(?P=file) (?P<note>.+)\.pdf"
)
# The letters before a number, as the site's addresses have them.
_DOTTED = {
    "H": "H.",
    "S": "S.",
    "HR": "H.R.",
    "SR": "S.R.",
    "HCR": "H.C.R.",
    "SCR": "S.C.R.",
    "JRH": "J.R.H.",
    "JRS": "J.R.S.",
    "PR": "PR.",
}
_SENATE = frozenset({"S", "SR", "SCR", "JRS", "PR"})
_NEW_WINDOW = "Opens in a new window"
_COPIES = frozenset({"Official", "Unofficial"})
_SUMMARY = "Act Summary"
_MORE, _CONTROLS = "Additional Sponsors", re.compile(r"(?:Less|More)\s*(?:…|\.\.\.)")


class Address(NamedTuple):
    session: str
    identifier: str


def session_name(session: str) -> str:
    """`2025-2026` for `2026`."""
    return f"{int(session) - 1}-{session}"


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.partition(" ")[0] in {"H", "S"} else "resolution"


def chamber_of(identifier: str) -> Chamber:
    """Proposals to amend the constitution (PR) begin in the Senate."""
    return "upper" if identifier.partition(" ")[0] in _SENATE else "lower"


def page_url(session: str, identifier: str) -> str:
    letters, number = identifier.split()
    if letters not in _DOTTED:
        raise PageChanged(f"one of {', '.join(_DOTTED)}", identifier)
    return f"{SITE}/bill/status/{session}/{_DOTTED[letters]}{number}"


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(found["session"], measure_number(found["number"]))


def named_in_text_url(url: str) -> dict[str, str]:
    """Empty for acts, whose addresses tell the number of the act only."""
    found = _TEXT_ADDRESS.fullmatch(unquote(url))
    if found is None:
        return {}
    return {
        "jurisdiction": JURISDICTION,
        "session": session_name(found["session"]),
        "identifier": measure_number(f"{found['letters']} {found['number']}"),
        "note": found["note"],
    }


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    heading = one(one(soup, "div.bill-title"), "h1")
    printed = "".join(heading.find_all(string=True, recursive=False))
    if measure_number(printed) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)
    links = list(_links(soup))
    return Measure(
        jurisdiction=JURISDICTION,
        session=session_name(found.session),
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber_of(found.identifier),
        title=text(one(one(soup, "div.bill-title"), "h2, h4.charge")),
        url=answer.url,
        sponsors=_sponsors(soup, found.identifier),
        versions=[
            Version(note=note, url=url, media_type="application/pdf")
            for note, url in links
            if note != _SUMMARY
        ],
        documents=[
            Document(kind="analysis", note=note, url=url) for note, url in links if note == _SUMMARY
        ],
    )


def _sponsors(soup: BeautifulSoup, identifier: str) -> list[Sponsor]:
    """Those before "Additional Sponsors" lead; a proposal of amendment may have none."""
    labels = [label for label in soup.select("dl.summary-table dt") if text(label) == "Sponsor(s)"]
    if not labels and identifier.startswith("PR "):
        return []
    if len(labels) != 1:
        raise PageChanged("one list of sponsors", f"{len(labels)} of them")
    sponsors: list[Sponsor] = []
    more = False
    for item in some(one(_value(labels[0]), "ul"), "li", at_least=1):
        name = fold(item.get_text(" "))
        more = more or name == _MORE or "sponsor" in (item.get("class") or [])
        if name and name != _MORE and not _CONTROLS.fullmatch(name):
            bare = re.sub(r"^(?:Rep|Sen)\. ", "", name)
            sponsors.append(Sponsor(name=bare, role="cosponsor" if more else "primary"))
    if not sponsors or sponsors[0].role != "primary":
        raise PageChanged("a leading sponsor", f"{sponsors[:1]}")
    return sponsors


def _value(label: Tag) -> Tag:
    value = label.find_next_sibling()
    if value is None or value.name != "dd":
        raise PageChanged("<dd> after <dt>Sponsor(s)</dt>", f"{value}"[:200])
    return value


def _links(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Names and addresses of texts, oldest first: of two copies, the printing's name stands before
    their links."""
    for item in some(soup, "ul.bill-path li", at_least=1):
        for link in some(item, "a[href]"):
            name = _name(link)
            if name in _COPIES:
                name = f"{_printing(item)} ({name})"
            url = quote(urljoin(f"{SITE}/", attribute(link, "href")), safe=":/?&=%#~+")
            yield name, url


def _name(link: Tag) -> str:
    return text(link).removesuffix(_NEW_WINDOW).strip()


def _printing(item: Tag) -> str:
    """What the item says outside its links: `As Passed By the House`."""
    own = (string for string in item.find_all(string=True) if not string.find_parent("a"))
    name = fold(" ".join(own)).strip(" |()")
    if not name:
        raise PageChanged("the name of a printing", f"{item}"[:300])
    return name
