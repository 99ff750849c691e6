"""Delaware: JSON feeds by step, a history and a page for each measure, texts as HTML."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_STEPS = {"IntroducedLegislation": "IntroducedDate", "CommitteeLegislation": "ActionDate"}
_FEED = re.compile(
    r"/json/JsonFeed/((?:Introduced|Committee|OutOfCommittee|HousePassed|SenatePassed"
    r"|GovernorSigned|Stricken)Legislation)"
)
_BEHIND = "/json/BillDetail/"
_MEETINGS = "/json/CommitteeMeetings/GetUpcomingCommitteeMeetingsByCommitteeTypeId"
_SENTENCES = (
    "Introduced and Assigned to Judiciary Committee in {1}",
    "was introduced and adopted in lieu of {0}",
)
_FIRST_ID = 140_000


class Simulated(Site):
    """A bill that moves is replaced by a substitute, which has a number and a history of its own."""

    def answer(self, asked: Asked) -> Reply:
        if found := _FEED.fullmatch(asked.path):
            return as_json({"Items": self._feed(found[1])})
        if asked.path == "/BillDetail":
            return Reply(_page(*self._bill(asked.query["LegislationId"])))
        if asked.path == f"{_BEHIND}GenerateHtmlDocument":
            return Reply(_text(*self._bill(asked.query["legislationId"])))
        # What does not come as the site's own script asks is refused.
        if asked.method != "POST" or "x-requested-with" not in asked.headers:
            return Reply(b"Forbidden", "text/plain", 403)
        if asked.path == f"{_BEHIND}GetRecentReportsByLegislationId":
            return as_json(_history(*self._bill(asked.form["legislationId"])))
        return as_json({"Data": [], "Total": 0}) if asked.path == _MEETINGS else NOTHING

    def _bill(self, number: str) -> tuple[Bill, int]:
        """The measure of an id, and which of its texts: 1 is the substitute."""
        rest, nth = divmod(int(number) - _FIRST_ID, 2)
        return self.world.bill(rest // 2, upper=rest % 2 == 1), nth

    def _feed(self, name: str) -> list[dict[str, Any]]:
        if name not in _STEPS:
            return []
        return [
            _item(bill, nth, {_STEPS[name]: f"{day}T00:00:00"})
            for bill in self.world.bills()
            for nth, day in enumerate(bill.steps)
        ]


def _id(bill: Bill, nth: int) -> int:
    return _FIRST_ID + (bill.number * 2 + bill.upper) * 2 + nth


def _name(bill: Bill, nth: int) -> str:
    letter = "S" if bill.upper else "H"
    return f"{letter}S 1 for " * nth + f"{letter}B {bill.number}"


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _item(bill: Bill, nth: int, on: dict[str, str]) -> dict[str, Any]:
    return {
        "GeneralAssemblySession": 153,
        "Title": _name(bill, nth),
        "LongTitle": bill.title.upper(),
        "Synopsis": f"{bill.title}.\r\n",
        "Link": f"https://legis.delaware.gov/BillDetail?legislationId={_id(bill, nth)}",
        **on,
    }


def _history(bill: Bill, nth: int) -> dict[str, Any]:
    day = bill.steps[nth]
    line = {
        "LegislationId": _id(bill, nth),
        "LegislationActionLogId": 1,
        "ActionDescription": _SENTENCES[nth].format(_name(bill, 0), _house(bill)),
        "OccuredAtDateTime": f"{day.month}/{day.day}/{day:%y}",
        "ChamberName": _house(bill),
    }
    return {"Data": [line], "Total": 1, "AggregateResults": None, "Errors": None}


def _page(bill: Bill, nth: int) -> str:
    told = {
        "Additional Sponsor(s):": "Rep. Nobody",
        "Original Text:": '<a href="#">View HTML</a>',
        "Volume:Chapter:": "N/A",
        "Effective Date:": "N/A",
        "Sunset Date:": "N/A",
    }
    groups = "".join(
        f'<div class="info-group"><label>{label}</label><div>{value}</div></div>'
        for label, value in told.items()
    )
    return (
        "<!DOCTYPE html>\n<html><head><title>Bill Detail - Delaware General Assembly</title></head>"
        f"<body><h2>{_name(bill, nth)}</h2>{groups}"
        '<div id="RecentReports"><p>No Records Available</p></div></body></html>'
    )


def _text(bill: Bill, nth: int) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="UTF-8" />'
        "<title>Legislation Document</title></head><body><div><table><tr><td><p>SPONSOR:  </p></td>"
        "<td><p>Rep. Nobody</p></td></tr><tr><td><p></p></td></tr></table></div>"
        f"<p>153rd GENERAL ASSEMBLY</p><p>{bill.words(nth + 1)}</p></body></html>"
    )
