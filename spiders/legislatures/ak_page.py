"""The page of a bill of Alaska's legislature: its facts, one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, day, match, one, some, text
from spiders.told import told_hour
from tracker.model import Action, Chamber, Hearing, Sponsor, Version, Vote, fold

_SITE = "https://www.akleg.gov/"
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_NAMES = {"H": "House", "S": "Senate"}
_MEETING = re.compile(r"\(([HS])\) (.+?) at (\d\d:\d\d [AP]M)\b ?(.*)")
_TALLY = re.compile(r"\bY(\d+)(?: N(\d+|-))?((?: [EAP]\d+)*)(?= |$)")
_MEMBERS: dict[str, int] = {"lower": 40, "upper": 20}
_EFFECTIVE = re.compile(r"(?:\([HS]\) )?EFFECTIVE DATE\(S\) OF LAW (\d{1,2}/\d{1,2}/\d\d)")
_GROUP = re.compile(r"(?:REPRESENTATIVE|SENATOR)(?:S|\(S\))? (.+)")
# Lines that begin a paragraph: a section, an enacting clause, an indented subsection.
_BEGINS = re.compile(r"\s*(?:\*|BE IT |Sec\. )|\s{10,}\(\w{1,5}\)")
_NO_SUBJECT = {"Similar Subject Match", "Exact Subject Match"}


class Meeting(NamedTuple):
    """A committee's meeting as a line of the history tells it."""

    committee: str
    hour: dt.time
    place: str


class Row(NamedTuple):
    action: Action
    meeting: Meeting | None


def information(soup: BeautifulSoup) -> dict[str, str]:
    """The labelled values at the head of the page; labels end with blanks here and there."""
    facts = {
        text(one(item, "span")): fold(one(item, "strong").get_text(" ")) for item in _head(soup)
    }
    missing = [label for label in ("Bill", "Title") if not facts.get(label)]
    if missing:
        raise PageChanged(f"the label {missing[0]}", ", ".join(facts))
    return facts


def _head(soup: BeautifulSoup) -> Sequence[Tag]:
    return [
        item for item in some(soup, "ul.information li", at_least=4) if item.select_one("strong")
    ]


def rows(soup: BeautifulSoup) -> list[Row]:
    """The history in the page's order, which is the order of time."""
    found = soup.select("tr.floorAction, tr.committeeAction")
    texts = soup.select('tr [data-label="Text"]')
    if not found or len(found) != len(texts):
        raise PageChanged(f"{len(texts)} lines of history", f"{len(found)} rows known as such")
    read = [_row(row) for row in found]
    return sorted(read, key=lambda row: row.action.on)


def _row(row: Tag) -> Row:
    printed = fold(one(row, '[data-label="Text"]').get_text(" "))
    on = day(attribute(one(row, "time"), "datetime"), "%Y-%m-%d")
    chamber = match(r"\(([HS])\).*", printed)[1]
    action = Action(on=on, text=printed, chamber=_CHAMBERS[chamber])
    meeting = _MEETING.fullmatch(printed)
    return Row(action, _meeting(meeting) if meeting else None)


def _meeting(found: re.Match[str]) -> Meeting:
    chamber, committee, hour, place = found.groups()
    starts = told_hour(hour)
    return Meeting(f"{_NAMES[chamber]} {committee}", starts, place)


def hearing(
    meeting: Meeting, action: Action, rows: Sequence[Row], timezone: str, about: dict[str, Any]
) -> Hearing:
    """A meeting is cancelled by another line of its chamber and day."""
    cancelled = any(
        "MEETING CANCELED" in row.action.text
        for row in rows
        if (row.action.on, row.action.chamber) == (action.on, action.chamber)
    )
    return Hearing(
        **about,
        on=action.on,
        starts_at=dt.datetime.combine(action.on, meeting.hour, ZoneInfo(timezone)),
        timezone=timezone,
        committee=meeting.committee,
        place=meeting.place,
        status="cancelled" if cancelled else "scheduled",
    )


def effective_on(actions: Sequence[Action]) -> dt.date | None:
    """The day the law takes effect, where one line names one day."""
    found = [dated for action in actions if (dated := _EFFECTIVE.fullmatch(action.text))]
    return day(found[-1][1], "%m/%d/%y") if found else None


def votes(actions: Sequence[Action]) -> Iterator[Vote]:
    for action in actions:
        tally = _TALLY.search(action.text)
        no = _nays(tally, action.chamber) if tally else None
        if tally and no is not None:
            yield Vote(
                on=action.on, chamber=action.chamber, motion=action.text, yes=int(tally[1]), no=no
            )


def _nays(tally: re.Match[str], chamber: Chamber) -> int | None:
    """`Y20 N0`, `Y20 N-`; a line may leave out that nobody was against (`Y38 E2`), which is sure
    only where those it counts are all the members."""
    if tally[2]:
        return 0 if tally[2] == "-" else int(tally[2])
    counted = int(tally[1]) + sum(map(int, re.findall(r"\d+", tally[3])))
    return 0 if counted == _MEMBERS.get(chamber) else None


def subjects(soup: BeautifulSoup) -> list[str]:
    links = soup.select('a[href*="/Bill/Subject/" i]')
    return [text(link) for link in links if text(link) not in _NO_SUBJECT]


def sponsors(soup: BeautifulSoup) -> list[Sponsor]:
    """Groups by chamber, one a line; a committee is a line without a member's title.

    Names in capitals are prime sponsors.
    """
    values = [
        one(item, "strong")
        for item in _head(soup)
        if re.fullmatch(r"Sponsor(?:\(S\))?", text(one(item, "span")))
    ]
    if len(values) != 1:
        raise PageChanged("one label Sponsor(S)", f"{len(values)} of them")
    for line_break in values[0].select("br"):
        line_break.replace_with("\n")
    lines = [fold(line) for line in values[0].get_text().splitlines()]
    return [sponsor for line in lines if line for sponsor in _group(line)]


def _group(line: str) -> Iterator[Sponsor]:
    members = _GROUP.fullmatch(line)
    if members is None:
        yield Sponsor(name=line, role="primary")
        return
    for name in filter(None, (fold(name) for name in members[1].split(","))):
        yield Sponsor(name=name, role="primary" if name.isupper() else "cosponsor")


def running_text(soup: BeautifulSoup) -> str:
    """The text without the numbers of its lines, lines joined into paragraphs."""
    lines = one(soup, "#draftOverlay pre")
    for number in lines.select("span.unselectable"):
        number.replace_with("\n")
    paragraphs: list[list[str]] = [[]]
    for line in lines.get_text().splitlines():
        if _BEGINS.match(line):
            paragraphs.append([])
        paragraphs[-1].append(fold(line))
    return "\n\n".join(" ".join(filter(None, paragraph)) for paragraph in paragraphs)


def versions(soup: BeautifulSoup) -> list[Version]:
    """Versions in the order of their letters; the rows of errata are none."""
    table = one(soup, "div.fulltext")
    found = [_version(row) for row in some(table, "tbody tr:not(.Merrors)") if row.select("a")]
    return [version for _, version in sorted(found, key=lambda found: found[0])]


def _version(row: Tag) -> tuple[str, Version]:
    link = one(row, 'a[href*="/Bill/Text/" i]')
    letter = match(r"[A-Z]+\d+([A-Z])", text(link))[1]
    address = urljoin(_SITE, attribute(link, "href").replace(" ", "%20"))
    cells = row.select("td")
    if len(cells) != 3:
        raise PageChanged("3 cells of a version", f"{len(cells)}")
    return letter, Version(note=text(cells[1]), url=address, media_type="text/html")
