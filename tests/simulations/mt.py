"""Montana: a JSON API that is searched for all bills with their history; texts in PDF."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_LEGISLATURE = {"id": 2, "ordinals": "69", "startDate": "2025-01-06", "endDate": "2026-12-31"}
_SESSIONS = [
    {
        "id": 2,
        "ordinals": "20251",
        "active": True,
        "startDate": "2025-01-06T00:00:00",
        "sineDieDate": None,
        "type": "REGULAR",
        "legislature": _LEGISLATURE,
    }
]
_LEGISLATORS = [
    {
        "id": 67,
        "firstName": "Fictional",
        "lastName": "Member",
        "chamber": "HOUSE",
        "legislature": _LEGISLATURE,
    }
]
_COMMITTEES = [
    {
        "id": 11,
        "committeeDetails": {
            "defaultRoom": "Room 137",
            "committeeCode": {"id": 92, "code": "JUH", "name": "(H) Judiciary"},
        },
        "sessionId": 2,
        "chamber": "HOUSE",
    }
]
_SENTENCES = ("Referred to Committee", "Committee Report--Bill Passed as Amended")
_NONE = Reply('{"status":404,"error":"Not Found"}', "application/json", 404)
_DOCUMENT = re.compile(r"(\d+)([12])")


class Simulated(Site):
    today = dt.date(2025, 2, 10)

    def answer(self, asked: Asked) -> Reply:
        query = asked.query
        match asked.path.split("/")[1:]:
            case ["legislators", "v1", "sessions"]:
                return as_json(_SESSIONS)
            case ["legislators", "v1", "legislators"]:
                return as_json(_LEGISLATORS)
            case ["committees", "v1", "standingCommittees", "findBySessionId"]:
                return as_json(_COMMITTEES if query["sessionId"] == "2" else [])
            case ["committees", "v1", "standingCommitteeMeetingBillHearings", "findByBillId"]:
                return _NONE
            case ["bills", "v1", "bills", "search"] if asked.json() == {"sessionIds": [2]}:
                return self._found(int(query["limit"]), int(query["offset"]))
            case ["docs", "v1", "documents", "getBillVersions"]:
                upper = query["billType"] == "SB"
                return as_json(_files(self.world.bill(int(query["billNumber"]), upper=upper)))
            case ["docs", "v1", "documents", "getContent"]:
                return self._document(query["documentId"])
        return NOTHING

    def _found(self, limit: int, page: int) -> Reply:
        bills = sorted(self.world.bills(), key=lambda bill: not bill.upper)
        shown = bills[page * limit : (page + 1) * limit]
        counts = {"totalPages": -(-len(bills) // limit), "totalElements": len(bills)}
        return as_json({"content": [_row(bill) for bill in shown], **counts, "number": page})

    def _document(self, number: str) -> Reply:
        if found := _DOCUMENT.fullmatch(number):
            bill, upper = divmod(int(found[1]), 2)
            return as_pdf(self.world.bill(bill, upper=bool(upper)).words(int(found[2])))
        return NOTHING


def _row(bill: Bill) -> dict[str, Any]:
    chamber = "SENATE" if bill.upper else "HOUSE"
    return {
        "id": _id(bill),
        "billNumber": bill.number,
        "sponsorId": 67,
        "billType": {"id": 1 + bill.upper, "code": f"{chamber[0]}B", "chamber": chamber},
        "draft": {
            "id": _id(bill),
            "draftNumber": f"LC{_id(bill):04}",
            "shortTitle": bill.title,
            "description": None,
            "billStatuses": [_status(bill, nth) for nth in range(len(bill.steps))],
            "subjects": [],
        },
        "sessionId": 2,
    }


def _status(bill: Bill, nth: int) -> dict[str, Any]:
    house = "S" if bill.upper else "H"
    return {
        "id": 10 * _id(bill) + nth,
        "timeStamp": f"{bill.steps[nth].isoformat()}T12:15:00",
        "standingCommitteeId": 11,
        "billStatusCode": {"id": 0, "code": "0", "name": f"({house}) {_SENTENCES[nth]}"},
    }


def _files(bill: Bill) -> list[dict[str, Any]]:
    """The number of a document ends, here, with that of its version."""
    name = f"{'S' if bill.upper else 'H'}B{bill.number:04}"
    return [
        {"id": 10 * _id(bill) + nth, "fileName": f"{name}_{nth}.pdf", "attributes": []}
        for nth in range(1, len(bill.steps) + 1)
    ]


def _id(bill: Bill) -> int:
    return 2 * bill.number + bill.upper
