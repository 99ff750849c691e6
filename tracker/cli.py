"""`tracker`: the one door to everything."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from tracker import __version__
from tracker.commands import (
    asking,
    crawling,
    database,
    importing,
    judging,
    keeping,
    making,
    outputs,
    setup,
    watching,
)
from tracker.commands.show import err, say
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
for module in (
    setup,
    crawling,
    importing,
    watching,
    asking,
    judging,
    outputs,
    keeping,
    making,
    database,
):
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
        app(prog_name="tracker")
    except TrackerError as error:
        _end(str(error))
    except BrokenPipeError:
        # The reader of a pipe has gone: what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        _end(f"{error.filename}: {error.strerror}.")


def _end(why: str) -> NoReturn:
    say(f"tracker: {why}", to=err, style="red")
    sys.exit(1)


if __name__ == "__main__":
    main()
