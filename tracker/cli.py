"""`tracker`: the one door to everything."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker import __version__
from tracker.commands import collect, data, database, outputs, reading, setup
from tracker.commands.common import err
from tracker.errors import TrackerError

app = typer.Typer(
    name="tracker",
    help="How states and localities cooperate, or refuse to cooperate, with federal immigration"
    " enforcement: read from official sources, kept with proof, told weekly.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
)
for module in (setup, collect, reading, data, outputs, database):
    module.register(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"cooperation-tracker {__version__}")
        raise typer.Exit


@app.callback()
def tracker(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Exit status 0 only when all went well; a known error is told in one message."""
    try:
        app()
    except TrackerError as error:
        err.print(f"tracker: {error}", markup=False, style="red")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
