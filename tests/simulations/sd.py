"""South Dakota: JSON for the list of all bills, which tells no movement, and four more for each."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_ONE = re.compile(r"/api/Bills/(ActionLog/|Versions/|)(\d+)")
_TEXT = re.compile(r"/api/Documents/(\d+)([12])\.pdf")
_VERSIONS = ("Introduced", "House Judiciary Engrossed")
# A bill's number at the site says the house, too.
_HOUSE, _SENATE = 30_000, 40_000


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.host == "mylrc.sdlegislature.gov":
            return self._text(asked.path)
        if asked.path == "/api/Sessions":
            return as_json([{"SessionId": 71, "Year": "2026", "CurrentSession": True}])
        if asked.path == "/api/Documents/Schedule":
            return as_json({"sessionMeetings": []})
        if asked.path == "/api/Bills/Session/Light/71":
            return as_json([_row(bill) for bill in self.world.bills()])
        if found := _ONE.fullmatch(asked.path):
            made = {"ActionLog/": _log, "Versions/": _versions, "": _details}[found[1]]
            return as_json(made(self._bill(int(found[2]))))
        return NOTHING

    def _bill(self, number: int) -> Bill:
        upper = number > _SENATE
        return self.world.bill(number - (_SENATE if upper else _HOUSE), upper=upper)

    def _text(self, path: str) -> Reply:
        found = _TEXT.fullmatch(path)
        return as_pdf(self._bill(int(found[1])).words(int(found[2]))) if found else NOTHING


def _number(bill: Bill) -> int:
    return bill.number + (_SENATE if bill.upper else _HOUSE)


def _row(bill: Bill) -> dict[str, Any]:
    printed = str(bill.number if bill.upper else 1000 + bill.number)
    return {
        "BillId": _number(bill),
        "BillType": "SB" if bill.upper else "HB",
        "BillNumber": printed,
        "BillNumberOnly": printed,
        "Title": bill.title,
    }


def _details(bill: Bill) -> dict[str, Any]:
    return {
        **_row(bill),
        "SessionId": 71,
        "BillSponsor": [{"SponsorType": "P", "Member": {"UniqueName": "A Member (fictional)"}}],
        "BillCommitteeSponsor": None,
        "Keywords": [],
    }


def _log(bill: Bill) -> list[dict[str, Any]]:
    body, house = ("S", "Senate") if bill.upper else ("H", "House")
    whole = {"Body": body, "Name": house, "FullName": house}
    judiciary = {"Body": body, "Name": "Judiciary", "FullName": f"{house} Judiciary"}
    rows: list[dict[str, Any]] = [
        {
            "StatusText": f"First read in {house} and referred to",
            "ActionCommittee": whole,
            "AssignedCommittee": judiciary,
            "ShowAssignedCommittee": True,
        },
        {
            "StatusText": "Do Pass Amended",
            "ActionCommittee": judiciary,
            "ShowCommitteeName": True,
            "ShowPassed": True,
            "ShowFailed": True,
            "Result": "P",
            "Vote": {"VoteId": _number(bill), "Yeas": 7, "Nays": 0},
        },
    ]
    days = zip(bill.steps, rows, strict=False)
    return [{**_EMPTY, **row, "ActionDate": f"{day}T12:00:00-06:00"} for day, row in days]


_EMPTY = {
    "AssignedCommittee": None,
    "ShowAssignedCommittee": False,
    "ShowCommitteeName": False,
    "ShowPassed": False,
    "ShowFailed": False,
    "Result": None,
    "Vote": None,
}


def _versions(bill: Bill) -> list[dict[str, Any]]:
    return [
        {
            "DocumentId": _number(bill) * 10 + nth,
            "BillVersion": _VERSIONS[nth - 1],
            "DocumentDate": f"{day}T16:31:05.527-06:00",
        }
        for nth, day in enumerate(bill.steps, start=1)
    ]
