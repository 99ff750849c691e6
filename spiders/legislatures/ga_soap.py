"""Georgia's SOAP services: what is sent, and sessions, rows and bills of what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from spiders.legislatures.ga_bill import (
    Bill,
    Paper,
    Status,
    Tally,
    identifier,
    listing,
    session_name,
)
from spiders.reading import PageChanged, match, said
from tracker.model import Listing, fold

SERVICES = "http://webservices.legis.ga.gov/GGAServices"
_NAMES = "http://www.legis.ga.gov/2009/01/01"
_ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    '<s:Body><{call} xmlns="{names}/services/" xmlns:d="{names}/data/">{arguments}</{call}></s:Body>'
    "</s:Envelope>"
)


class Session(NamedTuple):
    id: int
    name: str


def envelope(call: str, arguments: str = "") -> bytes:
    return _ENVELOPE.format(call=call, names=_NAMES, arguments=arguments).encode()


def headers(contract: str, call: str) -> dict[str, str]:
    return {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{_NAMES}/services/{contract}/{call}"',
    }


def search_arguments(session_id: int, size: int, start: int) -> str:
    constraints = f"<d:Session><d:Id>{session_id}</d:Id></d:Session>"
    return (
        f"<Constraints>{constraints}</Constraints>"
        f"<PageSize>{size}</PageSize><StartIndex>{start}</StartIndex>"
    )


def sessions(root: etree._Element) -> Iterator[Session]:
    for one in root.iterfind(".//{*}GetSessionsResult/{*}Session"):
        yield Session(_whole(one, "Id"), session_name(said(one, "{*}Description")))


def result(root: etree._Element, call: str) -> etree._Element | None:
    """What was asked for, where this is the answer to that call; it may be told as nil."""
    return root.find(f".//{{*}}{call}Response/{{*}}{call}Result")


def rows(found: etree._Element) -> list[tuple[int, Listing]]:
    return [_row(one) for one in _each(found, "Page", "LegislationSearchResult")]


def total(found: etree._Element) -> int:
    return _whole(found, "Total")


def _row(one: etree._Element) -> tuple[int, Listing]:
    bill_id = _whole(one, "Id")
    status = one.find("{*}Status")
    last = _status(status) if status is not None and len(status) else None
    session = session_name(said(one, "{*}Session/{*}Description"))
    return bill_id, listing(bill_id, session, _identifier(one), said(one, "{*}Caption"), last)


def bill(found: etree._Element) -> Bill:
    library = said(found, "{*}Session/{*}Library")
    return Bill(
        id=_whole(found, "Id"),
        session=session_name(said(found, "{*}Session/{*}Description")),
        library=match(r"(?:.*/)?(\w+)/?", library)[1],
        identifier=_identifier(found),
        title=said(found, "{*}Caption"),
        summary=_words(found, "Summary"),
        signers=list(_signers(found)),
        committees=[
            f"{said(one, '{*}Type')} {said(one, '{*}Name')}"
            for one in _each(found, "Committees", "CommitteeListing")
        ],
        papers=[
            Paper(_whole(one, "Id"), said(one, "{*}Description"), _whole(one, "Version"))
            for one in _each(found, "Versions", "DocumentDescription")
        ],
        history=[_status(one) for one in _each(found, "StatusHistory", "StatusListing")],
        tallies=[_tally(one) for one in _each(found, "Votes", "VoteListing")],
    )


def _identifier(one: etree._Element) -> str:
    return identifier(said(one, "{*}DocumentType"), said(one, "{*}Number"), _words(one, "Suffix"))


def _signers(found: etree._Element) -> Iterator[str]:
    """Authors in the order they signed, then the one who carries the bill in the other chamber."""
    authors = _each(found, "Authors", "Sponsorship")
    for one in sorted(authors, key=lambda one: _whole(one, "Sequence")):
        yield said(one, "{*}MemberDescription")
    for one in found.iterfind("{*}Sponsor"):
        if len(one):
            yield said(one, "{*}MemberDescription")


def _each(found: etree._Element, name: str, item: str) -> list[etree._Element]:
    """The items of a list, which stands there even where it is empty, and holds nothing else."""
    container = found.find(f"{{*}}{name}")
    items = [] if container is None else container.findall(f"{{*}}{item}")
    if container is None or len(items) != len(container):
        raise PageChanged(f"<{name}> of <{item}>", "none" if container is None else "other items")
    return items


def _status(one: etree._Element) -> Status:
    return Status(_day(one), said(one, "{*}Description"))


def _tally(one: etree._Element) -> Tally:
    return Tally(
        on=_day(one),
        branch=said(one, "{*}Branch"),
        caption=_words(one, "Caption"),
        yeas=_whole(one, "Yeas"),
        nays=_whole(one, "Nays"),
    )


def _day(one: etree._Element) -> dt.date:
    printed = said(one, "{*}Date")
    try:
        return dt.datetime.fromisoformat(printed).date()
    except ValueError as error:
        raise PageChanged("a day and an hour", printed) from error


def _whole(one: etree._Element, name: str) -> int:
    return int(match(r"\d{1,9}", said(one, f"{{*}}{name}"))[0])


def _words(one: etree._Element, name: str) -> str:
    """The text of a child that may be told as nil."""
    return fold(one.findtext(f"{{*}}{name}") or "")
