"""A bill as LegiScan's API gives it (`getBill`): https://legiscan.com/legiscan"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from spiders.reading import PageChanged, day
from tracker.identifiers import official_identifier
from tracker.model import Action, Chamber, Document, Kind, Measure, Relation, Sponsor, Version, Vote
from tracker.model import fold as folded
from tracker.sessions import regular_session

_CHAMBERS: dict[str, Chamber] = {"H": "lower", "A": "lower", "S": "upper", "": ""}
# `bill_type`: bills, and what a house resolves, alone, with the other, or to amend a constitution.
_KINDS: dict[str, Kind] = {
    "B": "bill",
    "R": "resolution",
    "CR": "resolution",
    "JR": "resolution",
    "JRCA": "resolution",
    "CA": "resolution",
    "M": "resolution",
    "CM": "resolution",
    "JM": "resolution",
}
_COMPANIONS = frozenset({"Same As", "Crossfiled"})


class Session(Struct):
    """`special` is 1 for a special session; `year_end` is `year_start` where each year has its own."""

    year_start: int
    year_end: int
    special: int = 0
    session_name: str = ""


class Step(Struct):
    date: str
    action: str
    chamber: str = ""


class Member(Struct):
    name: str
    sponsor_type_id: int = 0


class Subject(Struct):
    subject_name: str


class SameAs(Struct):
    type: str
    sast_bill_number: str


class Text(Struct):
    type: str
    date: str = ""
    mime: str = ""
    url: str = ""
    state_link: str = ""


class RollCall(Struct):
    date: str
    desc: str
    yea: int
    nay: int
    chamber: str = ""
    state_link: str = ""


class Supplement(Struct):
    type: str
    title: str = ""
    url: str = ""
    state_link: str = ""


class Bill(Struct):
    bill_id: int
    session: Session
    state: str
    bill_number: str
    bill_type: str
    title: str
    description: str = ""
    url: str = ""
    state_link: str = ""
    body: str = ""
    history: list[Step] = []
    sponsors: list[Member] = []
    subjects: list[Subject] = []
    sasts: list[SameAs] = []
    texts: list[Text] = []
    votes: list[RollCall] = []
    supplements: list[Supplement] = []


class BillAnswer(Struct):
    bill: Bill


def jurisdiction_of(state: str) -> str:
    """`us-va` for `VA`, `us` for Congress."""
    return "us" if state == "US" else f"us-{state.lower()}"


def measure_of(bill: Bill) -> Measure | str:
    """The measure, or why it is none of ours. Raises PageChanged where a part can't be read."""
    kind = _KINDS.get(bill.bill_type)
    if kind is None:
        return f"no measure: of type {bill.bill_type}"
    if bill.session.special:
        return "a special session, whose name LegiScan does not tell"
    jurisdiction = jurisdiction_of(bill.state)
    session = regular_session(jurisdiction, bill.session.year_start, bill.session.year_end)
    if session is None:
        return f"a session of {jurisdiction}, which has no rule for its name"
    return Measure(
        jurisdiction=jurisdiction,
        session=session,
        identifier=_identifier(jurisdiction, bill.bill_number),
        kind=kind,
        chamber=_chamber(bill.body),
        title=folded(bill.title),
        abstract=folded(bill.description),
        url=bill.state_link or bill.url,
        **_parts(bill, jurisdiction),
    )


def _parts(bill: Bill, jurisdiction: str) -> dict[str, Any]:
    return {
        "subjects": [folded(one.subject_name) for one in bill.subjects],
        "sponsors": [_sponsor(one) for one in bill.sponsors if folded(one.name)],
        "actions": _actions(bill.history),
        "versions": [_version(one) for one in bill.texts],
        "documents": list(_documents(bill.supplements)),
        "votes": [_vote(one) for one in bill.votes],
        "relations": list(_companions(bill.sasts, jurisdiction)),
    }


def _identifier(jurisdiction: str, printed: str) -> str:
    try:
        return official_identifier(jurisdiction, printed, by="legiscan")
    except ValueError as error:
        raise PageChanged("the number of a measure", printed or "nothing") from error


def _chamber(letter: str) -> Chamber:
    """Of a unicameral legislature the letter is another, and says nothing."""
    return _CHAMBERS.get(letter, "legislature" if letter == "L" else "")


def day_of(printed: str) -> dt.date:
    return day(printed, "%Y-%m-%d")


def _actions(history: Sequence[Step]) -> list[Action]:
    """Told oldest first."""
    return [
        Action(on=day_of(one.date), chamber=_chamber(one.chamber), text=folded(one.action))
        for one in history
    ]


def _sponsor(member: Member) -> Sponsor:
    role: Any = "primary" if member.sponsor_type_id == 1 else "cosponsor"
    return Sponsor(name=folded(member.name), role=role)


def _version(text: Text) -> Version:
    known = text.date not in {"", "0000-00-00"}
    return Version(
        note=folded(text.type) or "text",
        url=text.state_link or text.url,
        published_on=day_of(text.date) if known else None,
        media_type=text.mime,
    )


def _documents(supplements: Sequence[Supplement]) -> Iterator[Document]:
    for one in supplements:
        kind: Any = {"Fiscal Note": "fiscal_note", "Veto Message": "veto_message"}.get(
            one.type, "analysis" if "Analysis" in one.type else "other"
        )
        if url := one.state_link or one.url:
            yield Document(kind=kind, note=folded(one.title or one.type), url=url)


def _vote(call: RollCall) -> Vote:
    return Vote(
        on=day_of(call.date),
        chamber=_chamber(call.chamber),
        motion=folded(call.desc),
        yes=call.yea,
        no=call.nay,
        url=call.state_link,
    )


def _companions(sasts: Sequence[SameAs], jurisdiction: str) -> Iterator[Relation]:
    for one in sasts:
        if one.type in _COMPANIONS:
            yield Relation(
                kind="companion", identifier=_identifier(jurisdiction, one.sast_bill_number)
            )
