"""`crawl`: sources into run folders and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from tracker.commands.common import (
    DbOption,
    JsonOption,
    NowOption,
    all_facts,
    day,
    facts_of,
    folder_of,
    moment,
    settings_for,
    store,
    used_of,
)
from tracker.commands.show import progress, say, show_entry, verdict_text, write_lines
from tracker.config import Settings
from tracker.crawl import Target
from tracker.crawl import crawl as crawl_targets
from tracker.errors import TrackerError
from tracker.ingest import Knowledge
from tracker.ingest import ingest as ingest_run
from tracker.readers.coverage import coverage
from tracker.runs import GOOD, RECORD, SourceFacts, read_record

_DUE_AFTER = dt.timedelta(hours=20)


def register(app: typer.Typer) -> None:
    app.command()(crawl)


def crawl(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Codes; `tracker sources` lists them."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every source.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Those not read well for 20 hours.")] = False,
    replay: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Recorded answers instead of the network: a folder with one folder a source,"
            " which may be a run's.",
        ),
    ] = None,
    now: NowOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="Of an aggregator: fill in the past from this day on."
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="A measure to read again though nothing moved."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=64, help="Sources read at the same time.")
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Read sources into run folders and the store."""
    if bool(sources) + everything + due != 1:
        raise TrackerError("name the sources to read, or use --all, or --due.")
    settings = settings_for(db, jobs=jobs)
    database = store(settings, create=True)
    chosen = _chosen(database, sources or [], due=due)
    first = _first_day(since, chosen)
    targets = [_target(facts, replay, now, measure or [])._replace(since=first) for facts in chosen]
    if replay:
        targets = _recorded(targets, folder_of(replay), named=bool(sources))
    else:
        targets = _open(database, targets, named=bool(sources))
    if not targets:
        say("Nothing is due: every source was read well in the last 20 hours.")
        return
    report(read_and_keep(database, targets, settings), as_json=as_json)


def _chosen(db: Database, named: Sequence[str], *, due: bool) -> list[SourceFacts]:
    if named:
        return [facts_of(code) for code in dict.fromkeys(named)]
    return _due(db) if due else _crawled()


def _crawled() -> list[SourceFacts]:
    """All sources but the editors' own files, which lie on nobody's site."""
    return [facts for facts in all_facts().values() if facts.kind != "editors"]


def _due(db: Database) -> list[SourceFacts]:
    limit = (dt.datetime.now(dt.UTC) - _DUE_AFTER).isoformat()
    fresh = {
        state.code for state in coverage(db) if state.last_success and state.last_success > limit
    }
    return [facts for facts in _crawled() if facts.code not in fresh]


def _target(facts: SourceFacts, replay: Path | None, now: str | None, asked: list[str]) -> Target:
    folder = replay / facts.code if replay else None
    return Target(facts, folder, moment(now) or _recorded_at(folder), tuple(asked))


def _recorded_at(folder: Path | None) -> dt.datetime | None:
    """Of a recording that is a run, the moment it began: its pages are asked for as of that day."""
    return read_record(folder).started_at if folder and (folder / RECORD).is_file() else None


def _first_day(since: str | None, chosen: Sequence[SourceFacts]) -> dt.date | None:
    others = [facts.code for facts in chosen if facts.kind != "aggregator"]
    if since and others:
        raise TrackerError(f"--since is for aggregators only; {', '.join(others)} is none.")
    return day(since)


def _open(db: Database, targets: list[Target], *, named: bool) -> list[Target]:
    """Those whose site may be asked now; one asked for by name must be among them."""
    found = []
    for target in targets:
        used = used_of(db, target.facts)
        if why := _closed(target.facts, used):
            if named:
                raise TrackerError(f"{target.facts.code}: {why}")
            say(f"{target.facts.code}: {why}")
        else:
            quota = target.facts.quota
            found.append(target._replace(most=quota.requests - used if quota else 0))
    return found


def _closed(facts: SourceFacts, used: int) -> str:
    """Why a source may not be asked now, by its hours or its quota; "" where it may."""
    hours, quota = facts.hours, facts.quota
    if hours and not hours.allow(dt.datetime.now(dt.UTC)):
        span = f"from {hours.begin} to {hours.end} o'clock ({hours.timezone})"
        return f"its site may be asked only {span}."
    if quota and used >= quota.requests:
        return f"the {quota.requests} requests of this {quota.per} that its key allows are used."
    return ""


def _recorded(targets: list[Target], folder: Path, *, named: bool) -> list[Target]:
    """Those there are recordings of; a source asked for by name must be among them."""
    found = [target for target in targets if target.replay and target.replay.is_dir()]
    if not found or (named and len(found) < len(targets)):
        missing = [target.facts.code for target in targets if target not in found]
        raise TrackerError(f"{folder}: holds no recorded answers of {', '.join(missing)}.")
    return found


def read_and_keep(
    db: Database, targets: Sequence[Target], settings: Settings
) -> list[dict[str, object]]:
    """One row a source, in the order of the targets: what was read and what became of it."""
    knowledge = Knowledge.shipped()
    rows: dict[str, dict[str, object]] = {}
    with progress() as bar:
        task = bar.add_task("Reading", total=len(targets))
        for target, crawled in crawl_targets(db, targets, settings):
            outcome = ingest_run(db, crawled.folder, knowledge)
            record = crawled.record
            rows[target.facts.code] = {
                "source": target.facts.code,
                "verdict": outcome.verdict,
                "status": outcome.status,
                "requests": record.requests,
                "listed": record.listed,
                "read": record.kept,
                "changes": outcome.changes,
                "reason": outcome.reason,
                "run": str(crawled.folder),
            }
            bar.advance(task)
    return [rows[target.facts.code] for target in targets]


def report(rows: Sequence[dict[str, object]], *, as_json: bool) -> None:
    """Shows what became of each run; exit code 1 where one was not good."""
    if as_json:
        write_lines(rows)
    else:
        _show_runs(rows)
    if any(row["verdict"] not in GOOD for row in rows):
        raise typer.Exit(1)


def _show_runs(rows: Sequence[dict[str, object]]) -> None:
    for row in rows:
        show_entry(
            (
                (row["source"], 18),
                (verdict_text(str(row["verdict"])), 9),
                (f"{row['requests']} requests", 15),
                (f"{row['changes']} changes", 0),
            ),
            _reason(row),
        )
    for row in rows:
        if row["verdict"] not in GOOD:
            say(f"Look closer: tracker doctor {row['source']}")


def _reason(row: dict[str, object]) -> str:
    kept_before = "in the store already: " if row["status"] == "known" else ""
    return f"{kept_before}{row['reason']}"
