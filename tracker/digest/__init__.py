"""The digest: what changed since the last one, by what matters.

A pure function of the store, a cursor in the change log and a filter: the same input gives the
same digest. The cursor is a change's number, never a day, so what is posted late is not lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile

from sqlite_utils import Database

from tracker.digest.agreements import agreement_news
from tracker.digest.ahead import coming
from tracker.digest.entries import entries, sections
from tracker.digest.parts import About, Digest, Filters
from tracker.digest.postures import posture_lines
from tracker.digest.reading import quiet, unread
from tracker.digest.subject import count, only_new_to_us, subject, summary
from tracker.digest.window import DigestError, Window, day_of, fact_of, newest_run, window
from tracker.readers.changes import ChangeRow, changes
from tracker.readers.coverage import coverage

__all__ = ["Digest", "DigestError", "Filters", "compose"]
_EVERYTHING = Filters()


def compose(
    db: Database,
    *,
    after_id: int = 0,
    until_id: int | None = None,
    as_of: dt.date | None = None,
    filters: Filters = _EVERYTHING,
    read_since: dt.datetime | None = None,
) -> Digest:
    """The digest of the changes with `after_id` < id <= `until_id` (all there are, if None).

    `as_of` is the day that tells what lies ahead: unless given, the day of the newest run, or of
    the last change where `until_id` ends before the log does.
    `read_since` is the moment of the previous digest; unless given, the moment of the change
    `after_id`. Raises DigestError where the cursor is not of this log or nothing was ever read.
    """
    with _snapshot(db):
        stretch = window(db, after_id, until_id)
        as_of = as_of or day_of(db, stretch)
        written_at = newest_run(db, as_of)
        if read_since is None and after_id:
            read_since = dt.datetime.fromisoformat(stretch.start)
        return _compose(db, stretch, as_of or written_at.date(), written_at, filters, read_since)


def _compose(
    db: Database,
    stretch: Window,
    as_of: dt.date,
    written_at: dt.datetime,
    filters: Filters,
    read_since: dt.datetime | None,
) -> Digest:
    rows = list(_rows(db, stretch, filters))
    found = entries(rows, lambda key: fact_of(db, key, stretch.until_id), stretch, as_of)
    shown = sections(entry for entry in found if entry.about.scope != "related")
    ahead = tuple(one for one in coming(db, rows, as_of) if _wants(filters, one.about))
    news = agreement_news(db, rows, stretch, as_of)
    postures = posture_lines(rows)
    counted, earlier = count(found, ahead, news, postures), only_new_to_us(found, news)
    sources = coverage(db, as_of=as_of)
    not_read = tuple(unread(sources, filters.jurisdictions, read_since))
    told = {entry.about.jurisdiction for entry in found} | counted.jurisdictions
    if news is not None:
        told.add("us")  # ICE's lists are a federal source
    return Digest(
        after_id=stretch.after_id,
        next_cursor=stretch.until_id,
        filters=filters,
        as_of=as_of,
        written_at=written_at,
        subject=subject(shown, news, counted, not_read, earlier),
        summary=summary(shown, ahead, news),
        changes=counted.changes,
        earlier=earlier,
        sections=shown,
        ahead=ahead,
        agreements=news,
        related=tuple(entry for entry in found if entry.about.scope == "related"),
        unread=not_read,
        quiet=quiet(sources, filters.jurisdictions, not_read, told),
        postures=postures,
    )


def _rows(db: Database, stretch: Window, filters: Filters) -> Iterator[ChangeRow]:
    log = changes(
        db,
        after_id=stretch.after_id,
        jurisdictions=filters.jurisdictions,
        scopes=filters.scopes,
    )
    for row in takewhile(lambda row: row.id <= stretch.until_id, log):
        if row.agreement is not None:
            if filters.agreements:
                yield row
        elif row.measure is None:
            if "core" in filters.scopes:
                yield row
        elif not filters.stances or row.stance in filters.stances:
            yield row


def _wants(filters: Filters, about: About) -> bool:
    return (
        about.scope in filters.scopes
        and (not filters.jurisdictions or about.jurisdiction in filters.jurisdictions)
        and (not filters.stances or about.stance in filters.stances)
    )


@contextmanager
def _snapshot(db: Database) -> Iterator[None]:
    """All is read at one state of the store, whatever is written meanwhile."""
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.execute("ROLLBACK")
