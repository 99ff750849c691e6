"""Measures on topic with all that is known of them, as they stood at the end of a day."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlite_utils import Database

from tracker.keep.facts import texts_newest_first
from tracker.model import Evidence, slug
from tracker.readers.changes import ON_TOPIC


class MeasureRow(NamedTuple):
    """One measure and what is said of it. Days are ISO text as stored; times are UTC.

    `place` is that of a local measure; `entered_by`, `source_url` and `source_on` are of what a person
    entered. With an earlier `as_of`, `stage` is the one that was known then and `stage_on` is None unless
    the log has its day; the other facts are those of the last reading.
    """

    id: int
    key: str
    jurisdiction: str
    session: str
    identifier: str
    kind: str
    title: str
    abstract: str
    url: str
    issuer: str
    issued_on: str | None
    effective_on: str | None
    expires_on: str | None
    comments_close_on: str | None
    committees: list[str]
    stage: str
    stage_on: str | None
    stage_text: str
    governor_action: str
    last_action: str
    last_action_on: str | None
    scope: str
    listed_only: bool
    withdrawn_on: str | None
    source: str
    first_seen: str
    changed_at: str
    topics: list[str]
    stance: str
    direction: str
    mixed: bool
    nonbinding: bool
    binds: str
    confidence: float
    evidence: list[Evidence]
    rule: str
    place: str
    entered_by: str
    source_url: str
    source_on: str | None

    @property
    def path(self) -> str:
        return slug(self.key)


class Act(NamedTuple):
    on: str
    chamber: str
    text: str


class Person(NamedTuple):
    name: str
    role: str


class TextVersion(NamedTuple):
    note: str
    url: str
    published_on: str | None
    media_type: str
    sha256: str | None
    seen_at: str | None


class Paper(NamedTuple):
    kind: str
    note: str
    url: str


class Ballot(NamedTuple):
    on: str
    chamber: str
    motion: str
    yes: int
    no: int
    url: str


class Link(NamedTuple):
    """`key` is that of the other measure where the store has it."""

    kind: str
    identifier: str
    session: str
    key: str | None
    scope: str | None


class HearingRow(NamedTuple):
    on: str
    starts_at: str | None
    timezone: str
    committee: str
    place: str
    note: str
    status: str
    url: str


class CaptureRow(NamedTuple):
    """`run` names the run folder that holds the archived answer."""

    id: int
    url: str
    fetched_at: str
    status: int
    media_type: str
    bytes: int
    sha256: str
    run: str


class Parts(NamedTuple):
    actions: list[Act]
    sponsors: list[Person]
    versions: list[TextVersion]
    documents: list[Paper]
    votes: list[Ballot]
    relations: list[Link]
    hearings: list[HearingRow]
    captures: list[CaptureRow]


_SQL = """
    SELECT m.id, m.key, m.jurisdiction, m.session, m.identifier, m.kind, m.title, m.abstract,
        m.url, m.issuer, m.issued_on, m.effective_on, m.expires_on, m.comments_close_on,
        m.committees,
        coalesce(later.old, m.stage), iif(later.old IS NULL, m.stage_on, (
            SELECT before.happened_on FROM changes AS before WHERE before.measure = m.id
            AND before.kind = 'stage_changed' AND before.id < later.id ORDER BY before.id DESC LIMIT 1)),
        iif(later.old IS NULL, m.stage_text, ''), m.governor_action, m.last_action,
        m.last_action_on, m.scope, m.listed_only, m.withdrawn_on, m.source, m.first_seen,
        m.changed_at, coalesce(k.topics, '[]'), coalesce(k.stance, 'unknown'),
        coalesce(k.direction, 'unknown'), coalesce(k.mixed, 0), coalesce(k.nonbinding, 0),
        coalesce(k.binds, 'unknown'), coalesce(k.confidence, 0), coalesce(k.evidence, '[]'),
        coalesce(k.rule, ''), m.place, coalesce(j.entered_by, ''), coalesce(j.source_url, ''),
        j.source_on
    FROM measures AS m LEFT JOIN judgements AS j ON j.measure = m.id
    LEFT JOIN classifications AS k ON k.measure = m.id
    LEFT JOIN changes AS later ON later.id = (
        SELECT min(c.id) FROM changes AS c WHERE c.measure = m.id AND c.kind = 'stage_changed'
        AND c.seen_at >= :end)
    WHERE m.scope IN ({scopes}) AND m.first_seen < :end ORDER BY m.key
"""
_JSON = {"committees": list[str], "topics": list[str], "evidence": list[Evidence]}
_FLAGS = ("listed_only", "mixed", "nonbinding")


def end_of(as_of: dt.date | None) -> str:
    """The first moment after the day, to compare stored times with; a far one without a day."""
    return (as_of + dt.timedelta(days=1)).isoformat() if as_of else "9999"


def measures(
    db: Database, *, as_of: dt.date | None = None, scopes: Collection[str] = ON_TOPIC
) -> list[MeasureRow]:
    """Measures seen up to the end of `as_of`, by key."""
    marks = ", ".join(f"'{scope}'" for scope in scopes)
    rows = db.conn.execute(_SQL.format(scopes=marks), {"end": end_of(as_of)})
    return [_measure(tuple(row)) for row in rows]


def _measure(row: tuple[object, ...]) -> MeasureRow:
    values: dict[str, Any] = dict(zip(MeasureRow._fields, row, strict=True))
    values |= {
        name: msgspec.json.decode(str(values[name]), type=kind) for name, kind in _JSON.items()
    }
    values |= {name: bool(values[name]) for name in _FLAGS}
    return MeasureRow(**values)


_PARTS_SQL: dict[Callable[..., object], str] = {
    Act: "SELECT on_date, chamber, text FROM actions WHERE measure = ? ORDER BY seq",
    Person: "SELECT name, role FROM sponsors WHERE measure = ? ORDER BY seq",
    TextVersion: (
        "SELECT v.note, v.url, v.published_on, v.media_type, t.sha256, t.seen_at FROM versions AS v"
        " LEFT JOIN version_texts AS t ON t.measure = v.measure AND t.note = v.note"
        " AND t.url = v.url WHERE v.measure = ? ORDER BY v.seq"
    ),
    Paper: "SELECT kind, note, url FROM documents WHERE measure = ? ORDER BY seq",
    Ballot: "SELECT on_date, chamber, motion, yes, no, url FROM votes WHERE measure = ? ORDER BY seq",
    Link: (
        "SELECT r.kind, r.identifier, r.session, o.key, o.scope FROM relations AS r"
        " JOIN measures AS m ON m.id = r.measure LEFT JOIN measures AS o"
        " ON o.key = m.jurisdiction || '/' || iif(r.session = '', m.session, r.session)"
        " || '/' || r.identifier WHERE r.measure = ? ORDER BY r.seq"
    ),
    HearingRow: (
        "SELECT on_date, starts_at, timezone, committee, place, note, status, url FROM hearings"
        " WHERE measure = ? ORDER BY on_date, starts_at, id"
    ),
}
_CAPTURES_SQL = """
    SELECT p.id, p.url, p.fetched_at, p.status, p.media_type, p.bytes, p.sha256, r.folder
    FROM captures AS p JOIN runs AS r ON r.id = p.run WHERE p.id IN (
        SELECT capture FROM changes WHERE measure = :measure
        UNION SELECT capture FROM version_texts WHERE measure = :measure
        UNION SELECT capture FROM hearings WHERE measure = :measure)
    AND p.fetched_at < :end ORDER BY p.fetched_at DESC, p.id DESC
"""


def parts(db: Database, measure: int, *, as_of: dt.date | None = None) -> Parts:
    """Everything kept beside the measure's own row; actions up to the end of `as_of`."""
    end = end_of(as_of)
    captures = db.conn.execute(_CAPTURES_SQL, {"measure": measure, "end": end})
    return Parts(
        [act for act in _rows(db, Act, measure) if act.on < end],
        _rows(db, Person, measure),
        _rows(db, TextVersion, measure),
        _rows(db, Paper, measure),
        _rows(db, Ballot, measure),
        _rows(db, Link, measure),
        _rows(db, HearingRow, measure),
        [CaptureRow(*row) for row in captures],
    )


T = TypeVar("T")


def _rows(db: Database, kind: Callable[..., T], measure: int) -> list[T]:
    return [kind(*row) for row in db.conn.execute(_PARTS_SQL[kind], (measure,))]


def texts(db: Database, measure: int) -> dict[str, str]:
    """The plain texts that are kept of a measure, by the name of their version, newest first."""
    return dict(reversed(texts_newest_first(db.conn, measure)))


def text_of(db: Database, sha256: str) -> str:
    """Raises KeyError where no text has that SHA-256."""
    row = db.conn.execute("SELECT zlib FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return zlib.decompress(row[0]).decode()
