"""What happened on ICE's 287(g) lists, by state; agreements and agencies are never mixed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from tracker.digest.parts import AgreementLine, AgreementList, AgreementNews, AgreementState
from tracker.digest.window import Window
from tracker.readers.agreements import AgreementCount, counts
from tracker.readers.changes import ChangeRow
from tracker.templating import day
from tracker.words import AGREEMENT_MODELS, CHANGE_KINDS, label

_LINKS = frozenset({"moa_url", "addendum_url"})
_FIELDS = {"signed_on": "signing day", "agency_type": "type of agency"}


class _Kept(NamedTuple):
    """`listed_first` is whether the agreement was on the first list of its kind ever read."""

    signed_on: str | None
    listed_first: bool


def agreement_news(
    db: Database, rows: Iterable[ChangeRow], window: Window, as_of: dt.date
) -> AgreementNews | None:
    """None where no agreement changed."""
    by_state: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in rows:
        if row.agreement is not None:
            by_state[row.state].append(row)
    if not by_state:
        return None
    totals = {
        one.state: one
        for one in counts(db, as_of=as_of, by=("state",))
        if one.list == "participating"
    }
    states = [
        _state(f"us-{state}", [(row, _kept(db, row)) for row in found], totals.get(state), window)
        for state, found in by_state.items()
    ]
    return AgreementNews(_lists(db, as_of), tuple(sorted(states, key=lambda state: state.place)))


def _kept(db: Database, row: ChangeRow) -> _Kept:
    signed, first = db.conn.execute(
        "SELECT signed_on, first_seen = (SELECT min(as_of) FROM agreement_lists AS l"
        " WHERE l.list = a.list) FROM agreements AS a WHERE id = ?",
        (row.agreement,),
    ).fetchone()
    return _Kept(signed, bool(first))


_LISTS_SQL = """
    SELECT r.finished_at, coalesce(p.url, s.home), coalesce(p.sha256, '') FROM agreement_lists AS l
    JOIN runs AS r ON r.id = l.run JOIN sources AS s ON s.code = r.source
    LEFT JOIN captures AS p ON p.run = r.id AND p.sha256 = l.sha256
    WHERE l.list = ? AND l.as_of = ?
"""


def _lists(db: Database, as_of: dt.date) -> tuple[AgreementList, ...]:
    """The workbook itself is the capture of its list: both bear the same SHA-256."""
    return tuple(
        AgreementList(
            one.list,
            one.as_of,
            one.agreements,
            one.agencies,
            *db.conn.execute(_LISTS_SQL, (one.list, one.as_of)).fetchone(),
        )
        for one in counts(db, as_of=as_of, by=())
    )


def _state(
    jurisdiction: str,
    rows: list[tuple[ChangeRow, _Kept]],
    total: AgreementCount | None,
    window: Window,
) -> AgreementState:
    earlier = [row for row, kept in rows if _is_earlier(row, kept, window)]
    links = [row for row, _ in rows if row.field in _LINKS]
    told = [(row, kept) for row, kept in rows if row not in earlier and row not in links]
    by_group: dict[str, list[AgreementLine]] = defaultdict(list)
    for row, kept in told:
        by_group[_group(row)].append(_line(row, kept))
    return AgreementState(
        jurisdiction,
        new=tuple(by_group["new"]),
        ended=tuple(by_group["ended"]),
        pending=tuple(by_group["pending"]),
        other=tuple(by_group["other"]),
        earlier=len(earlier),
        links=len(links),
        agreements=total.agreements if total else 0,
        agencies=total.agencies if total else 0,
    )


def _is_earlier(row: ChangeRow, kept: _Kept, window: Window) -> bool:
    """The whole first list is new to us, and news only where it was signed of late."""
    return row.kind == "agreement_new" and kept.listed_first and not window.recent(kept.signed_on)


def _group(row: ChangeRow) -> str:
    match row.kind:
        case "agreement_new" if row.agreement_list == "pending":
            return "pending"
        case "agreement_new" | "agreement_activated":
            return "new"
        case "agreement_ended" if row.agreement_list == "participating":
            return "ended"
        case _:
            return "other"


def _line(row: ChangeRow, kept: _Kept) -> AgreementLine:
    what, text = _words(row, kept)
    return AgreementLine(row.kind, what, row.agency, label(AGREEMENT_MODELS, row.model), text)


def _words(row: ChangeRow, kept: _Kept) -> tuple[str, str]:
    signed = f"signed {day(kept.signed_on)}" if kept.signed_on else "signing day not stated"
    pending = row.agreement_list == "pending"
    match row.kind:
        case "agreement_new":
            return ("Pending", "asked for, not signed") if pending else ("New", signed)
        case "agreement_activated":
            return "New", f"{signed}; was pending"
        case "agreement_ended":
            return "No longer pending" if pending else "Ended", f"not on the list{_of(row)}"
        case "agreement_renamed":
            return "Agency respelled", f"“{row.old}” before"
        case _:
            return "Corrected", _corrected(row)


def _of(row: ChangeRow) -> str:
    return f" of {day(row.happened_on)}" if row.happened_on else ""


def _corrected(row: ChangeRow) -> str:
    field = _FIELDS.get(row.field)
    if field is None:
        return label(CHANGE_KINDS, row.kind).lower()
    show = day if row.field == "signed_on" and _is_day(row.old) else str
    new = day(row.new) if row.field == "signed_on" else row.new
    return f"{field} corrected from {show(row.old) or 'nothing'} to {new}"


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"
