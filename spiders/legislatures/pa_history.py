"""How Pennsylvania writes histories: sessions, actions with their day and tally, printer's numbers.

The Bill History file and the bill pages print an action alike: "Third consideration and final
passage, June 24, 2025 (195-8)". Kept is the action without its day, which has a field of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from spiders.reading import PageChanged, day
from tracker.model import Action, Chamber, Kind, Version, Vote, fold

SITE = "https://www.palegis.us"

T = TypeVar("T")

# What was done, the day, and for a vote of the chamber its tally.
_PRINTED = re.compile(
    r"(?P<text>.*?)[,\s]+(?P<month>[A-Z][a-z]+)\.? (?P<day>\d{1,2}), (?P<year>\d{4})"
    r"(?: \((?P<yes>\d+)-(?P<no>\d+)\))?"
)
# Where debate stands in the journals: beside the history, not part of it.
_REMARKS = re.compile(r"\(Remarks see ", re.IGNORECASE)
_BODIES: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_KINDS: dict[str, Kind] = {"B": "bill", "R": "resolution"}


class Printed(NamedTuple):
    """One line of a history. `yes` and `no` are the tally of a vote of the whole chamber."""

    action: Action
    yes: int | None = None
    no: int | None = None

    def votes(self) -> list[Vote]:
        if self.yes is None or self.no is None:
            return []
        action = self.action
        motion = action.text.rpartition(" (")[0]
        return [Vote(on=action.on, chamber=action.chamber, motion=motion, yes=self.yes, no=self.no)]


def is_remark(line: str) -> bool:
    return _REMARKS.match(line) is not None


def printed(line: str, chamber: Chamber, on: dt.date | None = None) -> Printed:
    """`on` is the day told beside the line, for lines that print none.

    Raises PageChanged where neither tells a day.
    """
    found = _PRINTED.fullmatch(fold(line))
    if found is None:
        if on is None:
            raise PageChanged("an action that ends with its day", line)
        return Printed(Action(on=on, text=fold(line), chamber=chamber))
    on = day(f"{found['month'][:3]} {found['day']} {found['year']}", "%b %d %Y")
    if found["yes"] is None:
        return Printed(Action(on=on, text=found["text"], chamber=chamber))
    text = f"{found['text']} ({found['yes']}-{found['no']})"
    return Printed(Action(on=on, text=text, chamber=chamber), int(found["yes"]), int(found["no"]))


def session_name(year: str, index: str) -> str:
    """`2025`, `0` is "2025-2026"; a special session, `2025`, `1`, is "2025-2026S1"."""
    first = int(year)
    if first % 2 == 0:
        raise PageChanged("a session that begins in an odd year", year)
    return f"{first}-{first + 1}" + (f"S{index}" if index != "0" else "")


def bill_url(year: str, index: str, number: str) -> str:
    """The page people read; `number` as in `hb403`."""
    special = f"{index}/" if index != "0" else ""
    return f"{SITE}/legislation/bills/{year}/{special}{number.lower()}"


def chamber_of(body: str) -> Chamber:
    return _of(_BODIES, body, "H or S as the body")


def kind_of(letter: str) -> Kind:
    return _of(_KINDS, letter, "B (bill) or R (resolution)")


def _of(table: dict[str, T], key: str, expected: str) -> T:
    if key not in table:
        raise PageChanged(expected, key or "nothing")
    return table[key]


def version(number: str, url: str, published_on: dt.date | None) -> Version:
    """A text under its printer's number, which only ever grows: "PN 0414"."""
    return Version(
        note=f"PN {int(number):04}",
        url=url,
        published_on=published_on,
        media_type="application/pdf",
    )


def oldest_first(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda one: int(one.note.removeprefix("PN ")))
