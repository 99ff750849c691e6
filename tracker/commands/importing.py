"""`import`: files that a person has fetched or written."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from tracker.commands.common import DbOption, JsonOption, facts_of, settings_for, store
from tracker.commands.crawling import report
from tracker.commands.importing_measures import import_measures
from tracker.commands.show import progress
from tracker.config import Settings
from tracker.crawl import Crawled, run_job
from tracker.errors import TrackerError
from tracker.ingest import Knowledge
from tracker.ingest import ingest as ingest_run
from tracker.known_file import write_known
from tracker.model import to_json

_FIRST_DAY = dt.date(1900, 1, 1)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Files that a person has fetched or written.", no_args_is_help=True)
    group.command("open-states")(open_states)
    group.command("measures")(import_measures)
    app.add_typer(group, name="import")


def open_states(
    files: Annotated[
        list[Path], typer.Argument(metavar="ZIP", help="Files of sessions, CSV or JSON.")
    ],
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Past sessions from Open States' files.

    Measures on topic are kept with Open States as their source, unless a legislature's own source
    has them.
    """
    settings, begun = settings_for(db), dt.datetime.now(dt.UTC).replace(microsecond=0)
    database, knowledge = store(settings, create=True), Knowledge.shipped()
    rows: list[dict[str, object]] = []
    with progress() as bar, tempfile.TemporaryDirectory(prefix="tracker-") as scratch:
        known = Path(scratch) / "known.json"
        for number, file in enumerate(bar.track(files, description="Reading"), start=1):
            write_known(database, known, source="open-states", jurisdiction="")
            moment = begun + dt.timedelta(seconds=number)  # a run is known by when it began
            crawled = _read(file, settings, Path(scratch) / str(number), known, moment)
            outcome = ingest_run(database, crawled.folder, knowledge)
            rows.append(
                {
                    "source": file.name,
                    "verdict": outcome.verdict,
                    "status": outcome.status,
                    "requests": 0,
                    "changes": outcome.changes,
                    "reason": outcome.reason,
                    "run": str(crawled.folder),
                }
            )
    report(rows, as_json=as_json)


def _read(
    file: Path, settings: Settings, recording: Path, known: Path, now: dt.datetime
) -> Crawled:
    """As a run over a recording of one answer: the file, archived as everything that is read."""
    if not file.is_file():
        raise TrackerError(f"{file}: no such file.")
    recording.mkdir()
    (recording / "file.zip").symlink_to(file.absolute())
    url = f"https://data.openstates.org/{quote(file.name)}"
    answer = {"url": url, "file": "file.zip", "media_type": "application/zip"}
    (recording / "answers.json").write_bytes(to_json([answer]))
    return run_job(
        facts_of("open-states"),
        settings,
        runs=settings.runs,
        known=known,
        replay=recording,
        now=now,
        only=url,
        since=_FIRST_DAY,
    )
