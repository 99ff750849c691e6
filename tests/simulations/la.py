"""Louisiana: lists turned by their form, a page for each instrument, texts in PDF."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_PAGE = 100
_TARGET = "ctl00$ctl00$PageBody$PageContent$DataPager1$ctl02$ctl00"
_ROW = "ctl00_ctl00_PageBody_PageContent_ListViewSearchResults_ctrl"
_NUMBER = re.compile(r"([HS])B(\d+)")
_SENTENCES = {
    False: ("Prefiled.", "Reported favorably (11-0)."),
    True: ("Prefiled.", "Reported favorably."),
}
_STATUSES = ("Pending {0} Judiciary", "Pending {0} final passage")


class Simulated(Site):
    """A text's number is its bill's, then 1 for the Senate, then that of the version."""

    today = dt.date(2026, 4, 14)

    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/legis/BillSearchListQ.aspx" if asked.query["s"] == "26RS":
                return Reply(self._list(asked))
            case "/legis/BillInfo.aspx" if found := _NUMBER.fullmatch(asked.query["b"]):
                return Reply(_measure(self.world.bill(int(found[2]), upper=found[1] == "S")))
            case "/legis/ViewDocument.aspx":
                number, upper, version = re.split(r"(?=..\Z)|(?=.\Z)", asked.query["d"])
                return as_pdf(self.world.bill(int(number), upper=upper == "1").words(int(version)))
            case "/legis/ByCmte.aspx":
                return Reply(_calendar())
        return NOTHING

    def _list(self, asked: Asked) -> str:
        """The form carries on which page one is, as the real one's long state does."""
        bills = [b for b in self.world.bills() if f"{_name(b)[:2]}1*" == asked.query["r"]]
        if not bills:
            return _page("<p>There are no bills associated with the 2026 Regular Session.</p>")
        begin = 0
        if asked.form.get("__EVENTTARGET") == _TARGET:
            begin = int(asked.form["__VIEWSTATE"].removeprefix("at ")) + _PAGE
        rows = "".join(_row(n, b) for n, b in enumerate(islice(bills, begin, begin + _PAGE)))
        following = f"href=\"javascript:__doPostBack('{_TARGET}','')\""
        return _page(
            f'<input type="hidden" name="__VIEWSTATE" value="at {begin}" />'
            '<input type="hidden" name="__EVENTTARGET" value="" />'
            '<span id="ctl00_ctl00_PageBody_PageContent_LabelTotalInstruments">'
            f"There are {len(bills)} Instruments in this List</span>"
            f"<a {following if begin + _PAGE < len(bills) else 'disabled'}> &gt; </a>"
            f"<table>{rows}</table>"
        )


def _row(nth: int, bill: Bill) -> str:
    status = _STATUSES[len(bill.steps) - 1].format("Senate" if bill.upper else "House")
    return (
        f'<tr><td><a id="{_ROW}{nth}_HyperLink1" href="BillInfo.aspx?i=1">{_name(bill)}</a></td>'
        f'<td>PERSON</td><td><span id="{_ROW}{nth}_LabelStatus">{status}</span></td></tr>'
        f'<tr><td></td><td colspan="4"><span id="{_ROW}{nth}_LabelKWordAndSTitle">{bill.title}'
        "</span></td></tr>"
    )


def _measure(bill: Bill) -> str:
    name, house = _name(bill), "S" if bill.upper else "H"
    texts = ("Original", "Engrossed")[: len(bill.steps)]
    papers = "".join(
        f'<tr><td><a href="ViewDocument.aspx?d={bill.number}{int(bill.upper)}{nth}">'
        f"{name} {note}</a></td></tr>"
        for nth, note in reversed(list(enumerate(texts, start=1)))
    )
    history = "".join(
        f'<tr><td>{day:%m/%d}</td><td align="center">{house}</td><td align="right">&nbsp;</td>'
        f"<td>{_SENTENCES[bill.upper][nth]}</td></tr>"
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    return _page(
        '<span id="ctl00_PageBody_LabelSession">2026 Regular Session</span>'
        f'<span id="ctl00_PageBody_LabelBillID">{name}</span>'
        '<a id="ctl00_PageBody_LinkAuthor" href="smembers.aspx?ID=1">A Person</a>'
        f'<span id="ctl00_PageBody_LabelShortTitle">{bill.title}</span>'
        f'<table id="ctl00_PageBody_MenuDocuments">{papers}</table><table>{history}</table>'
    )


def _calendar() -> str:
    return _page(
        '<table id="ctl00_ctl00_PageBody_PageContent_Upcomingmeetings_TableUpcomingMeetings"><tr>'
        "<th>Committee</th><th>Date</th><th>Room</th><th>Status</th></tr><tr><td>Insurance</td>"
        "<td></td><td></td><td>No meetings</td></tr></table>"
    )


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number}"


def _page(body: str) -> str:
    return f'<html><body><form name="aspnetForm" method="post">{body}</form></body></html>'
