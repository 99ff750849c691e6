"""Measures that a person enters: guidance, local acts, ballot questions, court cases.

`docs/importing.md` says what each column holds. The reader is strict: every fault of the file is
found and told with its row and column, and a file with one fault gives nothing at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, get_args
from urllib.parse import urlsplit

from tracker.acts import ACT_KINDS, DECIDED, FILED, ISSUED, LOCAL_KINDS, REPORTED, SENTENCES
from tracker.model import Action, Binds, Judgement, Measure, Relation, RelationKind, Stance, slug
from tracker.places import places
from tracker.table_file import BadTable, Fault, Row, read_table
from tracker.words import TOPICS

COLUMNS = (
    "jurisdiction",
    "place",
    "kind",
    "session",
    "identifier",
    "title",
    "issuer",
    "issued_on",
    "decided_on",
    "effective_on",
    "ended_on",
    "status",
    "stance",
    "topics",
    "binds",
    "relations",
    "source_url",
    "source_on",
    "note",
    "entered_by",
)
_REQUIRED = (
    "jurisdiction",
    "kind",
    "session",
    "identifier",
    "title",
    "status",
    "source_url",
    "source_on",
    "entered_by",
)
_LONGEST = {"title": 1_000, "note": 4_000, "source_url": 2_000, "relations": 2_000, "place": 100}
_LONGEST_CELL = 200
_ACTS = ("in_force", "rescinded", "superseded", "expired", "in_court", "enjoined", "struck_down")
STATUSES: dict[str, tuple[str, ...]] = {
    "guidance": _ACTS,
    "directive": _ACTS,
    "local_policy": _ACTS,
    "ordinance": ("introduced", "dead", *_ACTS),
    "ballot_question": ("introduced", "enacted", "dead", "in_court", "enjoined", "struck_down"),
    "court_ruling": ("in_force", "in_court", "enjoined", "struck_down", "dead"),
}
# Which column holds the day of a status; the first that is filled in counts.
_DAY_OF = {
    "introduced": ("issued_on",),
    "in_force": ("decided_on", "issued_on", "effective_on"),
    "enacted": ("decided_on",),
    "dead": ("ended_on", "decided_on"),
    "rescinded": ("ended_on",),
    "superseded": ("ended_on",),
    "expired": ("ended_on",),
    "in_court": ("decided_on",),
    "enjoined": ("decided_on",),
    "struck_down": ("decided_on",),
}
_BEGINNINGS = frozenset({"issued_on", "effective_on"})
_MAY_LIE_AHEAD = frozenset({"effective_on", "ended_on"})
_DAYS = ("issued_on", "decided_on", "effective_on", "ended_on", "source_on")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SESSION = re.compile(r"(?:19|20)\d\d")
_RELATION = re.compile(r"(\w+): ([^/;]+)/([^;]+)")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_FIRST_DAY = dt.date(1900, 1, 1)


class Entered(NamedTuple):
    """One row: the measure, and what the person says it does."""

    row: Row
    measure: Measure
    judgement: Judgement


def read_measures(name: str, body: bytes, today: dt.date) -> list[Entered]:
    """Raises BadTable with every fault where one row can't be taken. `today` is the last day that
    something can have happened on."""
    rows = read_table(name, body, COLUMNS)
    read = [_Reader(row, today) for row in rows]
    faults = [fault for one in read for fault in one.faults()]
    faults += _doubles(one for one in read if not one.found)
    if faults:
        raise BadTable(name, sorted(faults))
    return [Entered(one.row, one.measure(), one.judgement()) for one in read]


class _Reader:
    """One row: its cells are checked first (`faults`), and only then made into items."""

    def __init__(self, row: Row, today: dt.date) -> None:
        self.row = row
        self._cells = row.cells
        self._today = today
        self._days: dict[str, dt.date] = {}
        self.found: list[Fault] = []

    def faults(self) -> list[Fault]:
        for column in COLUMNS:
            if column in _REQUIRED and not self._cells[column]:
                self._fault(column, "is empty; every row needs one")
            elif len(self._cells[column]) > _LONGEST.get(column, _LONGEST_CELL):
                limit = _LONGEST.get(column, _LONGEST_CELL)
                self._fault(column, f"longer than {limit} characters; shorten it")
        for check in _CHECKS:
            check(self)
        return self.found

    def _fault(self, column: str, what: str) -> None:
        told = {fault.column for fault in self.found}
        if column not in told:
            self.found.append(Fault(self.row.number, self.row.line, column, what))

    def check_choices(self) -> None:
        kind = self._cells["kind"]
        allowed: dict[str, Collection[str]] = {
            "jurisdiction": places(),
            "kind": sorted(ACT_KINDS),
            "status": STATUSES.get(kind, tuple(SENTENCES)),
            "stance": [stance for stance in get_args(Stance) if stance != "unknown"],
            "binds": [binds for binds in get_args(Binds) if binds != "unknown"],
        }
        for column, choices in allowed.items():
            value = self._cells[column]
            if value and value not in choices:
                shown = "us or us-xx" if column == "jurisdiction" else ", ".join(choices)
                self._fault(column, f"{value!r} is none of: {shown}")
        for topic in self._cells["topics"].split():
            if topic not in TOPICS:
                self._fault("topics", f"{topic!r} is no topic; the topics are {', '.join(TOPICS)}")

    def check_names(self) -> None:
        if self._cells["session"] and not _SESSION.fullmatch(self._cells["session"]):
            self._fault("session", f"{self._cells['session']!r} is not a year as 2026")
        local, place = self._cells["kind"] in LOCAL_KINDS, self._cells["place"]
        if local and not place:
            self._fault("place", "is empty; a local measure needs its county, city or agency")
        if self._cells["kind"] in {"guidance", "directive"} and place:
            self._fault("place", "guidance and directives are of the whole state; use local_policy")
        if "/" in place:
            self._fault("place", "has a slash; write the name without")

    def check_days(self) -> None:
        for column in _DAYS:
            value = self._cells[column]
            if not value:
                continue
            try:
                day = dt.date.fromisoformat(value) if _DAY.fullmatch(value) else None
            except ValueError:
                day = None
            if day is None or day < _FIRST_DAY:
                self._fault(column, f"{value!r} is not a day as 2026-02-01")
            elif day > self._today and column not in _MAY_LIE_AHEAD:
                self._fault(column, f"{value} has not come yet; only what has happened is entered")
            else:
                self._days[column] = day
        self._check_order()

    def _check_order(self) -> None:
        issued, source = self._days.get("issued_on"), self._days.get("source_on")
        for column in ("issued_on", "decided_on", "ended_on"):
            day = self._days.get(column)
            if issued and day and day < issued:
                self._fault(column, f"{day} is before issued_on, {issued}; correct one of them")
            if source and day and source < day <= self._today:
                self._fault("source_on", f"{source} is before {column}, {day}; name a later source")
        ended, status = self._days.get("ended_on"), self._cells["status"]
        if ended and ended > self._today and status not in {"in_force", "enjoined", "in_court"}:
            self._fault("ended_on", f"{ended} has not come yet; the status says that it is over")
        elif ended and ended <= self._today and status == "in_force":
            self._fault("status", f"in_force, though it ended on {ended}; say how it ended")

    def check_source(self) -> None:
        """An address that a browser opens: http or https, a host with a dot, no password."""
        url = self._cells["source_url"]
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            host, parts = "", urlsplit("")
        sound = (
            parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and "@" not in parts.netloc
        )
        if url and (not sound or " " in url):
            self._fault("source_url", f"{url[:80]!r} is not an address as https://example.gov/page")

    def check_relations(self) -> None:
        for told in self._relations():
            found = _RELATION.fullmatch(told)
            if not found or found[1] not in get_args(RelationKind):
                kinds = ", ".join(get_args(RelationKind))
                form = "`KIND: SESSION/IDENTIFIER`, with `;` between several"
                self._fault("relations", f"{told[:80]!r} is not as {form}; kinds are {kinds}")

    def _relations(self) -> list[str]:
        return [part.strip() for part in self._cells["relations"].split(";") if part.strip()]

    # -- items, of a row without faults ----------------------------------------------------------

    @property
    def identifier(self) -> str:
        """Numbers of ordinances are unique within their place only, so a local one begins with it."""
        place, identifier = self._cells["place"], self._cells["identifier"]
        return f"{place}: {identifier}" if place else identifier

    @property
    def key(self) -> str:
        return "/".join((self._cells["jurisdiction"], self._cells["session"], self.identifier))

    def measure(self) -> Measure:
        ends = self._cells["status"] in {"in_force", "in_court", "enjoined", "expired"}
        return Measure(
            jurisdiction=self._cells["jurisdiction"],
            session=self._cells["session"],
            identifier=self.identifier,
            kind=self._cells["kind"],  # type: ignore[arg-type]
            title=self._cells["title"],
            abstract=self._cells["note"],
            url=self._cells["source_url"],
            issuer=self._cells["issuer"],
            issued_on=self._days.get("issued_on"),
            effective_on=self._days.get("effective_on"),
            expires_on=self._days.get("ended_on") if ends else None,
            place=self._cells["place"],
            actions=list(self._actions()),
            relations=[_relation(told) for told in self._relations()],
        )

    def judgement(self) -> Judgement:
        return Judgement(
            jurisdiction=self._cells["jurisdiction"],
            session=self._cells["session"],
            identifier=self.identifier,
            source_url=self._cells["source_url"],
            source_on=self._days["source_on"],
            entered_by=self._cells["entered_by"],
            stance=self._cells["stance"] or "unknown",  # type: ignore[arg-type]
            topics=self._cells["topics"].split(),
            binds=self._cells["binds"] or "unknown",  # type: ignore[arg-type]
        )

    def _actions(self) -> Iterator[Action]:
        """Oldest first. What the status rests on comes last, so that it decides."""
        status, issued = self._cells["status"], self._days.get("issued_on")
        is_suit = self._cells["kind"] == "court_ruling"
        # A suit is filed before it is decided; everything else stands from the day it is issued.
        columns = [c for c in _DAY_OF[status] if c not in _BEGINNINGS or not is_suit]
        column = next((c for c in columns if c in self._days), None)
        decided = self._days.get("decided_on")
        if issued and not (column == "issued_on" and status == "introduced"):
            yield Action(on=issued, text=FILED if is_suit else ISSUED)
        if column == "issued_on" and status != "introduced":
            return
        if decided and column != "decided_on":
            yield Action(on=decided, text=DECIDED)
        sentence = SENTENCES[status]  # type: ignore[index]
        if column:
            yield Action(on=self._days[column], text=sentence)
        elif not (issued and status == "in_court" and is_suit):
            yield Action(on=self._days["source_on"], text=REPORTED + sentence.lower())


_CHECKS: Sequence[Callable[[_Reader], None]] = (
    _Reader.check_choices,
    _Reader.check_names,
    _Reader.check_days,
    _Reader.check_source,
    _Reader.check_relations,
)


def _relation(told: str) -> Relation:
    kind, session, identifier = _RELATION.fullmatch(told).groups()  # type: ignore[union-attr]
    return Relation(kind=kind, identifier=identifier.strip(), session=session.strip())  # type: ignore[arg-type]


def _doubles(read: Iterator[_Reader]) -> list[Fault]:
    """Two rows of one measure, or two whose pages would have one address."""
    rows = list(read)
    paths = Counter(slug(one.key) for one in rows)
    return [
        Fault(one.row.number, one.row.line, "identifier", f"{one.key} is there twice in the file")
        for one in rows
        if paths[slug(one.key)] > 1
    ]
