"""287(g) counts as the lists of the day gave them; agreements and agencies are never mixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from sqlite_utils import Database


class AgreementCount(NamedTuple):
    """`state` and `model` are empty where the count is not by it; `as_of` is the list's own day."""

    state: str
    model: str
    agreements: int
    agencies: int
    list: str
    as_of: str


class AgreementRow(NamedTuple):
    """One agreement. `ended_on` is the first day a good list no longer held it."""

    id: int
    list: str
    state: str
    agency: str
    model: str
    agency_type: str
    county: str
    signed_on: str | None
    signed_as_printed: str
    moa_url: str
    first_seen: str
    last_seen: str
    ended_on: str | None


_COUNTS_SQL = """
    SELECT state, model, agreements, agencies, list, as_of FROM agreement_counts
    WHERE (state <> '') = ? AND (model <> '') = ? AND {days}
    ORDER BY list, as_of, state, model
"""
_NEWEST = """
    (list, as_of) IN (SELECT list, max(as_of) FROM agreement_lists WHERE as_of <= ? GROUP BY list)
"""


def counts(
    db: Database, *, as_of: dt.date | None = None, by: Collection[str] = ("state", "model")
) -> list[AgreementCount]:
    """Counts of the newest list of each kind at or before `as_of`, by `state`, `model`, both or ().

    Agencies by model do not add up to agencies: one agency may hold several models.
    """
    unknown = set(by) - {"state", "model"}
    if unknown:
        raise ValueError(f"agreements are counted by state and model, not by {sorted(unknown)}")
    day = as_of.isoformat() if as_of else "9999"
    rows = db.conn.execute(_COUNTS_SQL.format(days=_NEWEST), ("state" in by, "model" in by, day))
    return [AgreementCount(*row) for row in rows]


def history(
    db: Database, *, as_of: dt.date | None = None, by: Collection[str] = ()
) -> list[AgreementCount]:
    """The counts of every list read, up to `as_of`, oldest first within each list."""
    day = as_of.isoformat() if as_of else "9999"
    rows = db.conn.execute(
        _COUNTS_SQL.format(days="as_of <= ?"), ("state" in by, "model" in by, day)
    )
    return [AgreementCount(*row) for row in rows]


def current(db: Database, state: str, *, as_of: dt.date | None = None) -> list[AgreementRow]:
    """The agreements of a state (`va`) in place on `as_of`, by list, model and agency."""
    day = as_of.isoformat() if as_of else "9999"
    rows = db.conn.execute(
        f"SELECT {', '.join(AgreementRow._fields)} FROM agreements WHERE state = ?"
        " AND first_seen <= ? AND (ended_on IS NULL OR ended_on > ?)"
        " ORDER BY list, model, agency, id",
        (state, day, day),
    )
    return [AgreementRow(*row) for row in rows]
