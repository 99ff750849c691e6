"""Congress, as asked with a key: the Library's list in pages of 250, GPO's file and texts of a bill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, ClassVar

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_FILE = re.compile(r"/bulkdata/BILLSTATUS/119/(hr|s)/BILLSTATUS-119\1(\d+)\.xml")
_TEXT = re.compile(r"/content/pkg/(BILLS-119(hr|s)(\d+)([ir])[hs])/xml/\1\.xml")
_VERSIONS = {
    False: (("ih", "Introduced in House"), ("rh", "Reported in House")),
    True: (("is", "Introduced in Senate"), ("rs", "Reported to Senate")),
}


class Simulated(Site):
    environment: ClassVar = {"CONGRESS_GOV_API_KEY": "fictional"}

    def answer(self, asked: Asked) -> Reply:
        if asked.host == "api.congress.gov":
            return self._api(asked)
        if found := _FILE.fullmatch(asked.path):
            return Reply(_status(self._bill(found[1], found[2])), XML)
        if found := _TEXT.fullmatch(asked.path):
            bill = self._bill(found[2], found[3])
            return Reply(_text(bill.words(1 if found[4] == "i" else 2)), XML)
        return NOTHING

    def _bill(self, letters: str, number: str) -> Bill:
        return self.world.bill(int(number), upper=letters == "s")

    def _api(self, asked: Asked) -> Reply:
        if asked.headers.get("x-api-key") != "fictional":
            return Reply('{"error": {"code": "API_KEY_MISSING"}}', "application/json", 403)
        if asked.path == "/v3/bill/119":
            offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
            rows = [_row(bill) for bill in islice(self.world.bills(), offset, offset + limit)]
            return _list("bills", rows, self.world.listed)
        if asked.path == "/v3/summaries/119":
            return _list("summaries", [], 0)
        if asked.path == "/v3/committee-meeting/119":
            return _list("committeeMeetings", [], 0)
        return NOTHING


def _list(name: str, rows: Sequence[Any], count: int) -> Reply:
    return as_json({name: rows, "pagination": {"count": count}})


def _actions(bill: Bill) -> list[tuple[str, str]]:
    """The day and words of each step."""
    judiciary = f"the {'Senate' if bill.upper else 'House'} Committee on the Judiciary."
    referred = "Read twice and referred to the Committee on the Judiciary."
    words = (referred if bill.upper else f"Referred to {judiciary}", f"Reported by {judiciary}")
    return [(day.isoformat(), told) for day, told in zip(bill.steps, words, strict=False)]


def _row(bill: Bill) -> dict[str, Any]:
    day, words = _actions(bill)[-1]
    return {
        "congress": 119,
        "type": "S" if bill.upper else "HR",
        "number": str(bill.number),
        "title": bill.title,
        "updateDate": day,
        "latestAction": {"actionDate": day, "text": words},
    }


def _status(bill: Bill) -> str:
    letters, house = ("S", "Senate") if bill.upper else ("HR", "House")
    actions = "".join(
        f"<item><actionDate>{day}</actionDate><text>{words}</text>"
        f"<sourceSystem><name>{house}</name></sourceSystem></item>"
        for day, words in reversed(_actions(bill))
    )
    texts = "".join(
        f"<item><type>{note}</type><date>{day}T05:00:00Z</date><formats><item><url>"
        f"https://www.govinfo.gov/content/pkg/{name}/xml/{name}.xml</url></item></formats></item>"
        for day, (form, note) in reversed(
            list(zip(bill.steps, _VERSIONS[bill.upper], strict=False))
        )
        for name in (f"BILLS-119{letters.lower()}{bill.number}{form}",)
    )
    return (
        f"<billStatus><version>3.0.0</version><bill><number>{bill.number}</number>"
        f"<originChamber>{house}</originChamber><type>{letters}</type><congress>119</congress>"
        f"<actions>{actions}</actions><sponsors><item><fullName>A Member (fictional)</fullName>"
        f"</item></sponsors><title>{bill.title}</title><textVersions>{texts}</textVersions>"
        "</bill></billStatus>"
    )


def _text(words: str) -> str:
    section = f"<section><text>{words}</text></section>"
    return f'<?xml version="1.0"?><bill><legis-body>{section}</legis-body></bill>'
