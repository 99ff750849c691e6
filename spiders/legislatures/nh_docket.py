"""Lines of New Hampshire's docket: actions, and what they say of hearings and roll calls."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from spiders.legislatures.nh_dumps import records, row_key
from spiders.reading import PageChanged, day
from spiders.told import told_hour
from tracker.model import Chamber, Hearing, Vote

_COLUMNS = 6
_HOUSES: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_REFERRED = re.compile(
    r"(?:.*\bintroduced .*|vacated and |)referred to "
    r"(?P<name>(?!committee\b|interim\b)[^(]+?)(?: \(.*)?(?:,? \d\d/\d\d/\d{4})?"
    r"(?:[;,]? (?:[HS]J|SC) \d+.*)?",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?:==(?P<mark>[A-Z ]+)== ?)?(?P<what>[\w ]*(?:Hearing|Session)\b[^:]*): "
    r"(?P<day>\d\d/\d\d/\d{4}),? (?:(?P<hour>\d\d:\d\d [ap]m) (?P<place>.+?)(?: HC \d.*)?"
    r"|(?P<room>[^;]+?), (?P<time>\d\d:\d\d [ap]m)(?:[,;].*)?)",
)
_TALLY = re.compile(
    r"(?P<motion>.+?)[:,;?] (?:MA |MF |AA |AF )?(?:RC|DV) (?P<yes>\d+)Y?-(?P<no>\d+)N?\b.*"
)


class Entry(NamedTuple):
    on: dt.date
    chamber: Chamber
    text: str


def entries(
    text: str, wanted: Collection[str], reject: Callable[[str], None]
) -> dict[str, list[Entry]]:
    """Actions by bill, oldest first; of one day in the order of the file."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for year, request, stamp, bill, house, said, *_ in records(text, _COLUMNS):
        key = row_key(year, request, bill)
        if key not in wanted:
            reject("action of a bill that is not of the session")
        elif not said:
            reject("action without words")
        elif house not in _HOUSES:
            raise PageChanged("H or S as the house of an action", house or "nothing")
        else:
            on = day(stamp.split(" ")[0], "%m/%d/%Y")
            found[key].append(Entry(on, _HOUSES[house], said))
    for lines in found.values():
        lines.sort(key=lambda entry: entry.on)
    return found


def committee_of(said: str) -> str:
    """The committee that a line refers a bill to, if any."""
    found = _REFERRED.fullmatch(said)
    return found["name"] if found else ""


def vote(line: Entry) -> Vote | None:
    """`Ought to Pass: MA RC 204-163 …` in the House, `…, RC 15Y-9N, MA; …` in the Senate."""
    found = _TALLY.fullmatch(line.text)
    if not found:
        return None
    return Vote(
        on=line.on,
        chamber=line.chamber,
        motion=found["motion"],
        yes=int(found["yes"]),
        no=int(found["no"]),
    )


def hearing(said: str, committee: str, about: dict[str, Any], timezone: str) -> Hearing | None:
    """The meeting that a line announces; a line that is marked CANCELLED calls it off."""
    found = _MEETING.fullmatch(said)
    if not found:
        return None
    on = day(found["day"], "%m/%d/%Y")
    hour = (found["hour"] or found["time"]).upper()
    at = told_hour(hour)
    return Hearing(
        **about,
        on=on,
        starts_at=dt.datetime.combine(on, at, ZoneInfo(timezone)),
        timezone=timezone,
        committee=committee,
        place=found["place"] or found["room"],
        note=found["what"],
        status="cancelled" if found["mark"] == "CANCELLED" else "scheduled",
    )
