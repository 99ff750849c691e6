"""287(g) lists into the store: agreements, the day's counts, and what happened between lists."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping

from tracker.agreements import AgreementChange, Known, agency_key, count, match, plausible
from tracker.changes import Change
from tracker.health import Implausible
from tracker.keep.log import ChangeLog
from tracker.model import Agreement, AgreementList

_COLUMNS = Known._fields
_DAYS = ("signed_on", "first_seen", "last_seen", "ended_on")
_TOLD = ("agency_type", "county", "signed_on", "signed_as_printed", "moa_url", "addendum_url")


class AgreementKeeper:
    """Collects the rows of the lists of one run; `finish` compares them with what is kept.

    Raises Implausible where too many agreements would end at once, where the participating list is
    an earlier one again, or a list has other rows than it says: a list swapped, outdated or cut
    short is no news.
    """

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        self._db = connection
        self._log = log
        self._lists: dict[str, AgreementList] = {}
        self._rows: list[Agreement] = []
        self._captures: dict[str, Mapping[str, str]] = {}

    def open_list(self, item: AgreementList, captures: Mapping[str, str]) -> None:
        self._lists[item.list] = item
        self._captures[item.list] = captures

    def keep(self, item: Agreement, captures: Mapping[str, str]) -> None:
        self._rows.append(item)
        self._captures.setdefault(item.list, captures)

    def finish(self) -> None:
        strays = [row.list for row in self._rows if row.list not in self._lists]
        if strays:
            raise Implausible(
                f"{len(strays)} rows of a {strays[0]} list that the run does not name"
            )
        for name, item in self._lists.items():
            rows = [row for row in self._rows if row.list == name]
            if len(rows) != item.rows:
                raise Implausible(f"{item.file_name}: says {item.rows} rows, has {len(rows)}")
            self._check_new(item)
            self._keep_counts(item, rows)
        current = {name for name, item in self._lists.items() if not self._newer_known(item)}
        if current:
            self._compare([row for row in self._rows if row.list in current], current)

    def _check_new(self, item: AgreementList) -> None:
        """ICE has linked the file of an earlier day again; what came since has not ended."""
        found = self._db.execute(
            "SELECT sha256, as_of FROM agreement_lists WHERE list = ? AND as_of < ? ORDER BY as_of",
            (item.list, item.as_of.isoformat()),
        ).fetchall()
        before = dict(found)
        if item.list != "participating" or item.sha256 not in before:
            return
        newest = found[-1]
        if item.sha256 != newest[0]:
            raise Implausible(
                f"{item.file_name}: the list of {before[item.sha256]} again, after {newest[1]}"
            )

    def _newer_known(self, item: AgreementList) -> bool:
        """A list older than one already compared adds to the history of counts, to nothing else."""
        newest = self._db.execute(
            "SELECT max(as_of) FROM agreement_lists WHERE list = ?", (item.list,)
        ).fetchone()[0]
        return bool(newest > item.as_of.isoformat())

    def _keep_counts(self, item: AgreementList, rows: list[Agreement]) -> None:
        day = item.as_of.isoformat()
        self._db.execute(
            "INSERT OR REPLACE INTO agreement_lists (list, as_of, file_name, sha256, rows, run)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (item.list, day, item.file_name, item.sha256, item.rows, self._log.run),
        )
        self._db.execute(
            "DELETE FROM agreement_counts WHERE list = ? AND as_of = ?", (item.list, day)
        )
        self._db.executemany(
            "INSERT INTO agreement_counts (list, as_of, state, model, agreements, agencies)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (item.list, day, one.state, one.model, one.agreements, one.agencies)
                # An agency under two models is one agency of its state, so each level is counted.
                for by in (("state", "model"), ("state",), ("model",), ())
                for one in count(rows, by)
            ],
        )

    def _compare(self, rows: list[Agreement], lists: set[str]) -> None:
        old = _kept(self._db)
        found = match(old, rows, lists=lists)  # type: ignore[arg-type]
        self._check(old, [known for known, _ in found.listed], lists)
        for known, row in found.listed:
            self._update(known, row)
        for change in found.changes:
            self._apply(change)
        for known in found.closed:
            self._end(known)

    def _check(self, old: list[Known], listed: list[Known], lists: set[str]) -> None:
        if "participating" not in lists:
            return
        before = sum(1 for known in old if known.list == "participating" and not known.ended_on)
        now = sum(1 for known in listed if known.list == "participating")
        why = plausible(before, now)
        if why:
            raise Implausible(f"participating list: {why}")

    def _apply(self, change: AgreementChange) -> None:
        now, was = change.agreement, change.known
        match change.kind:
            case "agreement_ended":
                assert was is not None
                self._end(was)
                self._tell(change, was.id, self._day(was.list))
            case "agreement_new" if was is not None:
                self._db.execute("UPDATE agreements SET ended_on = NULL WHERE id = ?", (was.id,))
                self._update(was, _given(now))
                self._tell(change, was.id, _given(now).as_of.isoformat())
            case "agreement_new" | "agreement_activated":
                row = self._insert(_given(now), change.occurrence)
                signed = _given(now).signed_on
                self._tell(change, row, signed.isoformat() if signed else None)
            case "agreement_renamed":
                assert was is not None
                self._rename(was, _given(now), change.occurrence)
                self._tell(change, was.id, None)
            case "agreement_corrected":
                assert was is not None
                self._tell(change, was.id, None)

    def _tell(self, change: AgreementChange, agreement: int, happened_on: str | None) -> None:
        name = (change.agreement or change.known or _nothing()).list
        self._log.add(
            Change(change.kind, change.field, change.old, change.new, happened_on),
            agreement=agreement,
            sources=self._captures.get(name, {}),
        )

    def _day(self, name: str) -> str:
        return self._lists[name].as_of.isoformat()

    def _end(self, known: Known) -> None:
        self._db.execute(
            "UPDATE agreements SET ended_on = ? WHERE id = ?", (self._day(known.list), known.id)
        )

    def _rename(self, known: Known, row: Agreement, occurrence: int) -> None:
        self._db.execute(
            "UPDATE agreements SET agency = ?, agency_key = ?, occurrence = ? WHERE id = ?",
            (row.agency, agency_key(row.agency), occurrence, known.id),
        )

    def _update(self, known: Known, row: Agreement) -> None:
        """What the list of today does not say stays as it was."""
        stated = {name: getattr(row, name) or getattr(known, name) for name in _TOLD}
        if row.signed_on:
            stated["signed_as_printed"] = row.signed_as_printed
        self._db.execute(
            f"UPDATE agreements SET agency = ?, {', '.join(f'{name} = ?' for name in stated)},"
            " last_seen = ? WHERE id = ?",
            (row.agency, *map(_stored, stated.values()), row.as_of.isoformat(), known.id),
        )

    def _insert(self, row: Agreement, occurrence: int) -> int:
        day = row.as_of.isoformat()
        cursor = self._db.execute(
            "INSERT INTO agreements (list, state, agency, agency_key, model, occurrence,"
            f" {', '.join(_TOLD)}, first_seen, last_seen) VALUES ({', '.join('?' * 14)})",
            (
                row.list,
                row.state,
                row.agency,
                agency_key(row.agency),
                row.model,
                occurrence,
                *(_stored(getattr(row, name)) for name in _TOLD),
                day,
                day,
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


def _stored(value: str | dt.date | None) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _given(agreement: Agreement | None) -> Agreement:
    assert agreement is not None
    return agreement


def _nothing() -> Known:
    raise AssertionError("a change of no agreement")


def _kept(connection: sqlite3.Connection) -> list[Known]:
    found = []
    for row in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM agreements"):
        values = dict(zip(_COLUMNS, row, strict=True))
        for name in _DAYS:
            values[name] = values[name] and dt.date.fromisoformat(values[name])
        found.append(Known(**values))
    return found
