"""Wisconsin: a list for each house and kind, which tells no movement; a page for each proposal."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_INDEX = re.compile(r"/2025/proposals/reg/(asm|sen)")
_PAGE = re.compile(r"/2025/proposals/reg/(asm|sen)/bill/[as]b(\d+)")
_TEXT = re.compile(r"/document/(proposaltext|engrossedbills)/2025/REG/([AS])B(\d+)\.pdf")
_SENTENCES = (
    "Introduced by Law Revision Committee",
    "Report passage recommended by Committee on Judiciary and Public Safety, Ayes 8, Noes 0",
)
_TEXTS = (("proposaltext", "Bill Text"), ("engrossedbills", "Engrossed Bill"))
# The schedule of a biennium is never empty.
_MEETING = """
successCallback([
    {
        title: 'Judiciary and Public Safety (Senate)',
        start: '2025-02-13T10:00:00',
        extendedProps: {
            type: ' Public Hearing',
            eItems: 'SB9999',
            mtgNoticeLink: 'https://docs.legis.wisconsin.gov/raw/cid/1',
            location: '411 South',
        }
    },
])//end foreach meeting events (successCallBack)
"""


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.host == "committeeschedule.legis.wisconsin.gov":
            return Reply(_page("Committee Schedule", f"<script>{_MEETING}</script>"))
        if found := _INDEX.fullmatch(asked.path):
            link = f'<li><a href="{asked.path}/bill">Bills</a></li>'
            return Reply(_page("2025 Proposals", f'<ul class="docLinks">{link}</ul>'))
        if found := _INDEX.fullmatch(asked.path.removesuffix("/bill")):
            return Reply(self._list(upper=found[1] == "sen"))
        if found := _PAGE.fullmatch(asked.path):
            return Reply(_proposal(self.world.bill(int(found[2]), upper=found[1] == "sen")))
        if found := _TEXT.fullmatch(asked.path):
            bill = self.world.bill(int(found[3]), upper=found[2] == "S")
            return as_pdf(bill.words(1 if found[1] == "proposaltext" else 2))
        return NOTHING

    def _list(self, *, upper: bool) -> str:
        rows = "".join(
            '<li><div class="row-fluid"><div class="span3">'
            f'<a href="{_address(bill)}">{_name(bill)}</a></div>'
            f'<div class="span6"> - Relating to: {bill.title}.</div></div></li>'
            for bill in self.world.bills()
            if bill.upper == upper
        )
        return _page("2025 Bills", f'<ul class="infoLinks">{rows}</ul>')


def _name(bill: Bill) -> str:
    return f"2025 {'Senate' if bill.upper else 'Assembly'} Bill {bill.number}"


def _address(bill: Bill) -> str:
    house, letters = ("sen", "sb") if bill.upper else ("asm", "ab")
    return f"/2025/proposals/reg/{house}/bill/{letters}{bill.number}"


def _proposal(bill: Bill) -> str:
    title, short = ("Senate", "Sen.") if bill.upper else ("Assembly", "Asm.")
    rows = "".join(
        f'<tr class="historyRow"><td class="date">{day.month}/{day.day}/{day.year} '
        f'<abbr class="house" title="{title}">{short}</abbr></td>'
        f'<td class="entry">{words}</td><td class="journal"></td></tr>'
        for day, words in zip(bill.steps, _SENTENCES, strict=False)
    )
    texts = "".join(
        f'<li><a href="{at}">{note}</a> <span><a href="{at}.pdf"></a></span></li>'
        for folder, note in _TEXTS[: len(bill.steps)][::-1]
        for at in (f"/document/{folder}/2025/REG/{title[0]}B{bill.number}",)
    )
    return _page(
        _name(bill),
        f'<div class="proposalTitle"><h1>{_name(bill)}</h1></div>'
        f"<div><p>An Act Relating to: {bill.title}.</p></div>"
        '<div class="propStatus"><h2>Status:</h2></div>'
        f'<h2>Links</h2><ul class="docLinks">{texts}</ul>'
        f'<h2>History</h2><table class="history">{rows}</table>',
    )


def _page(title: str, body: str) -> str:
    head = f'<head><meta charset="utf-8" /><title>{title}</title></head>'
    return f"<!DOCTYPE html>\n<html>{head}<body>{body}</body></html>\n"
