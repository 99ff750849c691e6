"""What courts did to measures: rulings that are kept as measures of their own."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from functools import partial

from tracker.baseline import Standing

_RULINGS_SQL = """
    SELECT r.kind, m.jurisdiction || '/' || coalesce(nullif(r.session, ''), m.session) || '/'
        || r.identifier, m.stage, m.stage_on
    FROM measures AS m JOIN relations AS r ON r.measure = m.id
    WHERE m.kind = 'court_ruling' AND m.stage IN ('enjoined', 'struck_down')
        AND m.stage_on IS NOT NULL AND r.kind IN ('about', 'blocks')
    ORDER BY m.stage_on, m.id
"""


def rulings(connection: sqlite3.Connection) -> dict[str, Callable[[Standing], Standing]]:
    """What courts did to measures, by key; of several rulings the newest. One that is only `about`
    a measure does not say how far it goes: the measure is contested, and still counts."""
    found: dict[str, Callable[[Standing], Standing]] = {}
    for relation, key, stage, on in connection.execute(_RULINGS_SQL):
        day = dt.date.fromisoformat(on)
        if relation == "blocks" and stage == "struck_down":
            found[key] = partial(_ended_by_court, day=day)
        else:
            court = "enjoined_whole" if relation == "blocks" else "enjoined_part"
            found[key] = partial(_held_by_court, court=court, day=day)
    return found


def unruled(one: Standing) -> Standing:
    return one


def _ended_by_court(one: Standing, *, day: dt.date) -> Standing:
    return one._replace(ended_on=min(day, one.ended_on or day))


def _held_by_court(one: Standing, *, court: str, day: dt.date) -> Standing:
    return one._replace(court=court, court_on=day)
