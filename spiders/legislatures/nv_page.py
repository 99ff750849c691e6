"""Addresses in NELIS, and the part of a bill's page that links its texts."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, match, some, text
from tracker.model import Document, Measure, Version

SITE = "https://www.leg.state.nv.us/App/NELIS/REL"

_SLUG = re.compile(r"(\d+)(?:st|nd|rd|th)(\d{4})(Special)?")
_BILL = re.compile(re.escape(SITE) + r"/(\w+)/Bill/(\d+)/Overview")
_TAB = re.compile(
    re.escape(SITE) + r"/(\w+)/Bill/FillSelectedBillTab\?selectedTab=\w+&billKey=(\d+)"
)
_TEXT = re.compile(r"/Session/\w+/Bills/(?P<kind>Amendments|[A-Z]+)/\w+\.pdf$")


def number_of(slug: str) -> tuple[int, int, bool]:
    """Number and year of a session, and whether it is a special one."""
    number, year, special = match(_SLUG, slug).groups()
    return int(number), int(year), bool(special)


def session_name(slug: str) -> str:
    """As people name it: `83`, `2025Special36`."""
    number, year, special = number_of(slug)
    return f"{year}Special{number}" if special else str(number)


def address_of(url: str) -> tuple[str, str]:
    """Session and key of a bill, of the address of its page."""
    slug, key = match(_BILL, url).groups()
    return slug, key


def tab(url: str, name: str) -> str:
    """The address of a part of the bill's page."""
    slug, key = address_of(url)
    return f"{SITE}/{slug}/Bill/FillSelectedBillTab?selectedTab={name}&billKey={key}"


def page_of_tab(url: str) -> str:
    slug, key = match(_TAB, url).groups()
    return f"{SITE}/{slug}/Bill/{key}/Overview"


def closed(answer: Answer, *names: str) -> None:
    """Raises where a part of a page was cut off: it has no end of its own, but its elements do."""
    body = answer.body.lower()
    for name in names:
        opened = len(re.findall(rb"<%s[\s>]" % name.encode(), body))
        ended = body.count(b"</%s>" % name.encode())
        if opened != ended:
            raise PageChanged(f"as many </{name}> as <{name}>", f"{ended} and {opened}")


def texts_of(answer: Answer) -> Measure:
    """Texts as versions, oldest first, as listed; amendments are papers beside them."""
    closed(answer, "div", "a")
    versions: dict[str, Version] = {}
    amendments: dict[str, Document] = {}
    for link in some(answer.soup(whole=False), "div.d-md-none a[href]"):
        url, note = urljoin(answer.url, attribute(link, "href")), text(link)
        found = _TEXT.search(url)
        if not found:
            raise PageChanged("the address of a text", url)
        if found["kind"] == "Amendments":
            amendments.setdefault(url, Document(kind="other", note=note, url=url))
        else:
            versions.setdefault(url, Version(note=note, url=url, media_type="application/pdf"))
    if not versions:
        raise PageChanged("a text of the bill", "amendments only")
    about = answer.named()
    return Measure(**about, versions=[*versions.values()], documents=[*amendments.values()])
