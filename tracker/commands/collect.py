"""`crawl`, `ingest`, `replay`, `rebuild`: from sources to run folders to the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID
from sqlite_utils import Database

from tracker.commands.common import (
    DbOption,
    JsonOption,
    out,
    progress,
    settings_for,
    show_table,
    store,
    verdict_text,
    write_lines,
)
from tracker.config import Settings
from tracker.crawl import Target, run_job
from tracker.crawl import crawl as crawl_targets
from tracker.errors import TrackerError
from tracker.ingest import Knowledge, Outcome
from tracker.ingest import ingest as ingest_run
from tracker.readers.coverage import coverage
from tracker.runs import GOOD, SourceFacts, run_folders

_DUE_AFTER = dt.timedelta(hours=20)


def register(app: typer.Typer) -> None:
    app.command()(crawl)
    app.command()(ingest)
    app.command()(replay)
    app.command()(rebuild)


def all_facts() -> dict[str, SourceFacts]:
    """The command line is the only place where the tracker looks at the spiders."""
    from spiders.registry import source_classes

    return {code: cls.facts for code, cls in source_classes().items()}


def facts_of(code: str) -> SourceFacts:
    found = all_facts()
    if code not in found:
        raise TrackerError(f"no source is called {code!r}. There are: {', '.join(found)}.")
    return found[code]


def crawl(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every source.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Those not read well for 20 hours.")] = False,
    replay: Annotated[
        Path | None,
        typer.Option(
            help="Recorded answers instead of the network: a folder with one folder a source."
        ),
    ] = None,
    now: Annotated[str | None, typer.Option(help="The clock of a replay, as UTC time.")] = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure's key to read again though nothing moved.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Sources read at the same time.")] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Read sources into run folders and the store."""
    settings = settings_for(db, jobs=jobs)
    database = store(settings, create=True)
    targets = [
        _target(facts, replay, now, measure or [])
        for facts in _chosen(database, sources or [], everything=everything, due=due)
    ]
    if replay:
        targets = [target for target in targets if target.replay and target.replay.is_dir()]
    if not targets:
        raise TrackerError("nothing to read: name a source, or use --all or --due.")
    rows = read_and_keep(database, targets, settings)
    if as_json:
        write_lines(rows)
    else:
        show_runs(rows)
    if any(row["verdict"] not in GOOD for row in rows):
        raise typer.Exit(1)


def _chosen(
    db: Database, named: Sequence[str], *, everything: bool, due: bool
) -> list[SourceFacts]:
    if named:
        return [facts_of(code) for code in named]
    if everything:
        return list(all_facts().values())
    return _due(db) if due else []


def _due(db: Database) -> list[SourceFacts]:
    limit = (dt.datetime.now(dt.UTC) - _DUE_AFTER).isoformat()
    fresh = {
        state.code for state in coverage(db) if state.last_success and state.last_success > limit
    }
    return [facts for code, facts in all_facts().items() if code not in fresh]


def _target(facts: SourceFacts, replay: Path | None, now: str | None, asked: list[str]) -> Target:
    clock = dt.datetime.fromisoformat(now.replace("Z", "+00:00")) if now else None
    if clock and clock.tzinfo is None:
        clock = clock.replace(tzinfo=dt.UTC)
    folder = replay / facts.code if replay else None
    return Target(facts, folder, clock, tuple(asked))


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
                "requests": record.requests,
                "listed": record.listed,
                "read": record.kept,
                "changes": outcome.changes,
                "reason": outcome.reason,
                "run": str(crawled.folder),
            }
            bar.advance(task)
    return [rows[target.facts.code] for target in targets]


def show_runs(rows: Sequence[dict[str, object]]) -> None:
    show_table(
        "Runs",
        ("source", "verdict", "requests", "listed", "read", "changes", "reason"),
        [
            (
                row["source"],
                verdict_text(str(row["verdict"])),
                row["requests"],
                row["listed"],
                row["read"],
                row["changes"],
                row["reason"],
            )
            for row in rows
        ],
    )


def ingest(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Keep finished runs, made here or on another machine. A second time does nothing."""
    database = store(settings_for(db), create=True)
    knowledge = Knowledge.shipped()
    results: list[tuple[Path, Outcome]] = []
    with progress() as bar:
        for folder in runs:
            task = bar.add_task(f"Keeping {folder.name}", total=None)
            outcome = ingest_run(database, folder, knowledge, progress=partial(_advance, bar, task))
            results.append((folder, outcome))
    if as_json:
        write_lines({"run": str(f), **_told(outcome)} for f, outcome in results)
    else:
        rows = [(f, o.status, verdict_text(o.verdict), o.changes, o.reason) for f, o in results]
        show_table("Kept", ("run", "status", "verdict", "changes", "reason"), rows)
    if any(outcome.verdict not in GOOD for _, outcome in results):
        raise typer.Exit(1)


def _advance(bar: Progress, task: TaskID, count: int) -> None:
    bar.update(task, completed=count)


def _told(outcome: Outcome) -> dict[str, object]:
    return {
        "status": outcome.status,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "changes": outcome.changes,
        "new": outcome.tally.new,
        "changed": outcome.tally.changed,
        "unchanged": outcome.tally.unchanged + outcome.tally.churned,
    }


def replay(
    captures: Annotated[Path, typer.Argument(metavar="RUN|WARC", help="A run folder or a WARC.")],
    source: Annotated[
        str | None, typer.Option(help="For a WARC without its run: the source.")
    ] = None,
    to: Annotated[Path, typer.Option("--out", help="Where the new run is put.")] = Path(
        "runs-replayed"
    ),
    db: DbOption = None,
) -> None:
    """Read old captures again with the spiders of today. Nothing is stored; compare, then rebuild."""
    from tracker.replay import replay as replay_run

    settings = settings_for(db)
    if captures.is_file():
        if source is None:
            raise TrackerError(f"{captures}: say with --source which source's pages these are.")
        crawled = run_job(facts_of(source), settings, runs=to, known=None, replay=captures)
        out.print(
            f"{crawled.folder}: {crawled.record.verdict}, {crawled.record.reason}", markup=False
        )
        return
    result = replay_run(captures, to, settings)
    show_table(
        "Replayed",
        ("", "verdict", "listed", "read", "reason"),
        [
            (name, verdict_text(r.verdict), r.listed, r.kept, r.reason)
            for name, r in (("then", result.before), ("now", result.after))
        ],
    )
    out.print(
        f"{result.missing} items of then are not read now, {result.added} are new."
        f" The new run is {result.folder}.",
        markup=False,
    )


def rebuild(
    runs: Annotated[Path | None, typer.Option(help="The folder of runs.")] = None,
    db: DbOption = None,
) -> None:
    """Make the store anew from all its runs. The old one is kept beside it."""
    from tracker.rebuild import rebuild as rebuild_store

    settings = settings_for(db, runs=runs)
    folders = sum(1 for _ in run_folders(settings.runs))
    with progress() as bar:
        task = bar.add_task("Rebuilding", total=folders)
        count = rebuild_store(
            settings.runs, settings.db, Knowledge.shipped(), told=lambda *_: bar.advance(task)
        )
    out.print(f"{settings.db}: made anew from {count} runs.", markup=False)
