"""Michigan: one search that lists everything, a page for each bill, texts in HTML."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_NAME = re.compile(r"2026-([HS])B-(\d{4})")
_TEXT = re.compile(r"/documents/2025-2026/\w+/\w+/htm/2026-([HS])(?:IB|EBH|EBS)-(\d{4})\.htm")
_SENTENCES = (
    "introduced by Representative Fictional Member",
    "referred to Committee on Government Operations",
)


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/Search/ExecuteSearch" and asked.query["sessions"] == "2025-2026":
            return Reply(self._list())
        if asked.path == "/Bills/Bill" and (
            found := _NAME.fullmatch(asked.query.get("ObjectName", ""))
        ):
            return Reply(_bill_page(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return Reply(_text(self._bill(found), 1 if "/billintroduced/" in asked.path else 2))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _list(self) -> str:
        rows = "".join(
            f'<tr><td><a href="/Home/GetObject?objectName={_name(bill)}">'
            f"{_letters(bill)} {bill.number:04} of 2026</a></td><td>{_chamber(bill)} Bill</td>"
            f"<td>{bill.title} Last Action: {_SENTENCES[len(bill.steps) - 1]}</td></tr>"
            for bill in self.world.bills()
        )
        return _page(
            "Search Results",
            f"<div>({self.world.listed} results found)</div>"
            '<div class="tableScrollWrapper"><table class="table table-striped"><thead><tr>'
            "<th>Document</th><th>Type</th><th>Description</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div>",
        )


def _letters(bill: Bill) -> str:
    return "SB" if bill.upper else "HB"


def _chamber(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _name(bill: Bill) -> str:
    return f"2026-{_letters(bill)}-{bill.number:04}"


def _bill_page(bill: Bill) -> str:
    heading = f"{_chamber(bill)} Bill {bill.number:04} of 2026"
    history = "".join(
        f"<tr><td>{day.month}/{day.day:02}/{day.year}</td><td>{_letters(bill)[0]}J 12 Pg. 90</td>"
        f"<td>{_SENTENCES[nth]}</td></tr>"
        for nth, day in enumerate(bill.steps)
    )
    return _page(
        heading,
        f'<h1 id="BillHeading">{heading}</h1>'
        '<div id="SponsorList"><ul><li title="Introduced"><a class=primarySponsor'
        ' href="/Legislators/0">Fictional Member (District 1)</a></li></ul></div>'
        f'<div id="CateogryList"></div><div id="ObjectSubject">{bill.title}</div>'
        f'<div class="billDocuments">{_papers(bill)}</div>'
        '<div id="History"><table class="table"><thead><tr><th>Date</th><th>Journal</th>'
        f"<th>Action</th></tr></thead><tbody>{history}</tbody></table></div>",
    )


def _papers(bill: Bill) -> str:
    whose = _chamber(bill)
    forms = (
        (f"{whose} Introduced Bill", "billintroduced", f"{whose[0]}IB"),
        (f"As Passed by the {whose}", "billengrossed", f"{whose[0]}EB{whose[0]}"),
    )
    return "".join(
        f'<div class="billDocRow"><div class="text"><span><strong>{label}</strong></span></div>'
        + "".join(
            f'<div class="{form}"><a href="/documents/2025-2026/{folder}/{whose}/{ending}/'
            f'2026-{letters}-{bill.number:04}.{ending}">{form.upper()}</a></div>'
            for form, ending in (("pdf", "pdf"), ("html", "htm"))
        )
        + "</div>"
        for label, folder, letters in forms[: len(bill.steps)]
    )


def _text(bill: Bill, version: int) -> str:
    heading = f"{_chamber(bill).upper()} BILL NO. {bill.number}"
    return (
        "<html><body lang=EN-US><div class=WordSection1>"
        f"<p class=LongBillNumber>{heading}</p><p class=Statute>{bill.words(version)}</p>"
        "</div></body></html>\n"
    )


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} - Michigan Legislature</title></head>'
        f'<body><main id="main">{body}</main></body></html>'
    )
