"""Open States as the states that are read from it see it: sessions, a search of twenty a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_PER_PAGE = 20


class OpenStatesSite(Site):
    """Its search finds what is on topic and as many others, as texts only mention things.

    Subclasses name the state, its session, two sentences, and where texts lie that may be read.
    """

    environment: ClassVar[Mapping[str, str]] = {"OPENSTATES_API_KEY": "fictional"}
    state: ClassVar[str]
    session: ClassVar[str]
    sentences: ClassVar[tuple[str, str]]
    texts: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.has_texts = bool(cls.texts)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return NOTHING
        if asked.host == "v3.openstates.org":
            assert asked.headers["x-api-key"] == "fictional"
            return self._called(asked)
        if self.texts and asked.url.startswith(self.texts):
            name, _, version = (
                asked.url.removeprefix(self.texts).removesuffix(".pdf").partition("-")
            )
            bill = self.world.bill(int(name[1:]), upper=name[0] == "S")
            return as_pdf(bill.words(int(version)))
        return NOTHING

    def _called(self, asked: Asked) -> Reply:
        place = f"ocd-jurisdiction/country:us/state:{self.state}/government"
        if asked.path == f"/jurisdictions/{place}":
            session = {"identifier": self.session, "classification": "primary"}
            days = {"start_date": "2025-01-01", "end_date": "2026-12-31"}
            return as_json({"id": place, "legislative_sessions": [session | days]})
        if asked.path == "/bills" and asked.query["jurisdiction"] == place:
            assert asked.query["session"] == self.session
            return self._page(place, int(asked.query["page"]))
        return NOTHING

    def _page(self, place: str, number: int) -> Reply:
        found = self._found()
        some = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
        pages = -(-len(found) // _PER_PAGE)
        return as_json(
            {
                "results": [self._bill(bill, place) for bill in some],
                "pagination": {
                    "per_page": _PER_PAGE,
                    "page": number,
                    "max_page": pages,
                    "total_items": len(found),
                },
            }
        )

    def _found(self) -> Sequence[Bill]:
        bills = list(self.world.bills())
        on_topic = [bill for bill in bills if bill.on_topic]
        return on_topic + [bill for bill in bills if not bill.on_topic][: len(on_topic)]

    def _bill(self, bill: Bill, place: str) -> dict[str, Any]:
        name = f"{'S' if bill.upper else 'H'}{bill.number}"
        chamber = {"name": "", "classification": "upper" if bill.upper else "lower"}
        address = self.texts or f"https://{self.state}.example/"
        return {
            "session": self.session,
            "jurisdiction": {"id": place},
            "from_organization": chamber,
            "identifier": f"{name[0]}B {bill.number}",
            "title": bill.title,
            "classification": ["bill"],
            "openstates_url": f"https://openstates.org/{self.state}/bills/{self.session}/{name}/",
            "abstracts": [],
            "actions": [
                {
                    "organization": chamber,
                    "description": self.sentences[nth],
                    "date": f"{day}",
                    "order": nth,
                }
                for nth, day in enumerate(bill.steps)
            ],
            "versions": [
                {"note": f"Version {nth}", "links": [{"url": f"{address}{name}-{nth}.pdf"}]}
                for nth in range(1, len(bill.steps) + 1)
            ],
        }
