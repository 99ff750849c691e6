"""Changes as the pages tell them: what happened, when, when it was seen, and the proof."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tracker.digest.wording import wording
from tracker.model import ORDER_KINDS, slug
from tracker.places import places
from tracker.readers.changes import ChangeRow
from tracker.words import CHANGE_KINDS, JURISDICTIONS, STAGES, label

# Steps that decide something, or bring a measure before the one who decides.
DECISIVE_STAGES = frozenset(
    [
        "passed_chamber",
        "passed_legislature",
        "to_governor",
        "enacted",
        "adopted",
        "vetoed",
        "dead",
        "in_force",
        "rescinded",
        "superseded",
        "expired",
        "in_court",
        "enjoined",
        "struck_down",
    ]
)
# How old an order may be and still be news when it is first seen.
_RECENT_DAYS = 30
# What was seen longer than this after it happened was not news of that week.
_LATE_DAYS = 14


class Told(NamedTuple):
    """One change. `said` is ours, `quoted` the official words; `path` is the measure's page."""

    row: ChangeRow
    said: str
    quoted: str
    place: str
    path: str

    @property
    def dated(self) -> str:
        """The sentence that says what the day of the change is."""
        match self.row.kind:
            case "measure_new":
                issued = self.row.measure_kind in ORDER_KINDS
                return "changes.issued" if issued else "changes.first_action"
            case "agreement_new" | "agreement_activated":
                return "changes.signed"
            case "agreement_ended":
                return "changes.list_of"
            case "hearing_added" | "hearing_changed" | "hearing_cancelled":
                return "changes.set_for"
        return "changes.late" if _days_before(self.row) > _LATE_DAYS else "changes.happened"


class About(NamedTuple):
    """The changes of one measure, in the order they were seen."""

    path: str
    first: ChangeRow
    changes: list[Told]


class Agreements(NamedTuple):
    """The agreement changes of one state: how many of each kind, and the rows."""

    counts: list[tuple[str, int]]
    changes: list[Told]


class PlaceNews(NamedTuple):
    code: str
    place: str
    measures: list[About]
    agreements: Agreements | None
    postures: list[Told]


class Week(NamedTuple):
    """`monday` begins the week in which the changes were seen (UTC)."""

    monday: dt.date
    news: list[PlaceNews]
    total: int

    @property
    def path(self) -> str:
        return f"changes/{self.monday.isoformat()}"


def tell(row: ChangeRow) -> Told:
    said, quoted = _stage(row) if row.kind == "stage_changed" else wording(row)
    path = slug(row.measure) if row.measure else ""
    return Told(row, said, quoted, JURISDICTIONS[row.jurisdiction], path)


def _stage(row: ChangeRow) -> tuple[str, str]:
    now = label(STAGES, row.new)
    if row.old in {"", "unknown"}:
        return now, ""
    return f"{now} (before: {label(STAGES, row.old).lower()})", ""


def decisive(row: ChangeRow) -> bool:
    """Whether a change belongs on the first page."""
    if row.kind == "posture_changed":
        return True
    if row.measure is None or row.scope != "core":
        return False
    if row.kind == "stage_changed":
        return row.new in DECISIVE_STAGES
    if row.kind == "measure_new" and row.measure_kind in ORDER_KINDS:
        return bool(row.happened_on) and _days_before(row) <= _RECENT_DAYS
    if row.kind == "judgement_changed":
        return row.field == "stance"
    return row.kind in {"stance_changed", "withdrawn_from_site", "back_on_site"}


def _days_before(row: ChangeRow) -> int:
    """How long before it was seen a change happened; 0 where no day is given."""
    if not row.happened_on:
        return 0
    seen = dt.date.fromisoformat(row.seen_at[:10])
    return (seen - dt.date.fromisoformat(row.happened_on)).days


def monday_of(seen_at: str) -> dt.date:
    day = dt.date.fromisoformat(seen_at[:10])
    return day - dt.timedelta(days=day.weekday())


def weeks(rows: Iterable[ChangeRow]) -> list[Week]:
    """Newest first."""
    by_week: dict[dt.date, list[ChangeRow]] = {}
    for row in rows:
        by_week.setdefault(monday_of(row.seen_at), []).append(row)
    return [Week(day, news(found), len(found)) for day, found in sorted(by_week.items())][::-1]


def news(rows: Iterable[ChangeRow]) -> list[PlaceNews]:
    """By jurisdiction, then by measure, core before related; agreements of a state together."""
    ordered = sorted(
        rows,
        key=lambda row: (JURISDICTIONS[row.jurisdiction], row.scope, row.measure or "", row.id),
    )
    return [
        _place(code, list(found))
        for code, found in groupby(ordered, key=lambda row: row.jurisdiction)
    ]


def _place(code: str, rows: list[ChangeRow]) -> PlaceNews:
    agreements = [tell(row) for row in rows if row.agreement is not None]
    return PlaceNews(
        code,
        JURISDICTIONS[code],
        list(_abouts(row for row in rows if row.measure)),
        Agreements(_counted(agreements), agreements) if agreements else None,
        [tell(row) for row in rows if row.kind == "posture_changed"],
    )


def _abouts(rows: Iterable[ChangeRow]) -> Iterator[About]:
    for key, found in groupby(rows, key=lambda row: row.measure):
        changes = [tell(row) for row in found]
        yield About(slug(key or ""), changes[0].row, changes)


def _counted(changes: list[Told]) -> list[tuple[str, int]]:
    found = Counter(change.row.kind for change in changes)
    return [(kind, found[kind]) for kind in CHANGE_KINDS if found[kind]]


def short(code: str) -> str:
    """The first part of a state's address on the site; "" for places without a page."""
    return places()[code].short if code in places() else ""
