"""Topic, stance and evidence, proposed by the machine whenever a measure's words change."""

from __future__ import annotations

import sqlite3

import msgspec

from tracker.changes import Change
from tracker.keep.facts import texts_newest_first
from tracker.keep.judgements import RULE, judged
from tracker.keep.log import ChangeLog, page_of
from tracker.model import Classification
from tracker.stance import VersionedText, classify
from tracker.topics import TopicFile

_COLUMNS = (
    "scope",
    "topics",
    "stance",
    "direction",
    "mixed",
    "nonbinding",
    "binds",
    "confidence",
    "evidence",
    "rule",
    "topic_file",
    "topic_version",
)


def keep_classification(
    connection: sqlite3.Connection,
    log: ChangeLog,
    topics: TopicFile,
    measure: int,
    *,
    first_read: bool,
) -> None:
    """Classify a measure from what is kept of it; log where scope or stance moved.

    Of a measure first read in this run, and of a light listing, nothing has moved.
    """
    row = connection.execute(
        "SELECT title, abstract, kind, scope, listed_only FROM measures WHERE id = ?",
        (measure,),
    ).fetchone()
    texts = [VersionedText(note, text) for note, text in texts_newest_first(connection, measure)]
    read = classify(topics, title=row[0], abstract=row[1], texts=texts, kind=row[2])
    now = judged(connection, measure, read, kind=row[2])
    before = connection.execute(
        "SELECT stance FROM classifications WHERE measure = ?", (measure,)
    ).fetchone()
    _write(connection, measure, now)
    if row[3] != now.scope:
        connection.execute("UPDATE measures SET scope = ? WHERE id = ?", (now.scope, measure))
    if first_read or row["listed_only"]:
        return
    page = page_of(connection, measure)
    if row[3] != now.scope:
        log.add(Change("scope_changed", "scope", row[3], now.scope), measure=measure, sources=page)
    # A person's stance is logged as theirs where it is kept.
    if before is not None and before[0] != now.stance and now.rule != RULE:
        log.add(
            Change("stance_changed", "stance", before[0], now.stance), measure=measure, sources=page
        )


def _write(connection: sqlite3.Connection, measure: int, now: Classification) -> None:
    values = {name: getattr(now, name) for name in _COLUMNS}
    values["topics"] = msgspec.json.encode(now.topics).decode()
    values["evidence"] = msgspec.json.encode(now.evidence).decode()
    connection.execute(
        f"INSERT OR REPLACE INTO classifications (measure, {', '.join(_COLUMNS)})"
        f" VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})",
        (measure, *values.values()),
    )
