"""The detailed status of a measure in Vermont: its history, with days that are mistyped at times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from msgspec import Struct, field

from spiders.legislatures.vt_page import SITE
from spiders.reading import PageChanged, match
from tracker.model import Action, Chamber, Measure, Vote, fold

_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_GOVERNOR = ("Signed by", "Vetoed by", "Allowed to become law")
_REFERRED = re.compile(
    r"referred to (?:the )?Committee on (.+?)(?: per | pursuant to |;|$)", re.IGNORECASE
)
_TALLY = re.compile(r"Yeas = (\d+), Nays = (\d+)")
_HOUSES = {"lower": "House", "upper": "Senate"}
_FIRST_RELEASE = 9


class Line(Struct, rename="pascal"):
    """`chamber_code` is H or S; `chamber` is what some answers have in its place."""

    status_date: str
    full_status: str
    chamber_code: str = ""
    chamber: str = ""
    sequence: int | str | None = None
    vote_header_id: int | str | None = field(default=None, name="VoteHeaderID")


class Status(Struct):
    data: list[Line]


class _Read(Struct):
    on: dt.date
    words: str
    chamber: Chamber
    vote: str


def history(
    status: Status, session: str, about: dict[str, Any], reject: Callable[[str], None]
) -> Measure:
    lines = list(_dated(_ordered(status.data), int(session), reject))
    lines.sort(key=lambda line: line.on)
    return Measure(
        **about,
        committees=list(dict.fromkeys(_committees(lines))),
        actions=[Action(on=line.on, text=line.words, chamber=line.chamber) for line in lines],
        votes=list(_votes(lines, session)),
    )


def _ordered(lines: list[Line]) -> list[Line]:
    """As numbered, where they are; else as given, which is oldest first."""
    if any(line.sequence in (None, "") for line in lines):
        return lines
    return sorted(lines, key=lambda line: int(match(r"\d+", str(line.sequence)).group()))


def _dated(lines: list[Line], year: int, reject: Callable[[str], None]) -> Iterator[_Read]:
    days = [_day(line.status_date, year) for line in lines]
    for place, line in enumerate(lines):
        on = days[place] or _mended(line.status_date, days, place, year)
        if on is None:
            reject("line of a history whose year is mistyped and not told by its neighbours")
            continue
        days[place] = on
        words = _words(line.full_status)
        vote = str(line.vote_header_id or "")
        yield _Read(on, words, _chamber(line, words), vote)


def _day(printed: str, year: int) -> dt.date | None:
    """None where the year is none of the biennium, nor the autumn before it."""
    month, day, printed_year = (int(part) for part in match(_DAY, printed.strip()).groups())
    released = printed_year == year - 2 and month >= _FIRST_RELEASE
    if printed_year not in (year - 1, year) and not released:
        return None
    return _date(printed_year, month, day, printed)


def _date(year: int, month: int, day: int, printed: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise PageChanged("a day as m/d/yyyy", printed) from error


def _mended(printed: str, days: list[dt.date | None], place: int, year: int) -> dt.date | None:
    """The one day of the biennium between the known days before and after."""
    month, day, _ = (int(part) for part in match(_DAY, printed.strip()).groups())
    before = next((one for one in reversed(days[:place]) if one), dt.date(year - 1, 1, 1))
    after = next((one for one in days[place + 1 :] if one), dt.date(year, 12, 31))
    possible = (_date(one, month, day, printed) for one in (year - 1, year))
    fitting = [one for one in possible if before <= one <= after]
    return fitting[0] if len(fitting) == 1 else None


def _words(markup: str) -> str:
    words = fold(BeautifulSoup(markup, "lxml").get_text(""))
    if not words:
        raise PageChanged("words in a line of the history", markup or "nothing")
    return words


def _chamber(line: Line, words: str) -> Chamber:
    code = (line.chamber_code or line.chamber).strip()[:1]
    if code not in _CHAMBERS:
        raise PageChanged("a chamber, H or S", code or "nothing")
    return "executive" if words.startswith(_GOVERNOR) else _CHAMBERS[code]


def _committees(lines: list[_Read]) -> Iterator[str]:
    for line in lines:
        if line.chamber in _HOUSES and (found := _REFERRED.search(line.words)):
            yield f"{_HOUSES[line.chamber]} Committee on {found[1]}"


def _votes(lines: list[_Read], session: str) -> Iterator[Vote]:
    for line in lines:
        if tally := _TALLY.search(line.words):
            yield Vote(
                on=line.on,
                chamber=line.chamber,
                motion=line.words,
                yes=int(tally[1]),
                no=int(tally[2]),
                url=f"{SITE}/bill/roll-call/{session}/{line.vote}" if line.vote else "",
            )
