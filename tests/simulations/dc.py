"""District of Columbia: a bulk list of a period with histories, details of each measure, a calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_API = "/api/v2/PublicData/"
_DETAILS = re.compile(r"LegislationDetails/(B|PR)26-(\d{4})")
_TEXT = re.compile(
    r"/downloads/LIMS/\d+/(Introduction|Meeting1/Engrossment)/(B|PR)26-(\d{4})-\w+\.pdf"
)
_SENTENCES = ("{} Introduced by Councilmember Nobody at Office of the Secretary", "First Reading")
_PAPERS = (
    "/downloads/LIMS/{1}/Introduction/{0}-Introduction.pdf?Id=1",
    "/downloads/LIMS/{1}/Meeting1/Engrossment/{0}-Engrossment1.pdf?Id=2",
)
# One house: what the world has of the upper one are resolutions here.
_BILLS, _RESOLUTIONS = "BulkData/1/26", "BulkData/6/26"


class Simulated(Site):
    environment: ClassVar[Mapping[str, str]] = {"DC_API_KEY": "fictional"}

    def answer(self, asked: Asked) -> Reply:
        if found := _TEXT.fullmatch(asked.path):
            bill = self.world.bill(int(found[3]), upper=found[2] == "PR")
            return as_pdf(bill.words(1 if found[1] == "Introduction" else 2))
        if asked.path == "/Hearings/API/Public/GetHearingsCalendar" and asked.method == "POST":
            return as_json([])
        if asked.headers.get("authorization") != "Bearer fictional":
            return NOTHING
        path = asked.path.removeprefix(_API)
        if path in {_BILLS, _RESOLUTIONS} and asked.method == "POST":
            upper = path == _RESOLUTIONS
            return as_json([_record(bill) for bill in self.world.bills() if bill.upper == upper])
        if found := _DETAILS.fullmatch(path):
            return as_json(_details(self.world.bill(int(found[2]), upper=found[1] == "PR")))
        return NOTHING


def _name(bill: Bill) -> str:
    return f"{'PR' if bill.upper else 'B'}26-{bill.number:04}"


def _id(bill: Bill) -> int:
    return bill.number * 2 + bill.upper


def _record(bill: Bill) -> dict[str, Any]:
    name = _name(bill)
    steps = zip(bill.steps, _SENTENCES, _PAPERS, strict=False)
    return {
        "legislationNumber": name,
        "legislationCategory": "Resolution" if bill.upper else "Bill",
        "legislationSubCategory": None,
        "title": bill.title,
        "introductionDate": f"{bill.steps[0]:%b %d, %Y}",
        "introducedBy": "Councilmember Nobody ",
        "coSponsors": "",
        "committeeReferral": "Retained by the Council",
        **dict.fromkeys(("actResNumber", "lawNumber", "projectedLawDate")),
        "status": "Under Council Review",
        "legislationHistory": [
            {
                "legislationNumber": name,
                "actionDate": f"{day:%b %d, %Y}",
                "actionDescription": words.format(name),
                "downloadURL": paper.format(name, _id(bill)),
            }
            for day, words, paper in steps
        ],
    }


def _details(bill: Bill) -> dict[str, Any]:
    nothing = ("shortDescription", "coIntroducers", "coSponsors", "committeesReferredTo", "actions")
    further = ("committeesReferredToWithComments", "mayoralReview", "otherDocuments")
    return {
        "legislationId": _id(bill),
        "legislationNumber": _name(bill),
        "councilPeriodId": 26,
        "title": bill.title,
        "introducers": [{"memberName": "Nobody, A.", "memberTitle": "Councilmember"}],
        **dict.fromkeys(nothing + further),
    }
