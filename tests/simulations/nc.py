"""North Carolina: the index of keywords, the feed of last actions, a page for each bill, PDF."""

from __future__ import annotations

import re

from tests.simulations.site import HTML, NOTHING, XML, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_INDEX = "/Legislation/Bills/ByKeyword/2025/All"
_FEED = "/Legislation/Bills/LastActionByYear/2025/All/RSS"
_BILL = re.compile(r"/BillLookUp/2025/([HS])(\d+)")
_TEXT = re.compile(r"/Sessions/2025/Bills/(?:House|Senate)/PDF/([HS])(\d+)v(\d)\.pdf")
_SENTENCES = "Filed", "Passed 1st Reading"
_VALUE, _LABEL = "col-8 col-sm-9 text-left pad-row", "col-4 col-sm-3 misc-info-label"


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == _INDEX:
            return Reply(_page("Bills by Keyword", self._index()), HTML)
        if asked.path == _FEED:
            return Reply(self._feed(), XML)
        if found := _BILL.fullmatch(asked.path):
            return Reply(_bill_page(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(int(found[3]) + 1))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _index(self) -> str:
        rows = "".join(
            f"<tr><td>{_keyword(bill)}</td><td>{_name(bill)[0]}B {bill.number}</td>"
            f'<td><a href="/BillLookUp/2025/{_name(bill)}">{bill.title}</a></td></tr>'
            for bill in self.world.bills()
        )
        return (
            '<table id="bill-report" class="table"><thead><tr><th>Keyword</th><th>Bill</th>'
            f"<th>Short Title</th></tr></thead><tbody>{rows}</tbody></table>"
        )

    def _feed(self) -> str:
        items = "".join(
            '<item><guid isPermaLink="true">https://www.ncleg.gov/BillLookup/2025/'
            f"{_name(bill)}</guid><link>https://www.ncleg.gov/BillLookup/2025/{_name(bill)}</link>"
            f"<title>{_name(bill)[0]}B {bill.number} - {bill.title}</title><description>Last action:"
            f" {_SENTENCES[len(bill.steps) - 1]} ({_house(bill)} action)</description>"
            f"<pubDate>{bill.steps[-1]:%a, %d %b %Y} 00:00:00 EST</pubDate></item>"
            for bill in self.world.bills()
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>Last Action by Year</title>{items}</channel></rss>"
        )


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _name(bill: Bill) -> str:
    return f"{_house(bill)[0]}{bill.number}"


def _keyword(bill: Bill) -> str:
    return "IMMIGRATION" if bill.on_topic else "BRIDGES"


def _bill_page(bill: Bill) -> str:
    heading = f"{_house(bill)} Bill {bill.number}"
    path = f"/Sessions/2025/Bills/{_house(bill)}/PDF/{_name(bill)}v"
    editions = "".join(
        f'<a href="{path}{nth}.pdf">{label}</a><a class="sr-only" href="{path}{nth}.pdf">{label}</a>'
        for nth, label in enumerate(("Filed", "Edition 1")[: len(bill.steps)])
    )
    fields = "".join(
        f'<div class="{_LABEL}">{label}:</div><div class="{_VALUE}">{value}</div>'
        for label, value in (("Sponsors", "Fictional Member"), ("Keywords", _keyword(bill)))
    )
    return _page(
        f"{heading} (2025-2026 Session)",
        f'<div class="col-12 h2 text-center">{heading}</div><div class="row text-center">'
        f'<a href="{path}{len(bill.steps) - 1}.pdf">{bill.title}</a></div>'
        f'<div class="card-body">{editions}</div><div class="card-body">{fields}</div>'
        f'<div class="card-header"><h6>History</h6></div><div class="card-body">{_rows(bill)}</div>',
    )


def _rows(bill: Bill) -> str:
    """Newest first; names and what they name stand in cells of their own."""
    steps = [(f"{day:%m/%d/%Y}", _SENTENCES[nth]) for nth, day in enumerate(bill.steps)]
    return "".join(
        '<div class="row">'
        + "".join(
            f'<div class="col-5 d-md-none">{label}:</div><div class="col-7">{value}</div>'
            for label, value in (("Date", on), ("Chamber", _house(bill)), ("Action", said))
        )
        + "</div>"
        for on, said in reversed(steps)
    )


def _page(title: str, body: str) -> str:
    head = f"<head><title>{title} - North Carolina General Assembly</title></head>"
    return f'<!DOCTYPE html><html lang="en">{head}<body><main>{body}</main></body></html>'
