"""How Kentucky writes a history: actions by day, who takes each told by its words alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, day, one, some, text
from tracker.model import Action, Chamber, Vote

_TALLY = re.compile(
    r"(?P<motion>.*\b(?:passed|adopted|defeated))(?: with)? (?P<yes>\d+)-(?P<no>\d+)\b.*"
)
_OF_GOVERNOR = re.compile(
    r"(?:delivered to|signed by) (?:the )?Governor|vetoed|line items vetoed|Governor delivered"
    r"|became law without|delivered to Secretary|filed .*with the Secretary",
    re.IGNORECASE,
)
_BOTH = re.compile(r".*\bin House and Senate$", re.IGNORECASE)
# Who acts, where the words say so.
_SAID = re.compile(
    r"(?:introduced|received) in (?P<in>House|Senate)"
    r"|(?P<does>House|Senate) (?:concurred|receded|refuse)"
    r"|to (?P<floor>House|Senate) Floor"
    r"|.*\b(?:filed|adopted|appointed) in (?P<report>House|Senate)$"
    r"|enrolled, signed by (?:the )?(?P<signs>Speaker|President)"
    r"|.*\((?P<of>[HS])\)",
    re.IGNORECASE,
)
_CHAMBERS: dict[str, Chamber] = {
    "h": "lower",
    "s": "upper",
    "speaker": "lower",
    "president": "upper",
}
_REFERRED = re.compile(r"(?:to|reassigned to|recommitted to) (.+) \([HS]\)")


class Row(NamedTuple):
    action: Action
    vote: Vote | None


def history(soup: BeautifulSoup, chamber: Chamber) -> Iterator[Row]:
    """Rows of a day each, oldest first, their actions in a list."""
    headings = [heading for heading in soup.select("h4") if text(heading) == "Actions"]
    table = headings[0].find_next("table") if len(headings) == 1 else None
    if not isinstance(table, Tag):
        raise PageChanged("a table under the heading Actions", f"{len(headings)} such headings")
    for row in some(table, "tr"):
        on = day(text(one(row, "th")), "%m/%d/%y", "%m/%d/%Y")
        for item in some(one(row, "td"), "li"):
            line = text(item)
            acting = _acting(line, chamber)
            yield _row(line, on, acting)
            if acting in ("lower", "upper"):
                chamber = acting


def _acting(line: str, chamber: Chamber) -> Chamber:
    if _OF_GOVERNOR.match(line):
        return "executive"
    if _BOTH.match(line):
        return "legislature"
    said = _SAID.match(line)
    if said is None:
        return chamber
    told = next(words for words in said.groups() if words).lower()
    return _CHAMBERS.get(told) or _CHAMBERS[told[0]]


def _row(line: str, on: dt.date, chamber: Chamber) -> Row:
    action = Action(on=on, text=line, chamber=chamber)
    tally = _TALLY.fullmatch(line)
    if tally is None:
        return Row(action, None)
    yes, no = int(tally["yes"]), int(tally["no"])
    return Row(action, Vote(on=on, chamber=chamber, motion=tally["motion"], yes=yes, no=no))


def committees(history: list[Row]) -> list[str]:
    """Those a measure was sent to; the Committee on Committees only sends on."""
    found = (_REFERRED.fullmatch(row.action.text) for row in history)
    names = dict.fromkeys(one[1] for one in found if one)
    return [name for name in names if name != "Committee on Committees"]
