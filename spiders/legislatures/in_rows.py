"""What the API of Indiana's General Assembly answers, and what a bill comes to from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from spiders.reading import PageChanged, day, match, measure_number
from spiders.told import hour_if_told
from tracker.model import Action, Chamber, Document, Sponsor, Version, Vote, fold

T = TypeVar("T")
JURISDICTION, TIMEZONE = "us-in", "America/Indiana/Indianapolis"
API, SITE = "https://api.iga.in.gov", "https://iga.in.gov"
CHAMBERS: dict[str, Chamber] = {"house": "lower", "senate": "upper"}
# As the API has it and as everyone says it, and where the site shows it.
_LETTERS = {
    "HB": ("HB", "bills/house"),
    "SB": ("SB", "bills/senate"),
    "HR": ("HR", "resolutions/house/simple"),
    "SR": ("SR", "resolutions/senate/simple"),
    "HC": ("HCR", "resolutions/house/concurrent"),
    "SC": ("SCR", "resolutions/senate/concurrent"),
    "HJ": ("HJR", "resolutions/house/joint"),
    "SJ": ("SJR", "resolutions/senate/joint"),
}
_NO_TITLE = frozenset({"", "NoneNone"})
_DAY = r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?"
_PRINT = re.compile(r"[HS][BRCJ]\d{4}\.(\d\d)\.[A-Z]{4}")
_ROLL_CALL = re.compile(r"Roll Call \d+: yeas (\d+), nays (\d+)$")
_COMMITTEE = re.compile(r"[Cc]ommittee on (.+?)(?: pursuant to .+)?$")
_HOURS = ("%I:%M %p", "%I:%M%p", "%H:%M:%S", "%H:%M")


class Items(Struct, Generic[T], rename="camel"):
    items: list[T]
    next_link: str | None = None


class Row(Struct, rename="camel"):
    bill_name: str


class Person(Struct, rename="camel"):
    first_name: str | None
    last_name: str | None


class Subject(Struct):
    entry: str


class Paper(Struct):
    name: str
    link: str


class Latest(Struct, rename="camel"):
    digest: str | None
    short_description: str | None
    subjects: list[Subject]
    fiscal_notes: list[Paper] = field(name="fiscal-notes", default_factory=list)


class Print(Struct, rename="camel"):
    bill_name: str
    print_version_name: str


class Bill(Struct, rename="camel"):
    bill_name: str
    description: str | None
    authors: list[Person]
    coauthors: list[Person]
    sponsors: list[Person]
    cosponsors: list[Person]
    latest_version: Latest
    versions: list[Print]


class House(Struct):
    name: str


class Line(Struct):
    description: str
    date: str | None
    chamber: House


class MeetingRow(Struct):
    link: str
    meetingdate: str


class AgendaBill(Struct, rename="camel"):
    bill_name: str


class AgendaItem(Struct):
    """An item that is no bill, such as testimony on a topic, has none."""

    bill: AgendaBill | list[AgendaBill] | None = None

    @property
    def bills(self) -> Sequence[AgendaBill]:
        if self.bill is None:
            return []
        return self.bill if isinstance(self.bill, list) else [self.bill]


class Committee(Struct):
    """`chamber` is `(H)` or `(S)`, in some years with the committee's name."""

    chamber: str
    name: str | None = None


class Meeting(Struct):
    """`cancelled` is a word: `True` or `False`."""

    meetingdate: str
    starttime: str | None
    location: str | None
    cancelled: str
    committee: Committee
    agenda: list[AgendaItem]


def identifier(name: str) -> str:
    """`HCR 11` for `HC0011`."""
    letters, number = match(r"([A-Z]+)(\d+)", name.upper().replace(" ", "")).groups()
    if letters not in _LETTERS:
        raise PageChanged(f"one of {', '.join(_LETTERS)}", name)
    return measure_number(f"{_LETTERS[letters][0]} {number}")


def about(session: str, name: str) -> dict[str, Any]:
    told = identifier(name)
    letters = match(r"([A-Z]+)\d+", name.upper())[1]
    return {
        "jurisdiction": JURISDICTION,
        "session": session,
        "identifier": told,
        "kind": "bill" if letters.endswith("B") else "resolution",
        "url": f"{SITE}/legislative/{session}/{_LETTERS[letters][1]}/{told.split()[1]}",
    }


def api_name(told: str) -> str:
    """`hc0011` for `HCR 11`, as addresses of the API have it."""
    letters, number = told.split()
    return f"{letters[:2]}{int(number):04}".lower()


def title(bill: Bill) -> str:
    """A bill filed to be filled in later has none: ""."""
    told = (bill.description, bill.latest_version.short_description)
    return next((one for one in map(said, told) if one not in _NO_TITLE), "")


def said(printed: str | None) -> str:
    return fold(printed or "")


def on(printed: str) -> dt.date:
    return day(match(_DAY, printed.strip())[1], "%Y-%m-%d")


def sponsors(bill: Bill) -> list[Sponsor]:
    """Authors stand for it in its own house, sponsors in the other."""
    first, further = (bill.authors, bill.sponsors), (bill.coauthors, bill.cosponsors)
    names = [(one, "primary") for group in first for one in group]
    names += [(one, "cosponsor") for group in further for one in group]
    told = ((fold(f"{one.first_name or ''} {one.last_name or ''}"), role) for one, role in names)
    return [Sponsor(name=name, role=role) for name, role in told if name]  # type: ignore[arg-type]


def versions(bill: Bill, session: str) -> list[Version]:
    """By the number of the print; the stage in words names the wrong house at times."""
    numbered = []
    for one in bill.versions:
        name = one.print_version_name.upper()
        numbered.append((match(_PRINT, name)[1], name))
    folder = _folder(bill.bill_name, session)
    return [
        Version(note=name, url=f"{folder}/{name}.pdf", media_type="application/pdf")
        for _, name in sorted(numbered)
    ]


def _folder(name: str, session: str) -> str:
    """A General Assembly has two years; the 124th began with 2025."""
    assembly = 124 + (int(session) - 2025) // 2
    house = "house" if name.startswith("H") else "senate"
    kind = "bills" if name[1] == "B" else "resolutions"
    return f"{SITE}/pdf-documents/{assembly}/{session}/{house}/{kind}/{name}"


def documents(bill: Bill) -> list[Document]:
    return [
        Document(kind="fiscal_note", note=said(note.name), url=f"{API}{note.link}?format=pdf")
        for note in bill.latest_version.fiscal_notes
    ]


def action(line: Line) -> Action:
    """The governor's acts are told as of a house."""
    house = line.chamber.name.lower()
    if house not in CHAMBERS:
        raise PageChanged("House or Senate", line.chamber.name or "nothing")
    text = said(line.description)
    by_governor = re.search(r"\bgovernor\b", text, re.IGNORECASE)
    return Action(
        on=on(line.date or ""),
        text=text,
        chamber="executive" if by_governor else CHAMBERS[house],
    )


def votes(actions: Sequence[Action]) -> Iterator[Vote]:
    """Roll calls on the measure itself; those on amendments to it are told by the history only."""
    for one in actions:
        found = _ROLL_CALL.search(one.text)
        if found and not one.text.startswith("Amendment"):
            yes, no = map(int, found.groups())
            yield Vote(on=one.on, chamber=one.chamber, motion=one.text, yes=yes, no=no)


def committees(actions: Sequence[Action]) -> list[str]:
    found = (_COMMITTEE.search(one.text) for one in actions)
    return list(dict.fromkeys(one[1] for one in found if one))


def meets_on(printed: str) -> dt.date:
    plain = fold(printed).partition("T")[0]
    return day(plain, "%Y-%m-%d", "%B %d, %Y", "%m/%d/%Y")


def hour(printed: str) -> dt.time | None:
    return hour_if_told(printed, *_HOURS)


def committee(meeting: Meeting) -> str:
    house = meeting.committee.chamber.replace("(H)", "House").replace("(S)", "Senate")
    return fold(f"{house} {meeting.committee.name or ''}")
