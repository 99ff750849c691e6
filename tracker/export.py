"""The public tables as files: CSV for spreadsheets, JSON Lines for programs. Streamed."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from tracker.model import to_json

FORMS = ("csv", "json")
# OWASP's list of what begins a formula, with the full-width forms that East Asian settings take.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_ON_TOPIC = "measures.scope IN ('core', 'related')"
_MEASURE_COLUMNS = (
    "measures.key, measures.jurisdiction, measures.session, measures.identifier, measures.kind,"
    " measures.title, measures.abstract, measures.url, measures.stage, measures.stage_on,"
    " measures.stage_text, measures.governor_action, measures.issuer, measures.issued_on,"
    " measures.effective_on, measures.expires_on, measures.place, measures.comments_close_on,"
    " measures.last_action, measures.last_action_on,"
    " measures.scope, c.stance, c.direction, c.topics, c.mixed, c.nonbinding, c.binds,"
    " c.confidence, c.evidence, c.rule, c.topic_version, measures.source, measures.first_seen,"
    " measures.changed_at"
)
# Each query has {where} for measures on topic only.
TABLES: dict[str, str] = {
    "measures": f"SELECT {_MEASURE_COLUMNS} FROM measures"
    " LEFT JOIN classifications AS c ON c.measure = measures.id WHERE {where} ORDER BY measures.key",
    "actions": "SELECT measures.key, actions.on_date, actions.chamber, actions.text FROM actions"
    " JOIN measures ON measures.id = actions.measure WHERE {where}"
    " ORDER BY measures.key, actions.seq",
    "versions": "SELECT measures.key, versions.note, versions.url, versions.published_on,"
    " version_texts.sha256 AS text_sha256 FROM versions"
    " JOIN measures ON measures.id = versions.measure LEFT JOIN version_texts"
    " ON version_texts.measure = versions.measure AND version_texts.note = versions.note"
    " AND version_texts.url = versions.url WHERE {where} ORDER BY measures.key, versions.seq",
    "sponsors": "SELECT measures.key, sponsors.name, sponsors.role FROM sponsors"
    " JOIN measures ON measures.id = sponsors.measure WHERE {where}"
    " ORDER BY measures.key, sponsors.seq",
    "documents": "SELECT measures.key, documents.kind, documents.note, documents.url FROM documents"
    " JOIN measures ON measures.id = documents.measure WHERE {where}"
    " ORDER BY measures.key, documents.seq",
    "votes": "SELECT measures.key, votes.on_date, votes.chamber, votes.motion, votes.yes, votes.no,"
    " votes.url FROM votes JOIN measures ON measures.id = votes.measure WHERE {where}"
    " ORDER BY measures.key, votes.seq",
    "relations": "SELECT measures.key, relations.kind, relations.identifier, relations.session"
    " FROM relations JOIN measures ON measures.id = relations.measure WHERE {where}"
    " ORDER BY measures.key, relations.seq",
    "hearings": "SELECT measures.key, hearings.on_date, hearings.starts_at, hearings.timezone,"
    " hearings.committee, hearings.place, hearings.status, hearings.url FROM hearings"
    " JOIN measures ON measures.id = hearings.measure WHERE {where}"
    " ORDER BY hearings.on_date, measures.key",
    "changes": "SELECT changes.id, changes.jurisdiction, measures.key, changes.agreement,"
    " changes.kind, changes.field,"
    " changes.old, changes.new, changes.happened_on, changes.was_on, changes.seen_at, runs.source,"
    " captures.url AS capture_url, captures.sha256 AS capture FROM changes"
    " JOIN runs ON runs.id = changes.run LEFT JOIN measures ON measures.id = changes.measure"
    " LEFT JOIN captures ON captures.id = changes.capture"
    " WHERE changes.measure IS NULL OR {where} ORDER BY changes.id",
    "agreements": "SELECT id, list, state, agency, model, agency_type, county, signed_on,"
    " signed_as_printed, moa_url, addendum_url, first_seen, last_seen, ended_on FROM agreements"
    " ORDER BY list, state, agency_key, model, occurrence, id",
    "agreement_lists": "SELECT list, as_of, file_name, sha256, rows FROM agreement_lists"
    " ORDER BY list, as_of",
    "agreement_counts": "SELECT list, as_of, state, model, agreements, agencies"
    " FROM agreement_counts ORDER BY list, as_of, state, model",
    "postures": "SELECT jurisdiction, on_date, posture, contested, takes_effect FROM postures"
    " ORDER BY jurisdiction, on_date, run",
    "sources": "SELECT code, jurisdiction, name, kind, home, permission FROM sources ORDER BY code",
    "captures": "SELECT captures.id, captures.run, runs.source, captures.url, captures.fetched_at,"
    " captures.status, captures.media_type, captures.bytes, captures.sha256 FROM captures"
    " JOIN runs ON runs.id = captures.run ORDER BY captures.id",
    "runs": "SELECT id, source, started_at, finished_at, verdict, reason, requests, listed, kept"
    " FROM runs ORDER BY id",
}


def export(
    db: Database, folder: Path, form: str, *, on_topic: bool = True
) -> Iterator[tuple[Path, int]]:
    """Writes `<table>.csv` or `<table>.jsonl` for each public table; yields path and rows written.
    Raises KeyError for a form that is none of `FORMS`.

    Each file is written whole beside its place and then put there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write, suffix = _WRITERS[form]
    for name, sql in TABLES.items():
        rows = db.conn.execute(sql.format(where=_ON_TOPIC if on_topic else "1"))
        path = folder / f"{name}.{suffix}"
        yield path, _replace(path, rows, write)


Writer = Callable[[IO[str], sqlite3.Cursor], int]


def _replace(path: Path, rows: sqlite3.Cursor, write: Writer) -> int:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        count = write(file, rows)
    part.replace(path)
    return count


def _write_csv(file: IO[str], rows: sqlite3.Cursor) -> int:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in rows.description])
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    return count


def cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula is marked as text."""
    if isinstance(value, str) and value[:1] in _FORMULA:
        return f"'{value}"
    return value


def _write_json(file: IO[str], rows: sqlite3.Cursor) -> int:
    names = [column[0] for column in rows.description]
    count = 0
    for row in rows:
        file.write(to_json(dict(zip(names, row, strict=True))).decode() + "\n")
        count += 1
    return count


_WRITERS: dict[str, tuple[Writer, str]] = {
    "csv": (_write_csv, "csv"),
    "json": (_write_json, "jsonl"),
}
