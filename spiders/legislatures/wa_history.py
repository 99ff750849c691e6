"""Lines of Washington's histories: in which house they stand, their tallies, the day of effect."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from spiders.legislatures.wa_rows import house
from spiders.told import told_votes
from tracker.model import Action, Chamber, Vote

_OTHER: dict[Chamber, Chamber] = {"lower": "upper", "upper": "lower"}

_EXECUTIVE = re.compile(
    r"Delivered to Governor|Governor |Chapter \d|Effective date|Filed with Secretary of State"
)
_SIGNED: dict[str, Chamber] = {"Speaker signed.": "lower", "President signed.": "upper"}
_NAMED = re.compile(
    r".* in the (House|Senate) Committee|(House|Senate) (?:concurred|refuse|recede|insist|Rules)"
)
_RETURNED = re.compile(r"By resolution, returned to (House|Senate)")
_FIRST_READING = re.compile(r"First reading|Read first time")
_PASSED = re.compile(r"(?:.*\b)?(?:Third reading, (?:passed|adopted)|Adopted)")
_TALLY = re.compile(r"(?P<motion>[^;]+); yeas, (?P<yes>\d+); nays, (?P<no>\d+);.*")
_EFFECTIVE = re.compile(r"Effective date (\d+)/(\d+)/(\d{4})\.?")


def history(lines: Sequence[tuple[dt.date, str]], identifier: str) -> list[Action]:
    """Actions with the house they happened in, which the service leaves out.

    A bill starts in its own house and is in the other from the first reading that follows its
    passage, unless a line names a house itself. The house that returns a bill tells of it, and
    the bill is then in the house named. `lines` are oldest first.
    """
    actions: list[Action] = []
    here: Chamber = "lower" if identifier.startswith("H") else "upper"
    passed = False
    for on, text in lines:
        if named := _NAMED.match(text):
            here = house(next(filter(None, named.groups())))
        elif passed and _FIRST_READING.match(text):
            here, passed = _OTHER[here], False
        passed = passed or _PASSED.match(text) is not None
        actions.append(Action(on=on, text=text, chamber=_chamber(text, here)))
        if returned := _RETURNED.match(text):
            here = house(returned[1])
    return actions


def _chamber(text: str, here: Chamber) -> Chamber:
    return "executive" if _EXECUTIVE.match(text) else _SIGNED.get(text, here)


def votes(actions: Sequence[Action]) -> list[Vote]:
    """Floor votes, whose tally stands in the action itself."""
    return list(told_votes(actions, _TALLY))


def effective_on(actions: Sequence[Action]) -> dt.date | None:
    """The day a law takes effect; None where an asterisk says that parts differ."""
    days = [found for action in actions if (found := _EFFECTIVE.fullmatch(action.text))]
    if not days:
        return None
    month, on, year = (int(part) for part in days[-1].groups())
    return dt.date(year, month, on)
