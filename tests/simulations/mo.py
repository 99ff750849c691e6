"""Missouri: reports and lists of both chambers, XML of the House, pages of the Senate, texts in PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_FILES = "https://documents.house.mo.gov"
_HOUSE_BILL = re.compile(r"/xml/261-HB(\d+)\.xml")
_HOUSE_TEXT = re.compile(r"/billtracking/bills261/hlrbillspdf/(\d+)H\.0([12])[IC]\.pdf")
_SENATE_TEXT = re.compile(r"/26info/pdf-bill/(intro|comm)/SB(\d+)\.pdf")
_INFORMATION = "/BillTracking/Bills/BillInformation"
_SENTENCES = {
    False: ("Read First Time (H)", "Referred: General Laws (H)"),
    True: ("S First Read", "Second Read and Referred S General Laws Committee"),
}
_TEXTS = ("Introduced", "Committee")


class Simulated(Site):
    """A bill of the Senate has its number as the page's own."""

    def answer(self, asked: Asked) -> Reply:
        match asked.host, asked.path:
            case "house.mo.gov", "/billreport.aspx":
                return Reply(self._report(upper=asked.query["select"] == "chamber:s"))
            case "house.mo.gov", "/billlist.aspx":
                return Reply(self._house_list())
            case "documents.house.mo.gov", path:
                return self._house_file(path)
            case "www.senate.mo.gov", "/BillTracking/Bills/BillList":
                return Reply(self._senate_list())
            case "www.senate.mo.gov", "/BillTracking/Bills/BillInformation":
                return self._senate_page(asked.query)
            case "www.senate.mo.gov", path if found := _SENATE_TEXT.fullmatch(path):
                bill = self.world.bill(int(found[2]), upper=True)
                return as_pdf(bill.words(1 if found[1] == "intro" else 2))
        return NOTHING

    def _of(self, *, upper: bool) -> Iterator[Bill]:
        return (bill for bill in self.world.bills() if bill.upper == upper)

    def _report(self, *, upper: bool) -> str:
        rows = "".join(_report_row(bill) for bill in self._of(upper=upper))
        return _page(
            "<table><tr><td><table><tr><th>Bill</th><th>Sponsor</th><th></th><th>Bill String</th>"
            f"<th>Date/Last Action</th></tr>{rows}</table></td></tr></table>"
        )

    def _house_list(self) -> str:
        rows = "".join(
            f'<tr class="reportbillinfo"><td>{_house_link(bill)}</td><td>Person</td></tr>'
            f'<tr class="reportlongtitle"><td></td><td colspan="4">{bill.title}</td></tr>'
            for bill in self._of(upper=False)
        )
        return _page(f'<table id="reportgrid">{rows}</table>')

    def _house_file(self, path: str) -> Reply:
        if path == "/xml/261-UpcomingHearingList.XML":
            return Reply('<?xml version="1.0" encoding="utf-8"?>\n<ROOT>\n</ROOT>', XML)
        if found := _HOUSE_BILL.fullmatch(path):
            return Reply(_house_xml(self.world.bill(int(found[1]))), XML)
        if found := _HOUSE_TEXT.fullmatch(path):
            return as_pdf(self.world.bill(int(found[1])).words(int(found[2])))
        return NOTHING

    def _senate_list(self) -> str:
        return _page("".join(_card(bill) for bill in self._of(upper=True)))

    def _senate_page(self, query: dict[str, str]) -> Reply:
        bill = self.world.bill(int(query.get("billid") or query["billId"]), upper=True)
        makers = {"Actions": _senate_actions, "BillText": _senate_texts}
        return Reply(makers.get(query.get("handler", ""), _senate_measure)(bill))


def _report_row(bill: Bill) -> str:
    day, sentence = bill.steps[-1], _SENTENCES[bill.upper][len(bill.steps) - 1]
    link = _house_link(bill)
    if bill.upper:
        href = "handler=legislation&amp;year=2026&amp;session=R&amp;billPrefix=SB&amp;billSuffix="
        link = (
            f'<a href="https://www.senate.mo.gov{_INFORMATION}?{href}{bill.number}">'
            f"{_name(bill)}</a>"
        )
    return (
        f"<tr><td>{link}</td><td>Person</td><td></td><td>{_name(bill)}</td>"
        f"<td>{day.month}/{day.day}/{day.year} {sentence}</td></tr>"
    )


def _house_link(bill: Bill) -> str:
    name = _name(bill)
    return f'<a href="Bill.aspx?bill={name}&amp;year=2026&amp;code=R ">{name}</a>'


def _house_xml(bill: Bill) -> str:
    actions = "".join(
        f"<Action><Description>{_SENTENCES[False][nth]}</Description><PubDate>{day}</PubDate></Action>"
        for nth, day in enumerate(bill.steps)
    )
    texts = "".join(
        f"<BillText><DocumentName>{_TEXTS[nth]}</DocumentName><BillTextLink>{_FILES}/billtracking"
        f"/bills261/hlrbillspdf/{bill.number:04}H.0{nth + 1}{_TEXTS[nth][0]}.pdf</BillTextLink>"
        "</BillText>"
        for nth in range(len(bill.steps))
    )
    last = _SENTENCES[False][len(bill.steps) - 1]
    return (
        f"<ROOT><BillInformation><BillNumber>{_name(bill)}</BillNumber>"
        f"<Title><LongTitle>{bill.title}</LongTitle></Title>"
        f"<LastAction>{bill.steps[-1]:%m-%d-%Y} - {last}</LastAction>{actions}{texts}"
        "<Sponsor><SponsorType>Sponsor</SponsorType><FullName>Person</FullName></Sponsor>"
        "</BillInformation></ROOT>"
    )


def _card(bill: Bill) -> str:
    return (
        '<div class="card"><div class="card__body"><div class="bill-number">'
        f'<a href="{_INFORMATION}?year=2026&amp;billid={bill.number}">SB {bill.number}</a></div>'
        f'<div class="bill-title">{bill.title}</div>{_button(bill, "Actions")}</div></div>'
    )


def _button(bill: Bill, handler: str) -> str:
    named = f"&amp;billPrefix=SB&amp;billSuffix={bill.number}" if handler == "Actions" else ""
    return (
        f'<button data-modal-url="{_INFORMATION}?year=2026&amp;billId={bill.number}{named}'
        f'&amp;handler={handler}">{handler}</button>'
    )


def _senate_measure(bill: Bill) -> str:
    grid = "".join(
        f'<div class="detail-grid__item"><span class="detail-grid__label">{label}</span>'
        f'<div class="detail-grid__value">{value}</div></div>'
        for label, value in (
            ("Sponsor", "Person"),
            ("LR Number", f"{bill.number:04}S.01I"),
            ("Title", f"SB {bill.number}"),
            ("Co-Sponsors", "N/A"),
        )
    )
    return _page(
        f'<div class="main-header-text">SB {bill.number} - Person</div>'
        f'<div class="main-header-description">{bill.title}</div>{grid}'
        f"{_button(bill, 'Actions')}{_button(bill, 'BillText')}"
    )


def _senate_actions(bill: Bill) -> str:
    rows = "".join(
        f"<tr><td>{day:%m/%d/%Y}</td><td>{_SENTENCES[True][nth]}</td><td></td></tr>"
        for nth, day in enumerate(bill.steps)
    )
    return (
        f'<div data-bill-identifier="{_name(bill)}"><table id="actionsTable"><tr><th>Date</th>'
        f"<th>Action</th><th>Journal</th></tr>{rows}</table></div>"
    )


def _senate_texts(bill: Bill) -> str:
    links = "".join(
        f'<a href="/26info/pdf-bill/{("intro", "comm")[nth]}/{_name(bill)}.pdf">'
        f"{bill.number:04}S.0{nth + 1}{_TEXTS[nth][0]} - {_TEXTS[nth]}</a>"
        for nth in reversed(range(len(bill.steps)))
    )
    return f'<div class="link-card-stack">{links}</div>'


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number}"


def _page(body: str) -> str:
    return f'<html lang="en"><head><title>Missouri</title></head><body>{body}</body></html>'
