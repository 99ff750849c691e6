"""The history of a measure in New Mexico: rows oldest first, mostly with a calendar day.

Rows without one are dated by what they tell: the first is the filing, whose day the introduced text
carries; the governor's end in `Feb. 28`, of the session's year; "Action Postponed Indefinitely" is
what adjournment does to a measure, a pocket veto what the end of the governor's twenty days does.
Any other is of the day of the row above.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from bs4 import Tag

from spiders.legislatures.nm_names import adjournment, chamber_of, last_day_to_sign
from spiders.reading import PageChanged, day, match, text
from tracker.model import Action, Chamber, Vote

_ROW = re.compile(
    r"(?:Legislative Day: \d+ )?(?:Calendar Day: (?P<on>\d\d/\d\d/\d{4}) )?(?P<words>.+)"
)
_ENDS_IN_A_DAY = re.compile(r".*- (?P<month>[A-Z][a-z]{2})[a-z]*\.? (?P<day>\d{1,2})(?: \(.+\))?")
_POSTPONED = re.compile(r"action postponed indefinitely|api\.?", re.IGNORECASE)
_POCKET = re.compile(r"pocket veto", re.IGNORECASE)
_OF_GOVERNOR = re.compile(
    r"\bby (?:the )?Governor\b(?!'s)|^(?:Partial |Pocket )?Veto", re.IGNORECASE
)
_OF_BOTH = re.compile(r"Signed by one or both houses", re.IGNORECASE)
_COMMITTEE = re.compile(r"(?:Sent to )?(?P<code>[HS][A-Z]{2,6})\b")
_NAMES_A_HOUSE = re.compile(r"(?:.*\b(?:in|by) (?:the )?)?(?P<house>House|Senate)\b")
_PASSED = re.compile(r"(?P<motion>.+?) - Y:(?P<yes>\d+) N:(?P<no>\d+)")
_SENT = re.compile(r"Sent to [A-Z]+ - Referrals: (?P<codes>[A-Z/]+)")
_PREFILED = frozenset({"HPREF", "SPREF"})


def history(
    rows: Sequence[Tag],
    session: str,
    chamber: Chamber,
    filed_on: dt.date | None,
    reject: Callable[[str], None],
) -> Iterator[Action]:
    """`reject` is told of a row that no rule dates (of a special session with unknown days)."""
    before = filed_on
    for row in rows:
        found = match(_ROW, text(row))
        words = found["words"]
        chamber = _acting(words, chamber)
        on = day(found["on"], "%m/%d/%Y") if found["on"] else _dated(words, session, before)
        if on is None:
            reject("row of a history that tells no day")
            continue
        yield Action(on=on, text=words, chamber=chamber)
        before = max(before or on, on)


def _dated(words: str, session: str, before: dt.date | None) -> dt.date | None:
    if told := _ENDS_IN_A_DAY.fullmatch(words):
        return day(f"{told['month']} {told['day']} {session[:4]}", "%b %d %Y")
    if _POSTPONED.fullmatch(words):
        return adjournment(session)
    if _POCKET.match(words):
        return last_day_to_sign(session)
    return before


def _acting(words: str, before: Chamber) -> Chamber:
    if _OF_BOTH.match(words):
        return "legislature"
    if _OF_GOVERNOR.search(words):
        return "executive"
    if _POSTPONED.fullmatch(words):
        return "legislature"
    if found := _COMMITTEE.match(words):
        return chamber_of(found["code"])
    if named := _NAMES_A_HOUSE.match(words):
        return "lower" if named["house"] == "House" else "upper"
    return before


def votes(actions: Sequence[Action], papers: dict[Chamber, str]) -> Iterator[Vote]:
    """Totals stand in the row; `papers` are the roll calls by chamber."""
    for action in actions:
        if found := _PASSED.fullmatch(action.text):
            yield Vote(
                on=action.on,
                chamber=action.chamber,
                motion=found["motion"],
                yes=int(found["yes"]),
                no=int(found["no"]),
                url=papers.get(action.chamber, ""),
            )


def committees(actions: Sequence[Action]) -> list[str]:
    """By their codes, all that the measure is referred to, heard already or to be heard."""
    sent = (_SENT.fullmatch(action.text) for action in actions)
    codes = [code for found in sent if found for code in found["codes"].split("/")]
    return [code for code in dict.fromkeys(codes) if code not in _PREFILED]


def counted(rows: Sequence[Tag], badge: str, of_what: str) -> None:
    """A tab's badge counts its rows: fewer of them are half a page."""
    if str(len(rows)) != badge:
        raise PageChanged(f"{badge} {of_what}, as the tab's badge says", f"{len(rows)} of them")
