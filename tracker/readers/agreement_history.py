"""287(g) counts over years: the lists read here, and before the first of them the shipped ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from tracker.agreement_history import EarlierCount, earlier_counts
from tracker.readers.agreements import counts

_PARTICIPATING = "participating"


class ToldCount(NamedTuple):
    """A count of the list of the day `as_of`; `agencies` is None where nobody counted them.

    `source` is the address of a shipped count, empty where the list was read here.
    """

    state: str
    model: str
    agreements: int
    agencies: int | None
    list: str
    as_of: str
    source: str


class ListTotal(NamedTuple):
    """A whole participating list. `file_name` is empty for shipped totals, `source_url` for others."""

    as_of: dt.date
    agreements: int
    agencies: int | None
    file_name: str
    source_url: str


class Month(NamedTuple):
    """The last list of a month, and the last of it whose agencies were counted."""

    newest: ListTotal
    agencies: ListTotal | None


def counts_on(
    db: Database, *, as_of: dt.date | None = None, by: Collection[str] = ("state", "model")
) -> list[ToldCount]:
    """As `readers.agreements.counts`; for days before the first list read here, as shipped.

    The shipped counts are by state or by model, not by both. Each row is of its own list's day.
    """
    found = [ToldCount(*row, "") for row in counts(db, as_of=as_of, by=by)]
    if any(row.list == _PARTICIPATING for row in found):
        return found
    before = [one for one in earlier_counts() if _level(one) == set(by) and _by(one, as_of)]
    newest = max((one.as_of for one in before), default=None)
    return [_told(one) for one in before if one.as_of == newest] + found


def totals(
    db: Database, *, as_of: dt.date | None = None, state: str = "", excerpts: bool = False
) -> list[ListTotal]:
    """Every whole participating list up to `as_of`, oldest first; in all, or of one `state` (`va`).

    A list that was counted by state and names no agency of this one has 0. Where the store holds
    `excerpts` of lists (the demonstration), only the shipped ones.
    """
    read = [] if excerpts else list(_read_here(db, as_of, state))
    first = min((one.as_of for one in read), default=dt.date.max)
    shipped = _shipped_of(state) if state else _shipped()
    return [one for one in shipped if one.as_of < first and _by(one, as_of)] + read


def months(lists: Iterable[ListTotal]) -> list[Month]:
    """By month, oldest first; a month without a list is not there."""
    newest: dict[tuple[int, int], ListTotal] = {}
    counted: dict[tuple[int, int], ListTotal] = {}
    for one in sorted(lists):
        month = (one.as_of.year, one.as_of.month)
        newest[month] = one
        if one.agencies is not None:
            counted[month] = one
    return [Month(one, counted.get(month)) for month, one in newest.items()]


def _shipped() -> list[ListTotal]:
    return [
        ListTotal(one.as_of, one.agreements, one.agencies, "", one.source_url)
        for one in earlier_counts()
        if not _level(one)
    ]


def _shipped_of(state: str) -> list[ListTotal]:
    by_state = [one for one in earlier_counts() if one.state]
    none = {one.as_of: ListTotal(one.as_of, 0, 0, "", one.source_url) for one in by_state}
    some = {
        one.as_of: ListTotal(one.as_of, one.agreements, one.agencies, "", one.source_url)
        for one in by_state
        if one.state == state
    }
    return list((none | some).values())


def _read_here(db: Database, as_of: dt.date | None, state: str) -> Iterator[ListTotal]:
    rows = db.conn.execute(
        "SELECT l.as_of, coalesce(c.agreements, 0), coalesce(c.agencies, 0), l.file_name"
        " FROM agreement_lists l LEFT JOIN agreement_counts c"
        " ON c.list = l.list AND c.as_of = l.as_of AND c.state = ? AND c.model = ''"
        " WHERE l.list = ? AND l.as_of <= ? ORDER BY l.as_of",
        (state, _PARTICIPATING, as_of.isoformat() if as_of else "9999"),
    )
    for day, agreements, agencies, file_name in rows:
        yield ListTotal(dt.date.fromisoformat(day), agreements, agencies, file_name, "")


def _level(one: EarlierCount) -> set[str]:
    return {name for name in ("state", "model") if getattr(one, name)}


def _by(one: EarlierCount | ListTotal, as_of: dt.date | None) -> bool:
    return as_of is None or one.as_of <= as_of


def _told(one: EarlierCount) -> ToldCount:
    day = one.as_of.isoformat()
    return ToldCount(
        one.state, one.model, one.agreements, one.agencies, _PARTICIPATING, day, one.source_url
    )
