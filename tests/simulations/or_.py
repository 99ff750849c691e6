"""Oregon: an OData service of sessions, committees and measures with what is filed with them."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_SERVICE = "/odata/odataservice.svc/"
_OF_SESSION = "SessionKey eq '2026R1'"
_TEXTS = "/liz/2026R1/Downloads/MeasureDocument/"
_TEXT = re.compile(rf"{_TEXTS}([HS])B(\d+)/(Introduced|A-Engrossed)")
_NAMED = re.compile(r"MeasurePrefix eq '([HS])B' and MeasureNumber eq (\d+)")
_FIRST = {"H": 4001, "S": 1501}
_SENTENCES = (
    "Introduction and first reading. Referred to President's desk.",
    "Recommendation: Do pass with amendments and be printed A-Engrossed.",
)
_NOTES = ("Introduced", "A-Engrossed")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(_NOTES.index(found[3]) + 1))
        entities = asked.path.removeprefix(_SERVICE)
        if entities == "LegislativeSessions":
            return _rows(entities, [_SESSION])
        only = asked.query.get("$filter", "")
        if entities == "Committees" and only == _OF_SESSION:
            return _rows(entities, [_COMMITTEE])
        if entities == "Measures" and only == _OF_SESSION:
            return self._list(asked.query)
        if entities == "Measures" and "$expand" in asked.query and only.startswith(_OF_SESSION):
            return _rows(entities, [_whole(self._bill(one)) for one in _NAMED.finditer(only)])
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]) - _FIRST[found[1]] + 1, upper=found[1] == "S")

    def _list(self, query: dict[str, str]) -> Reply:
        """Ordered by prefix and number; counted whatever the page."""
        bills = sorted(self.world.bills(), key=lambda bill: bill.upper)
        start, most = int(query["$skip"]), int(query["$top"])
        rows = [_row(bill) for bill in bills[start : start + most]]
        return _rows("Measures", rows, **{"odata.count": str(len(bills))})


_SESSION = {
    "SessionKey": "2026R1",
    "SessionName": "2026 Regular Session",
    "BeginDate": "2026-01-12T00:00:00",
    "EndDate": "2026-03-09T00:00:00",
    "DefaultSession": True,
}
_COMMITTEE = {
    "SessionKey": "2026R1",
    "CommitteeCode": "SJUD",
    "CommitteeName": "Senate Committee On Judiciary",
    "HouseOfAction": "S",
}


def _rows(entities: str, rows: list[dict[str, Any]], **more: str) -> Reply:
    where = f"https://api.oregonlegislature.gov{_SERVICE}$metadata#{entities}"
    return as_json({"odata.metadata": where, **more, "value": rows})


def _key(bill: Bill) -> dict[str, Any]:
    house = "S" if bill.upper else "H"
    return {
        "SessionKey": "2026R1",
        "MeasurePrefix": f"{house}B",
        "MeasureNumber": _FIRST[house] + bill.number - 1,
    }


def _row(bill: Bill) -> dict[str, Any]:
    said = {"RelatingTo": bill.title, "CatchLine": "A fiction.", "MeasureSummary": None}
    return {**_key(bill), **said}


def _whole(bill: Bill) -> dict[str, Any]:
    key = _key(bill)
    steps = [
        {
            **key,
            "MeasureHistoryId": nth,
            "Chamber": key["MeasurePrefix"][0],
            "ActionDate": f"{day.isoformat()}T09:15:00",
            "ActionText": _SENTENCES[nth],
            "MeasureVotes": [],
        }
        for nth, day in enumerate(bill.steps)
    ]
    at = f"https://olis.oregonlegislature.gov{_TEXTS}{key['MeasurePrefix']}{key['MeasureNumber']}"
    texts = [
        {**key, "VersionDescription": note, "DocumentUrl": f"{at}/{note}"}
        for note in _NOTES[: len(bill.steps)]
    ]
    return {
        **_row(bill),
        "EffectiveDate": None,
        "MeasureHistoryActions": steps,
        "MeasureSponsors": [],
        "MeasureDocuments": texts,
        "MeasureAnalysisDocuments": [],
        "CommitteeAgendaItems": [],
    }
