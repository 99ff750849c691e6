"""New Mexico: a form with the sessions, one list with each measure's whole way, a page for each."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_TEXT = re.compile(r"/Sessions/26%20Regular/bills/(?:house|senate)/([HS])B(\d{4})([HS]JS)?\.html")
_SENTENCES = (
    "Sent to {letter}JC - Referrals: {letter}JC",
    "{letter}JC: Reported by committee with Do Pass recommendation with committee substitution",
)
_LIST, _MEASURE = "MainContent_gridViewLegislation", "MainContent_formViewLegislation"
_TABS = "MainContent_tabContainerLegislation_tabPanel"


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/Legislation/Legislation_List":
            if asked.query:
                return _page(self._list()) if asked.query == {"Session": "72"} else NOTHING
            option = '<option selected="selected" value="72">2026 Regular</option>'
            return _page(f'<select id="MainContent_ddlSessionStart">{option}</select>')
        if asked.path == "/Legislation/Legislation":
            return _page(_measure(self._bill(asked.query["chamber"], asked.query["legNo"])))
        if found := _TEXT.fullmatch(asked.path):
            words = self._bill(found[1], found[2]).words(2 if found[3] else 1)
            return _page(f"<p>57th legislature - STATE OF NEW MEXICO</p><p>{words}</p>")
        return NOTHING

    def _bill(self, letter: str, number: str) -> Bill:
        return self.world.bill(int(number), upper=letter == "S")

    def _list(self) -> str:
        count = self.world.listed
        names = ("Bill ID", "Title", "Sponsor", "Actions", "Session")
        head = "".join(f"<th>{name}</th>" for name in names)
        rows = "".join(map(_row, self.world.bills()))
        return (
            f'<span id="MainContent_lblRecordCount">Displaying {count} of {count} result(s)</span>'
            f'<table id="{_LIST}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        )


def _letter(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _row(bill: Bill) -> str:
    letter = _letter(bill)
    link = f"Legislation?chamber={letter}&amp;legType=B&amp;legNo={bill.number}&amp;year=26"
    way = f"[2] {letter}JC-{letter}JC" + (" [15] DNP-CS/DP" if len(bill.steps) > 1 else "")
    return (
        f'<tr><td><font><a href="{link}">{letter}B {bill.number}</a></font></td>'
        f"<td><span>{bill.title}</span></td><td></td><td><span>{way}</span></td>"
        "<td><span>2026 Regular</span></td></tr>"
    )


def _measure(bill: Bill) -> str:
    actions = "".join(
        f'<span id="{_TABS}Actions_dataListActions_lblAction_{nth}">Legislative Day: {nth + 1}<br/>'
        f"Calendar Day: {day:%m/%d/%Y}<strong>{words.format(letter=_letter(bill))}</strong></span>"
        for nth, (day, words) in enumerate(zip(bill.steps, _SENTENCES, strict=False))
    )
    return (
        f'<span id="{_MEASURE}Title_lblSession">2026 Regular Session</span>'
        f'<span id="{_MEASURE}_lblBillID"><b>{_letter(bill)}B  {bill.number}</b></span>'
        f'<span id="{_MEASURE}_lblTitle"><b>{bill.title}</b></span>'
        f'<a id="{_MEASURE}_linkSponsor" href="../Members/Legislator"><b>A Member</b></a>'
        f"{_texts(bill)}"
        f'<span id="{_TABS}Sponsors_lblSponsorsCount" class="badge">0</span>'
        f'<span id="{_TABS}Actions_lblActionsCount" class="badge">{len(bill.steps)}</span>'
        f'<div id="{_TABS}Sponsors"></div><div id="{_TABS}Actions">{actions}</div>'
    )


def _texts(bill: Bill) -> str:
    letter, house = _letter(bill), "senate" if bill.upper else "house"
    name = f"/Sessions/26%20Regular/bills/{house}/{letter}B{bill.number:04}"
    kinds = (
        ("formViewLegislationTextIntroduced", "Introduced (HTML)", ""),
        ("dataListLegislationCommitteeSubstitutes", f"{letter}J Substitute (HTML)", f"{letter}JS"),
    )
    return "".join(
        f'<table id="MainContent_{table}"><tr><td><a href="{name}{form}.html">'
        f'<span id="{table}_lbl">{note}</span>'
        f'<span class="badge">{day.month}/{day.day}/{day:%y}</span></a></td></tr></table>'
        for day, (table, note, form) in zip(bill.steps, kinds, strict=False)
    )


def _page(body: str) -> Reply:
    head = "<head><title>New Mexico Legislature</title></head>"
    return Reply(f'<!DOCTYPE html>\n<html lang="en">{head}<body>{body}</body></html>\n')
