"""The history of a measure in Kansas: pages of rows, newest first, and what their words tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, day, one, some, text
from spiders.told import told_moment, told_votes
from tracker.model import Action, Chamber, Hearing, Measure, Vote, fold

# Day as printed, chamber, words: what one page hands on to the next.
Rows = Sequence[tuple[str, str, str]]

_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper", "": "", "-": "", "—": ""}
_ENTRIES = re.compile(r"of ([\d,]+) entries")
_TALLY = re.compile(r"(?P<motion>.+?)[;,]? Yea:? (?P<yes>\d+),? Nay:? (?P<no>\d+)\b.*")
_REFERRED = re.compile(
    r"(?:.*[;,] )?(?:Rer|R)eferred to (?:House |Senate )?Committee on (?!the Whole)(.+)"
)
_HEARING = re.compile(
    r"Hearing(?: continuation)?:(?: \(.+?\))? (?P<day>[A-Z][a-z]+, [A-Z][a-z]+ \d{1,2}, \d{4}), "
    r"(?P<hour>\d{1,2}:\d\d [AP]M) (?P<place>.+?)(?P<cancelled> - CANCELL?ED)?"
)


def rows_of(soup: BeautifulSoup, before: Rows) -> tuple[Rows, int | None]:
    """Rows of this page after those before, and how many there are in all, if the page says so."""
    found = [_row(row) for row in some(soup, "tr.history-row")]
    total = _ENTRIES.search(fold(soup.get_text(" ")))
    carried = [(on, chamber, words) for on, chamber, words in before]
    return carried + found, int(total[1].replace(",", "")) if total else None


def _row(row: Tag) -> tuple[str, str, str]:
    chambers = row.select("span.history-chamber")
    chamber = fold(chambers[0].get_text(" ")) if chambers else ""
    if chamber not in _CHAMBERS:
        raise PageChanged("House, Senate or nothing", chamber)
    return text(one(row, 'td[data-label="Date"]')), chamber, text(one(row, "td.col-primary"))


def actions_of(rows: Rows) -> list[Action]:
    """Oldest first."""
    found = [
        Action(on=day(on, "%a, %b %d, %Y"), text=words, chamber=_CHAMBERS[chamber])
        for on, chamber, words in rows
    ]
    if found[0].on >= found[-1].on:
        found.reverse()
    return sorted(found, key=lambda action: action.on)


def committees_told(actions: Sequence[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(one[1] for one in found if one))


def votes_of(actions: Sequence[Action]) -> list[Vote]:
    return list(told_votes(actions, _TALLY))


def hearings(measure: Measure, url: str, today: dt.date, timezone: str) -> Iterator[Hearing]:
    """Hearings to come, by the words of the history; a cancelled one is announced again so."""
    announced: dict[str, Hearing] = {}
    for action in measure.actions or ():
        told = _HEARING.fullmatch(action.text)
        if told and day(told["day"], "%A, %B %d, %Y") >= today:
            announced[f"{told['day']} {told['hour']}"] = _hearing(measure, url, told, timezone)
    yield from announced.values()


def _hearing(measure: Measure, url: str, told: re.Match[str], timezone: str) -> Hearing:
    moment = told_moment(f"{told['day']} {told['hour']}", "%A, %B %d, %Y %I:%M %p", timezone)
    return Hearing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        on=moment.date(),
        starts_at=moment,
        timezone=timezone,
        place=told["place"],
        note=told[0],
        status="cancelled" if told["cancelled"] else "scheduled",
        url=url,
    )
