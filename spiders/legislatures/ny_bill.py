"""What a bill of New York comes to, from its JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.legislatures import ny_json as api
from spiders.reading import PageChanged, measure_number
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Listing,
    Measure,
    Relation,
    Sponsor,
    Version,
    Vote,
    fold,
)

SITE = "https://www.nysenate.gov"
PDF = "https://legislation.nysenate.gov/pdf/bills"
CHAMBERS: dict[str, Chamber] = {"SENATE": "upper", "ASSEMBLY": "lower"}
_SUBSTITUTED_FOR = re.compile(r"SUBSTITUTED FOR ([A-Z]\d+)[A-Z]?", re.IGNORECASE)
_VOTE_CODES = frozenset({"AYE", "AYEWR", "NAY", "EXC", "ABS", "ABD"})


def session_name(year: int) -> str:
    """`2025-2026` for the term that the site names 2025."""
    return f"{year}-{year + 1}"


def session_year(name: str) -> str:
    return name[:4]


def url_of(base_print_no: str, session: int) -> str:
    return f"{SITE}/legislation/bills/{session}/{base_print_no}"


def kind_of(bill: api.Info) -> Kind:
    return "resolution" if bill.bill_type.resolution else "bill"


def listing_of(bill: api.Info) -> Listing:
    """A bill that is printed anew has moved too, so the print is told with the status."""
    status = bill.status
    where = status.committee_name or (f"Cal. {status.bill_cal_no}" if status.bill_cal_no else "")
    told = f"{status.status_desc}: {where}" if where else status.status_desc
    return Listing(
        jurisdiction="us-ny",
        session=session_name(bill.session),
        identifier=measure_number(bill.base_print_no),
        kind=kind_of(bill),
        title=fold(bill.title),
        last_action=fold(f"{told} (print {bill.print_no})"),
        last_action_on=status.action_date,
        url=url_of(bill.base_print_no, bill.session),
    )


def measure_of(bill: api.Bill) -> Measure:
    if bill.active_version not in bill.amendments.items or not bill.actions.items:
        raise PageChanged("the text in force and the actions of a bill", bill.print_no)
    active = bill.amendments.items[bill.active_version]
    url = url_of(bill.base_print_no, bill.session)
    return Measure(
        jurisdiction="us-ny",
        session=session_name(bill.session),
        identifier=measure_number(bill.base_print_no),
        kind=kind_of(bill),
        chamber=CHAMBERS[bill.bill_type.chamber],
        title=fold(bill.title),
        abstract=fold(bill.summary),
        url=url,
        subjects=[active.law_section] if active.law_section else [],
        committees=list(dict.fromkeys(_committees(bill))),
        sponsors=list(_sponsors(bill, active)),
        actions=list(_actions(bill)),
        versions=list(_versions(bill)),
        documents=list(_documents(bill, url)),
        votes=[_vote(vote, url) for vote in bill.votes.items],
        relations=list(_relations(bill, active)),
    )


def _committees(bill: api.Bill) -> Iterator[str]:
    yield from (committee.name for committee in bill.past_committees.items)
    if bill.status.committee_name:
        yield bill.status.committee_name


def _sponsors(bill: api.Bill, active: api.Amendment) -> Iterator[Sponsor]:
    seen: set[str] = set()
    if bill.sponsor and (carries := _name(bill.sponsor)):
        seen.add(carries)
        yield Sponsor(name=carries, role="primary")
    more = bill.additional_sponsors.items if bill.additional_sponsors else []
    for member in (*more, *active.co_sponsors.items, *active.multi_sponsors.items):
        name = fold(member.full_name or member.short_name)
        if name not in seen:
            seen.add(name)
            yield Sponsor(name=name)


def _name(sponsor: api.Sponsor) -> str:
    if sponsor.member:
        return fold(sponsor.member.full_name or sponsor.member.short_name)
    flags = (
        (sponsor.rules, "Rules"),
        (sponsor.budget, "Budget Bill"),
        (sponsor.redistricting, "Redistricting"),
    )
    return next((name for flag, name in flags if flag), "")


def _actions(bill: api.Bill) -> Iterator[Action]:
    """A bill that became law without a signature has no line of its own, only a milestone."""
    for one in sorted(bill.actions.items, key=lambda one: one.sequence_no):
        yield Action(on=one.date, text=fold(one.text), chamber=CHAMBERS[one.chamber])
    for step in bill.milestones.items:
        if step.status_type == "POCKET_APPROVAL" and step.action_date:
            yield Action(on=step.action_date, text=fold(step.status_desc), chamber="executive")


def _versions(bill: api.Bill) -> Iterator[Version]:
    """The first print has no letter, then come A, B, …"""
    for letter in sorted(bill.amendments.items):
        print_no = bill.amendments.items[letter].print_no
        yield Version(
            note=print_no,
            url=f"{PDF}/{bill.session}/{print_no}",
            published_on=bill.amendments.items[letter].publish_date,
            media_type="application/pdf",
        )


def _documents(bill: api.Bill, url: str) -> Iterator[Document]:
    for veto in bill.veto_messages.items:
        line = "" if veto.veto_type == "STANDARD" else "Line "
        note = f"{line}Veto Message {veto.veto_number} of {veto.year}"
        yield Document(kind="veto_message", note=note, url=url)
    if bill.approval_message:
        told = bill.approval_message
        note = f"Approval Message {told.approval_number} of {told.year}"
        yield Document(kind="memo", note=note, url=url)


def _vote(vote: api.Vote, url: str) -> Vote:
    """Only the Senate's votes are told; an aye "with reservations" (AYEWR) is an aye."""
    codes = vote.member_votes.items
    if unknown := set(codes) - _VOTE_CODES:
        raise PageChanged(f"votes by {', '.join(sorted(_VOTE_CODES))}", ", ".join(sorted(unknown)))
    committee = vote.committee if vote.vote_type == "COMMITTEE" else None
    sizes = {code: len(members.items) for code, members in codes.items()}
    return Vote(
        on=vote.vote_date,
        chamber=CHAMBERS[committee.chamber] if committee else "upper",
        motion=f"Committee: {committee.name}" if committee else "Floor",
        yes=sizes.get("AYE", 0) + sizes.get("AYEWR", 0),
        no=sizes.get("NAY", 0),
        url=url,
    )


def _relations(bill: api.Bill, active: api.Amendment) -> Iterator[Relation]:
    for twin in active.same_as.items:
        if twin.session == bill.session:
            yield Relation(kind="companion", identifier=measure_number(twin.base_print_no))
    if bill.substituted_by:
        identifier = measure_number(bill.substituted_by.base_print_no)
        yield Relation(kind="substituted_by", identifier=identifier)
    for action in bill.actions.items:
        if found := _SUBSTITUTED_FOR.match(action.text):
            yield Relation(kind="substitutes", identifier=measure_number(found[1]))
