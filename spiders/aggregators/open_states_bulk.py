"""Open States' files of a whole session, CSV or JSON in a ZIP: https://open.pluralpolicy.com/data/

Both are brought into the form of a bill of the API, so that one reading is proven for all. The state
and the session are those of the folder in the ZIP (`AZ/57th-2nd-regular/…`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from spiders.aggregators.open_states_bill import (
    Abstract,
    Bill,
    Count,
    Jurisdiction,
    Link,
    Organization,
    Paper,
    Sponsorship,
    Step,
    VoteEvent,
    jurisdiction_id,
)
from spiders.answer import Answer, from_json
from spiders.reading import PageChanged, columns, match

_MEMBER = re.compile(
    r"(?:.*/)?(?P<state>[A-Za-z]{2})/(?P<session>[^/]+)/[^/]*?_(?P<table>[a-z_]+)\.\w+"
)
# A list of the database as its client prints it: ['bill'].
_LISTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_MAX_FIELD = 2_000_000

Row = Mapping[str, str]


class _JsonStep(Struct):
    organization__name: str
    description: str
    date: str
    order: int = 0


class _JsonVote(Struct):
    motion_text: str
    start_date: str
    organization__classification: str = ""
    counts: list[Count] = []


class _JsonBill(Struct):
    legislative_session: str
    identifier: str
    title: str
    chamber: str
    classification: list[str] = []
    subject: list[str] = []
    abstracts: list[Abstract] = []
    actions: list[_JsonStep] = []
    sponsors: list[Sponsorship] = []
    documents: list[Paper] = []
    versions: list[Paper] = []
    sources: list[Link] = []
    votes: list[_JsonVote] = []


def bills_of(answer: Answer) -> Iterator[Bill]:
    """Raises PageChanged where the ZIP holds neither form, or a table lacks a column."""
    tables = {}
    for name, body in answer.zip_members(".csv"):
        found = match(_MEMBER, name)
        tables[found["table"]] = body
    if tables:
        yield from _from_csv(tables, _place(found["state"]))
        return
    for name, body in answer.zip_members("_bills.json"):
        place = _place(match(_MEMBER, name)["state"])
        for bill in from_json(body, list[_JsonBill]):
            yield _from_json_bill(bill, place)
        return
    raise PageChanged("tables or a list of bills of a session", "neither in the ZIP")


def _place(state: str) -> Jurisdiction:
    code = state.lower()
    return Jurisdiction(id=jurisdiction_id(code if code == "us" else f"us-{code}"))


# -- JSON ------------------------------------------------------------------------------------------


def _from_json_bill(bill: _JsonBill, place: Jurisdiction) -> Bill:
    return Bill(
        session=bill.legislative_session,
        jurisdiction=place,
        from_organization=Organization(bill.chamber),
        identifier=bill.identifier,
        title=bill.title,
        openstates_url="",
        classification=bill.classification,
        subject=bill.subject,
        abstracts=bill.abstracts,
        actions=[
            Step(Organization(_house(one.organization__name)), one.description, one.date, one.order)
            for one in bill.actions
        ],
        documents=bill.documents,
        sources=bill.sources,
        sponsorships=bill.sponsors,
        versions=bill.versions,
        votes=[
            VoteEvent(
                one.motion_text,
                one.start_date,
                Organization(one.organization__classification),
                one.counts,
            )
            for one in bill.votes
        ],
    )


def _house(name: str) -> str:
    """Actions of this form name who acted and not the house; what no name tells stays unsaid."""
    told = name.lower()
    if "senate" in told:
        return "upper"
    if any(word in told for word in ("house", "assembly", "delegates")) and "general" not in told:
        return "lower"
    return "executive" if "governor" in told or "executive" in told else ""


# -- CSV -------------------------------------------------------------------------------------------


def _from_csv(tables: Mapping[str, bytes], place: Jurisdiction) -> Iterator[Bill]:
    bodies = {row["id"]: row["classification"] for row in _rows(tables, "organizations", "id")}
    actions = _by(tables, "bill_actions", "bill_id", "description", "date", "order")
    sponsors = _by(tables, "bill_sponsorships", "bill_id", "name", "primary")
    abstracts = _by(tables, "bill_abstracts", "bill_id", "abstract")
    sources = _by(tables, "bill_sources", "bill_id", "url")
    papers = {
        name: _papers(tables, f"bill_{name}s", f"bill_{name}_links", f"{name}_id")
        for name in ("version", "document")
    }
    votes = _votes(tables, bodies)
    needed = ("id", "identifier", "title", "classification", "session_identifier")
    for row in _rows(tables, "bills", *needed):
        key = row["id"]
        yield Bill(
            session=row["session_identifier"],
            jurisdiction=place,
            from_organization=Organization(row["organization_classification"]),
            identifier=row["identifier"],
            title=row["title"],
            openstates_url="",
            classification=_listed(row["classification"]),
            subject=_listed(row["subject"]),
            abstracts=[Abstract(one["abstract"]) for one in abstracts[key]],
            actions=[_step(one, bodies) for one in actions[key]],
            documents=papers["document"][key],
            sources=[Link(one["url"]) for one in sources[key]],
            sponsorships=[Sponsorship(one["name"], _true(one["primary"])) for one in sponsors[key]],
            versions=papers["version"][key],
            votes=votes[key],
        )


def _step(row: Row, bodies: Mapping[str, str]) -> Step:
    body = Organization(bodies.get(row["organization_id"], ""))
    return Step(body, row["description"], row["date"], int(match(r"\d+", row["order"])[0]))


def _papers(
    tables: Mapping[str, bytes], papers: str, links: str, owner: str
) -> dict[str, list[Paper]]:
    linked = _by(tables, links, owner, "url", "media_type")
    found: dict[str, list[Paper]] = defaultdict(list)
    for row in _rows(tables, papers, "id", "bill_id", "note", "date"):
        addresses = [Link(one["url"], one["media_type"]) for one in linked[row["id"]]]
        found[row["bill_id"]].append(Paper(row["note"], row["date"], addresses))
    return found


def _votes(tables: Mapping[str, bytes], bodies: Mapping[str, str]) -> dict[str, list[VoteEvent]]:
    counts = _by(tables, "vote_counts", "vote_event_id", "option", "value")
    found: dict[str, list[VoteEvent]] = defaultdict(list)
    for row in _rows(tables, "votes", "id", "bill_id", "motion_text", "start_date"):
        tallies = [
            Count(one["option"], int(match(r"\d+", one["value"])[0])) for one in counts[row["id"]]
        ]
        body = Organization(bodies.get(row["organization_id"], ""))
        event = VoteEvent(row["motion_text"], row["start_date"], body, tallies)
        found[row["bill_id"]].append(event)
    return found


def _by(tables: Mapping[str, bytes], table: str, owner: str, *needed: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(tables, table, owner, *needed):
        found[row[owner]].append(row)
    return found


def _rows(tables: Mapping[str, bytes], table: str, *needed: str) -> Iterator[Row]:
    """A table without rows has no file; that of the bills must be there."""
    if table not in tables:
        if table == "bills":
            raise PageChanged("a table of bills", ", ".join(tables))
        return
    try:
        text = tables[table].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PageChanged("tables in UTF-8", str(error)) from error
    csv.field_size_limit(_MAX_FIELD)
    try:
        yield from _checked(csv.DictReader(io.StringIO(text, newline="")), needed)
    except csv.Error as error:
        raise PageChanged(f"the table {table}", str(error)) from error


def _checked(reader: csv.DictReader[str], needed: Sequence[str]) -> Iterator[Row]:
    columns(reader.fieldnames or [], needed)
    for row in reader:
        cells: list[Any] = list(row.values())
        if None in row or None in cells:
            raise PageChanged("as many cells as the head", f"line {reader.line_num}")
        yield row


def _listed(printed: str) -> list[str]:
    return [one or other for one, other in _LISTED.findall(printed)]


def _true(printed: str) -> bool:
    return printed.strip().lower() in {"true", "t", "1"}
