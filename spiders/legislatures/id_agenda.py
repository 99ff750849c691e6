"""Agendas of Idaho's committees: one block for each meeting, with its day, hour, room and bills.

The page prints no year; the links to bills do, and one meeting's bills are of one session.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bs4 import Tag

from spiders.answer import Answer
from spiders.legislatures.id_page import Address, address_of, is_measure
from spiders.reading import PageChanged, attribute, day, match, one, text
from spiders.told import told_hour
from tracker.model import Hearing, fold

_HOUR = re.compile(r"(\d{1,2}:\d\d) ?([ap])\.?m\.?(?: .*)?", re.IGNORECASE)
_MONTH_AND_DAY = re.compile(r"([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})")


class _Meeting(NamedTuple):
    """`when` is as printed: an hour, or "Upon Adjournment"."""

    month_and_day: str
    when: str
    place: str
    committee: str


def hearings(answer: Answer, timezone: str, reject: Callable[[str], None]) -> Iterator[Hearing]:
    """One for each bill that an agenda links to."""
    blocks = one(answer.soup(), "#ai1ec-container").find_all("div", recursive=False)
    if not blocks:
        reject("page of agendas without a meeting")
    for block in blocks:
        meeting = _meeting(block)
        if "not meet" in meeting.when.lower():
            reject("committee that does not meet")
            continue
        bills = list(_bills(block, answer.url))
        if not bills:
            reject("meeting without a bill on its agenda")
        for bill in bills:
            yield _hearing(meeting, bill, answer.url, timezone)


def _meeting(block: Tag) -> _Meeting:
    head = one(block, ".calendarHeader")
    printed = match(_MONTH_AND_DAY, text(one(head, ".date")))
    plain = [heading for heading in block.select("h2, h3") if not heading.find("a")]
    if not plain:
        raise PageChanged("a heading with hour and room", str(head)[:300])
    when, *place = (fold(part) for part in plain[0].stripped_strings)
    return _Meeting(f"{printed[1]} {printed[2]}", when, " ".join(place), text(one(head, "h2 a")))


def _bills(block: Tag, url: str) -> Iterator[Address]:
    """Drafts (`RS 33066`) are no links; a bill of several rows is told once."""
    links = block.select('td a[href*="/legislation/"]')
    addresses = dict.fromkeys(urljoin(url, attribute(link, "href")) for link in links)
    for address in addresses:
        if is_measure(address):
            yield address_of(address)


def _hearing(meeting: _Meeting, bill: Address, url: str, timezone: str) -> Hearing:
    on = day(f"{meeting.month_and_day} {bill.session[:4]}", "%b %d %Y")
    hour = _HOUR.fullmatch(meeting.when)
    return Hearing(
        jurisdiction="us-id",
        session=bill.session,
        identifier=bill.identifier,
        on=on,
        starts_at=_moment(on, hour, timezone) if hour else None,
        timezone=timezone if hour else "",
        committee=meeting.committee,
        place=meeting.place,
        note="" if hour else meeting.when,
        url=url,
    )


def _moment(on: dt.date, hour: re.Match[str], timezone: str) -> dt.datetime:
    time = told_hour(f"{hour[1]} {hour[2]}M")
    return dt.datetime.combine(on, time, ZoneInfo(timezone))
