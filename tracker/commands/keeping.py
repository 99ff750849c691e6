"""`ingest`, `replay`, `rebuild`: run folders into the store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, TaskID
from sqlite_utils import Database

from tracker.commands.common import (
    DbOption,
    JsonOption,
    facts_of,
    folder_of,
    settings_for,
    store,
)
from tracker.commands.show import progress, say, show_table, verdict_text, write_lines
from tracker.crawl import run_job
from tracker.errors import DamagedRun, TrackerError
from tracker.ingest import Knowledge, Outcome
from tracker.ingest import ingest as ingest_run
from tracker.runs import GOOD, run_folders


def register(app: typer.Typer) -> None:
    app.command()(ingest)
    app.command()(replay)
    app.command()(rebuild)


def ingest(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="Run folders.")],
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Keep finished runs, made here or on another machine.

    A second time does nothing. A damaged run is told and left out; the others are kept.
    """
    folders = [folder_of(run) for run in runs]
    rows = _keep_all(store(settings_for(db), create=True), folders)
    if as_json:
        write_lines(rows)
    else:
        for row in rows:
            say(_sentence(row))
    if any(row.get("verdict") not in GOOD for row in rows):
        raise typer.Exit(1)


def _keep_all(db: Database, folders: Sequence[Path]) -> list[dict[str, Any]]:
    knowledge = Knowledge.shipped()
    rows: list[dict[str, Any]] = []
    with progress() as bar:
        for folder in folders:
            task = bar.add_task(f"Keeping {folder.name}", total=None)
            try:
                told = _told(ingest_run(db, folder, knowledge, progress=partial(_moved, bar, task)))
            except DamagedRun as error:
                told = {"status": "damaged", "reason": str(error)}
            rows.append({"run": str(folder), **told})
    return rows


def _moved(bar: Progress, task: TaskID, count: int) -> None:
    bar.update(task, completed=count)


def _sentence(row: dict[str, Any]) -> str:
    if "verdict" not in row:
        return f"damaged: {row['reason']}"
    return f"{row['run']}: {row['status']}, {row['changes']} changes; {row['verdict']}: {row['reason']}"


def _told(outcome: Outcome) -> dict[str, Any]:
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
    """Read old captures again with the spiders of today.

    Nothing is stored; compare, then rebuild.
    """
    from tracker.replay import replay as replay_run

    settings = settings_for(db)
    if captures.is_file():
        if source is None:
            raise TrackerError(f"{captures}: say with --source which source's pages these are.")
        crawled = run_job(facts_of(source), settings, runs=to, known=None, replay=captures)
        say(f"{crawled.folder}: {crawled.record.verdict}, {crawled.record.reason}")
        good = crawled.record.good
    else:
        result = replay_run(folder_of(captures), to, settings)
        show_table(
            "Replayed",
            ("", "verdict", "listed", "read", "reason"),
            [
                (name, verdict_text(r.verdict), r.listed, r.kept, r.reason)
                for name, r in (("then", result.before), ("now", result.after))
            ],
        )
        say(
            f"{result.missing} items of then are not read now, {result.added} are new."
            f" The new run is {result.folder}"
        )
        good = result.after.verdict in {*GOOD, result.before.verdict}
    if not good:
        raise typer.Exit(1)


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
    say(f"{settings.db}: made anew from {count} runs.")
