"""New Hampshire: nightly dumps of bills and docket, a page for each bill, texts in PDF."""

from __future__ import annotations

from collections.abc import Iterable

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_DUMPS, _PAGES = "/dynamicdatadump", "/bill_Status"
# Numbers of texts and of pages are the site's own: here counted on from these.
_TEXTS, _FIRST_PAGE = 20_000, 1_000
_SENTENCES = (
    "Introduced {day} and referred to Criminal Justice and Public Safety HJ 1",
    "Committee Report: Ought to Pass {day} (Vote 15-0; CC) HC 9 P. 9",
)


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        bills = list(self.world.bills())
        match asked.path.rsplit("/", 1):
            case [folder, "LsrsOnly.txt"] if folder == _DUMPS:
                return _dump(_sponsor(bill) for bill in bills)
            case [folder, "LSRs.txt"] if folder == _DUMPS:
                return _dump(_request(bill) for bill in bills)
            case [folder, "Docket.txt"] if folder == _DUMPS:
                return _dump(line for bill in bills for line in _docket(bill))
            case [folder, "billinfo.aspx"] if folder == _PAGES:
                return Reply(_page(bills[int(asked.query["id"]) - _FIRST_PAGE - 1]))
            case [folder, "pdf.aspx"] if folder == _PAGES:
                version, nth = divmod(int(asked.query["id"]), _TEXTS)
                return as_pdf(bills[nth - 1].words(version))
        return NOTHING


def _dump(rows: Iterable[tuple[str, ...]]) -> Reply:
    body = "".join(f"{'|'.join(row)}\r\n" for row in rows)
    return Reply(f"\ufeff{body}", "text/plain; charset=utf-8")


def _nth(bill: Bill) -> int:
    return bill.number * 2 - (not bill.upper)


def _house(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _name(bill: Bill) -> str:
    return f"{_house(bill)}B{bill.number}"


def _sponsor(bill: Bill) -> tuple[str, ...]:
    """One row of those who asked for a bill: here it has but one sponsor."""
    about = (f"26-{_nth(bill):04}", "9999", f"{_FIRST_PAGE + _nth(bill)}", "2026", "Prime")
    return (*about, _name(bill), _house(bill), bill.title)


def _request(bill: Bill) -> tuple[str, ...]:
    about = ("2026", f"{_nth(bill):04}", bill.title, _house(bill), "1", "0", "1", "0")
    numbers = (f"26-{_nth(bill):04}", f"{_house(bill)}B {bill.number:04}  ", _name(bill))
    return (*about, *numbers, *([""] * 26))


def _docket(bill: Bill) -> Iterable[tuple[str, ...]]:
    for day, sentence in zip(bill.steps, _SENTENCES, strict=False):
        stamp = f"{day:%m/%d/%Y} 09:00:00 AM"
        said = sentence.format(day=f"{day:%m/%d/%Y}")
        yield "2026", f"{_nth(bill):04}", stamp, _name(bill), _house(bill), said, stamp


def _page(bill: Bill) -> str:
    versions = "".join(
        f'<option value="{_TEXTS * nth + _nth(bill)}">{name}</option>'
        for nth, name in ((1, "Introduced"), (2, "Version adopted by both bodies"))
        if nth <= len(bill.steps)
    )
    return (
        "<!DOCTYPE html><html><head><title>The New Hampshire General Court</title></head><body>"
        f'<form method="post" action="./billinfo.aspx" id="form1"><div id="dvBillNo">{_name(bill)}'
        '</div><div id="dvSponosrs"><b>Sponsors:</b>&nbsp;<a title="Rep. Fictional Member (R)"'
        ' class="HouseMember" href="#"><i><b>(Prime)</b></i> Member (R)</a></div>'
        '<select name="ctl00$pageBody$ddlBillVersions" id="pageBody_ddlBillVersions">'
        '<option value="Select a Bill Version --&gt;">Select a Bill Version --&gt;</option>'
        f"{versions}</select></form></body></html>"
    )
