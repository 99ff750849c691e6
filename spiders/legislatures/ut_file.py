"""The file of one bill in Utah, and how bills, files and texts are addressed."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from msgspec import Struct, field

from spiders.reading import PageChanged, match, measure_number
from tracker.model import Kind, fold

SITE = "https://le.utah.gov"
JURISDICTION = "us-ut"
_ADDRESS = re.compile(
    r"https://le\.utah\.gov/~(?P<session>\d{4}(?:[SXY]\w)?)/bills/static"
    r"/(?P<number>[HS](?:B|R|JR|CR)\d+)\.html"
)
_TEXT_ADDRESS = re.compile(
    r"https://le\.utah\.gov/Session/(?P<session>\d{4}(?:[SXY]\w)?)/bills"
    r"/(?P<folder>introduced|enrolled)/(?P<number>[HS](?:B|R|JR|CR)\d+?)(?:S(?P<substitute>\d\d))?"
    r"\.(?:xml|pdf)"
)
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y")


class Entry(Struct, rename="camel"):
    """`vote_str` is "72 0 3": yes, no, absent; empty where nobody voted, or by voice."""

    description: str
    action_date: str
    owner: str | None = None
    vote_str: str | None = None
    vote_house: str | None = None
    vote_id: str | None = field(default=None, name="voteID")


class Subject(Struct):
    description: str


class CoSponsor(Struct, rename="camel"):
    """The site's own pages read `name`; `sponsorName` was seen too."""

    name: str | None = None
    sponsor_name: str | None = None


class File(Struct, rename="camel"):
    short_desc: str
    file_type: str
    url: str
    file_date: str | None = None


class BillVersion(Struct, rename="camel"):
    bill_docs: list[File]
    active_version: bool = False
    subject_list: list[Subject] = []
    co_sponsor_list: list[CoSponsor] = []


class Meeting(Struct, rename="camel"):
    """`upcomming` is the site's spelling."""

    upcomming: bool = False
    mtg_date: str | None = None
    mtg_place: str | None = None
    committee_name: str | None = None
    agenda_url: str | None = field(default=None, name="agendaURL")


class Bill(Struct, rename="camel"):
    session_id: str = field(name="sessionID")
    bill_number: str
    short_title: str
    action_history_list: list[Entry]
    bill_version_list: list[BillVersion]
    general_provisions: str | None = None
    highlighted_provisions: str | None = None
    prime_sponsor_name: str | None = None
    floor_sponsor_name: str | None = None
    agenda_list: list[Meeting] = []


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def session_name(code: str) -> str:
    """`2026` for `2026GS`; special sessions keep their code."""
    return code.removesuffix("GS")


def code_of(session: str) -> str:
    return f"{session}GS" if session.isdigit() else session


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(found["session"], measure_number(found["number"]), url)


def data_url(code: str, identifier: str) -> str:
    """`HB 386` of `2026GS` stands in `/data/2026GS/HB0386.json`: names have six characters."""
    letters, number = identifier.split()
    return f"{SITE}/data/{code}/{letters}{number.zfill(6 - len(letters))}.json"


def named_in_text_url(url: str) -> dict[str, str]:
    """Empty for amended texts, whose name the address does not tell."""
    found = _TEXT_ADDRESS.fullmatch(url)
    if found is None:
        return {}
    note = f"Substitute #{int(found['substitute'])}" if found["substitute"] else "Introduced"
    return {
        "jurisdiction": JURISDICTION,
        "session": found["session"],
        "identifier": measure_number(found["number"]),
        "note": "Enrolled" if found["folder"] == "enrolled" else note,
    }


def without_info(body: bytes) -> bytes:
    """A text without the list of sections that stands before it and is never printed."""
    for encoding in ("utf-8", "utf-16-le"):
        begin, end = (re.escape(mark.encode(encoding)) for mark in ("<info>", "</info>"))
        body = re.sub(begin + b".*?" + end, b"", body, flags=re.DOTALL)
    return body


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.partition(" ")[0].endswith("B") else "resolution"


def moment(printed: str) -> dt.datetime:
    """Local time; midnight where only the day is printed."""
    folded = re.sub(r"\.\d+$", "", fold(printed))
    for form in _MOMENTS:
        try:
            return dt.datetime.strptime(folded, form)  # noqa: DTZ007 - the zone is the site's
        except ValueError:
            continue
    raise PageChanged(f"a moment as {' or '.join(_MOMENTS)}", printed)
