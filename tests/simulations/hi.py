"""Hawaii: a report of all measures of each kind, a page for each measure, texts as HTML."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_TEXT = re.compile(r"/sessions/session2026/bills/([HS])B(\d+)_(?:[HS]D1_)?\.HTM")
_CELLS = ("PDF", "Measure Status", "Current Status", "Introducers", "Current Referral", "Companion")
_SENTENCES = (
    "Introduced and Pass First Reading.",
    "Report adopted; Passed Second Reading, as amended (SD 1) and referred to WAM.",
)


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/advreports/advreport.aspx" if asked.query["year"] == "2026":
                return Reply(self._report(asked.query["measuretype"].upper()))
            case "/session/measure_indiv.aspx" if asked.query["year"] == "2026":
                upper = asked.query["billtype"] == "SB"
                return Reply(_measure(self.world.bill(int(asked.query["billnumber"]), upper=upper)))
        if found := _TEXT.fullmatch(asked.path):
            version = 2 if "D1_" in asked.path else 1
            return Reply(_text(self.world.bill(int(found[2]), upper=found[1] == "S"), version))
        return NOTHING

    def _report(self, kind: str) -> str:
        """Each house has adopted resolutions; of those the report has one, and no page is asked."""
        bills = [bill for bill in self.world.bills() if _kind(bill) == kind]
        rows = [
            _row(nth, _name(bill), bill.title, f"{bill.steps[-1]:%-m/%-d/%Y}", _said(bill)[-1])
            for nth, bill in enumerate(bills)
        ] or [_row(0, f"{kind}1", "FICTIONAL BRIDGES.", "1/21/2026", "Offered.")]
        head = "".join(f'<th scope="col">{cell}</th>' for cell in _CELLS)
        return _page(
            "Hawaii State Legislature",
            f'<table class="report" id="GridViewReports"><tr>{head}</tr>{"".join(rows)}</table>',
        )


def _row(nth: int, name: str, title: str, on: str, last: str) -> str:
    kind, number = re.findall(r"[A-Z]+|\d+", name)
    labels = {1: "Fictional", 7: title, 2: ""}
    return (
        f'<tr><td><a href="/sessions/session2026/bills/{name}_.pdf"></a></td><td>'
        '<a class="report" href="https://www.capitol.hawaii.gov/session/measure_indiv.aspx'
        f'?billtype={kind}&amp;billnumber={number}&amp;year=2026">{name}</a><br>'
        + "<br>".join(
            f'<span id="GridViewReports_Label{label}_{nth}">{words}</span>'
            for label, words in labels.items()
        )
        + f"</td><td><span>({kind[0]})</span> <span>{on}</span>- <span>{last}</span></td>"
        "<td>FICTIONAL</td><td>JHA</td><td></td></tr>"
    )


def _measure(bill: Bill) -> str:
    facts = {
        "Measure Title": bill.title,
        "Report Title": "Fictional",
        "Description": "",
        "Current Referral": "JHA",
        "Introducer(s)": "FICTIONAL",
    }
    status = "".join(
        f"<tr><td>{day:%-m/%-d/%Y}</td><td>{_kind(bill)[0]}</td><td>{said}</td></tr>"
        for day, said in reversed(list(zip(bill.steps, _said(bill), strict=True)))
    )
    drafts = "".join(
        f'<div><a href="https://www.capitol.hawaii.gov/sessions/session2026/bills/{draft}_.PDF">'
        f'{draft}</a> <a href="https://www.capitol.hawaii.gov/sessions/session2026/bills/{draft}_.HTM">'
        "</a></div>"
        for draft in (_name(bill), f"{_name(bill)}_{_kind(bill)[0]}D1")[: len(bill.steps)]
    )
    return _page(
        _name(bill),
        f'<a class="measure-header" href="#">{_name(bill)}</a><table id="measure-info">'
        + "".join(f"<tr><th>{name}:</th><td>{said}</td></tr>" for name, said in facts.items())
        + '</table><table id="MainContent_GridViewStatus"><tr><th scope="col">Date</th>'
        f'<th scope="col">Chamber</th><th scope="col">Status Text</th></tr>{status}</table>'
        f'<div id="MainContent_UpdatePanel2">{drafts}</div>',
    )


def _text(bill: Bill, version: int) -> str:
    words = bill.words(version)
    return _page(_name(bill), f"<div class=WordSection1><p class=RegularParagraphs>{words}</div>")


def _said(bill: Bill) -> tuple[str, ...]:
    return _SENTENCES[: len(bill.steps)]


def _kind(bill: Bill) -> str:
    return "SB" if bill.upper else "HB"


def _name(bill: Bill) -> str:
    return f"{_kind(bill)}{bill.number}"


def _page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
