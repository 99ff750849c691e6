"""What commands share: settings, the store, sources, options."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlite_utils import Database

from tracker.config import ConfigError, Settings, load_settings
from tracker.errors import TrackerError
from tracker.readers.coverage import spent
from tracker.runs import SourceFacts
from tracker.store import open_store

DbOption = Annotated[
    Path | None, typer.Option("--db", help="The store.", show_default="tracker.db, or TRACKER_DB")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="What was known at the end of this day."),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option(metavar="STATE", help="Two letters, or us. May be given several times."),
]
SourceArgument = Annotated[
    str, typer.Argument(metavar="SOURCE", help="A source's code; `tracker sources` lists them.")
]
NowOption = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="The clock of a replay, in UTC: 2026-01-26T12:00:00Z."),
]


def settings_for(db: Path | None = None, **given: Any) -> Settings:
    return load_settings(db=db, **given)


def settings_with_contact() -> Settings:
    """Raises ConfigError: nothing live is read unless the webmasters can reach the reader."""
    settings = settings_for()
    if not settings.contact:
        raise ConfigError(
            "`contact` is not set: give a page or mail address where webmasters can reach you,"
            " in tracker.toml or as TRACKER_CONTACT."
        )
    return settings


def store(settings: Settings, *, create: bool = False) -> Database:
    return open_store(settings.db, create=create)


def all_facts() -> dict[str, SourceFacts]:
    """The command line is the only place where the tracker looks at the spiders."""
    from spiders.registry import source_classes

    return {code: cls.facts for code, cls in source_classes().items()}


def used_of(db: Database, facts: SourceFacts) -> int:
    """Requests made with the key of a source's service in the day or month that its quota counts."""
    if facts.quota is None:
        return 0
    sharing = [code for code, one in all_facts().items() if one.key == facts.key]
    return spent(db, sharing, facts.quota.began(dt.datetime.now(dt.UTC)))


def facts_of(code: str) -> SourceFacts:
    found = all_facts()
    if code not in found:
        raise TrackerError(f"no source is called {code!r}. There are: {', '.join(found)}.")
    return found[code]


def day(given: str | None) -> dt.date | None:
    """Raises typer.BadParameter where the text is not a day."""
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not a day as YYYY-MM-DD") from error


def moment(given: str | None) -> dt.datetime | None:
    """A time without a zone is UTC. Raises typer.BadParameter where the text is no time."""
    if given is None:
        return None
    try:
        found = dt.datetime.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not a time as 2026-01-26T12:00:00Z") from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def jurisdiction(state: str) -> str:
    """`va`, `VA` and `us-va` are one; raises TrackerError for what is no jurisdiction."""
    from tracker.places import places

    code = state.lower()
    code = code if code == "us" or code.startswith("us-") else f"us-{code}"
    if code not in places():
        raise TrackerError(f"{state!r}: no such state. Use its two letters, or `us`.")
    return code


def folder_of(path: Path) -> Path:
    """Raises TrackerError where no folder is at `path`."""
    if not path.is_dir():
        raise TrackerError(f"{path}: no such folder.")
    return path
