"""Meetings of New Jersey's committees (AGENDAS.TXT) and the bills on them (BAGENDA.TXT)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from spiders.legislatures.nj_tables import SITE, Row, Tables, identifier_of
from spiders.reading import day
from spiders.told import told_hour
from tracker.model import Hearing

_CALLED_OFF = re.compile(r"cancell?ed|not meeting", re.IGNORECASE)
_HOUR = re.compile(r"\d{1,2}:\d{2} [AP]M", re.IGNORECASE)


def hearings(tables: Tables, session: str, timezone: str) -> Iterator[Hearing]:
    meetings = {_meeting(row): row for row in tables.rows("AGENDAS.TXT")}
    for row in tables.rows("BAGENDA.TXT"):
        on = day(row["Date"].split(" ")[0], "%m/%d/%Y")
        starts = _starts(on, row["Time"], timezone)
        known = meetings.get(_meeting(row), {})
        yield Hearing(
            jurisdiction="us-nj",
            session=session,
            identifier=identifier_of(row),
            on=on,
            starts_at=starts,
            timezone=timezone,
            committee=tables.committees.get(row["CommHouse"], row["CommHouse"]),
            place=known.get("Location", ""),
            note="" if starts else row["Time"],
            status="cancelled" if _CALLED_OFF.match(known.get("Status", "")) else "scheduled",
            url=_url(known, starts),
        )


def _meeting(row: Row) -> tuple[str, str, str]:
    return row["CommHouse"], row["Date"], row["Time"]


def _starts(on: dt.date, hour: str, timezone: str) -> dt.datetime | None:
    """The moment a meeting begins; None where the table gives no hour of the clock."""
    if not _HOUR.fullmatch(hour):
        return None
    told = told_hour(hour)
    return dt.datetime.combine(on, told, ZoneInfo(timezone))


def _url(meeting: Row, starts: dt.datetime | None) -> str:
    if not meeting or starts is None:
        return ""
    moment = f"{starts:%Y-%m-%d-%H:%M:00}"
    return f"{SITE}/live-proceedings/{moment}/{meeting['CommHouse']}/{meeting['Type']}"
