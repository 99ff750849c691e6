"""A measure's history in South Carolina: lines by day and house, tallies, referrals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import Tag

from spiders.legislatures.sc_addresses import SITE
from spiders.reading import PageChanged, attribute, day, some, text
from tracker.model import Action, Chamber, Vote, fold

_BODIES: dict[str, Chamber] = {"House": "lower", "Senate": "upper", "": "legislature"}
_NAMES = {"lower": "House", "upper": "Senate"}
_JOURNAL = re.compile(r"\s*\(\s*(?:House|Senate) Journal-page \w+\s*\)")
_TALLY = re.compile(r"(?P<motion>.*?)(?:Yeas|Ayes)-(?P<yes>\d+) Nays-(?P<no>\d+)")
_ROLL_CALL = "Roll call"
_EFFECTIVE = re.compile(r"Effective date (\d\d/\d\d/\d\d)")
_REFERRED = re.compile(r"(?:Referred|Committed|Recommitted) to Committee on (.+)")
_GOVERNOR = ("Signed By Governor", "Vetoed by Governor", "Certain items vetoed by Governor")


class Line(NamedTuple):
    """`url` is what a line links to beside the journal: mostly its roll call."""

    action: Action
    url: str


def lines_of(table: Tag) -> list[Line]:
    """Oldest first, as the table has them."""
    lines = [_line(row) for row in some(table, "tr")]
    return sorted(lines, key=lambda line: line.action.on)


def _line(row: Tag) -> Line:
    cells = row.find_all("td", recursive=False)
    if len(cells) != 3:
        raise PageChanged("three cells in a line of the history", f"{len(cells)}: {row}"[:300])
    body = fold(cells[1].get_text(" "))
    if body not in _BODIES:
        raise PageChanged("House, Senate or nothing", body)
    words = _JOURNAL.sub("", text(cells[2])).strip()
    chamber: Chamber = "executive" if words.startswith(_GOVERNOR) else _BODIES[body]
    action = Action(on=day(text(cells[0]), "%m/%d/%y"), text=words, chamber=chamber)
    return Line(action, _link(cells[2]))


def _link(cell: Tag) -> str:
    links = [link for link in cell.select("a[href]") if "journal" not in text(link).lower()]
    return urljoin(SITE, attribute(links[0], "href")) if links else ""


def committees(lines: Sequence[Line]) -> Iterator[str]:
    for action in (line.action for line in lines):
        if action.chamber in _NAMES and (found := _REFERRED.fullmatch(action.text)):
            yield f"{_NAMES[action.chamber]} Committee on {found[1]}"


def effective_on(lines: Sequence[Line]) -> dt.date | None:
    """Acts that tell it themselves say "See Act for Effective Date"."""
    found = (_EFFECTIVE.fullmatch(line.action.text) for line in lines)
    days = [day(one[1], "%m/%d/%y") for one in found if one]
    return days[-1] if days else None


def votes(lines: Sequence[Line]) -> Iterator[Vote]:
    """A line "Roll call" counts the votes on the line before it."""
    for place, (action, url) in enumerate(lines):
        tally = _TALLY.fullmatch(action.text)
        if tally is None:
            continue
        motion = fold(tally["motion"])
        if motion == _ROLL_CALL and place:
            motion = lines[place - 1].action.text
        yield Vote(
            on=action.on,
            chamber=action.chamber,
            motion=motion,
            yes=int(tally["yes"]),
            no=int(tally["no"]),
            url=url,
        )
