"""The list of a session's bills in NELIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from bs4 import Tag

from spiders.answer import Answer
from spiders.legislatures.nv_page import address_of, session_name
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Kind, Listing

# What a search says that finds nothing is not known: then it is this, that a list is in, alone.
FORM = r'<form\b[^>]*\baction="[^"]*/App/NELIS/REL/\w+/HomeBill/BillsTab"[^>]*>'

_TOTAL = re.compile(r"\b\d+\s*-\s*\d+ of ([\d,]+) results\b")
_LIST = re.compile(r".*/REL/(\w+)/HomeBill/BillsTab\?.*")
_NUMBER = re.compile(r"([A-Z]+\d+)(\**)")
_DRAFT = re.compile(r"\s*\(BDR [\w-]+\)$")
_KINDS: dict[str, Kind] = {
    "AB": "bill",
    "SB": "bill",
    "IP": "bill",
    "ACR": "resolution",
    "SCR": "resolution",
    "AJR": "resolution",
    "SJR": "resolution",
    "AR": "resolution",
    "SR": "resolution",
}
# The session that stars stand for; the page of such a bill links it, and is asked whether it is so.
_CARRIED = {"83rd2025": {"*": "82", "**": "2023Special35"}, "84th2027": {"*": "83"}}


def kind_of(identifier: str) -> Kind:
    letters = identifier.split()[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def without_draft(title: str) -> str:
    """A title without the number of the request it was drafted for."""
    return _DRAFT.sub("", title)


def session_of(answer: Answer) -> str:
    return match(_LIST, answer.url)[1]


def rows(answer: Answer, reject: Callable[[str], None]) -> Iterator[Listing]:
    """Raises where the list has not as many rows as it says."""
    soup = answer.soup(whole=False)
    total = _TOTAL.search(text(soup))
    if total is None:
        raise PageChanged("how many results there are", "nothing of the sort")
    links = some(soup, 'div.row a[href*="/Bill/"]')
    if len(links) != int(total[1].replace(",", "")):
        raise PageChanged(f"{total[1]} bills, as the list says", f"{len(links)}")
    slug = session_of(answer)
    for link in links:
        listing = _listing(link, answer.url, slug)
        if listing:
            yield listing
        else:
            reject("bill brought back from a session that is not known")


def _listing(link: Tag, url: str, slug: str) -> Listing | None:
    """None for a bill whose stars stand for no session that is known."""
    number, stars = match(_NUMBER, text(link)).groups()
    if stars and stars not in _CARRIED.get(slug, {}):
        return None
    identifier = measure_number(number)
    address = urljoin(url, attribute(link, "href"))
    if address_of(address)[0] != slug:
        raise PageChanged(f"a bill of the session {slug}", address)
    row = link.find_parent("div", class_="row")
    if not isinstance(row, Tag):
        raise PageChanged("a row around the link to a bill", str(link))
    return Listing(
        jurisdiction="us-nv",
        session=session_name(slug),
        identifier=f"{identifier}-{_CARRIED[slug][stars]}" if stars else identifier,
        kind=kind_of(identifier),
        title=text(one(row, "div.col-md-10")),
        url=address,
    )
