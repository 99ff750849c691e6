"""`db`: the store itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from tracker.commands.common import DbOption, settings_for
from tracker.commands.show import say
from tracker.copies import backup_name
from tracker.copies import restore as restore_store
from tracker.errors import TrackerError
from tracker.store import backup as copy_store
from tracker.store import find_problems, open_store
from tracker.verify import damaged_runs


def register(app: typer.Typer) -> None:
    db = typer.Typer(help="The store.", no_args_is_help=True)
    db.command()(migrate)
    db.command()(check)
    db.command()(backup)
    db.command()(restore)
    app.add_typer(db, name="db")


def migrate(db: DbOption = None) -> None:
    """Bring the store's schema up to date, after a backup."""
    settings = settings_for(db)
    copy = backup_name(settings.backups, dt.datetime.now(dt.UTC))
    store = open_store(settings.db, migrate=True, before_migration=copy)
    store.close()
    kept = f" The backup is {copy}." if copy.exists() else ""
    say(f"{settings.db}: schema is up to date.{kept}")


def check(db: DbOption = None) -> None:
    """SQLite's own checks, and every run folder against its hashes."""
    settings = settings_for(db)
    store = open_store(settings.db)
    problems = find_problems(store)
    problems += damaged_runs(store, settings.runs)
    for problem in problems:
        say(problem, style="red")
    if problems:
        raise typer.Exit(1)
    say(f"{settings.db}: sound.")


def backup(
    to: Annotated[Path | None, typer.Option("--out", help="The file of the copy.")] = None,
    db: DbOption = None,
) -> None:
    """Copy the live store with SQLite's backup API, and check the copy."""
    settings = settings_for(db)
    target = to or backup_name(settings.backups, dt.datetime.now(dt.UTC))
    copy_store(open_store(settings.db), target)
    say(f"Wrote {target}")


def restore(
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="A file that `db backup` made.")],
    db: DbOption = None,
) -> None:
    """Put a checked backup in the store's place; what it replaces is kept beside it."""
    settings = settings_for(db)
    if not copy.is_file():
        raise TrackerError(f"{copy}: no such file.")
    restore_store(copy, settings.db)
    say(f"{settings.db} is now {copy}.")
