"""A fictional legislature: the smallest source that uses every part of the base.

Its list names bills; each bill has a page, its history on a second one, texts, and hearings for
all bills on a third. `Fictional.site` is the address it is read from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.reading import Implausible, attribute, day, measure_number, one, some, text
from tracker.model import Action, Hearing, Listing, Measure, Version
from tracker.runs import SourceFacts

JURISDICTION, SESSION = "us-mt", "2027"
ABOUT = {"jurisdiction": JURISDICTION, "session": SESSION}


FACTS = SourceFacts(
    code="fictional",
    jurisdiction=JURISDICTION,
    name="Fictional legislature",
    kind="legislature",
    home="http://127.0.0.1/",
)


class Fictional(LegislatureSpider):
    hosts: ClassVar[tuple[str, ...]] = ("127.0.0.1",)
    site: ClassVar[str] = "http://127.0.0.1"
    begins: ClassVar[tuple[str, ...]] = ("/list",)
    secret: ClassVar[str] = ""

    def sessions(self, today: dt.date) -> list[str]:
        return [SESSION]

    def begin(self) -> Iterator[Request]:
        for path in self.begins:
            request = self.get(self._address(path))
            if self.secret:
                request.headers["X-Api-Key"] = self.secret
            yield request

    @page(r"/list(/\d+)?$", landmark="<h1>Bills", empty="No bills are before the House")
    def bill_list(self, answer: Answer) -> Things:
        soup = answer.soup()
        for row in some(soup, "tr"):
            link = one(row, "a")
            yield Listing(
                **ABOUT,
                identifier=measure_number(text(link)),
                title=text(one(row, "td.title")),
                last_action=text(one(row, "td.last")),
                url=self._address(attribute(link, "href")),
            )
        for link in soup.select("a.next"):
            yield self.get(self._address(attribute(link, "href")))

    def _address(self, href: str) -> str:
        return href if ":" in href else self.site + href

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url, **ABOUT, identifier=listing.identifier)

    @page(r"/bill/\d+$", landmark="<h1>Bill ", absent=True)
    def bill(self, answer: Answer) -> Things:
        if answer.status != 200:
            yield self.absent(answer)
            return
        soup = answer.soup()
        yield Measure(
            **ABOUT,
            identifier=answer.context["identifier"],
            title=text(one(soup, "h2")),
            url=answer.url,
            versions=[
                Version(note=text(link), url=self._address(attribute(link, "href")))
                for link in soup.select("a.text")
            ],
        )
        for link in soup.select("a.history"):
            yield self.get(
                self._address(attribute(link, "href")), identifier=answer.context["identifier"]
            )

    @page(r"/history/\d+$", landmark="<h1 data-chamber")
    def history(self, answer: Answer) -> Things:
        soup = answer.soup()
        yield Measure(
            **ABOUT,
            identifier=answer.context["identifier"],
            chamber=soup.h1["data-chamber"],
            actions=[
                Action(on=day(attribute(li, "data-day"), "%Y-%m-%d"), text=text(li))
                for li in some(soup, "li")
            ],
        )

    @page(r"/text/", landmark="BE IT ENACTED")
    def bill_text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="text/plain")

    @page(r"/bulk$", landmark="bill,title")
    def bulk(self, answer: Answer) -> Things:
        """Full facts of every bill in one file, as some legislatures give them."""
        for row in answer.rows(("bill", "title", "on", "action")):
            yield Measure(
                **ABOUT,
                identifier=measure_number(row["bill"]),
                title=row["title"],
                actions=[Action(on=day(row["on"], "%Y-%m-%d"), text=row["action"])],
            )
        yield self.get(f"{self.site}/patrons")

    @page(r"/patrons$", landmark="bill,chamber")
    def patrons(self, answer: Answer) -> Things:
        for row in answer.rows(("bill", "chamber")):
            identifier = measure_number(row["bill"])
            yield Measure(**ABOUT, identifier=identifier, chamber=row["chamber"])  # type: ignore[arg-type]

    @page(r"/hearings$", landmark="bill,on")
    def hearings(self, answer: Answer) -> Things:
        for row in answer.rows(("bill", "on")):
            yield Hearing(
                **ABOUT, identifier=measure_number(row["bill"]), on=day(row["on"], "%Y-%m-%d")
            )

    @page(r"/calendar$", landmark="bill,on", beside=True)
    def calendar(self, answer: Answer) -> Things:
        yield from self.hearings(answer)

    @page(r"/search$", landmark="form")
    def search(self, answer: Answer) -> Things:
        for word in ("detainer", "sheriff"):
            yield self.post(f"{self.site}/found", {"word": word})

    @page(r"/found$", landmark='"bills"')
    def found(self, answer: Answer) -> Things:
        for identifier, title in answer.json(dict[str, list[tuple[str, str]]])["bills"]:
            yield Listing(**ABOUT, identifier=identifier, title=title)

    @page(r"/broken$", landmark="broken")
    def broken(self, answer: Answer) -> Things:
        yield Listing(**ABOUT, identifier="HB 1", title="Read before the error")
        raise ZeroDivisionError("an error of ours")

    @page(r"/impossible$", landmark="impossible")
    def impossible(self, answer: Answer) -> Things:
        raise Implausible("a plausible number of bills", "none of 3,000")
        yield

    @page(r"/greedy$", landmark="greedy")
    def greedy(self, answer: Answer) -> Things:
        blocks = [bytearray(64 * 1024 * 1024) for _ in range(64)]
        yield Listing(**ABOUT, identifier="HB 1", title=str(len(blocks)))


def register() -> None:
    """Make it a source of this process. Only processes that crawl do so: others count sources."""
    Fictional.facts, Fictional.name = FACTS, FACTS.code


def bill_list(*rows: tuple[int, str, str], more: str = "") -> str:
    """A list page of bills (number, title, last action)."""
    cells = "".join(
        f'<tr><td><a href="/bill/{number}">H.B. {number}</a></td><td class="title">{title}</td>'
        f'<td class="last">{last}</td></tr>'
        for number, title, last in rows
    )
    return f"<html><h1>Bills</h1><table>{cells}</table>{more}</html>"


def bill_page(number: int, title: str, texts: int = 0) -> str:
    links = "".join(
        f'<a class="text" href="/text/{number}/{nth}">Version {nth}</a>'
        for nth in range(1, texts + 1)
    )
    return (
        f"<html><h1>Bill {number}</h1><h2>{title}</h2>{links}"
        f'<a class="history" href="/history/{number}">History</a></html>'
    )


def history(*days: str, chamber: str = "lower") -> str:
    lines = "".join(f'<li data-day="{printed}">First Reading</li>' for printed in days)
    return f'<html><h1 data-chamber="{chamber}">History</h1>{lines}</html>'


DETAINERS = "Sheriffs shall honor immigration detainers (fictional)"
BRIDGES = "Revise laws on the width of bridges (fictional)"
