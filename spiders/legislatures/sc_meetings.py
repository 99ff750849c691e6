"""The week's meetings in South Carolina, with the bills that each takes up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.sc_addresses import (
    JURISDICTION,
    SITE,
    identifier_of,
    session_name,
)
from spiders.reading import PageChanged, attribute, day, match, text
from tracker.model import Hearing, fold

_DAY = "%A, %B %d, %Y"
_HEAD = re.compile(r"(?P<when>.+?) -- (?P<place>.+?) -- (?P<committee>.+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d) ?([ap])\.?m\.?.*", re.IGNORECASE)
_BILLS = "a[href*='billsearch.php?billnumbers=']"
_CANCELLED = re.compile(r"\bcancell?ed\b", re.IGNORECASE)


def hearings(answer: Answer, today: dt.date, zone: str) -> Iterator[Hearing]:
    for on, item in _meetings(answer.soup()):
        links = item.select(_BILLS)
        if links and on >= today:
            head = match(_HEAD, _head(item))
            for link in links:
                yield _hearing(link, item, on, head, zone)


def _meetings(soup: BeautifulSoup) -> Iterator[tuple[dt.date, Tag]]:
    """A day is a bold, underlined line; the meetings of that day follow as items of lists."""
    on: dt.date | None = None
    for node in soup.select("span[style*='underline'], li"):
        if node.name == "span":
            on = day(text(node), _DAY)
        elif node.select(_BILLS):
            if on is None:
                raise PageChanged("a day before the first meeting", text(node))
            yield on, node


def _head(item: Tag) -> str:
    """The first line: when, where, and who meets."""
    words: list[str] = []
    for node in item.children:
        if isinstance(node, Tag) and node.name in {"br", "div", "ul", "p", "table"}:
            break
        words.append(node.get_text(" ") if isinstance(node, Tag) else str(node))
    return fold(" ".join(words))


def _hearing(link: Tag, item: Tag, on: dt.date, head: re.Match[str], zone: str) -> Hearing:
    asked = parse_qs(urlsplit(attribute(link, "href")).query)
    number = match(r"[hs]?(\d+)", asked.get("billnumbers", [""])[0].lower())[1]
    session = match(r"\d+", asked.get("session", [""])[0]).group()
    return Hearing(
        jurisdiction=JURISDICTION,
        session=session_name(session),
        identifier=identifier_of(number),
        on=on,
        starts_at=_starts(on, head["when"], zone),
        timezone=zone,
        committee=head["committee"],
        place=head["place"],
        status="cancelled" if _CANCELLED.search(text(item)) else "scheduled",
        url=_agenda(item),
    )


def _starts(on: dt.date, printed: str, zone: str) -> dt.datetime | None:
    """None where no hour is set ("15 minutes after the House adjourns")."""
    found = _CLOCK.fullmatch(printed)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    if not 1 <= hour <= 12 or minute > 59:
        raise PageChanged("an hour as 10:00 am", printed)
    hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return dt.datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(zone))


def _agenda(item: Tag) -> str:
    links = item.select("a[href*='/agendas/']")
    return urljoin(SITE, attribute(links[0], "href")) if links else ""
