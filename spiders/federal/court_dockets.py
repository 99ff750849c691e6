"""A docket as CourtListener's API tells it, and which of its suits are about cooperation."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct

from spiders.reading import PageChanged
from tracker.acts import FILED
from tracker.docket_rules import is_kept, ruling_of
from tracker.model import Action, Judgement, JurisdictionCode, Measure, Relation, Stance, fold
from tracker.paths import shipped
from tracker.places import places

SITE = "https://www.courtlistener.com"
_LONGEST_ENTRY = 4_000
# `3:26-cv-00967`, `1:16-cv-00745-PLF`; the appeals courts number by year and serial alone.
_CIVIL = re.compile(r"(?:\d+:)?(?P<year>\d\d)-cv-0*(?P<serial>\d{1,6})(?:-[A-Z-]+)?")
_APPEAL = re.compile(r"(?P<year>\d\d)-0*(?P<serial>\d{1,6})")
_DISTRICT = re.compile(r"([a-z]{2})[cemnsw]?d")
_PUBLIC = re.compile(
    r"\b(?:state|commonwealth|city|county|town|township|village|borough|sheriff|governor|mayor"
    r"|attorney general|district of columbia)\b",
    re.IGNORECASE,
)
_FEDERAL = re.compile(
    r"\b(?:united states|department of (?:homeland security|justice)|homeland security"
    r"|immigration and customs enforcement|trump|president)\b",
    re.IGNORECASE,
)
_UNITED_STATES = re.compile(r"(?:the )?united states(?: of america)?\b", re.IGNORECASE)


class Docket(Struct):
    """One docket of `/dockets/`; `blocked` ones are kept from search engines at someone's asking."""

    id: int
    court_id: Annotated[str, Meta(pattern=r"^[a-z0-9]{2,15}\Z")]
    docket_number: str | None
    case_name: str
    absolute_url: Annotated[str, Meta(pattern=r"^/docket/\d+/[\w-]*/?\Z")]
    date_filed: dt.date | None
    date_last_filing: dt.date | None
    date_modified: str
    cause: str = ""
    blocked: bool = False


class Found(Struct):
    """One docket of a search of `type=r`."""

    docket_id: int
    court_id: str
    caseName: str  # noqa: N815 - the API's own name
    docketNumber: str | None  # noqa: N815


class Paper(Struct):
    description: str = ""


class Entry(Struct):
    """One row of a docket, as `/docket-entries/` tells it."""

    date_filed: dt.date | None
    description: str = ""
    recap_documents: list[Paper] = []

    @property
    def text(self) -> str:
        """The row's own words, else those of its papers; "" where nobody has bought them."""
        own = fold(self.description)
        papers = "; ".join(
            filter(None, (fold(paper.description) for paper in self.recap_documents))
        )
        return (own or papers)[:_LONGEST_ENTRY]


class Suit(Struct, forbid_unknown_fields=True):
    """A row of `db/dockets.yaml`."""

    court: str
    number: Annotated[str, Meta(pattern=r"^\d\d-\d+\Z")]
    case_name: str
    jurisdiction: JurisdictionCode
    challenges: Annotated[str, Meta(pattern=r"^[^/]+/.+\Z")]
    stance: Stance
    source_url: str
    source_on: dt.date
    id: int = 0

    def is_this(self, court: str, docket_number: str | None, case_name: str) -> bool:
        """By court, year and serial; the names of the parties must then be in the caption."""
        if court != self.court or _core(docket_number) != self.number:
            return False
        words = [word.lower() for word in re.findall(r"\w{3,}", self.case_name)]
        if not all(word in case_name.lower() for word in words):
            raise PageChanged(f"{self.case_name} as {court} {self.number}", case_name)
        return True


class Place(NamedTuple):
    """Where a suit is kept: the first three parts of its measure."""

    jurisdiction: str
    session: str
    identifier: str


@cache
def named_suits() -> tuple[Suit, ...]:
    """The shipped list. Raises msgspec.ValidationError where a row is not as `Suit` has it."""
    body = (shipped("db") / "dockets.yaml").read_bytes()
    return tuple(msgspec.yaml.decode(body, type=list[Suit]))


def named(docket: Docket) -> Suit | None:
    """Raises PageChanged where a docket of that number has other parties."""
    for suit in named_suits():
        if suit.is_this(docket.court_id, docket.docket_number, docket.case_name):
            return suit
    return None


def _core(docket_number: str | None) -> str:
    """`23-967` of `3:23-cv-00967`; "" for what is no civil docket."""
    found = _CIVIL.fullmatch(docket_number or "") or _APPEAL.fullmatch(docket_number or "")
    return f"{found['year']}-{found['serial']}" if found else ""


def is_between_governments(case_name: str, docket_number: str | None) -> bool:
    """Whether a civil suit is between the United States and a state or locality, by its caption.

    Of other suits the caption tells nothing: they are named in `db/dockets.yaml` or left.
    """
    plaintiff, versus, defendant = re.sub(r"\bvs?\. ", " v. ", case_name).partition(" v. ")
    if not versus or not _core(docket_number):
        return False
    against_them = _UNITED_STATES.match(plaintiff.strip()) and _is_public(defendant)
    by_them = _is_public(plaintiff) and _FEDERAL.search(defendant)
    return bool(against_them or by_them)


def _is_public(party: str) -> bool:
    """`State of New Jersey`, `City of Chicago`, or a state's bare name."""
    if _UNITED_STATES.match(party.strip()):
        return False
    names = {place.name.lower() for place in places().values()}
    return bool(_PUBLIC.search(party)) or party.strip(" .").lower() in names


def place_of(docket: Docket, suit: Suit | None) -> Place:
    """A suit of the United States is about the state or locality whose court it is in; others are
    about federal policy. Raises PageChanged for a docket without a number or a day."""
    if not docket.docket_number or docket.date_filed is None:
        raise PageChanged("a docket with its number and day", str(docket.id))
    identifier = f"{docket.court_id.upper()} {fold(docket.docket_number)}"
    if suit:
        jurisdiction = suit.jurisdiction
    elif _UNITED_STATES.match(docket.case_name.strip()):
        jurisdiction = _state_of(docket.court_id)
    else:
        jurisdiction = "us"
    return Place(jurisdiction, str(docket.date_filed.year), identifier)


def _state_of(court: str) -> str:
    found = _DISTRICT.fullmatch(court)
    code = f"us-{found[1]}" if found else "us"
    return code if code in places() else "us"


def measure_of(docket: Docket, place: Place, suit: Suit | None, entries: list[Action]) -> Measure:
    """`entries` are the steps that are kept, oldest first."""
    filed = docket.date_filed
    told = [action for action in entries if ruling_of(action.text) == "filed"]
    begun = [Action(on=filed, text=FILED)] if filed and not told else []
    session, _, identifier = suit.challenges.partition("/") if suit else ("", "", "")
    return Measure(
        **place._asdict(),
        kind="court_ruling",
        title=docket.case_name,
        abstract=docket.cause,
        url=SITE + docket.absolute_url,
        issued_on=filed,
        actions=[*begun, *entries],
        relations=[Relation(kind="challenges", identifier=identifier, session=session)]
        if suit
        else [],
    )


def judgement_of(place: Place, suit: Suit) -> Judgement:
    """A suit takes the stance of the measure it is about."""
    return Judgement(
        **place._asdict(),
        source_url=suit.source_url,
        source_on=suit.source_on,
        entered_by="the list of named suits",
        stance=suit.stance,
    )


def steps(entries: list[Entry]) -> list[Action]:
    """The entries that are kept."""
    return [
        Action(on=entry.date_filed, text=entry.text)
        for entry in entries
        if entry.date_filed and is_kept(entry.text)
    ]
