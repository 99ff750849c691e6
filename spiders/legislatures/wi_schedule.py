"""Wisconsin's schedule of committees: meetings of a biennium, written as a script's objects.

Nothing of the script is run: each object is the same lines of `name: 'value',` in the same order.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from spiders.reading import PageChanged, match, measure_number
from tracker.model import Hearing, fold

_LIST = re.compile(r"successCallback\(\[(.*?)^\s*\]\)//end foreach meeting events", re.S | re.M)
_BEGINS = re.compile(r"^\s*title: '", re.M)
_FIELD = re.compile(r"^\s*(title|start|type|eItems|mtgNoticeLink|location): '(.*)',\r?$", re.M)
_FIELDS = {"title", "start", "type", "eItems", "mtgNoticeLink", "location"}
_NUMBER = re.compile(r"[AS](?:B|JR|R)\d+")
_TYPE = re.compile(r"(?:<b><em>(?P<cancelled>CANCELED): </em></b>|REVISED: )? (?P<name>[^<>]+)")


def hearings(page: str, session: str, timezone: str) -> Iterator[Hearing]:
    """One for each proposal that a meeting is to take up."""
    events = _events(page)
    for event in events:
        for item in event["eItems"].split("; "):
            if _NUMBER.fullmatch(item):
                yield _hearing(event, measure_number(item), session, timezone)


def _events(page: str) -> list[dict[str, str]]:
    found = _LIST.search(page)
    if found is None:
        raise PageChanged("a list of meetings that ends", "none")
    parts = _BEGINS.split(found[1])[1:]
    events = [dict(_FIELD.findall(f"title: '{part}")) for part in parts]
    for event in events:
        if set(event) != _FIELDS:
            raise PageChanged(", ".join(sorted(_FIELDS)), str(event))
    if not events:
        raise PageChanged("meetings of the biennium", "none")
    return [{name: html.unescape(value) for name, value in event.items()} for event in events]


def _hearing(event: dict[str, str], identifier: str, session: str, timezone: str) -> Hearing:
    kind = match(_TYPE, event["type"])
    try:
        starts = dt.datetime.strptime(event["start"], "%Y-%m-%dT%H:%M:%S").replace(
            tzinfo=ZoneInfo(timezone)
        )
    except ValueError as error:
        raise PageChanged("a day and hour", event["start"]) from error
    return Hearing(
        jurisdiction="us-wi",
        session=session,
        identifier=identifier,
        on=starts.date(),
        starts_at=starts,
        timezone=timezone,
        committee=fold(event["title"]),
        place=fold(event["location"]),
        note=fold(kind["name"]),
        status="cancelled" if kind["cancelled"] else "scheduled",
        url=event["mtgNoticeLink"],
    )
