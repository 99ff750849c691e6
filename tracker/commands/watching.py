"""`sources`, `doctor`, `check`: whether sources are really read."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from tracker.commands.advice import VERDICTS
from tracker.commands.common import (
    DbOption,
    JsonOption,
    NowOption,
    SourceArgument,
    all_facts,
    facts_of,
    folder_of,
    moment,
    settings_for,
    settings_with_contact,
    store,
    used_of,
)
from tracker.commands.show import (
    say,
    show_entry,
    show_facts,
    show_table,
    tell,
    verdict_text,
    write_lines,
)
from tracker.config import Settings
from tracker.crawl import run_job
from tracker.posture import posture
from tracker.readers.court_effects import CourtEffect, court_effects
from tracker.readers.coverage import SourceState, coverage
from tracker.readers.disagreements import MATTERS, Disagreement
from tracker.readers.disagreements import disagreements as disagreements_in
from tracker.runs import GOOD, Problem, RunRecord, SourceFacts
from tracker.unknown_actions import unknown_actions

_MOST = 20
_PROPOSED = "a suit challenges it; read the ruling and enter it with `tracker import measures`"


def register(app: typer.Typer) -> None:
    app.command()(sources)
    app.command()(doctor)
    app.command()(check)
    app.command()(disagreements)


def sources(as_json: JsonOption = False, db: DbOption = None) -> None:
    """Every source: its last good run, and what it needs."""
    settings = settings_for(db)
    seen = {s.code: s for s in coverage(store(settings))} if settings.db.exists() else {}
    facts = all_facts()
    if as_json:
        write_lines(_source_facts(one, seen.get(code)) for code, one in facts.items())
        return
    opened = store(settings) if settings.db.exists() else None
    for code, one in facts.items():
        _show_source(one, seen.get(code), used_of(opened, one) if opened else 0)


def _source_facts(facts: SourceFacts, state: SourceState | None) -> dict[str, object]:
    """The facts of a source, and where it was read before, of its runs."""
    told: dict[str, object] = msgspec.to_builtins(facts)
    return told | (state._asdict() if state else {"state": "never read"})


def _show_source(facts: SourceFacts, state: SourceState | None, used: int) -> None:
    cost = facts.requests
    head: tuple[tuple[object, int], ...] = (
        (facts.code, 17),
        (facts.kind, 12),
        (((state and state.last_success) or "never")[:10], 11),
        (verdict_text(state.state) if state else "", 8),
        (f"{state.listed} listed" if state else "", 13),
        (f"{cost.quiet} to {cost.busy} a day" if cost else "", 0),
    )
    show_entry(head, ". ".join([facts.name, *_needs(facts, used), *_trouble(state)]))


def _needs(facts: SourceFacts, used: int) -> Iterator[str]:
    if not facts.verified:
        yield "Form not verified"
    if facts.key:
        yield f"Key {facts.key}: {'set' if os.environ.get(facts.key, '').strip() else 'not set'}"
    if quota := facts.quota:
        yield f"{used} of {quota.requests} requests of this {quota.per} used, all of that key"
    if facts.robots:
        yield f"robots.txt: {facts.robots}"
    if hours := facts.hours:
        yield f"From {hours.begin} to {hours.end} o'clock only ({hours.timezone})"


def _trouble(state: SourceState | None) -> Iterator[str]:
    if state and not state.ok:
        yield f"See: tracker doctor {state.code}"
    if state and state.permission:
        yield f"Permission: {state.permission}"


def doctor(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="One source; all without.")
    ] = None,
    db: DbOption = None,
) -> None:
    """What is wrong, since when, and where to look. Exit status 1 while anything is."""
    settings = settings_for(db)
    if source is None:
        troubles = list(_troubles(settings))
        if troubles:
            show_table("To look at", ("where", "what"), troubles)
        sound = not troubles
    else:
        sound = _doctor_source(settings, facts_of(source).code)
    if not sound:
        raise typer.Exit(1)
    say("Nothing wrong was found.", style="green")


def _troubles(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.contact:
        yield "settings", "`contact` is not set: nothing can be crawled"
    if not settings.db.exists():
        yield "store", f"{settings.db} is not here: run `tracker init`"
        return
    db = store(settings)
    for state in coverage(db):
        if not state.ok:
            since = (state.not_ok_since or "")[:10]
            yield state.code, f"{state.state} since {since}; see `tracker doctor {state.code}`"
    for one in posture(db, dt.date.fromisoformat(_today())):
        if one.posture == "undecided":
            measures = ", ".join(reason.measure for reason in one.reasons)
            yield one.jurisdiction, f"a ban and a mandate are both in force: {measures}"
    if count := sum(1 for _ in court_effects(db)):
        yield "courts", f"{count} suits to look at; see `tracker disagreements`"
    if count := sum(1 for _ in disagreements_in(db, today=_today())):
        yield "second sources", f"{count} to look at; see `tracker disagreements`"


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def disagreements(as_json: JsonOption = False, db: DbOption = None) -> None:
    """What second sources and courts say otherwise."""
    database = store(settings_for(db))
    found = disagreements_in(database, today=_today())
    suits = list(court_effects(database))
    if as_json:
        write_lines(one._asdict() for one in found)
        write_lines({"matter": "court", **one._asdict()} for one in suits)
        return
    for suit in suits:
        show_facts(f"{suit.key}: {_PROPOSED}", _effect(suit))
    none = not suits
    for one in found:
        none = False
        show_facts(f"{one.key}: {MATTERS[one.matter]}", _sides(one))
    if none:
        say("No second source disagrees.", style="green")


def _effect(one: CourtEffect) -> list[tuple[str, object]]:
    here = f"{one.stage_on or 'no day'}: {one.stage}" if one.stage else "not read"
    said = f"{one.proposed_on or 'no day'}: {one.proposed}"
    rows = [("title", one.title), ("here", here), ("suit", one.suit), ("stands", said)]
    return [*rows, ("by", one.words), ("look", one.url)]


def _sides(one: Disagreement) -> list[tuple[str, object]]:
    sides = (("here", one.ours, one.ours_on), (one.source, one.theirs, one.theirs_on))
    told = [(who, f"{on or 'no day'}: {what}") for who, what, on in sides if what]
    return [("title", one.title), *told, *([("look", one.url)] if one.url else [])]


def _doctor_source(settings: Settings, source: str) -> bool:
    db = store(settings)
    state = next((s for s in coverage(db) if s.code == source), None)
    if state is None:
        say(f"{source}: never read. Try: tracker crawl {source}")
        return False
    folder, problems, warnings = _last_run(db, source)
    rows = [
        ("last good run", _moment(state.last_success)),
        ("last run", f"{_moment(state.last_run)}: {state.state}"),
        ("not good since", state.not_ok_since and _moment(state.not_ok_since)),
        ("listed", f"{state.listed}, usually {state.usual:g}" if state.usual else state.listed),
        ("reason", None if problems else state.reason),
        *(("warning", warning) for warning in warnings),
        ("its pages", settings.runs / folder),
    ]
    show_facts(f"{state.name} ({state.home})", [(name, value) for name, value in rows if value])
    for problem in problems:
        show_problem(problem)
    advice = VERDICTS[state.state]
    if not state.ok:
        tell(f"{advice.means}\nWhat to do: {advice.do}")
    return state.ok


def _moment(stored: str | None) -> str:
    return f"{stored[:10]} {stored[11:16]} UTC" if stored else "never"


def _last_run(db: Database, source: str) -> tuple[str, list[Problem], list[str]]:
    folder, problems, warnings = db.conn.execute(
        "SELECT folder, problems, warnings FROM runs WHERE source = ?"
        " ORDER BY started_at DESC LIMIT 1",
        (source,),
    ).fetchone()
    decode = msgspec.json.decode
    return folder, decode(problems, type=list[Problem]), decode(warnings, type=list[str])


def show_problem(problem: Problem) -> None:
    show_facts(
        problem.kind,
        [("address", problem.url), ("expected", problem.expected), ("found", problem.found)],
    )


def check(
    source: SourceArgument,
    replay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Recorded answers instead of the live site.")
    ] = None,
    now: NowOption = None,
) -> None:
    """Read a source once without storing anything.

    Shows the verdict, counts, and action sentences that no rule knows.
    """
    facts = facts_of(source)
    settings = settings_for() if replay else settings_with_contact()
    with tempfile.TemporaryDirectory(prefix="tracker-check-") as scratch:
        crawled = run_job(
            facts,
            settings,
            runs=Path(scratch),
            known=None,
            replay=folder_of(replay) if replay else None,
            now=moment(now),
        )
        _show_check(crawled.record, unknown_actions(crawled.folder))
    if crawled.record.verdict not in GOOD:
        raise typer.Exit(1)


def _show_check(record: RunRecord, unknown: dict[str, int]) -> None:
    rows: list[tuple[str, object]] = [
        ("verdict", verdict_text(record.verdict)),
        ("reason", record.reason),
        ("requests", record.requests),
        ("listed", record.listed),
        *((f"read: {kind}", count) for kind, count in record.items.items()),
        *(("left out", f"{count}: {why}") for why, count in record.rejected.items()),
    ]
    show_facts(record.source.name, rows)
    for problem in record.problems:
        show_problem(problem)
    if unknown:
        most = sorted(((count, text) for text, count in unknown.items()), reverse=True)[:_MOST]
        show_table("Sentences no rule knows", ("times", "sentence"), most)
