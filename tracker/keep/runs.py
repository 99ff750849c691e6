"""A run and its captures: recorded whatever the verdict, so that coverage can say so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from tracker.runs import RunRecord, utc


def record_run(
    connection: sqlite3.Connection, folder: Path, record: RunRecord, verdict: str, reason: str
) -> int:
    source = record.source
    connection.execute(
        "INSERT INTO sources (code, jurisdiction, name, kind, home, permission, verified)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
        " home = excluded.home, permission = excluded.permission, verified = excluded.verified",
        (
            source.code,
            source.jurisdiction,
            source.name,
            source.kind,
            source.home,
            source.permission,
            source.verified,
        ),
    )
    cursor = connection.execute(
        "INSERT INTO runs (source, started_at, finished_at, verdict, reason, folder, requests,"
        " listed, kept, problems, sessions, measures, filled, stated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source.code,
            record.began,
            utc(record.finished_at),
            verdict,
            reason,
            f"{source.code}/{folder.name}",
            record.requests,
            record.listed,
            record.kept,
            msgspec.json.encode(record.problems).decode(),
            msgspec.json.encode(record.sessions).decode(),
            record.items.get("measure", 0),
            msgspec.json.encode(record.filled).decode(),
            msgspec.json.encode(record.stated).decode(),
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def record_captures(connection: sqlite3.Connection, run: int, record: RunRecord) -> dict[str, int]:
    found: dict[str, int] = {}
    for capture in record.captures:
        cursor = connection.execute(
            "INSERT INTO captures (run, url, fetched_at, status, media_type, bytes, sha256)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                run,
                capture.url,
                utc(capture.fetched_at),
                capture.status,
                capture.media_type,
                capture.bytes,
                capture.sha256,
            ),
        )
        assert cursor.lastrowid is not None
        found[capture.sha256] = cursor.lastrowid
    return found
