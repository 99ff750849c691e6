"""`classify`, `evaluate`, `stages`: what the rules say, of a measure or of a file of them."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tracker.commands.common import DbOption, JsonOption, settings_for, store
from tracker.commands.show import show_facts, write_lines
from tracker.errors import TrackerError
from tracker.model import Classification


def register(app: typer.Typer) -> None:
    app.command()(classify)
    app.command()(evaluate)
    app.command()(stages)


def classify(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="A measure of the store.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="A title or text.")] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            help="Bills with state,session,identifier,title,description[,file]: JSON Lines.",
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="With evidence and rule.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Topic, stance and the words that prove it."""
    from tracker.evaluate import classify_csv
    from tracker.topics import shipped_topics

    if sum(given is not None for given in (key, text, table)) != 1:
        raise TrackerError("name a measure, or give --text, or --csv: one of them.")
    if table:
        write_lines(classify_csv(table, shipped_topics()))
        return
    found = _of_text(text) if text is not None else _of_measure(key or "", db)
    if as_json:
        write_lines([found])
    else:
        show_facts("Classification", list(_rows(found, explain=explain)))


def _rows(found: Classification, *, explain: bool) -> Iterator[tuple[str, object]]:
    yield "scope", found.scope
    yield "stance", found.stance
    yield "direction", found.direction
    yield "topics", ", ".join(found.topics)
    yield "binds", found.binds
    yield "confidence", f"{found.confidence:.2f} (machine-proposed)"
    if explain:
        yield "rule", found.rule
        for one in found.evidence:
            yield f"in the {one.field}", f"“{one.quote}”"


def _of_text(text: str) -> Classification:
    from tracker.stance import classify as classify_measure
    from tracker.topics import shipped_topics

    return classify_measure(shipped_topics(), title=text)


def _of_measure(key: str, db: Path | None) -> Classification:
    from tracker.keep.facts import texts_newest_first
    from tracker.stance import VersionedText
    from tracker.stance import classify as classify_measure
    from tracker.topics import shipped_topics

    connection = store(settings_for(db)).conn
    row = connection.execute(
        "SELECT id, title, abstract, kind FROM measures WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        raise TrackerError(f"{key}: no such measure in the store.")
    texts = [VersionedText(n, t) for n, t in texts_newest_first(connection, row[0])]
    return classify_measure(
        shipped_topics(), title=row[1], abstract=row[2], texts=texts, kind=row[3]
    )


def evaluate(
    files: Annotated[
        list[str],
        typer.Argument(metavar="[stages] CSV", help="Labelled bills; with `stages`, known stages."),
    ],
    negatives: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Bills that are not on topic.")
    ] = None,
    bills: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="With `stages`: JSON Lines of bills with actions, or .gz."
        ),
    ] = None,
) -> None:
    """How often topic and stance, or stages, are right.

    One JSON object: precision, recall and stance accuracy; or agreement by state, the days of the
    deciding actions included, and how many sentences no rule knows.
    """
    from tracker.evaluate import evaluate_csv
    from tracker.topics import shipped_topics

    if files[0] == "stages" and len(files) == 2 and bills:
        _evaluate_stages(Path(files[1]), bills)
    elif len(files) == 1 and files[0] != "stages" and not bills:
        write_lines([evaluate_csv(Path(files[0]), shipped_topics(), negatives=negatives)])
    else:
        raise TrackerError("give one CSV; or `stages`, one CSV and --bills.")


def _evaluate_stages(gold: Path, bills: Path) -> None:
    from tracker.stages import evaluate_gold

    _check_columns(gold)
    with _explained(bills):
        write_lines([evaluate_gold(bills, gold)])


def stages(
    bills: Annotated[
        Path, typer.Option(metavar="FILE", help="JSON Lines of bills with actions, or .gz.")
    ],
    as_json: JsonOption = False,  # noqa: ARG001 - it writes nothing else
) -> None:
    """The stage of each bill of a file, as JSON Lines."""
    from tracker.stages import open_bills, stages_of_bills

    with _explained(bills), open_bills(bills) as lines:
        write_lines(stages_of_bills(lines))


_GOLD = (
    "state",
    "session",
    "identifier",
    "stage",
    "stage_date",
    "governor_action",
    "certainty",
    "note",
)


def _check_columns(gold: Path) -> None:
    with gold.open(newline="", encoding="utf-8", errors="replace") as file:
        missing = set(_GOLD) - set(next(csv.reader(file), []))
    if missing:
        raise TrackerError(f"{gold}: the columns {', '.join(sorted(missing))} are missing.")


@contextmanager
def _explained(bills: Path) -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, UnicodeDecodeError, EOFError, BadGzipFile, zlib.error) as error:
        raise TrackerError(f"{bills}: not JSON Lines of bills with actions ({error}).") from error
