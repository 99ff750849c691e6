"""Vermont: lists in JSON, a page for each measure with the call for its status, texts in PDF."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_PAGE = re.compile(r"/bill/status/2026/([HS])\.(\d+)")
_STATUS = re.compile(r"/bill/loadBillDetailedStatus/2026/(\d)(\d{4})")
_TEXT = re.compile(
    r"/Documents/2026/Docs/BILLS/([HS])-(\d{4})/\1-\2 As (Introduced|passed) ?.*\.pdf"
)
_SENTENCES = (
    "Read first time and referred to the Committee on <strong>Judiciary</strong>",
    "Favorable report with recommendation of amendment by Committee on <strong>Judiciary</strong>",
)


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/bill/loadBillsIntroduced/2026/":
                return as_json({"data": [_row(bill) for bill in self.world.bills()]})
            case "/bill/loadBillsReleased/2026/" | "/bill/loadAllResolutionsByChamber/2026/both":
                return as_json({"data": ""})
        if found := _PAGE.fullmatch(asked.path):
            return Reply(_page(self._bill(found)))
        if found := _STATUS.fullmatch(asked.path):
            bill = self.world.bill(int(found[2]), upper=found[1] == "2")
            return as_json({"data": _lines(bill)})
        if found := _TEXT.fullmatch(unquote(asked.path)):
            return as_pdf(self._bill(found).words(1 if found[3] == "Introduced" else 2))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")


def _letter(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _row(bill: Bill) -> dict[str, str]:
    """Values are padded with blanks."""
    number, title = f"{_letter(bill)}.{bill.number} ", f"{bill.title} "
    return {"Body": _letter(bill), "BillNumber": number, "Title": title, "ActNo": "", "ActLink": ""}


def _lines(bill: Bill) -> list[dict[str, Any]]:
    return [
        {
            "Biennium": "2026",
            "Sequence": f"{nth}",
            "StatusDate": f"{day.month}/{day.day}/{day.year}",
            "ChamberCode": _letter(bill),
            "FullStatus": _SENTENCES[nth],
            "Location": "",
            "Url": "",
            "VoteHeaderID": "",
        }
        for nth, day in enumerate(bill.steps)
    ]


def _page(bill: Bill) -> str:
    number, house = f"{_letter(bill)}.{bill.number}", "Senate" if bill.upper else "House"
    status = f"{2 if bill.upper else 1}{bill.number:04}"
    return (
        '<!DOCTYPE html><html><head><base href="https://legislature.vermont.gov/">'
        f"<title>Bill Status {number}</title></head><body>"
        f'<div class="bill-title"><h1>{number}</h1><h2>{bill.title}</h2></div>'
        '<dl class="summary-table"><dt>Sponsor(s)</dt><dd><ul id="bill-sponsors-list"'
        ' class="item-list"><li><a href="/people/single/2026/0">Rep. Fictional Member</a></li></ul>'
        f'</dd></dl><h5>Bill/Resolution Text</h5><ul class="bill-path">{_papers(bill, house)}</ul>'
        '<table id="bill-detailed-status-table"></table><script>$(function() {'
        " $('#bill-detailed-status-table').DataTable({ \"ajax\":"
        f' "bill/loadBillDetailedStatus/2026/{status}" }}); }});</script></body></html>'
    )


def _papers(bill: Bill, house: str) -> str:
    name = f"{_letter(bill)}-{bill.number:04}"
    papers = (
        ("", f"{name} As Introduced", "As Introduced"),
        (f"As Passed By the {house}<br>", f"{name} As passed by the {house} Official", "Official"),
    )
    return "".join(
        f'<li><div>{before}<a href="/Documents/2026/Docs/BILLS/{name}/{file}.pdf" target="_blank">'
        f'{label}<span class="sr-only">Opens in a new window</span></a></div></li>'
        for before, file, label in papers[: len(bill.steps)]
    )
