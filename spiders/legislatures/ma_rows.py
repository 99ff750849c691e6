"""A document of the General Court as its JSON tells it: numbers, kinds, sponsors, petition."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from spiders.reading import PageChanged, match, measure_number, words
from tracker.model import Kind, Measure, Relation, Sponsor, Version, fold, measure_key

SITE = "https://malegislature.gov"
_ADDRESS = re.compile(
    r"https://malegislature\.gov/api/GeneralCourts/(\d+)/Documents/([HS]D?\d+)"
    r"(?:/DocumentHistoryActions)?/?"
)
# Adopted by a branch or by both, and never law; a "Resolve" is law.
_RESOLUTION = re.compile(
    r"(?:(?:Senate|House|Joint)? ?Resolutions?\b|(?:Senate |House |Joint )?Order\b|Proposal for)"
)


class Person(Struct):
    name: str = field(name="Name")


class Row(Struct):
    """A docket has no number of a bill yet, some papers never had a docket's."""

    bill_number: str | None = field(name="BillNumber")
    docket_number: str | None = field(name="DocketNumber")
    title: str = field(name="Title")
    court: int = field(name="GeneralCourtNumber")

    @property
    def number(self) -> str:
        found = self.bill_number or self.docket_number
        if not found:
            raise PageChanged("a bill's or a docket's number", f"none: {self.title}")
        return found


class Paper(Row):
    primary: Person | None = field(name="PrimarySponsor")
    cosponsors: list[Person] = field(name="Cosponsors")
    joint: Person | None = field(name="JointSponsor", default=None)
    pinslip: str | None = field(name="Pinslip", default=None)
    document_text: str | None = field(name="DocumentText", default=None)

    @property
    def text(self) -> str:
        """The whole text; empty where only a PDF has it."""
        printed = self.document_text or ""
        return words(printed.encode(), "text/plain") if fold(printed) else ""


def court_name(number: str) -> str:
    """`194th`, `201st`."""
    last = int(number) % 100
    ending = "th" if last in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{number}{ending}"


def address_of(url: str) -> tuple[str, str]:
    """The court and the number of a document, as the site writes them."""
    court, number = match(_ADDRESS, url).groups()
    return court, number


def about(court: str, number: str) -> dict[str, Any]:
    return {
        "jurisdiction": "us-ma",
        "session": court_name(court),
        "identifier": measure_number(number),
    }


def key_of(court: str, number: str) -> str:
    return measure_key(**about(court, number))


def kind_of(title: str) -> Kind:
    return "resolution" if _RESOLUTION.match(fold(title)) else "bill"


def docket(court: str, row: Row) -> Measure:
    """A docket that has become a bill."""
    return Measure(
        **about(court, row.docket_number or ""),
        kind=kind_of(row.title),
        title=fold(row.title),
        relations=[
            Relation(kind="substituted_by", identifier=measure_number(row.bill_number or ""))
        ],
    )


def text_of(court: str, number: str) -> Version:
    """A matter has one text: another draft is another matter."""
    url = f"{SITE}/Bills/{court}/{number}.pdf"
    return Version(note="Bill Text", url=url, media_type="application/pdf")


def measure_of(court: str, paper: Paper) -> Measure:
    """The sentence it was filed with is its abstract; reports of committees have none."""
    return Measure(
        **about(court, paper.number),
        kind=kind_of(paper.title),
        chamber="lower" if paper.number.startswith("H") else "upper",
        title=fold(paper.title),
        abstract=fold(paper.pinslip or ""),
        url=f"{SITE}/Bills/{court}/{paper.number}",
        sponsors=sponsors(paper),
        versions=[text_of(court, paper.number)],
    )


def sponsors(paper: Paper) -> list[Sponsor]:
    """Who filed it, alone or with one of the other branch; the first may stand again among the rest."""
    filed = [fold(one.name) for one in (paper.primary, paper.joint) if one]
    rest = (fold(one.name) for one in paper.cosponsors)
    return [
        *(Sponsor(name=name, role="primary") for name in dict.fromkeys(filed)),
        *(Sponsor(name=name) for name in dict.fromkeys(rest) if name not in filed),
    ]
