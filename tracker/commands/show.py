"""What a person and a program see: tables, lines, JSON Lines, progress.

Tables and lines go to standard output, progress and remarks to standard error. Text may come from
outside, so nothing in it is markup and no control character reaches the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from tracker.model import to_json

# Rich leaves colours out where the output is not a terminal or NO_COLOR is set.
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_STYLES = {"ok": "green", "ok-empty": "green", "skipped": "dim", "suspect": "yellow"}


def write_lines(rows: Iterable[Any]) -> int:
    """JSON Lines on standard output; the number of lines."""
    count = 0
    for row in rows:
        sys.stdout.buffer.write(to_json(row) + b"\n")
        count += 1
    sys.stdout.flush()
    return count


def say(text: str, *, to: Console = out, style: str = "") -> None:
    """A line as it is, never broken: a path in it can be copied, a log can be searched."""
    for line in text.splitlines():
        to.print(Text(plain(line), style=style), soft_wrap=True)


def tell(text: str) -> None:
    """Sentences, broken between words where the terminal ends."""
    for line in text.splitlines():
        out.print(Text(plain(line)))


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    table = _table(title, show_header=True)
    for number, name in enumerate(columns):
        table.add_column(name, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row))
    if table.row_count:
        out.print(table)
    else:
        say(f"{title}: none.")


def show_facts(title: str, rows: Iterable[tuple[str, object]]) -> None:
    """Names and what they are, one a line."""
    table = _table(title, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(Text(plain(name)), _cell(value))
    out.print(table)


def show_entry(head: Sequence[tuple[object, int]], told: str) -> None:
    """One line of cells, each padded to its width, and a sentence below them, indented."""
    line = Text("  ")
    for cell, width in head:
        text = _cell(cell)
        line.append_text(text).append(" " * max(1, width - len(text)))
    line.rstrip()
    out.print(line, soft_wrap=True)
    out.print(Padding(Text(plain(told), style="dim"), (0, 0, 0, 6)))


def _table(title: str, *, show_header: bool) -> Table:
    return Table(
        title=Text(plain(title), style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_header=show_header,
    )


def _cell(value: object) -> Text:
    return value if isinstance(value, Text) else Text(plain("" if value is None else str(value)))


def plain(text: str) -> str:
    """Without control characters, which could drive the terminal; line ends become spaces."""
    return "".join(ch if ch.isprintable() else " " * ch.isspace() for ch in text)


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
