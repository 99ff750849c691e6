"""Maine: a directory of 200 bills a page, a page for each bill, papers in PDF."""

from __future__ import annotations

from itertools import islice

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_LEGISLATURE, _A_PAGE = "132", 200


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.query.get("snum", _LEGISLATURE) != _LEGISLATURE:
            return NOTHING
        match asked.path:
            case "/bills/billdirectory_ps.asp":
                return Reply(self._directory(int(asked.query["ldFrom"])))
            case "/legis/bills/display_ps.asp":
                return Reply(_bill_page(self._bill(int(asked.query["LD"]))))
            case "/legis/bills/getPDF.asp":
                paper = asked.query["paper"]
                bill = self.world.bill(int(paper[2:]), upper=paper[0] == "S")
                return as_pdf(bill.words(int(asked.query["item"])))
            case "/backend/breeze/data/getCalendarEventsBills":
                return as_json([])
        return NOTHING

    def _bill(self, number: int) -> Bill:
        return self.world.bill((number + 1) // 2, upper=number % 2 == 0)

    def _directory(self, first: int) -> str:
        """Its links lead to all pages, that of the bills without a number among them."""
        pages = "".join(
            '<li><a href="//legislature.maine.gov/bills/billdirectory_ps.asp?snum=132&amp;'
            f'ldFrom={start}">LD {start}</a></li>'
            for start in (0, *range(1, self.world.listed + 1, _A_PAGE))
        )
        bills = islice(self.world.bills(), first - 1, first - 1 + _A_PAGE)
        rows = "".join(
            f'<tr><td class="RecordIndex">{nth}.</td><td class="RecordNumbers">LD {_number(bill)},'
            f" {_letters(bill)} {bill.number}, <span>132nd Legislature</span></td>"
            f'<td class="RecordTitle">{bill.title}</td></tr><tr class="final_row"><td></td>'
            '<td class="RecordLinks" colspan="2"><a href="//legislature.maine.gov/bills/'
            f'display_ps.asp?snum=132&amp;paper={_letters(bill)}{bill.number:04}&amp;PID=1456">'
            "Bill &amp; Fiscal Information</a></td></tr>"
            for nth, bill in enumerate(bills, start=first)
        )
        table = f'<ul class="paperList">{pages}</ul><table id="search-results">{rows}</table>'
        return _page("Bill Directory", table)


def _letters(bill: Bill) -> str:
    return "SP" if bill.upper else "HP"


def _number(bill: Bill) -> int:
    return bill.number * 2 - (not bill.upper)


def _bill_page(bill: Bill) -> str:
    paper = f"{_letters(bill)}{bill.number:04}"
    papers = [
        f'<a href="getPDF.asp?paper={paper}&amp;item={nth}&amp;snum=132">Printed Document PDF</a>'
        for nth in range(1, len(bill.steps) + 1)
    ]
    amendment = "".join(
        '<span class="story_heading">Adopted Amendments</span><span class="tlnk-amdblk even_row">'
        '<span class="tlnk-amd">Adopted by House &amp; Senate</span>'
        f' <span class="story_subhead">C-A (S-9)</span> {link}</span>'
        for link in papers[1:]
    )
    docket = "".join(
        f"<tr><td>{day:%b} {day.day}, {day.year}</td><td>Work Session Held</td><td></td></tr>"
        for day in bill.steps[1:]
    )
    referred = f"{bill.steps[0]:%b} {bill.steps[0].day}, {bill.steps[0].year}."
    return _page(
        f"LD {_number(bill)}, {_letters(bill)} {bill.number}, Text and Status, 132nd Legislature,"
        " Second Regular Session",
        f'<h2 class="ldTitle">{bill.title}</h2><div id="sec0"><span class="story_heading">'
        f'Documents and Disposition</span>{papers[0]}{amendment}</div><div id="sec3">'
        '<span class="inlineHeading">Referred to</span> <span class="inlineData">Committee on'
        f' Judiciary</span> on <span class="inlineData">{referred}</span><table name="CDtab">'
        "<tr><td></td></tr><tr><td>Date</td><td>Action</td><td>Result</td></tr>"
        f"{docket}</table></div>",
    )


def _page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
