"""`import measures`: a file that an editor wrote, checked as a whole and then kept as a run."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer
from sqlite_utils import Database

from tracker.commands.common import DbOption, JsonOption, facts_of, settings_for, store
from tracker.commands.crawling import report
from tracker.commands.show import say
from tracker.config import Settings
from tracker.crawl import Crawled, run_job
from tracker.errors import TrackerError
from tracker.ingest import Knowledge
from tracker.ingest import ingest as ingest_run
from tracker.known_file import write_known
from tracker.measures_file import Entered, read_measures
from tracker.model import to_json
from tracker.runs import run_folder
from tracker.table_file import BadTable, Fault

_SOURCE = "editors"
_FORMS = {".csv": "text/csv", ".yaml": "application/yaml", ".yml": "application/yaml"}
CheckOption = Annotated[bool, typer.Option("--check", help="Only look for faults; keep nothing.")]


def import_measures(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or YAML of measures.")],
    only_check: CheckOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Guidance, local policies, ordinances, rulings that an editor entered.

    docs/importing.md says what each column holds. One fault, and nothing of the file is kept.
    """
    settings = settings_for(db)
    body, now = _body(file), dt.datetime.now(dt.UTC).replace(microsecond=0)
    rows = read_measures(file.name, body, now.date())
    database = store(settings, create=not only_check)
    if faults := sorted(_at_odds(database, rows)):
        raise BadTable(file.name, faults)
    if only_check:
        say(f"{file.name}: {len(rows)} measures, no fault.", style="green")
        return
    crawled = _read(database, file, body, settings, now)
    outcome = ingest_run(database, crawled.folder, Knowledge.shipped())
    row: dict[str, object] = {
        "source": file.name,
        "verdict": outcome.verdict,
        "status": outcome.status,
        "requests": 0,
        "measures": len(rows),
        "changes": outcome.changes,
        "reason": outcome.reason,
        "run": str(crawled.folder),
    }
    report([row], as_json=as_json)


def _body(file: Path) -> bytes:
    if file.suffix.lower() not in _FORMS:
        raise TrackerError(f"{file}: not a .csv, .yaml or .yml file.")
    if not file.is_file():
        raise TrackerError(f"{file}: no such file.")
    return file.read_bytes()


def _at_odds(db: Database, rows: Sequence[Entered]) -> Iterator[Fault]:
    """Rows about what another source reads, or what was entered as of another kind."""
    for entered in rows:
        known = db.conn.execute(
            "SELECT source, kind FROM measures WHERE key = ?", (entered.measure.key,)
        ).fetchone()
        if known is None:
            continue
        source, kind = known
        where = (entered.row.number, entered.row.line)
        if source != _SOURCE:
            told = f"{entered.measure.key} is read from {source}, which decides; take the row out"
            yield Fault(*where, "identifier", told)
        elif kind != entered.measure.kind:
            told = f"{entered.measure.key} was entered as {kind}; give this one another identifier"
            yield Fault(*where, "kind", told)


def _read(db: Database, file: Path, body: bytes, settings: Settings, now: dt.datetime) -> Crawled:
    """As a run over a recording of one answer: the bytes that were checked, archived."""
    while run_folder(settings.runs.absolute(), _SOURCE, now).exists():
        now += dt.timedelta(seconds=1)  # a run is known by when it began
    with tempfile.TemporaryDirectory(prefix="tracker-") as scratch:
        recording = Path(scratch) / "answers"
        recording.mkdir()
        (recording / "file").write_bytes(body)
        url = f"https://editors.invalid/{quote(file.name, safe='')}"
        answer = {"url": url, "file": "file", "media_type": _FORMS[file.suffix.lower()]}
        (recording / "answers.json").write_bytes(to_json([answer]))
        known = Path(scratch) / "known.json"
        write_known(db, known, source=_SOURCE, jurisdiction="")
        facts = facts_of(_SOURCE)
        return run_job(
            facts, settings, runs=settings.runs, known=known, replay=recording, now=now, only=url
        )
