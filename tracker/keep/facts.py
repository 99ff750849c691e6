"""A measure's facts as they are kept, and its entry in the search index."""

from __future__ import annotations

import sqlite3
import zlib

from tracker.canonical import PARTS, SCALARS, Facts, Row
from tracker.keep.bulk import insert

SEARCH_COLUMNS = ("rowid", "identifier", "title", "abstract", "text")
_FORGET_SQL = (
    "INSERT INTO search (search, rowid, identifier, title, abstract, text)"
    " VALUES ('delete', ?, ?, ?, ?, ?)"
)
# Versions are kept oldest first; a version without a day stands where the source put it.
_TEXTS_SQL = """
    SELECT version_texts.note, texts.zlib FROM version_texts
    JOIN texts ON texts.sha256 = version_texts.sha256
    LEFT JOIN versions ON versions.measure = version_texts.measure
        AND versions.note = version_texts.note AND versions.url = version_texts.url
    WHERE version_texts.measure = ?
    ORDER BY versions.seq DESC NULLS LAST, version_texts.seen_at DESC
"""


def load_facts(connection: sqlite3.Connection, measure: int) -> Facts:
    row = connection.execute(
        f"SELECT key, jurisdiction, session, identifier, {', '.join(SCALARS)} FROM measures"
        " WHERE id = ?",
        (measure,),
    ).fetchone()
    parts: dict[str, list[Row] | None] = {
        part.name: [
            tuple(found)
            for found in connection.execute(
                f"SELECT {', '.join(part.columns)} FROM {part.name} WHERE measure = ? ORDER BY seq",
                (measure,),
            )
        ]
        for part in PARTS
    }
    key, jurisdiction, session, identifier = row[:4]
    scalars = dict(zip(SCALARS, row[4:], strict=True))
    return Facts(key, jurisdiction, session, identifier, scalars, parts)


def texts_newest_first(connection: sqlite3.Connection, measure: int) -> list[tuple[str, str]]:
    """The texts that are kept of a measure, as (note, text)."""
    rows = connection.execute(_TEXTS_SQL, (measure,))
    return [(note, zlib.decompress(packed).decode()) for note, packed in rows]


def newest_text(connection: sqlite3.Connection, measure: int) -> str:
    row = connection.execute(_TEXTS_SQL, (measure,)).fetchone()
    return zlib.decompress(row[1]).decode() if row else ""


Entry = tuple[int, str, str, str, str]


def search_entry(connection: sqlite3.Connection, measure: int) -> Entry:
    """What the search index holds of a measure; it must be given back word for word to forget it."""
    row = connection.execute(
        "SELECT identifier, title, abstract FROM measures WHERE id = ?", (measure,)
    ).fetchone()
    return (measure, row[0], row[1], row[2], newest_text(connection, measure))


def reindex(connection: sqlite3.Connection, before: Entry) -> None:
    """Replace the entry `before` by what is kept now."""
    connection.execute(_FORGET_SQL, before)
    insert(connection, "search", SEARCH_COLUMNS, [search_entry(connection, before[0])])
