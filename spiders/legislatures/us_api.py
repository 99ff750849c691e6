"""Lists of api.congress.gov, version 3: https://github.com/LibraryOfCongress/api.congress.gov"""

from __future__ import annotations

from msgspec import Struct

from spiders.legislatures.us_billstatus import human_page, kind_of
from spiders.reading import day, match
from tracker.model import Listing


class LatestAction(Struct, rename="camel"):
    action_date: str
    text: str


class Bill(Struct, rename="camel"):
    """`title` is empty where a number is reserved for the Speaker or the minority leader."""

    congress: int
    type: str
    number: str
    title: str = ""
    latest_action: LatestAction | None = None


class Pagination(Struct):
    count: int


class Bills(Struct):
    bills: list[Bill]
    pagination: Pagination


class Summary(Struct):
    bill: Bill
    text: str = ""


class Summaries(Struct):
    summaries: list[Summary]
    pagination: Pagination


def listing_of(bill: Bill) -> Listing:
    congress, last = str(bill.congress), bill.latest_action
    return Listing(
        jurisdiction="us",
        session=congress,
        identifier=f"{bill.type} {match('[1-9][0-9]*', bill.number).group()}",
        kind=kind_of(bill.type),
        title=bill.title,
        last_action=last.text if last else "",
        last_action_on=day(last.action_date, "%Y-%m-%d") if last else None,
        url=human_page(congress, bill.type, bill.number),
    )
