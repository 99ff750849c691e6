"""How Idaho writes a history: days without a year, chambers told by the words, roll calls inside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import Tag

from spiders.reading import PageChanged, day, some, text
from tracker.model import Action, Chamber, Vote, fold

_ROLL = re.compile(r"\s*AYES [–-].*?(?=Floor Sponsor|Title apvd|Veto |$)", re.IGNORECASE)
_OUTCOME = re.compile(
    r"(?P<motion>.*?)(?P<outcome>PASSED|FAILED|ADOPTED)\D*? - (?P<yes>\d+)-(?P<no>\d+)-\d+"
)
_EFFECTIVE = re.compile(r"Session Law Chapter \d+ Effective: (\d{2}/\d{2}/\d{4})$")
_REFERRED = re.compile(
    r".*\b[Rr]eferred to:? (?!JRA?\b)([A-Z][A-Za-z&,/ ]+?)(?: Committee| for .*)?"
)
_OF_GOVERNOR = re.compile(
    r"(?:Reported )?(?:Delivered to Governor|Signed by Governor)|Returned from Governor"
    r"|Law without signature|Line item vetoed",
    re.IGNORECASE,
)
# Who writes a line, where its words say so.
_BEGINS: tuple[tuple[re.Pattern[str], Chamber], ...] = (
    (re.compile(r"(?:Received|Returned) from (?:the )?House|Senate\b", re.IGNORECASE), "upper"),
    (re.compile(r"(?:Received|Returned) from (?:the )?Senate|House\b", re.IGNORECASE), "lower"),
)
# Where the measure goes with a line, and so who writes the next one.
_GOES = re.compile(
    r".*(?:\b(?:transmitted|returned|ret.d)|[–-]) ?to (?P<to>House|Senate)\b", re.IGNORECASE
)


class Row(NamedTuple):
    action: Action
    vote: Vote | None


def history(table: Tag, session: str, chamber: Chamber) -> Iterator[Row]:
    """Rows oldest first. A row without a day is of the day above; the year is the session's."""
    before: dt.date | None = None
    for row in some(table, "tr"):
        cells = row.find_all("td", recursive=False)
        if len(cells) == 1 and not fold(cells[0].get_text(" ")):
            continue
        if len(cells) not in (3, 4):
            raise PageChanged("an empty cell, a day and an action", str(row)[:300])
        printed, line = fold(cells[1].get_text(" ")), text(cells[2])
        if printed:
            before = day(f"{printed}/{session[:4]}", "%m/%d/%Y")
        if before is None:
            raise PageChanged("a day in the first row of a history", line)
        acting = _acting(line, chamber)
        yield _row(line, before, acting)
        goes = _GOES.match(line)
        chamber = _chamber(goes["to"]) if goes else chamber if acting == "executive" else acting


def _acting(line: str, chamber: Chamber) -> Chamber:
    if _OF_GOVERNOR.match(line):
        return "executive"
    return next((told for opening, told in _BEGINS if opening.match(line)), chamber)


def _chamber(name: str) -> Chamber:
    return "lower" if name.lower() == "house" else "upper"


def _row(line: str, on: dt.date, chamber: Chamber) -> Row:
    """The names of who voted how are left out; their number stands in the line."""
    action = Action(on=on, text=_ROLL.sub(" ", line).strip(), chamber=chamber)
    tally = _OUTCOME.match(line)
    if tally is None:
        return Row(action, None)
    motion, yes, no = (
        tally["motion"].rstrip(" –-") or tally["outcome"],
        int(tally["yes"]),
        int(tally["no"]),
    )
    return Row(action, Vote(on=on, chamber=chamber, motion=motion, yes=yes, no=no))


def effective_on(actions: list[Action]) -> dt.date | None:
    """Where the law line tells one day; "SECTION 3" or "Retroactive" tell more than a day."""
    for action in actions:
        if found := _EFFECTIVE.search(action.text):
            return day(found[1], "%m/%d/%Y")
    return None


def committees(actions: list[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(one[1] for one in found if one))
