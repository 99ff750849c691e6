"""Massachusetts: one JSON list of all documents, record and history of each, the search of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_API = "/api/GeneralCourts/194/Documents"
_RECORD = re.compile(rf"{_API}/([HS])(\d+)(/DocumentHistoryActions)?")
_A_PAGE, _DRAFTS = 25, 4000


class Simulated(Site):
    """A matter has one text: what moves is printed anew as another matter, counted from 4001 on."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == _API:
            return as_json([_row(*one) for one in self._documents()])
        if asked.path == "/Bills/Search":
            return Reply(self._search(int(asked.query["Page"])))
        if found := _RECORD.fullmatch(asked.path):
            draft, number = divmod(int(found[2]), _DRAFTS)
            bill = self.world.bill(number, upper=found[1] == "S")
            if found[3]:
                return as_json([] if draft else _history(bill))
            return as_json(_record(bill, 1 + draft))
        return NOTHING

    def _documents(self) -> Iterator[tuple[Bill, int]]:
        for bill in self.world.bills():
            for nth in range(1, len(bill.steps) + 1):
                yield bill, nth

    def _search(self, page: int) -> str:
        found = [one for one in self._documents() if one[0].on_topic]
        first = (page - 1) * _A_PAGE
        shown = found[first : first + _A_PAGE]
        rows = "".join(
            f"<tr><td></td><td>{_letter(bill)}.{_number(bill, nth)}</td><td>Fictional Member</td>"
            f'<td><a href="/Bills/194/{_letter(bill)}{_number(bill, nth)}">{bill.title}</a></td></tr>'
            for bill, nth in shown
        )
        return (
            "<!DOCTYPE html><html><head><title>Search Legislation</title></head><body>"
            f'<div class="searchResultSummary">Showing results {first + 1} to {first + len(shown)} of'
            f" {len(found)} results.</div>"
            f'<table id="searchTable" class="table"><tbody>{rows}</tbody></table></body></html>'
        )


def _letter(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _number(bill: Bill, nth: int) -> int:
    return bill.number + _DRAFTS * (nth - 1)


def _row(bill: Bill, nth: int) -> dict[str, Any]:
    number = f"{_letter(bill)}{_number(bill, nth)}"
    return {
        "BillNumber": number,
        "DocketNumber": f"{_letter(bill)}D{bill.number}" if nth == 1 else None,
        "Title": bill.title,
        "PrimarySponsor": None,
        "Cosponsors": [],
        "JointSponsor": None,
        "GeneralCourtNumber": 194,
        "IsDocketBookOnly": False,
        "Details": f"http://malegislature.gov{_API}/{number}",
    }


def _record(bill: Bill, nth: int) -> dict[str, Any]:
    person = {"Id": None, "Name": "Fictional Member", "Type": 1, "Details": None}
    return {
        **_row(bill, nth),
        "PrimarySponsor": person,
        "Cosponsors": [person],
        "Pinslip": "",
        "DocumentText": f"\tSECTION 1. {bill.words(nth)}",
        "Attachments": [],
    }


def _history(bill: Bill) -> list[dict[str, Any]]:
    draft = f"Accompanied a new draft, see {_letter(bill)}{_number(bill, 2)}"
    return [
        {
            "Date": f"{day.isoformat()}T10:38:52.3833333",
            "Branch": "Senate" if bill.upper else "House",
            "Action": draft if nth else "Referred to the committee on Public Service",
            "IsStricken": False,
        }
        for nth, day in enumerate(bill.steps)
    ]
