"""`changes`, `posture`, `agreements`, `stages`, `classify`, `evaluate`: what the store knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from tracker.commands.common import (
    DayOption,
    DbOption,
    JsonOption,
    day,
    jurisdiction,
    settings_for,
    show_table,
    store,
    write_lines,
)
from tracker.errors import TrackerError


def register(app: typer.Typer) -> None:
    app.command()(changes)
    app.command()(posture)
    app.command()(agreements)
    app.command()(stages)
    app.command()(classify)
    app.command()(evaluate)


def changes(
    since: DayOption = None,
    until: DayOption = None,
    after: Annotated[int, typer.Option(help="Only changes with a higher id.")] = 0,
    state: Annotated[list[str] | None, typer.Option(help="Two letters, or us.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Such as stage_changed.")] = None,
    measure: Annotated[str, typer.Option(help="A measure's key.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Measures that are not on topic as well.")
    ] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """The change log: what changed, when it happened, when it was seen, and where."""
    from tracker.readers import changes as log
    from tracker.words import CHANGE_KINDS, label

    rows = log.changes(
        store(settings_for(db)),
        after_id=after,
        since=day(since),
        until=day(until),
        jurisdictions=[jurisdiction(one) for one in state or ()],
        scopes=() if everything else log.ON_TOPIC,
        kinds=kind or (),
        measure=measure,
    )
    if as_json:
        write_lines(
            {
                "id": row.id,
                "jurisdiction": row.jurisdiction,
                "measure": row.measure or f"{row.agency} ({row.model})",
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
            for row in rows
        )
        return
    show_table(
        "Changes",
        ("seen", "happened", "measure", "what", "old", "new"),
        (
            (
                row.seen_at[:10],
                row.happened_on,
                row.measure or f"{row.jurisdiction} {row.agency}",
                label(CHANGE_KINDS, row.kind),
                row.old[:80],
                row.new[:80],
            )
            for row in rows
        ),
    )


def posture(
    state: Annotated[str | None, typer.Argument(help="Two letters; all states without.")] = None,
    as_of: DayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Where each state stands on a day, with the measures that decide it."""
    from tracker.posture import posture as postures
    from tracker.words import POSTURES, label

    rows = postures(store(settings_for(db)), day(as_of) or dt.datetime.now(dt.UTC).date())
    if state:
        rows = [row for row in rows if row.jurisdiction == jurisdiction(state)]
    if as_json:
        write_lines(
            {**row._asdict(), "reasons": [r._asdict() for r in row.reasons]} for row in rows
        )
        return
    show_table(
        "Where states stand",
        ("state", "posture", "since", "decided by"),
        (
            (
                row.jurisdiction,
                label(POSTURES, row.posture) + (" (contested)" if row.contested else ""),
                row.since,
                "; ".join(f"{r.measure} ({r.rule})" for r in row.reasons[:3]),
            )
            for row in rows
        ),
    )


def agreements(
    as_of: DayOption = None,
    by: Annotated[str, typer.Option(help="state, model, both with a comma, or none.")] = "state",
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """287(g) counts of the newest list on or before a day. Agreements are not agencies."""
    from tracker.readers.agreements import counts

    fields = [] if by == "none" else [part.strip() for part in by.split(",")]
    if set(fields) - {"state", "model"}:
        raise TrackerError(f"--by {by}: agreements are counted by state, model, or state,model.")
    rows = counts(store(settings_for(db)), as_of=day(as_of), by=fields)
    if as_json:
        write_lines(row._asdict() for row in rows)
        return
    show_table(
        "287(g) agreements",
        ("list", "list's day", *fields, "agreements", "agencies"),
        (
            (row.list, row.as_of, *(getattr(row, f) for f in fields), row.agreements, row.agencies)
            for row in rows
        ),
    )


def stages(
    bills: Annotated[Path, typer.Option(help="JSON Lines of bills with actions, or .gz.")],
    gold: Annotated[Path | None, typer.Option(help="CSV of known stages to compare with.")] = None,
) -> None:
    """The stage of each bill of a file, as JSON Lines; with --gold, how often it is right."""
    from tracker.stages import evaluate_gold, open_bills, stages_of_bills

    if gold:
        write_lines([evaluate_gold(bills, gold)])
        return
    with open_bills(bills) as lines:
        write_lines(stages_of_bills(lines))


def classify(
    key: Annotated[str | None, typer.Argument(help="A measure of the store.")] = None,
    text: Annotated[str | None, typer.Option(help="A title or text.")] = None,
    csv: Annotated[
        Path | None, typer.Option(help="state,session,identifier,title,description[,file]")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="With evidence and rule.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Topic, stance and the words that prove it."""
    from tracker.evaluate import classify_csv
    from tracker.topics import shipped_topics

    if csv:
        write_lines(classify_csv(csv, shipped_topics()))
        return
    found = _classified(key, text, db)
    if as_json:
        write_lines([found])
        return
    rows = [
        ("scope", found.scope),
        ("stance", found.stance),
        ("direction", found.direction),
        ("topics", ", ".join(found.topics)),
        ("binds", found.binds),
        ("confidence", f"{found.confidence:.2f} (machine-proposed)"),
    ]
    if explain:
        rows += [
            ("rule", found.rule),
            *((f"in the {e.field}", f"“{e.quote}”") for e in found.evidence),
        ]
    show_table("Classification", ("", ""), rows)


def _classified(key: str | None, text: str | None, db: Path | None):  # type: ignore[no-untyped-def]
    from tracker.keep.facts import texts_newest_first
    from tracker.stance import VersionedText
    from tracker.stance import classify as classify_measure
    from tracker.topics import shipped_topics

    topics = shipped_topics()
    if text is not None:
        return classify_measure(topics, title=text)
    if key is None:
        raise TrackerError("name a measure, or give --text or --csv.")
    connection = store(settings_for(db)).conn
    row = connection.execute(
        "SELECT id, title, abstract, kind FROM measures WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        raise TrackerError(f"{key}: no such measure in the store.")
    texts = [VersionedText(n, t) for n, t in texts_newest_first(connection, row[0])]
    return classify_measure(topics, title=row[1], abstract=row[2], texts=texts, kind=row[3])


def evaluate(
    labelled: Annotated[Path, typer.Argument(metavar="CSV", help="Labelled bills.")],
    negatives: Annotated[Path | None, typer.Option(help="Bills that are not on topic.")] = None,
) -> None:
    """Precision, recall and stance accuracy on labelled bills, as JSON."""
    from tracker.evaluate import evaluate_csv
    from tracker.topics import shipped_topics

    write_lines([evaluate_csv(labelled, shipped_topics(), negatives=negatives)])
