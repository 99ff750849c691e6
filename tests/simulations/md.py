"""Maryland: one JSON file for each session, a page for each measure, texts in PDF."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_FILE = "/{}/misc/billsmasterlist/legislation.json"
_PAGE = re.compile(r"/mgawebsite/Legislation/Details/([hs])b(\d{4})")
_TEXT = re.compile(r"/2026RS/bills/[hs]b/([hs])b(\d{4})([ft])\.pdf")
_SENTENCES = ("First Reading Judiciary", "Second Reading Passed with Amendments")
_VERSIONS = (("f", "First"), ("t", "Third"))
_NOT_YET = {
    "CommitteeSecondaryOrigin": "",
    "CommitteePrimaryOpposite": "",
    "CommitteeSecondaryOpposite": "",
    "HearingDateTimePrimaryHouseOfOrigin": None,
    "HearingDateTimeSecondaryHouseOfOrigin": None,
    "HearingDateTimePrimaryOppositeHouse": None,
    "HearingDateTimeSecondaryOppositeHouse": None,
}
_VETOED = {"Status": "Vetoed by the Governor", "YearAndSession": "2025 Regular Session"}


class Simulated(Site):
    """The session before is one bill, which was vetoed. The file of the session that sits is made
    anew each day, and tells so in each record."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == _FILE.format("2026RS"):
            made = {"StatusCurrentAsOf": f"{self.world.today}T17:45:08.947"}
            return _file(*(_record(bill) | made for bill in self.world.bills()))
        if asked.path == _FILE.format("2025RS"):
            return _file(_record(self.world.bill(1)) | _VETOED)
        if (found := _PAGE.fullmatch(asked.path)) and asked.query["ys"] == "2026RS":
            return Reply(_page(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words("ft".index(found[3]) + 1))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "s")


def _file(*records: dict[str, object]) -> Reply:
    return as_json(records)._replace(validated=True)


def _record(bill: Bill) -> dict[str, object]:
    return {
        "BillNumber": _name(bill),
        "YearAndSession": "2026 Regular Session",
        "Title": bill.title,
        "Synopsis": "",
        "Status": f"In the {_house(bill)} - {_SENTENCES[len(bill.steps) - 1]}",
        "CrossfileBillNumber": "",
        "SponsorPrimary": "Delegate Nobody",
        "Sponsors": [{"Name": "Delegate Nobody"}],
        "BroadSubjects": [],
        "NarrowSubjects": [],
        "CommitteePrimaryOrigin": "Judiciary",
        **_NOT_YET,
    }


def _page(bill: Bill) -> str:
    name = _name(bill)
    steps = "".join(
        _row("", "", _paper(bill, nth))
        + _row(_house(bill), f"{day.month}/{day.day}/{day.year}", _SENTENCES[nth])
        for nth, day in enumerate(bill.steps)
    )
    return (
        f"<html><head><title>Legislation - {name}</title></head><body>"
        f'<h2 style="font-size:1.3rem;"><a href="/2026RS/bills/">{name}</a></h2>'
        f'<dl class="row"><dt>Title</dt><dd>{bill.title}</dd></dl>'
        f'<div id="detailsHistoryMobile">{steps}</div></body></html>'
    )


def _paper(bill: Bill, nth: int) -> str:
    letter, name = _VERSIONS[nth]
    number = _name(bill).lower()
    address = f"/2026RS/bills/{number[:2]}/{number}{letter}.pdf"
    return f'<a href="{address}" target="_blank">Text - {name} - {bill.title}</a>'


def _row(house: str, day: str, action: str) -> str:
    return (
        f'<dl class="row"><dt>Chamber</dt><dd>{house}</dd><dt>Calendar Date</dt><dd>{day}</dd>'
        f"<dt>Legislative Date</dt><dd>{day}</dd><dt>Action</dt><dd>{action}</dd></dl>"
    )


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number:04}"


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"
