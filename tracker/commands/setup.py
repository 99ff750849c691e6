"""`init` and `demo`: the first minute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.commands.common import DbOption, settings_for, store
from tracker.commands.show import err, say
from tracker.config import config_path, sample


def register(app: typer.Typer) -> None:
    app.command()(init)
    app.command()(demo)


def init(
    db: DbOption = None,
    show: Annotated[bool, typer.Option("--show", help="Print the sample settings only.")] = False,
) -> None:
    """Write a documented tracker.toml and an empty store."""
    if show:
        typer.echo(sample())
        return
    path = config_path()
    if path.exists():
        say(f"{path} is here already and was left as it is.", to=err)
    else:
        path.write_text(sample())
        say(f"Wrote {path}: set `contact` in it before the first crawl.")
    settings = settings_for(db)
    store(settings, create=True).close()
    say(f"The store is {settings.db}. Next: tracker crawl va")


def demo(
    out_dir: Annotated[
        Path, typer.Option("--out", help="Where the mail, the pages and the store are written.")
    ] = Path("demo-out"),
) -> None:
    """The whole job on bundled recordings, in under a minute.

    No network and no key. Crawls, keeps and tells as in production.
    """
    from tracker.demo import run_demo

    run_demo(out_dir)
