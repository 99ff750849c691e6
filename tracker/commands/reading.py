"""`sources`, `doctor`, `check`, `parse`, `record`, `new-source`: looking after sources."""

from __future__ import annotations

import datetime as dt
import mimetypes
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from tracker.commands.collect import all_facts, facts_of
from tracker.commands.common import (
    DayOption,
    DbOption,
    JsonOption,
    day,
    out,
    settings_for,
    show_table,
    store,
    verdict_text,
    write_lines,
)
from tracker.config import ConfigError, Settings
from tracker.crawl import run_job
from tracker.errors import TrackerError
from tracker.readers.coverage import SourceState, coverage
from tracker.runs import GOOD, Problem, RunRecord
from tracker.unknown_actions import unknown_actions

_MAX_FILE = 64 * 1024 * 1024


def register(app: typer.Typer) -> None:
    app.command()(sources)
    app.command()(doctor)
    app.command()(check)
    app.command()(parse)
    app.command()(record)
    app.command("new-source")(new_source)


def sources(as_json: JsonOption = False, db: DbOption = None) -> None:
    """Every source: when it was last really read, and the state of its last run."""
    settings = settings_for(db)
    seen = {s.code: s for s in coverage(store(settings))} if settings.db.exists() else {}
    if as_json:
        write_lines(
            seen[code]._asdict()
            if code in seen
            else {"code": code, "name": facts.name, "state": "never read"}
            for code, facts in all_facts().items()
        )
        return
    rows = [_source_row(code, facts.name, seen.get(code)) for code, facts in all_facts().items()]
    show_table("Sources", ("source", "name", "last good", "state", "listed", "reason"), rows)


def _source_row(code: str, name: str, state: SourceState | None) -> tuple[object, ...]:
    if state is None:
        return code, name, "never", "", "", ""
    usual = f"{state.listed} (usually {state.usual:g})" if state.usual else state.listed
    last = (state.last_success or "never")[:16]
    permission = f" Permission: {state.permission}" if state.permission else ""
    return code, name, last, verdict_text(state.state), usual, state.reason + permission


def doctor(source: Annotated[str | None, typer.Argument()] = None, db: DbOption = None) -> None:
    """What is wrong, since when, and where to look. Exit status 1 while anything is."""
    settings = settings_for(db)
    troubles = _doctor_source(settings, source) if source else _doctor_all(settings)
    if troubles:
        raise typer.Exit(1)
    out.print("Nothing wrong was found.", style="green")


def _doctor_all(settings: Settings) -> int:
    troubles: list[tuple[str, str]] = []
    if not settings.contact:
        troubles.append(("settings", "`contact` is not set: nothing can be crawled"))
    if not settings.db.exists():
        troubles.append(("store", f"{settings.db} is not here: run `tracker init`"))
    else:
        for state in coverage(store(settings)):
            if state.state not in GOOD:
                since = (state.not_ok_since or "")[:16]
                troubles.append((state.code, f"{state.state} since {since}: {state.reason}"))
    if troubles:
        show_table("To look at", ("where", "what"), troubles)
    return len(troubles)


def _doctor_source(settings: Settings, source: str) -> int:
    facts_of(source)
    db = store(settings)
    state = next((s for s in coverage(db) if s.code == source), None)
    if state is None:
        out.print(f"{source}: never read. Try: tracker crawl {source}", markup=False)
        return 1
    show_table(
        f"{state.name}",
        ("", ""),
        [
            ("last good run", state.last_success or "never"),
            ("last run", f"{state.last_run}: {state.state}"),
            ("not good since", state.not_ok_since or ""),
            ("listed", f"{state.listed}, usually {state.usual or 'not known'}"),
            ("reason", state.reason),
        ],
    )
    _show_problems(db, settings, source)
    return 0 if state.state in GOOD else 1


def _show_problems(db: Database, settings: Settings, source: str) -> None:
    folder, problems = db.conn.execute(
        "SELECT folder, problems FROM runs WHERE source = ? ORDER BY started_at DESC LIMIT 1",
        (source,),
    ).fetchone()
    found = msgspec.json.decode(problems, type=list[Problem])
    if found:
        rows = [(p.kind, p.url, p.expected, p.found) for p in found]
        show_table("What went wrong", ("kind", "address", "expected", "found"), rows)
    out.print(f"The archived pages of that run: {settings.runs / folder}", markup=False)


def check(
    source: str,
    replay: Annotated[
        Path | None, typer.Option(help="Recorded answers instead of the live site.")
    ] = None,
) -> None:
    """Read a source once without storing: its proof of page, counts, unknown sentences."""
    settings = settings_for()
    if replay is None and not settings.contact:
        raise ConfigError("`contact` is not set: webmasters must be able to reach you.")
    with tempfile.TemporaryDirectory(prefix="tracker-check-") as scratch:
        crawled = run_job(facts_of(source), settings, runs=Path(scratch), known=None, replay=replay)
        unknown = unknown_actions(crawled.folder)
        _show_check(crawled.record, unknown)
    if not crawled.record.good:
        raise typer.Exit(1)


def _show_check(record: RunRecord, unknown: dict[str, int]) -> None:
    rows: list[tuple[object, object]] = [
        ("verdict", verdict_text(record.verdict)),
        ("reason", record.reason),
        ("requests", record.requests),
        ("listed", record.listed),
        *((f"{kind}s", count) for kind, count in record.items.items()),
        *((f"left out: {why}", count) for why, count in record.rejected.items()),
    ]
    show_table(record.source.name, ("", ""), rows)
    for problem in record.problems:
        out.print(
            f"{problem.url}: expected {problem.expected}, found {problem.found}", markup=False
        )
    if unknown:
        show_table("Sentences no rule knows", ("times", "sentence"), _most(unknown))


def _most(unknown: dict[str, int]) -> list[tuple[int, str]]:
    return sorted(((count, text) for text, count in unknown.items()), reverse=True)[:20]


def parse(
    source: str,
    file: Annotated[Path, typer.Argument(help="A saved answer.")],
    url: Annotated[str, typer.Option(help="The address it came from.")],
    about: Annotated[
        str | None, typer.Option(help="For a text: the measure's key, us-va/2026/HB 1.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="For a text: the version's name.")] = None,
    today: DayOption = None,
    media_type: Annotated[str | None, typer.Option(help="Its Content-Type.")] = None,
    requests: Annotated[
        bool, typer.Option("--requests", help="Also show what would be asked for next.")
    ] = False,
) -> None:
    """Read one saved answer and print its items as JSON Lines. Nothing is stored."""
    from scrapy import Request

    from spiders.answer import Answer
    from spiders.reading import SourceError
    from spiders.registry import source_class

    facts_of(source)
    spider = source_class(source)(today=day(today) or dt.datetime.now(dt.UTC).date())
    headers = {"content-type": media_type or mimetypes.guess_type(file.name)[0] or ""}
    answer = Answer(url, _bytes_of(file), 200, headers, _context(about, note))
    try:
        for thing in spider.read(answer):
            if not isinstance(thing, Request):
                write_lines([thing])
            elif requests:
                write_lines([{"type": "request", "url": thing.url}])
    except SourceError as error:
        raise TrackerError(
            f"{source}, {error.url}: {error.kind}: expected {error.expected}, found {error.found}."
        ) from error
    if spider.empty_proof:
        out.print(f"The site says: {spider.empty_proof}", markup=False)


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        raise TrackerError(f"{file}: no such file.")
    if file.stat().st_size > _MAX_FILE:
        raise TrackerError(f"{file}: larger than {_MAX_FILE} bytes.")
    return file.read_bytes()


def _context(about: str | None, note: str | None) -> dict[str, str]:
    context = {"note": note} if note else {}
    if about:
        parts = about.split("/", 2)
        if len(parts) != 3:
            raise TrackerError(f"{about!r} is not a measure's key, such as us-va/2026/HB 1441.")
        context |= dict(zip(("jurisdiction", "session", "identifier"), parts, strict=True))
    return context


def record(
    source: str,
    url: str,
    case: Annotated[str, typer.Option(help="The case's folder name.")],
    to: Annotated[Path, typer.Option("--out", help="The folder of recorded cases.")] = Path(
        "tests/recordings"
    ),
) -> None:
    """Record a live page as a test case; look at what was read from it before you commit it."""
    from tracker.record import record_case

    settings = settings_for()
    if not settings.contact:
        raise ConfigError("`contact` is not set: webmasters must be able to reach you.")
    folder, count = record_case(facts_of(source), url, to / source / case, settings)
    out.print(f"{folder}: {count} items. Read expected.jsonl against the page.", markup=False)


def new_source(
    code: Annotated[str, typer.Argument(help="Its code, such as nv or governor-nv.")],
    name: Annotated[str, typer.Option(help="The body's full name.")],
    jurisdiction: Annotated[str, typer.Option(help="us, or us- and two letters.")],
    url: Annotated[str, typer.Option(help="The address of its list.")],
    kind: Annotated[str, typer.Option(help="legislature or orders.")] = "legislature",
) -> None:
    """Scaffold a source with a case that fails until you have written its reader."""
    from tracker.scaffold import scaffold

    for path in scaffold(code, name=name, jurisdiction=jurisdiction, url=url, kind=kind):
        out.print(f"Wrote {path}", markup=False)
    out.print("Next: tracker record, then docs/adding-a-source.md", markup=False)
