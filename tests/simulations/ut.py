"""Utah: one list of a session's bills, a JSON file for each, texts in XML."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_FILE = re.compile(r"/data/2026GS/([HS])B(\d{4})\.json")
_TEXT = re.compile(r"/Session/2026/bills/introduced/([HS])B(\d{4})(S01)?\.xml")
_SENTENCES = "1st reading (Introduced)", "to standing committee"


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/billlist.jsp" and asked.query["session"] == "2026GS":
            return Reply(self._list())
        if found := _FILE.fullmatch(asked.path):
            return as_json(_file(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return Reply(_text(self._bill(found), 2 if found[3] else 1), XML)
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _list(self) -> str:
        rows = "".join(
            f'<li><a href="/~2026/bills/static/{_name(bill)}.html" class="billlink">'
            f"{_name(bill)[0]}.B. {bill.number}</a> -- <b>{bill.title}</b>"
            " <i>(Rep. Fictional, A.)</i></li>"
            for bill in self.world.bills()
        )
        return (
            "<html><head><title>Bills and Resolutions</title></head><body>"
            '<h3 class="heading">2026 General Session Bills and Resolutions</h3>'
            f'<ul id="g0">{rows}</ul></body></html>'
        )


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number:04}"


def _file(bill: Bill) -> dict[str, Any]:
    house = "Senate" if bill.upper else "House"
    names = (
        (_name(bill), "Introduced", "Introduced"),
        (f"{_name(bill)}S01", "Substitute #1", "Pubsub"),
    )
    return {
        "year": "2026",
        "sessionID": "2026GS",
        "billNumber": _name(bill),
        "billNumberShort": f"{house[0]}B {bill.number}",
        "shortTitle": bill.title,
        "primeSponsorName": f"{house[:3]}. Fictional, A.",
        "primeSponsorHouse": house[0],
        "floorSponsorName": "",
        "generalProvisions": "",
        "highlightedProvisions": "",
        "agendaList": [],
        "actionHistoryList": [
            {
                "description": f"{house}/ {_SENTENCES[nth]}",
                "actionDate": f"{day:%m/%d/%Y}",
                "actionClass": house[0],
                "owner": f"Clerk of the {house}" if nth == 0 else f"{house} Judiciary Committee",
                "voteID": "",
                "voteStr": "",
                "voiceVote": "0",
                "voteHouse": "",
            }
            for nth, day in enumerate(bill.steps)
        ],
        "billVersionList": [
            {
                "billNumber": name,
                "activeVersion": nth == len(bill.steps),
                "subjectList": [],
                "coSponsorList": [],
                "billDocs": [
                    {
                        "shortDesc": label,
                        "fileType": kind,
                        "url": f"/Session/2026/bills/introduced/{name}.xml",
                        "fileDate": f"{bill.steps[nth - 1]:%Y-%m-%d} 10:00:00.000",
                    }
                ],
            }
            for nth, (name, label, kind) in enumerate(names[: len(bill.steps)], start=1)
        ],
    }


def _text(bill: Bill, version: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<leg xml:space="preserve" billnum="{_name(bill)}" sess="2026GS"><info></info>'
        f"<lt><gd>{bill.words(version)}</gd></lt></leg>"
    )
