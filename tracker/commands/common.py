"""What commands share: settings, the store, output for people and for programs."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from tracker.config import Settings, load_settings
from tracker.errors import TrackerError
from tracker.model import to_json
from tracker.store import open_store

# Tables and lines go to standard output, progress and remarks to standard error.
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

DbOption = Annotated[
    Path | None, typer.Option("--db", help="The store.", show_default="tracker.db, or TRACKER_DB")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DayOption = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")]


def settings_for(db: Path | None = None, **given: Any) -> Settings:
    return load_settings(db=db, **given)


def store(settings: Settings, *, create: bool = False) -> Database:
    return open_store(settings.db, create=create)


def day(given: str | None) -> dt.date | None:
    """Raises typer.BadParameter where the text is not a day."""
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not a day as YYYY-MM-DD") from error


def jurisdiction(state: str) -> str:
    """`va`, `VA` and `us-va` are one; raises TrackerError for what is no jurisdiction."""
    from tracker.places import places

    code = state.lower()
    code = code if code == "us" or code.startswith("us-") else f"us-{code}"
    if code not in places():
        raise TrackerError(f"{state!r}: no such state. Use its two letters, or `us`.")
    return code


def write_lines(rows: Iterable[Any]) -> int:
    """JSON Lines on standard output; the number of lines."""
    count = 0
    for row in rows:
        sys.stdout.buffer.write(to_json(row) + b"\n")
        count += 1
    sys.stdout.flush()
    return count


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people. Cells may hold text from outside: nothing in them is markup."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for number, name in enumerate(columns):
        table.add_column(name, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(_plain(cell)) for cell in row))
    out.print(table)


def _plain(cell: object) -> str:
    """Without control characters, which could drive the terminal."""
    return "".join(ch for ch in str("" if cell is None else cell) if ch.isprintable())


_STYLES = {"ok": "green", "ok-empty": "green", "skipped": "dim", "suspect": "yellow"}


def verdict_text(verdict: str) -> Text:
    return Text(verdict, style=_STYLES.get(verdict, "red"))


def progress() -> Progress:
    """A progress bar on standard error; silent where that is not a terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=not err.is_terminal,
    )
