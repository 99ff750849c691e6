"""`changes`, `posture`, `agreements`: what the store knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from sqlite_utils import Database

from tracker.commands.common import (
    AsOfOption,
    DbOption,
    JsonOption,
    StateOption,
    day,
    jurisdiction,
    settings_for,
    store,
)
from tracker.commands.show import err, say, show_entry, show_table, write_lines
from tracker.errors import TrackerError
from tracker.posture import StatePosture
from tracker.posture import posture as postures_on
from tracker.readers.changes import ChangeRow
from tracker.words import CHANGE_KINDS, POSTURES, label

_SHOWN = 200


def register(app: typer.Typer) -> None:
    app.command()(changes)
    app.command()(posture)
    app.command()(agreements)


def changes(
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Seen on this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Seen on this day or earlier.")
    ] = None,
    after: Annotated[int, typer.Option(min=0, help="Only changes with a higher id.")] = 0,
    state: StateOption = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Such as stage_changed. May be given several times."),
    ] = None,
    measure: Annotated[
        str, typer.Option(metavar="KEY", help="Of one measure, as us-va/2026/HB 650.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Measures that are not on topic as well.")
    ] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """The change log: what changed, when, and where it was seen."""
    from tracker.readers import changes as log

    _known_kinds(kind or ())
    database = store(settings_for(db))
    if measure:
        _known_measure(database, measure)
    rows = log.changes(
        database,
        after_id=after,
        since=day(since),
        until=day(until),
        jurisdictions=[jurisdiction(one) for one in state or ()],
        scopes=() if everything else log.ON_TOPIC,
        kinds=kind or (),
        measure=measure,
    )
    if as_json:
        write_lines(map(_told, rows))
        return
    count = 0
    for row in rows:
        _show_change(row)
        count += 1
    say(f"{count} changes.")


def _known_kinds(kinds: Sequence[str]) -> None:
    for kind in kinds:
        if kind not in CHANGE_KINDS:
            raise TrackerError(
                f"{kind!r}: no change is of this kind. There are: {', '.join(CHANGE_KINDS)}."
            )


def _known_measure(db: Database, key: str) -> None:
    if not db.conn.execute("SELECT 1 FROM measures WHERE key = ?", (key,)).fetchone():
        raise TrackerError(f"{key}: no such measure in the store.")


def _told(row: ChangeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "jurisdiction": row.jurisdiction,
        "measure": _about(row),
        "kind": row.kind,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "happened_on": row.happened_on,
        "was_on": row.was_on,
        "seen_at": row.seen_at,
        "source": row.source,
        "capture": row.capture_sha256,
        "capture_url": row.capture_url,
        "stance": row.stance,
        "scope": row.scope,
    }


def _about(row: ChangeRow) -> str:
    """The key of a measure; of an agreement, its agency and model; empty for a posture."""
    if row.agreement is None:
        return row.measure or ""
    return f"{row.agency} ({row.model})"


def _show_change(row: ChangeRow) -> None:
    about = row.measure or f"{row.jurisdiction} {row.agency}".rstrip()
    moved = " → ".join(value[:_SHOWN] for value in (row.old, row.new) if value)
    show_entry(
        ((row.happened_on or "day unknown", 12), (about, 24), (f"seen {row.seen_at[:10]}", 0)),
        f"{label(CHANGE_KINDS, row.kind)}: {moved}" if moved else label(CHANGE_KINDS, row.kind),
    )


def posture(
    state: Annotated[
        str | None, typer.Argument(metavar="STATE", help="Two letters; all states without.")
    ] = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Where each state stands on a day, and what decides it."""
    wanted = jurisdiction(state) if state else None
    rows = postures_on(store(settings_for(db)), day(as_of) or dt.datetime.now(dt.UTC).date())
    if wanted:
        rows = [row for row in rows if row.jurisdiction == wanted]
        if not rows:
            raise TrackerError(f"{state}: no posture; it is derived for the states and DC.")
    if as_json:
        write_lines(
            {
                **row._asdict(),
                "reasons": [one._asdict() for one in row.reasons],
                "not_counted": [one._asdict() for one in row.not_counted],
            }
            for row in rows
        )
        return
    show_table(
        "Where states stand",
        ("state", "posture", "since", "decided by (rule)"),
        (
            (
                row.jurisdiction,
                _stands(row),
                row.since,
                "; ".join(f"{r.measure} ({r.rule})" for r in row.reasons),
            )
            for row in rows
        ),
    )


def _stands(row: StatePosture) -> str:
    told = label(POSTURES, row.posture) + (" (contested)" if row.contested else "")
    if not row.takes_effect:
        return told
    until = label(POSTURES, row.until_then).lower()
    known = row.takes_effect != "unknown"
    when = f"takes effect {row.takes_effect}" if known else "not known to be in effect"
    return f"{told} ({when}; until then: {until})"


def agreements(
    as_of: AsOfOption = None,
    by: Annotated[str, typer.Option(help="state, model, both with a comma, or none.")] = "state",
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """287(g) counts of the newest list on or before a day. Agreements are not agencies.

    Of days before the first list read here, the shipped counts of earlier lists are told, each
    with its source; those are by state or by model, not by both.
    """
    from tracker.readers.agreement_history import counts_on

    fields = [] if by == "none" else [part.strip() for part in by.split(",")]
    if set(fields) - {"state", "model"} or len(set(fields)) < len(fields):
        raise TrackerError(f"--by {by}: count by state, model, state,model or none.")
    rows = counts_on(store(settings_for(db)), as_of=day(as_of), by=fields)
    if as_json:
        write_lines(row._asdict() for row in rows)
        return
    show_table(
        "287(g) agreements",
        ("list", "list's day", *fields, "agreements", "agencies"),
        (
            (
                row.list,
                row.as_of,
                *(getattr(row, f) for f in fields),
                row.agreements,
                "not counted" if row.agencies is None else row.agencies,
            )
            for row in rows
        ),
    )
    if len(fields) > 1 and not any(row.list == "participating" for row in rows):
        say("Lists from before the first one read here are counted by state or by model.", to=err)
    for source in sorted({row.source for row in rows if row.source}):
        say(f"Shipped counts of an earlier list: {source}", to=err)
