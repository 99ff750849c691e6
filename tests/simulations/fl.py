"""Florida: a search of 50 bills a page, a page for each bill, texts as HTML (Senate) or PDF (House)."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_BILL = re.compile(r"/Session/Bill/2026/(\d+)/ByCategory")
_TEXT = re.compile(r"/Session/Bill/2026/(\d+)/BillText/(Filed|c1)/(HTML|PDF)")
_PAGE_SIZE = 50
_SENTENCES = ("Filed", "CS by Criminal Justice; YEAS 6 NAYS 2")
_PAPERS = ("Filed", "c1")


class Simulated(Site):
    """Odd numbers are of the House, even ones of the Senate."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/Session/Bills/2026" and asked.query.get("searchText") == "immigration":
            return Reply(self._found(asked.query["pageNumber"]))
        if found := _BILL.fullmatch(asked.path):
            return Reply(_bill(self._numbered(found)))
        if (found := _TEXT.fullmatch(asked.path)) and self._numbered(found).upper:
            return Reply(_lines(self._words(found)))
        if found and found[3] == "PDF":
            return as_pdf(self._words(found))
        return NOTHING

    def _numbered(self, found: re.Match[str]) -> Bill:
        number = int(found[1])
        return self.world.bill((number + 1) // 2, upper=number % 2 == 0)

    def _words(self, found: re.Match[str]) -> str:
        return self._numbered(found).words(_PAPERS.index(found[2]) + 1)

    def _found(self, page: str) -> str:
        """The text of what is on topic speaks of immigration."""
        bills = [bill for bill in self.world.bills() if bill.on_topic]
        last = int(page) * _PAGE_SIZE
        more = (
            '<div class="ListPagination"><a class="next" href="/Session/Bills/2026?chamber=both'
            "&amp;searchText=immigration&amp;searchOnlyCurrentVersion=False"
            "&amp;isIncludeAmendments=False&amp;isFirstReference=True"
            f'&amp;pageNumber={int(page) + 1}">Next</a></div>'
        )
        return _page(
            "Bills - 2026 Session - The Florida Senate",
            '<form><select id="session-name" name="SessionYear"><option value="2026" selected>2026'
            '</option><option value="2025C">2025C</option></select></form><div id="billListDiv">'
            f'{more if last < len(bills) else ""}<table><thead><tr><th scope="col">Number</th>'
            '<th scope="col">Title</th><th scope="col">Filed By</th><th scope="col">Last Action</th>'
            f"</tr></thead><tbody>{''.join(map(_row, bills[last - _PAGE_SIZE : last]))}"
            "</tbody></table></div>",
        )


def _row(bill: Bill) -> str:
    last = f"{_date(bill, -1)} {_name(bill)[0]} {_SENTENCES[len(bill.steps) - 1]}"
    return (
        f'<tr><th scope="row"><a href="/Session/Bill/2026/{_number(bill)}">{_name(bill)}</a></th>'
        f"<td>{bill.title}</td><td>Fictional</td><td>Last Action: {last}</td></tr>"
    )


def _bill(bill: Bill) -> str:
    house = "Senate" if bill.upper else "House"
    history, texts = "", ""
    for nth, paper in enumerate(_PAPERS[: len(bill.steps)]):
        history += (
            f"<tr><td>{_date(bill, nth)}</td><td>{house}</td><td>• {_SENTENCES[nth]}</td></tr>"
        )
        address = f"/Session/Bill/2026/{_number(bill)}/BillText/{paper}"
        forms = ("HTML", "PDF") if bill.upper else ("PDF",)
        links = " ".join(f'<a href="{address}/{form}">{form}</a>' for form in forms)
        texts = (
            f"<tr><td>{house[0]} {_number(bill)} {paper}</td><td>{_date(bill, nth)} 8:30 AM</td>"
            f"<td>{links}</td></tr>{texts}"
        )
    return _page(
        f"Bill {_number(bill)} (2026) - The Florida Senate",
        f"<h2>{_name(bill)}: {bill.title}</h2><p><span>GENERAL BILL</span> <span>by</span> Fictional"
        f'</p><p class="width80"><span>{bill.title};</span> Fictional</p>'
        f'<div id="tabBodyBillHistory"><table>{history}</table></div>'
        f'<div id="tabBodyBillText"><table>{texts}</table></div><div id="tabBodyAnalyses"></div>',
    )


def _lines(words: str) -> str:
    return f"<html><head><title></title></head><body><pre>\n    1         {words}\n</pre></body></html>"


def _date(bill: Bill, nth: int) -> str:
    return f"{bill.steps[nth]:%-m/%-d/%Y}"


def _number(bill: Bill) -> int:
    return bill.number * 2 - (not bill.upper)


def _name(bill: Bill) -> str:
    return f"{'SB' if bill.upper else 'HB'} {_number(bill)}"


def _page(title: str, body: str) -> str:
    main = f'<div id="main">{body}</div>'
    return f"<html><head><title>{title}</title></head><body>{main}</body></html>"
