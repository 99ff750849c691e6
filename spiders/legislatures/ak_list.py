"""The list of bills of Alaska's BASIS service, in the two forms it answers in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from spiders.answer import Answer
from spiders.reading import said
from tracker.model import fold


class Row(NamedTuple):
    """A bill of the list; `full_title` is empty where the answer has none."""

    number: str
    short_title: str
    full_title: str
    status: str
    status_day: str


class _Bill(Struct, rename="pascal"):
    """`full_title` is quoted and begins with a blank."""

    bill_number: str
    short_title: str
    full_title: str | None
    status_text: str
    status_date: str | None


class _Basis(Struct, rename="pascal"):
    bills: list[_Bill]


class _Found(Struct, rename="pascal"):
    basis: _Basis


def rows(answer: Answer) -> Iterator[Row]:
    """JSON is what a crawl asks for; XML, without full titles, is what the service prefers."""
    return _from_xml(answer) if answer.body.lstrip()[:1] == b"<" else _from_json(answer)


def unquoted(printed: str) -> str:
    return fold(printed).strip('" ')


def _from_json(answer: Answer) -> Iterator[Row]:
    for bill in answer.json(_Found).basis.bills:
        yield Row(
            number=bill.bill_number,
            short_title=fold(bill.short_title),
            full_title=unquoted(bill.full_title or ""),
            status=fold(bill.status_text),
            status_day=bill.status_date or "",
        )


def _from_xml(answer: Answer) -> Iterator[Row]:
    for bill in answer.xml().iterfind("{*}Bills/{*}Bill"):
        yield Row(
            number=bill.get("billnumber", ""),
            short_title=said(bill, "{*}ShortTitle"),
            full_title=unquoted(bill.findtext("{*}Title") or ""),
            status=fold(bill.findtext("{*}StatusText") or ""),
            status_day=fold(bill.findtext("{*}StatusDate") or ""),
        )
