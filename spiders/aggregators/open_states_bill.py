"""A bill as API v3 of Open States gives it: https://v3.openstates.org/docs"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from spiders.reading import PageChanged, day, match
from tracker.identifiers import official_identifier
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Measure,
    Sponsor,
    Version,
    Vote,
    fold,
)

# What a bill is asked for with, beside its own fields.
PARTS = ("abstracts", "actions", "documents", "sources", "sponsorships", "versions", "votes")

_CHAMBERS: dict[str, Chamber] = {
    "lower": "lower",
    "upper": "upper",
    "legislature": "legislature",
    "executive": "executive",
}
_RESOLUTIONS = ("resolution", "memorial", "constitutional amendment")
_BILLS = frozenset({"bill", "proposed bill"})


class Organization(Struct):
    classification: str = ""


class Jurisdiction(Struct):
    id: str


class Step(Struct):
    organization: Organization
    description: str
    date: str
    order: int = 0


class Link(Struct):
    url: str
    media_type: str = ""


class Paper(Struct):
    note: str
    date: str = ""
    links: list[Link] = []


class Sponsorship(Struct):
    name: str
    primary: bool = False


class Abstract(Struct):
    abstract: str


class Count(Struct):
    option: str
    value: int


class VoteEvent(Struct):
    motion_text: str
    start_date: str
    organization: Organization
    counts: list[Count] = []
    sources: list[Link] = []


class Bill(Struct):
    """`latest_action_date` and the parts are missing where there is none or it was not asked for."""

    session: str
    jurisdiction: Jurisdiction
    from_organization: Organization
    identifier: str
    title: str
    openstates_url: str
    classification: list[str] = []
    subject: list[str] = []
    abstracts: list[Abstract] | None = None
    actions: list[Step] | None = None
    documents: list[Paper] | None = None
    sources: list[Link] | None = None
    sponsorships: list[Sponsorship] | None = None
    versions: list[Paper] | None = None
    votes: list[VoteEvent] | None = None


class Pagination(Struct):
    page: int
    max_page: int
    total_items: int


class Bills(Struct):
    results: list[Bill]
    pagination: Pagination


def jurisdiction_code(identifier: str) -> str:
    """`us-nc` for `ocd-jurisdiction/country:us/state:nc/government`, `us` for the country's own."""
    form = r"ocd-jurisdiction/country:us(?:/(?:state|district|territory):([a-z]{2}))?/government"
    place = match(form, identifier)[1]
    return f"us-{place}" if place else "us"


def jurisdiction_id(code: str) -> str:
    """The other way: what a jurisdiction of ours is asked for by."""
    place = code.removeprefix("us-")
    if place == "us":
        return "ocd-jurisdiction/country:us/government"
    kind = {"dc": "district", "pr": "territory"}.get(place, "state")
    return f"ocd-jurisdiction/country:us/{kind}:{place}/government"


def kind_of(bill: Bill) -> Kind | None:
    """None for appointments, communications and whatever else is no measure."""
    if _BILLS & set(bill.classification):
        return "bill"
    if any(one.endswith(_RESOLUTIONS) for one in bill.classification):
        return "resolution"
    return None


def measure_of(bill: Bill, kind: Kind) -> Measure:
    """Raises PageChanged where a number, a day or a vote is none that can be read."""
    jurisdiction = jurisdiction_code(bill.jurisdiction.id)
    return Measure(
        jurisdiction=jurisdiction,
        session=bill.session,
        identifier=_identifier(jurisdiction, bill.identifier),
        kind=kind,
        chamber=_CHAMBERS.get(bill.from_organization.classification, ""),
        title=fold(bill.title),
        abstract=_abstract(bill),
        url=_page(bill),
        subjects=[fold(one) for one in bill.subject],
        **_parts(bill),
    )


def _parts(bill: Bill) -> dict[str, Any]:
    """Parts that were not asked for stay unsaid."""
    return {
        "sponsors": bill.sponsorships and _sponsors(bill.sponsorships),
        "actions": bill.actions and _actions(bill.actions),
        "versions": bill.versions and list(_versions(bill.versions)),
        "documents": bill.documents and list(_documents(bill.documents)),
        "votes": bill.votes and [_vote(one) for one in bill.votes],
    }


def _identifier(jurisdiction: str, printed: str) -> str:
    try:
        return official_identifier(jurisdiction, printed)
    except ValueError as error:
        raise PageChanged("the number of a measure", printed or "nothing") from error


def day_of(printed: str) -> dt.date:
    """`2026-03-14`, with or without an hour behind it."""
    return day(match(r"(\d{4}-\d\d-\d\d)(?:T.*)?", printed)[1], "%Y-%m-%d")


def _abstract(bill: Bill) -> str | None:
    if bill.abstracts is None:
        return None
    return "\n".join(dict.fromkeys(fold(one.abstract) for one in bill.abstracts))


def _page(bill: Bill) -> str:
    """The legislature's own page where it is named first; else that of Open States."""
    links = [one.url for one in bill.sources or () if one.url.startswith(("http://", "https://"))]
    return links[0] if links else bill.openstates_url


def _sponsors(found: Sequence[Sponsorship]) -> list[Sponsor]:
    return [
        Sponsor(name=fold(one.name), role="primary" if one.primary else "cosponsor")
        for one in found
        if fold(one.name)
    ]


def _actions(steps: Sequence[Step]) -> list[Action]:
    """Oldest first. Open States numbers them in the order of the legislature's page, of which some
    begin with the newest."""
    actions = [
        Action(
            on=day_of(step.date),
            chamber=_CHAMBERS.get(step.organization.classification, ""),
            text=fold(step.description),
        )
        for step in sorted(steps, key=lambda step: step.order)
    ]
    if actions and actions[0].on > actions[-1].on:
        actions.reverse()
    return sorted(actions, key=lambda action: action.on)


def _versions(papers: Sequence[Paper]) -> Iterator[Version]:
    """One a link: the same text is offered as HTML and as PDF."""
    for paper in papers:
        for link in paper.links:
            yield Version(
                note=fold(paper.note) or "text",
                url=_quoted(link.url),
                published_on=day_of(paper.date) if paper.date else None,
                media_type=link.media_type,
            )


def _quoted(url: str) -> str:
    """Some legislatures have blanks in their addresses (Oklahoma's `2025-26 INT`)."""
    return quote(url.strip(), safe="%/:=&?~#+!$,;'@()*[]")


def _documents(papers: Sequence[Paper]) -> Iterator[Document]:
    for paper in papers:
        note = fold(paper.note) or "document"
        for link in paper.links:
            yield Document(kind=_document_kind(note), note=note, url=_quoted(link.url))


def _document_kind(note: str) -> Any:
    told = note.lower()
    if "fiscal" in told:
        return "fiscal_note"
    if "veto" in told:
        return "veto_message"
    return "analysis" if "analysis" in told or "summary" in told else "other"


def _vote(event: VoteEvent) -> Vote:
    counts = {one.option: one.value for one in event.counts}
    return Vote(
        on=day_of(event.start_date),
        chamber=_CHAMBERS.get(event.organization.classification, ""),
        motion=fold(event.motion_text),
        yes=counts.get("yes", 0),
        no=counts.get("no", 0),
        url=event.sources[0].url if event.sources else "",
    )
