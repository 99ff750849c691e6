"""Meetings of Louisiana's committees: a table of those to come, and the agenda of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

from spiders.answer import Answer
from spiders.legislatures.la_page import JURISDICTION
from spiders.reading import PageChanged, attribute, day, measure_number, one, text
from spiders.told import told_hour
from tracker.model import Hearing, fold

TIMEZONE = "America/Chicago"
_HOUR = re.compile(r"(\d{1,2}):(\d\d) ?([ap])\.?m\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[HS](?:B|CR|R|SR|CSR)[ -]?\d+")


def agendas(answer: Answer) -> Iterator[tuple[str, str]]:
    """Address of each agenda and the status of its meeting ("Scheduled", "Cancelled")."""
    grid = one(answer.soup(), "[id$=_TableUpcomingMeetings]")
    for row in grid.select("tr"):
        cells = row.find_all("td", recursive=False)
        link = row.select_one('a[href*="Agenda.aspx?m="]')
        if link is None:
            continue
        if len(cells) < 4:
            raise PageChanged("committee, hour, room and status of a meeting", f"{row}"[:300])
        yield urljoin(answer.url, attribute(link, "href")), fold(cells[3].get_text(" "))


def hearings(answer: Answer, session: str) -> Iterator[Hearing]:
    """An hour in words ("Upon Adjournment") stays in the note."""
    soup = answer.soup()
    on = day(text(one(soup, "#lDate")), "%B %d, %Y")
    printed = text(one(soup, "#lTime"))
    hour = _HOUR.fullmatch(printed)
    status = answer.context.get("status", "")
    remarks = ("" if hour else printed, status)
    for identifier in dict.fromkeys(_instruments(soup)):
        yield Hearing(
            jurisdiction=JURISDICTION,
            session=session,
            identifier=identifier,
            on=on,
            starts_at=_moment(on, hour) if hour else None,
            timezone=TIMEZONE,
            committee=text(one(soup, "#linkTitle")),
            place=fold(one(soup, "#lLocation").get_text(" ")),
            note="; ".join(filter(None, remarks)),
            status="cancelled" if "cancel" in status.lower() else "scheduled",
            url=answer.url,
        )


def _moment(on: dt.date, hour: re.Match[str]) -> dt.datetime:
    clock = f"{hour[1]}:{hour[2]} {hour[3].upper()}M"
    time = told_hour(clock)
    return dt.datetime.combine(on, time, ZoneInfo(TIMEZONE))


def _instruments(soup: BeautifulSoup) -> Iterator[str]:
    """Rows of five cells: two that count, the instrument, its author, its title."""
    for row in soup.select('tr[valign="top"]'):
        cells = row.find_all("td", recursive=False)
        if len(cells) == 5 and _NUMBER.fullmatch(number := fold(cells[2].get_text(" "))):
            yield measure_number(number.replace("-", " "))
