"""`init` and `demo`: the first minute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.commands.common import DbOption, err, out, settings_for, store
from tracker.config import config_path, sample
from tracker.errors import TrackerError


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
        err.print(f"{path} is here already and was left as it is.", markup=False)
    else:
        path.write_text(sample())
        out.print(f"Wrote {path}: set `contact` in it before the first crawl.", markup=False)
    settings = settings_for(db)
    store(settings, create=True).close()
    out.print(f"The store is {settings.db}. Next: tracker crawl va", markup=False)


def demo(
    out_dir: Annotated[
        Path, typer.Option("--out", help="Where the mail, the pages and the store are written.")
    ] = Path("demo-out"),
) -> None:
    """The whole main job on bundled recordings: no network, no key, under a minute."""
    from tracker.demo import run_demo

    if out_dir.exists() and any(out_dir.iterdir()) and not (out_dir / "tracker.db").exists():
        raise TrackerError(f"{out_dir}: not empty and not an earlier demo; choose another --out.")
    run_demo(out_dir)
