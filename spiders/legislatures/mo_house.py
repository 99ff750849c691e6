"""The XML of the Missouri House: a measure with its whole history, and hearings to come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal
from zoneinfo import ZoneInfo

from lxml import etree

from spiders.answer import Answer
from spiders.legislatures.mo_addresses import (
    HOUSE,
    chamber_of,
    house_page,
    kind_of,
    measure_of_file,
    session_of_file,
)
from spiders.reading import PageChanged, day, measure_number, said
from spiders.told import told_hour
from tracker.model import Action, Chamber, Document, Hearing, Measure, Sponsor, Version, Vote, fold

TIMEZONE = "America/Chicago"
_ROLES: dict[str, Literal["primary", "cosponsor"]] = {
    "Sponsor": "primary",
    "Co-Sponsor": "cosponsor",
}
# They carry the bill in the other chamber or in conference, and sponsor nothing.
_NO_SPONSORS = {"Handler", "HouseConferee", "SenateConferee"}
_MARK = re.compile(r"\(([HSG])\)\s*$")
_MARKS: dict[str, Chamber] = {"H": "lower", "S": "upper", "G": "executive"}
_REFERRED = re.compile(r"(?:Second read and )?referred: (.+?) ?\([HS]\)", re.IGNORECASE)
_HEARING = ("HearingInfo", "HearingXML")
_DAYS = ("%m/%d/%Y", "%A, %B %d, %Y", "%B %d, %Y", "%Y-%m-%d")
_HOUR = re.compile(r"(\d{1,2}) ?:(\d\d) ?([AP])\.?M\b", re.IGNORECASE)
# "HB 1790", "HCS HB 1790", "HBs 882 & 518".
_BILLS = re.compile(r"\b(H(?:B|JR|CR|R|EC|RM)|S(?:B|JR|CR|R|RM))s? (\d+(?:(?: ?[,&] ?| and )\d+)*)")


def measure(answer: Answer) -> Measure:
    root = answer.xml()
    found = measure_of_file(answer.url)
    bill = root.find("BillInformation")
    if bill is None or measure_number(said(bill, "BillNumber")) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", _told(root))
    actions = [_action(row) for row in bill.findall("Action")]
    if _maybe(bill, "LastAction") and not actions:
        raise PageChanged(f"actions up to {said(bill, 'LastAction')}", "none")
    return Measure(
        jurisdiction="us-mo",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber=chamber_of(found.identifier),
        title=_maybe(bill, "Title/LongTitle") or _maybe(bill, "Title/ShortTitle") or None,
        url=house_page(found.session, found.identifier),
        subjects=[said(row, "SubjectName") for row in bill.findall("SubjectIndex")],
        committees=committees(actions),
        sponsors=list(_sponsors(bill)),
        actions=sorted(actions, key=lambda action: action.on),
        versions=list(_versions(bill)),
        documents=list(_documents(bill)),
        votes=[_vote(row) for row in bill.findall("Action") if row.find("RollCall") is not None],
    )


def _told(element: etree._Element) -> str:
    told: bytes = etree.tostring(element)
    return told[:200].decode()


def _maybe(element: etree._Element, path: str) -> str:
    return fold(element.findtext(path) or "")


def _action(row: etree._Element) -> Action:
    description, comments = said(row, "Description"), _maybe(row, "Comments")
    return Action(
        on=day(said(row, "PubDate"), "%Y-%m-%d"),
        text=f"{description} - {comments}" if comments else description,
        chamber=acting(description),
    )


def acting(description: str) -> Chamber:
    """The mark at the end tells; of lines without one only the governor's are sure."""
    if found := _MARK.search(description):
        return _MARKS[found[1]]
    return "executive" if re.search(r"\bGovernor\b", description) else ""


def _vote(row: etree._Element) -> Vote:
    action = _action(row)
    yes, no = (said(row, f"RollCall/{name}") for name in ("TotalYes", "TotalNo"))
    if not (yes.isdecimal() and no.isdecimal()):
        raise PageChanged("numbers of a roll call", f"{yes}, {no}")
    return Vote(
        on=action.on,
        chamber=action.chamber,
        motion=said(row, "Description"),
        yes=int(yes),
        no=int(no),
    )


def committees(actions: list[Action]) -> list[str]:
    found = (_REFERRED.match(action.text) for action in actions)
    return list(dict.fromkeys(one[1] for one in found if one))


def _sponsors(bill: etree._Element) -> Iterator[Sponsor]:
    for row in bill.findall("Sponsor"):
        kind = said(row, "SponsorType")
        if kind in _ROLES:
            yield Sponsor(name=said(row, "FullName"), role=_ROLES[kind])
        elif kind not in _NO_SPONSORS:
            raise PageChanged(f"one of {', '.join((*_ROLES, *_NO_SPONSORS))}", kind)


def _versions(bill: etree._Element) -> Iterator[Version]:
    for row in bill.findall("BillText"):
        yield Version(
            note=said(row, "DocumentName"),
            url=said(row, "BillTextLink"),
            media_type="application/pdf",
        )


def _documents(bill: etree._Element) -> Iterator[Document]:
    for row in bill.findall("FiscalNote"):
        yield Document(kind="fiscal_note", note="Fiscal note", url=said(row, "FiscalNoteLink"))
    for row in bill.findall("BillSummary"):
        note = f"Summary: {said(row, 'DocumentName')}"
        yield Document(kind="analysis", note=note, url=said(row, "SummaryTextLink"))
    for row in bill.findall("Amendment"):
        name = _maybe(row, "AmendmentDescription") or said(row, "LRNumber")
        status = said(row, "StatusDescription")
        yield Document(kind="other", note=f"{name} ({status})", url=said(row, "AmendmentText"))


def hearings(answer: Answer) -> Iterator[Hearing]:
    session = session_of_file(answer.url)
    for row in answer.xml():
        if row.tag not in _HEARING:
            raise PageChanged(f"hearings, each in a <{_HEARING[0]}>", f"<{row.tag}>")
        for bill in row.findall("HearingBills/HearingBill"):
            for identifier in _named(said(bill, "CurrentBillString")):
                yield _hearing(row, session, identifier)


def _named(printed: str) -> Iterator[str]:
    """Every measure that a string names; substitutes go before the number, which stays."""
    found = _BILLS.findall(printed)
    if not found:
        raise PageChanged("the number of a measure", printed)
    for letters, numbers in found:
        for number in re.findall(r"\d+", numbers):
            yield measure_number(f"{letters} {number}")


def _hearing(row: etree._Element, session: str, identifier: str) -> Hearing:
    """ "8:00 AM", or with words after it ("or upon adjournment"), which stay in the note."""
    on = day(said(row, "HearingDate").partition(" - ")[0], *_DAYS)
    printed = _maybe(row, "HearingTime")
    status = _maybe(row, "HearingStatus")
    hour = _HOUR.match(printed)
    remarks = ("" if _HOUR.fullmatch(printed) else printed, status, _maybe(row, "Comments"))
    return Hearing(
        jurisdiction="us-mo",
        session=session,
        identifier=identifier,
        on=on,
        starts_at=_moment(on, hour) if hour else None,
        timezone=TIMEZONE,
        committee=said(row, "CommitteeName"),
        place=_maybe(row, "HearingLocation"),
        note="; ".join(filter(None, remarks)),
        status="cancelled" if status.lower().startswith("cancel") else "scheduled",
        url=f"{HOUSE}/HearingsTimeOrder.aspx",
    )


def _moment(on: dt.date, hour: re.Match[str]) -> dt.datetime:
    clock = f"{hour[1]}:{hour[2]} {hour[3].upper()}M"
    time = told_hour(clock)
    return dt.datetime.combine(on, time, ZoneInfo(TIMEZONE))
