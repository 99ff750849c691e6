"""A bill of the Bill History file: element `bill` of the root `historyExport`."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from spiders.legislatures.pa_history import (
    Printed,
    bill_url,
    chamber_of,
    is_remark,
    kind_of,
    oldest_first,
    printed,
    session_name,
    version,
)
from spiders.reading import PageChanged, day, match, measure_number, said
from tracker.model import Chamber, Document, Measure, Sponsor, Version, fold

_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "E": "executive"}


def measure_of(bill: etree._Element) -> Measure:
    year, index = said(bill, "sessionYear"), said(bill, "session")
    body, letter = said(bill, "body"), said(bill, "type")
    number = f"{body}{letter}{int(match(r'[0-9]+', said(bill, 'number')).group())}"
    lines = _lines(bill)
    memos = _memos(bill)
    return Measure(
        jurisdiction="us-pa",
        session=session_name(year, index),
        identifier=measure_number(number),
        kind=kind_of(letter),
        chamber=chamber_of(body),
        title=said(bill, "shortTitle"),
        abstract="; ".join(memo.note for memo in memos),
        url=bill_url(year, index, number),
        sponsors=_sponsors(bill),
        actions=[line.action for line in lines],
        versions=_versions(bill),
        documents=memos,
        votes=[vote for line in lines for vote in line.votes()],
    )


def _lines(bill: etree._Element) -> list[Printed]:
    """Oldest first, as the file has them."""
    return [
        printed(said(action, "fullAction"), _chamber(action), _day(action))
        for action in bill.iterfind("actionHistory/action")
        if not is_remark(said(action, "fullAction"))
    ]


def _chamber(action: etree._Element) -> Chamber:
    letter = action.get("actionChamber", "")
    if letter not in _CHAMBERS:
        raise PageChanged("H, S or E as the chamber of an action", letter or "nothing")
    return _CHAMBERS[letter]


def _day(action: etree._Element) -> dt.date | None:
    told = fold(action.findtext("date") or "")
    return day(told, "%m/%d/%y") if told else None


def _sponsors(bill: etree._Element) -> list[Sponsor]:
    """In the order of `sequenceNumber`, the first of which is the prime sponsor's."""
    found = sorted(
        bill.iterfind("sponsors/sponsor"), key=lambda one: int(one.get("sequenceNumber", "0"))
    )
    return [
        Sponsor(name=fold(one.text or ""), role="cosponsor" if place else "primary")
        for place, one in enumerate(found)
    ]


def _versions(bill: etree._Element) -> list[Version]:
    """The day of a text is that of the action which brought it about, as the site prints it."""
    days: dict[str, dt.date] = {}
    for action in bill.iterfind("actionHistory/action"):
        on = _day(action)
        if on:
            days.setdefault(fold(action.findtext("printersNumber") or ""), on)
    numbers = [(fold(one.text or ""), one) for one in bill.iterfind("printersNumberHistory/number")]
    return oldest_first(
        version(match(r"[0-9]+", number).group(), one.get("billTextPdfUrl", ""), days.get(number))
        for number, one in numbers
    )


def _memos(bill: etree._Element) -> list[Document]:
    """Memos to other members, whose names say in a line what a bill is for."""
    return [
        Document(kind="memo", note=fold(memo.text or ""), url=memo.get("memoUrl", ""))
        for memo in bill.iterfind("cosponsorshipMemo")
        if fold(memo.text or "")
    ]
