"""Hearings in the words of California's history: the Senate announces them, the Assembly seldom."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from spiders.reading import PageChanged, day
from tracker.model import Action

_ON = r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2})"
_SET = re.compile(rf"Set for hearing {_ON}(?: in (?P<committee>.+?) pending receipt)?\.")
_CALLED_OFF = re.compile(
    rf"{_ON} (?:set for \w+ )?hearing (?:postponed|cancell?ed)\b", re.IGNORECASE
)
# `Re-referred to Coms. on L., P.E. & R. and JUD.`: abbreviations are in capitals, the first sits.
_REFERRED = re.compile(
    r"(?:[Rr]e-)?[Rr]efer(?:red)? to Coms?\. on (?P<committee>[A-Z][A-Z0-9.,& ]*[A-Z]\.?)(?![a-z])"
)
_HOUSES = {"lower": "Assembly", "upper": "Senate"}


class Heard(NamedTuple):
    on: dt.date
    committee: str
    status: Literal["scheduled", "cancelled"]


def hearings(lines: Sequence[Action]) -> Iterator[Heard]:
    """Each announced hearing once, as the last line on it leaves it."""
    found: dict[dt.date, Heard] = {}
    committee = ""
    for line in lines:
        house = _HOUSES.get(line.chamber, "")
        for announced in _SET.finditer(line.text):
            on = _day(announced, line.on)
            named = announced["committee"]
            found[on] = Heard(on, f"{house} {named}" if named else committee, "scheduled")
        for off in _CALLED_OFF.finditer(line.text):
            on = _day(off, line.on)
            before = found.get(on, Heard(on, committee, "scheduled"))
            found[on] = before._replace(status="cancelled")
        for referred in _REFERRED.finditer(line.text):
            committee = f"{house} {referred['committee']}"
    yield from found.values()


def _day(found: re.Match[str], said_on: dt.date) -> dt.date:
    """The day of that name that is nearest to the line that names it; years are left out."""
    name = f"{found['month'].capitalize()} {found['day']}"
    years = [said_on.year - 1, said_on.year, said_on.year + 1]
    if name == "February 29":
        years = [year for year in years if calendar.isleap(year)]
    days = [day(f"{name} {year}", "%B %d %Y") for year in years]
    if not days:
        raise PageChanged("a day of the year", name)
    return min(days, key=lambda one: abs(one - said_on))
