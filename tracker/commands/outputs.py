"""`digest`, `site`, `export`: what people read."""

from __future__ import annotations

import http.server
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tracker.commands.common import (
    AsOfOption,
    DbOption,
    StateOption,
    day,
    jurisdiction,
    settings_for,
    store,
)
from tracker.commands.show import say
from tracker.errors import TrackerError


def register(app: typer.Typer) -> None:
    digest = typer.Typer(help="The weekly mail.", no_args_is_help=True)
    digest.command("preview")(preview)
    app.add_typer(digest, name="digest")
    site = typer.Typer(help="The static status site.", no_args_is_help=True)
    site.command("build")(build)
    site.command("serve")(serve)
    app.add_typer(site, name="site")
    app.command()(export)


def preview(
    after: Annotated[int, typer.Option(min=0, help="The cursor: changes with a higher id.")] = 0,
    until: Annotated[int | None, typer.Option(help="Up to and with this change id.")] = None,
    as_of: AsOfOption = None,
    state: StateOption = None,
    to: Annotated[Path, typer.Option("--out", help="A folder for the three files.")] = Path(
        "digest"
    ),
    db: DbOption = None,
) -> None:
    """Write a digest as HTML, text and .eml; nothing is sent and no cursor moves."""
    from tracker.digest import Filters, compose
    from tracker.mail import write_preview

    settings = settings_for(db)
    filters = Filters(jurisdictions=tuple(jurisdiction(one) for one in state or ()))
    digest = compose(
        store(settings), after_id=after, until_id=until, as_of=day(as_of), filters=filters
    )
    for path in write_preview(digest, to, sender=settings.mail_from, base_url=settings.site_url):
        say(f"Wrote {path}")
    say(f"{digest.subject}\nThe next digest begins after change {digest.next_cursor}.")


def build(
    to: Annotated[Path | None, typer.Option("--out", help="Where the site is put.")] = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Build the site in a new folder, check it, and swap it in."""
    from tracker.site import build as build_site

    settings = settings_for(db, site=to)
    report = build_site(
        store(settings), settings.site, as_of=day(as_of), base_url=settings.site_url
    )
    say(f"{settings.site}: {report.pages} pages, as of {report.as_of}.")
    say(f"Look at them: tracker site serve --folder {settings.site}")


def serve(
    folder: Annotated[Path | None, typer.Option(help="The built site.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes any that is free.")] = 8000,
) -> None:
    """Look at the built site on this machine; not a server for the public."""
    path = folder or settings_for().site
    if not (path / "index.html").is_file():
        raise TrackerError(f"{path}: no built site here. Run `tracker site build` first.")
    with _server(path, port) as server:
        say(f"http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise TrackerError(
            f"port {port} of this machine: {error.strerror}. Choose another with --port, or 0."
        ) from error


def export(
    form: Annotated[str, typer.Argument(metavar="csv|json", help="For spreadsheets or programs.")],
    to: Annotated[Path, typer.Option("--out", help="A folder.")] = Path("export"),
    everything: Annotated[
        bool, typer.Option("--all", help="Measures that are not on topic as well.")
    ] = False,
    db: DbOption = None,
) -> None:
    """The public tables as CSV or JSON Lines files.

    Measures with their parts, changes, agreements, and what was read.
    """
    from tracker.export import FORMS
    from tracker.export import export as write_export

    if form not in FORMS:
        raise TrackerError(f"{form!r}: exports are {' or '.join(FORMS)}.")
    for path, rows in write_export(store(settings_for(db)), to, form, on_topic=not everything):
        say(f"Wrote {path}: {rows} rows")
