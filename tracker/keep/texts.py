"""The plain texts of versions: kept compressed, once for each SHA-256."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from hashlib import sha256

from tracker.changes import Change
from tracker.keep.facts import reindex, search_entry
from tracker.keep.log import ChangeLog
from tracker.model import VersionText


def keep_text(
    connection: sqlite3.Connection,
    log: ChangeLog,
    measure: int,
    item: VersionText,
    captures: Mapping[str, str],
) -> bool:
    """Whether the text is new. A text that differs under the same name and address is a change."""
    sha = sha256(item.text.encode()).hexdigest()
    row = connection.execute(
        "SELECT sha256 FROM version_texts WHERE measure = ? AND note = ? AND url = ?",
        (measure, item.note, item.url),
    ).fetchone()
    if row and row[0] == sha:
        return False
    entry = search_entry(connection, measure)
    connection.execute(
        "INSERT OR IGNORE INTO texts (sha256, characters, zlib) VALUES (?, ?, ?)",
        (sha, len(item.text), zlib.compress(item.text.encode(), 6)),
    )
    connection.execute(
        "INSERT OR REPLACE INTO version_texts (measure, note, url, sha256, capture, seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (measure, item.note, item.url, sha, log.captures.get(captures.get("", "")), log.seen_at),
    )
    reindex(connection, entry)
    if row:
        log.add(
            Change("text_changed", "text", item.note, item.note), measure=measure, sources=captures
        )
    return True
