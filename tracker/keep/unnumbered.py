"""Orders told of before they have a number, and their official document later: one measure.

The White House posts what is signed days before the Federal Register prints it with its number. By
title and day of signature the Register's document takes over the measure of the post: its key and
identifier change, its history in the log goes on, and its former page leads to the new one.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.changes import Change
from tracker.identifiers import UNNUMBERED, title_key
from tracker.keep.facts import reindex, search_entry
from tracker.keep.log import ChangeLog
from tracker.keep.measures import Incoming
from tracker.model import Measure

# How long after its signature an order whose text says no day may be posted.
_POSTED_WITHIN = dt.timedelta(days=7)
_ORDERS_SQL = """
    SELECT id, key, kind, title, issued_on, last_action_on, identifier FROM measures
    WHERE jurisdiction = 'us' AND kind IN ('executive_order', 'proclamation', 'directive')
"""


class _Kept(NamedTuple):
    """`issued_on` is the day of signature, None where the text of the post says none."""

    id: int
    key: str
    kind: str
    title: str
    issued_on: str | None
    last_action_on: str | None
    identifier: str


class TakeOver:
    """Of one run's measures those that are kept; what they take over is renamed before."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        self._db = connection
        self._log = log
        kept = [_Kept(*row) for row in connection.execute(_ORDERS_SQL)]
        self._keys = {one.key for one in kept}
        self._posts = _by_title(one for one in kept if _is_post(one.identifier))
        self._numbered = _by_title(one for one in kept if not _is_post(one.identifier))

    def sift(self, incoming: Iterable[Incoming]) -> Iterator[Incoming]:
        """Posts of orders that are numbered by now, or were posted before, are left out."""
        for one in incoming:
            identifier = one.key.split("/", 2)[2]
            if one.key in self._keys or not (self._posts or _is_post(identifier)):
                yield one
            elif not _is_post(identifier):
                self._number(one)
                yield one
            elif not self._is_told(one.read()):
                yield one

    def _number(self, incoming: Incoming) -> None:
        order = incoming.read()
        if order.issued_on is None:
            return
        same = [
            post
            for post in self._posts.get(title_key(order.title or ""), ())
            if post.kind == order.kind
            and _same_day(post.issued_on, post.last_action_on, order.issued_on)
        ]
        if len(same) == 1:
            self._posts[title_key(order.title or "")].remove(same[0])
            self._rename(same[0], order, incoming)

    def _rename(self, post: _Kept, order: Measure, incoming: Incoming) -> None:
        entry = search_entry(self._db, post.id)
        self._db.execute(
            "UPDATE measures SET key = ?, session = ?, identifier = ? WHERE id = ?",
            (order.key, order.session, order.identifier, post.id),
        )
        reindex(self._db, entry)
        change = Change("identifier_changed", "identifier", post.key, order.key)
        self._log.add(change, measure=post.id, sources=incoming.captures)

    def _is_told(self, post: Measure) -> bool:
        posted = post.actions[-1].on.isoformat() if post.actions else None
        signed = post.issued_on.isoformat() if post.issued_on else None
        title = title_key(post.title or "")
        return any(
            known.kind == post.kind
            and known.issued_on
            and _same_day(signed, posted, dt.date.fromisoformat(known.issued_on))
            for known in (*self._numbered.get(title, ()), *self._posts.get(title, ()))
        )


def _is_post(identifier: str) -> bool:
    return identifier.startswith(UNNUMBERED)


def _by_title(found: Iterable[_Kept]) -> dict[str, list[_Kept]]:
    grouped: dict[str, list[_Kept]] = {}
    for one in found:
        grouped.setdefault(title_key(one.title), []).append(one)
    return grouped


def _same_day(signed: str | None, posted: str | None, day: dt.date) -> bool:
    """By the day of signature; where a post says none, by the day on which it was posted."""
    if signed:
        return signed == day.isoformat()
    return posted is not None and day <= dt.date.fromisoformat(posted) <= day + _POSTED_WITHIN
