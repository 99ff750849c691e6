"""Alaska: a list of all measures in JSON, a page for each, texts as pages with numbered lines."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_ROOT = re.compile(r"([HS])B(\d+)")
_TEXT = re.compile(r"([HS])B(\d{4})([AB])")
_SENTENCES = ("({0}) READ THE FIRST TIME - REFERRALS", "({0}) STA RPT CS(STA) 4DP 2NR")
_STATUSES = ("({0}) STA", "({0}) JUD")
_NAMES = ("{0}B {1}", "CS{0}B {1}(STA)")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/publicservice/basis/bills" if asked.query["session"] == "34":
                # Older versions of the service know no JSON.
                if asked.headers.get("x-alaska-legislature-basis-version") != "1.4":
                    return NOTHING
                bills = [_row(bill) for bill in self.world.bills()]
                return as_json({"Basis": {"Bills": bills}})
            case "/basis/Bill/Detail/34":
                found = _ROOT.fullmatch(asked.query["Root"])
                return Reply(_page(self._bill(found))) if found else NOTHING
            case "/basis/Bill/Text/34":
                found = _TEXT.fullmatch(asked.query["Hsid"])
                return Reply(_text(self._bill(found), "AB".index(found[3]))) if found else NOTHING
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")


def _row(bill: Bill) -> dict[str, object]:
    last = len(bill.steps) - 1
    return {
        "BillNumber": f"{_house(bill)}B {bill.number}",
        "BillName": _named(_NAMES[last], bill),
        "ShortTitle": bill.title.upper(),
        "FullTitle": f' "{bill.title}"',
        "StatusCode": "002",
        "StatusText": _named(_STATUSES[last], bill),
        "StatusDate": bill.steps[last].isoformat(),
    }


def _page(bill: Bill) -> str:
    last = len(bill.steps) - 1
    facts = {
        "Bill ": f"{_house(bill)}B {bill.number}",
        "Current Status ": _named(_STATUSES[last], bill),
        "Status Date ": f"{bill.steps[last]:%m/%d/%Y}",
        "Short Title ": bill.title.upper(),
        "Sponsor(S) ": " REPRESENTATIVES NOBODY, Nobodyelse",
        "Title": f"&quot;{bill.title}&quot;",
    }
    head = "".join(
        f"<li><span>{label}</span><strong>{value}</strong></li>" for label, value in facts.items()
    )
    versions = "".join(
        f'<tr><td><span><a href="/basis/Bill/Text/34?Hsid={code}">{code}</a></span></td>'
        f'<td><span class="blue">{_named(_NAMES[nth], bill)}</span></td><td></td></tr>'
        for nth in range(len(bill.steps))
        for code in [f"{_house(bill)}B{bill.number:04}{'AB'[nth]}"]
    )
    actions = "".join(
        f'<tr class="floorAction"><td><time datetime="{day}">{day}</time></td>'
        '<td><span data-label="Page">0001</span></td>'
        f'<td><span class="text" data-label="Text">{_named(_SENTENCES[nth], bill)}</span></td></tr>'
        for nth, day in enumerate(bill.steps)
    )
    return _whole(
        f'<div class="information-holder"><ul class="information">{head}</ul></div>'
        f'<div class="fulltext" id="tab1_4"><table><tbody>{versions}</tbody></table></div>'
        '<div class="actions" id="tab6_4"><table><thead><tr><th>Jrn Date</th><th>Jrn Page</th>'
        f"<th>Text</th></tr></thead><tbody>{actions}</tbody></table></div>"
    )


def _text(bill: Bill, nth: int) -> str:
    return _whole(
        '<div id="draftOverlay"><pre><p class=tighter><span class=unselectable>00</span>'
        f"          {_named(_NAMES[nth], bill)}       <span class=unselectable>01</span> "
        f"{bill.words(nth + 1)}</p></pre></div>"
    )


def _house(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _named(form: str, bill: Bill) -> str:
    return form.format(_house(bill), bill.number)


def _whole(body: str) -> str:
    return f"<html><head><title>Alaska State Legislature</title></head><body>{body}</body></html>"
