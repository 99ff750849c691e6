"""Colorado: a search of 25 rows a page in two orders, a page for each bill, texts in PDF or HTML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_PAGE = 25
_BILL = re.compile(r"/bills/([hs]b)26-(\d+)")
_PRINTED = re.compile(r"/bill_files/(\d+)/download")
_STORE = "https://s3.us-west-2.amazonaws.com/beta.leg.colorado.gov"
_STORED = re.compile(r"/beta\.leg\.colorado\.gov/(\d{32})")
_SENTENCES = (
    "Introduced In {0} - Assigned to Judiciary",
    "{0} Committee on Judiciary Refer Amended to Appropriations",
)


class Simulated(Site):
    """Bills of the House are numbered from 1001, as there; the text introduced is in PDF."""

    def answer(self, asked: Asked) -> Reply:
        if asked.host == "s3.us-west-2.amazonaws.com":
            found = _STORED.fullmatch(asked.path)
            return Reply(_engrossed(self._nth(found[1]))) if found else NOTHING
        if asked.path == "/bills/bill-search":
            return Reply(self._list(asked.query))
        if found := _BILL.fullmatch(asked.path):
            upper, number = found[1] == "sb", int(found[2])
            return Reply(_bill(self.world.bill(number if upper else number - 1000, upper=upper)))
        if found := _PRINTED.fullmatch(asked.path):
            return as_pdf(self._nth(found[1]).words(1))
        return NOTHING

    def _nth(self, printed: str) -> Bill:
        nth = int(printed)
        return self.world.bill((nth + 1) // 2, upper=nth % 2 == 0)

    def _list(self, query: dict[str, str]) -> str:
        bills = list(self.world.bills()) if query["sessions[]"] == "2026 Regular Session" else []
        if query["sort"] == "Last Action Descending":
            bills.sort(key=_last_action, reverse=True)
        else:
            bills.sort(key=_number)
        start = (int(query["page"]) - 1) * _PAGE
        shown = bills[start : start + _PAGE]
        first, last = (start + 1, start + len(shown)) if shown else (0, 0)
        return _page(
            "Bill Search",
            f'<div class="filter-details-wrapper"><p>Showing {first} - {last} of {len(bills)} bills'
            '</p></div><div id="all-search-results-data-list">'
            f"{''.join(_row(bill) for bill in shown)}</div>",
        )


def _row(bill: Bill) -> str:
    on, number = _last_action(bill), _number(bill)
    return (
        f'<div class="bill-result"><h2 class="sponsor-bill-or-resolution-tag">{number}</h2>'
        f'<h3><a class="all-bills-data-heading" href="/bills/{number.lower()}">{bill.title}</a></h3>'
        f'<p><span class="label">LAST ACTION:</span> {on.month}/{on.day}/{on.year} | '
        f'{_sentence(bill, len(bill.steps) - 1)}</p><p><span class="label">LONG TITLE:</span> '
        "Concerning a fictional long title.</p></div>"
    )


def _bill(bill: Bill) -> str:
    number, nth = _number(bill), bill.number * 2 - (not bill.upper)
    texts = (
        ("Introduced", f"/bill_files/{nth}/download"),
        ("Engrossed", f"{_STORE}/{nth:032}"),
    )
    history = _table(
        f"<td><span>{day:%m/%d/%Y}</span></td><td><span>{_house(bill)}</span></td>"
        f"<td><span>{_sentence(bill, step)}</span></td>"
        for step, day in reversed(list(enumerate(bill.steps)))
    )
    versions = _table(
        f'<td>{day:%m/%d/%Y}</td><td>{texts[step][0]}</td><td><a href="{texts[step][1]}">View</a></td>'
        for step, day in reversed(list(enumerate(bill.steps)))
    )
    return _page(
        bill.title,
        f'<span class="bill-detail-bill-number-tag">{number}</span>'
        f'<div class="full-bill-topic pr-2"><h1>{bill.title}</h1></div>'
        '<table class="bill-specs-table"><tr><th>Session</th><td>2026 Regular Session</td></tr></table>'
        '<div id="bill-sponsors"><div class="bill-detail-prime"><div class="sponsor-link">'
        '<a class="link-primary" href="/legislators/x">Rep. A. Nobody</a></div></div></div>'
        f'<div id="bill-histories">{history}</div>'
        f'<div id="bill-files-all-versions">{versions}</div>',
    )


def _engrossed(bill: Bill) -> str:
    number = _number(bill)[2:]
    return _page(
        f"{_house(bill)} Bill {number} Engrossed",
        f'<main id="bill-main-content"><ul class="no-list-style"><li><p>{bill.words(2)}</p></li></ul>'
        "</main>",
    )


def _number(bill: Bill) -> str:
    return f"SB26-{bill.number:03}" if bill.upper else f"HB26-{bill.number + 1000}"


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _sentence(bill: Bill, step: int) -> str:
    return _SENTENCES[step].format(_house(bill))


def _last_action(bill: Bill) -> dt.date:
    return bill.steps[-1]


def _table(rows: Iterable[str]) -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr><th>Date</th><th></th><th></th></tr></thead><tbody>{body}</tbody></table>"


def _page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
