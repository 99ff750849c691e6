"""What the JSON behind Delaware's site says: feeds of bills, histories, meetings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from spiders.reading import PageChanged, day, match, measure_number
from tracker.model import Action, Chamber, Kind, Version, Vote, fold

T = TypeVar("T")
JURISDICTION, TIMEZONE = "us-de", "America/New_York"
SITE = "https://legis.delaware.gov"
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
# The numbers that the site's own addresses of texts have for a kind of measure.
_TYPES = {"B": 1, "R": 2, "CR": 3, "JR": 4}
_SUBSTITUTE_TYPE = 6
_CODE = re.compile(
    r"(?:(?P<by>[HS]S)\s?(?P<number>\d+)\s?for\s?)?(?P<base>[HS](?:B|R|CR|JR)\s?\d+)(?: (?:w/|-).*)?",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(r"[HS]A \d+ to .+")
_EPOCH = re.compile(r"/Date\((-?\d{1,14})\)/")
_GOVERNOR = re.compile(r"\bgovernor\b", re.IGNORECASE)
_TOTALS = re.compile(r"Votes: (\d+) YES(?: (\d+) NO\b)?")
_COMMITTEE = re.compile(r"[Aa]ssigned to (.+?) Committee in (House|Senate)\b")


class Data(Struct, Generic[T]):
    data: list[T] = field(name="Data")


class Item(Struct, rename="pascal"):
    """Each feed has its own name for the day of what it lists."""

    general_assembly_session: int
    title: str
    long_title: str | None
    synopsis: str | None
    link: str
    introduced_date: str | None = None
    action_date: str | None = None
    date: str | None = None

    @property
    def on(self) -> dt.date | None:
        printed = self.action_date or self.introduced_date or self.date
        if not printed:
            return None
        return day(match(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+)?", printed)[1], "%Y-%m-%d")


class Feed(Struct, rename="pascal"):
    items: list[Item]


class Line(Struct, rename="pascal"):
    """`OccuredAtDateTime` is spelled so."""

    action_description: str
    occured_at_date_time: str
    chamber_name: str | None


class Meeting(Struct, rename="pascal"):
    committee_meeting_id: int
    committee_name: str | None
    meeting_date_time: str
    address_alias_nickname: str | None
    committee_meeting_status_name: str | None


class AgendaItem(Struct, rename="pascal"):
    item_description: str | None


class Code(NamedTuple):
    """`HS 2 for HB 94`: the second substitute for HB 94, which it replaces under its number."""

    identifier: str
    substitute: int

    @property
    def name(self) -> str:
        by = f"{self.identifier[0]}S {self.substitute} for " if self.substitute else ""
        return by + self.identifier


class Seen(Struct):
    """What the feeds say of one measure: its newest text, its last step, the ids of all its texts.

    `ids` are by the number of the substitute, 0 for the bill itself.
    """

    code: str
    session: str
    title: str
    synopsis: str
    step: str
    rank: tuple[int, str, int]
    ids: dict[int, int]


def code(printed: str) -> Code | None:
    """None for an amendment; raises for what is no measure either."""
    folded = fold(printed)
    if _AMENDMENT.fullmatch(folded):
        return None
    found = match(_CODE, folded)
    return Code(measure_number(found["base"]), int(found["number"] or 0))


def merge(seen: dict[str, Seen], item: Item, told: Code, step: str, place: int) -> None:
    """The highest substitute's newest step is what is known of a measure."""
    number = int(match(rf"{SITE}/BillDetail\?(?i:legislationId)=(\d+)", item.link)[1])
    rank = (told.substitute, item.on.isoformat() if item.on else "", place)
    before = seen.get(told.identifier)
    ids = {**(before.ids if before else {}), told.substitute: number}
    if before and before.rank >= rank:
        before.ids = ids
        return
    seen[told.identifier] = Seen(
        code=told.name,
        session=str(item.general_assembly_session),
        title=fold(item.long_title or ""),
        synopsis=fold(item.synopsis or ""),
        step=step,
        rank=rank,
        ids=ids,
    )


def versions(identifier: str, ids: dict[int, int]) -> list[Version]:
    """The bill and its substitutes, each at the address that the site's page links to."""
    told = (Code(identifier, number) for number in sorted(ids))
    return [
        Version(note=one.name, url=text_address(one, ids[one.substitute]), media_type="text/html")
        for one in told
    ]


def text_address(told: Code, number: int) -> str:
    type_id = _SUBSTITUTE_TYPE if told.substitute else _TYPES[told.identifier.split()[0][1:]]
    return (
        f"{SITE}/json/BillDetail/GenerateHtmlDocument?legislationId={number}"
        f"&legislationTypeId={type_id}&docTypeId=2&legislationName={told.name.replace(' ', '')}"
    )


def actions(lines: Sequence[Line]) -> list[Action]:
    """Oldest first; lines of one day stay as they stand."""
    found = [_action(line) for line in lines]
    if found and found[0].on > found[-1].on:
        found.reverse()
    return sorted(found, key=lambda one: one.on)


def _action(line: Line) -> Action:
    text, house = fold(line.action_description), line.chamber_name or ""
    if house and house not in _CHAMBERS:
        raise PageChanged("House or Senate", house)
    chamber: Chamber = "executive" if _GOVERNOR.search(text) else _CHAMBERS.get(house, "")
    return Action(on=_on(line.occured_at_date_time), text=text, chamber=chamber)


def _on(printed: str) -> dt.date:
    """`1/28/25`, or milliseconds since 1970, whose day is that of Delaware."""
    if found := _EPOCH.fullmatch(printed.strip()):
        moment = dt.datetime.fromtimestamp(int(found[1]) / 1000, dt.UTC)
        return moment.astimezone(ZoneInfo(TIMEZONE)).date()
    return day(printed.partition(" ")[0], "%m/%d/%y", "%m/%d/%Y")


def votes(told: Sequence[Action]) -> Iterator[Vote]:
    """Totals stand in the lines; those on amendments are no votes on the measure."""
    for one in told:
        found = _TOTALS.search(one.text)
        if found and not one.text.startswith("Amendment"):
            yes, no = int(found[1]), int(found[2] or 0)
            yield Vote(on=one.on, chamber=one.chamber, motion=one.text, yes=yes, no=no)


def committees(told: Sequence[Action]) -> list[str]:
    found = (_COMMITTEE.search(one.text) for one in told)
    return list(dict.fromkeys(f"{one[2]} {one[1]}" for one in found if one))


def meets_at(printed: str) -> dt.datetime:
    try:
        at = dt.datetime.strptime(fold(printed).upper(), "%m/%d/%y %I:%M %p")  # noqa: DTZ007
    except ValueError as error:
        raise PageChanged("a day and an hour", printed) from error
    return at.replace(tzinfo=ZoneInfo(TIMEZONE))


def named_in(words: str) -> list[str]:
    """Measures that an item of an agenda names: a substitute under its bill's number."""
    found = re.findall(r"\b[HS](?:B|R|CR|JR) ?\d+\b", words)
    return list(dict.fromkeys(map(measure_number, found)))


def kind(identifier: str) -> Kind:
    return "bill" if identifier.split()[0].endswith("B") else "resolution"


def about(session: str, identifier: str) -> dict[str, Any]:
    return {"jurisdiction": JURISDICTION, "session": session, "identifier": identifier}
