"""Kentucky's weekly calendar of committees: days, and under each its meetings with their agendas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bs4 import Tag

from spiders.answer import Answer
from spiders.legislatures.ky_page import address_of
from spiders.reading import PageChanged, attribute, day, some, text
from spiders.told import told_hour
from tracker.model import Hearing

_HOUR = re.compile(r"(\d{1,2}:\d\d) ?(am|pm|noon)(?: ET\b.*)?", re.IGNORECASE)
_NONE = "No Meetings Scheduled"
_PARTS = ".DateHeading, .TimeAndLocation, .CommitteeName, .Agenda"


class _Meeting(NamedTuple):
    """`when` is as printed: an hour, or "Upon Recess of the House"."""

    on: dt.date
    when: str
    place: str
    cancelled: bool
    committee: str = ""


def hearings(answer: Answer, zone: str) -> Iterator[Hearing]:
    """One for each measure that an agenda links to; other business has no measure to tell of."""
    on: dt.date | None = None
    meeting: _Meeting | None = None
    for part in some(answer.soup(), _PARTS):
        words, classes = text(part), part.get_attribute_list("class")
        if "DateHeading" in classes:
            on, meeting = day(words, "%A, %B %d, %Y"), None
        elif on is None:
            raise PageChanged("a day above the first meeting", words)
        elif "TimeAndLocation" in classes:
            meeting = _meeting(part, on)
        elif meeting is not None and "CommitteeName" in classes:
            meeting = meeting._replace(committee=words)
        elif meeting is not None:
            yield from _on_agenda(part, meeting, answer.url, zone)
        elif words != _NONE:
            raise PageChanged(f"a time above the committee, or {_NONE!r}", words)


def _meeting(part: Tag, on: dt.date) -> _Meeting:
    marks = [mark.extract() for mark in part.select(".Cancelled")]
    when, _, place = text(part).partition(",")
    return _Meeting(on, when.strip(), place.strip(), cancelled=bool(marks))


def _on_agenda(part: Tag, meeting: _Meeting, url: str, zone: str) -> Iterator[Hearing]:
    starts_at = _starts_at(meeting, zone)
    links = (urljoin(url, attribute(link, "href")) for link in part.select("a[href*='/record/']"))
    for address in dict.fromkeys(links):
        found = address_of(address)
        yield Hearing(
            jurisdiction="us-ky",
            session=found.session,
            identifier=found.identifier,
            on=meeting.on,
            starts_at=starts_at,
            timezone=zone,
            committee=meeting.committee,
            place=meeting.place,
            note="" if starts_at else meeting.when,
            status="cancelled" if meeting.cancelled else "scheduled",
            url=url,
        )


def _starts_at(meeting: _Meeting, zone: str) -> dt.datetime | None:
    """None where the meeting begins when a chamber rises. The capital keeps Eastern Time."""
    found = _HOUR.fullmatch(meeting.when)
    if found is None:
        return None
    half = "PM" if found[2].lower() == "noon" else found[2]
    told = told_hour(f"{found[1]} {half}")
    return dt.datetime.combine(meeting.on, told, ZoneInfo(zone))
