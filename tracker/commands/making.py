"""`parse`, `record`, `new-source`: making and mending a source."""

from __future__ import annotations

import datetime as dt
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from tracker.commands.common import SourceArgument, day, facts_of, settings_with_contact
from tracker.commands.common import jurisdiction as jurisdiction_of
from tracker.commands.show import err, say, write_lines
from tracker.errors import TrackerError
from tracker.model import AnyItem

if TYPE_CHECKING:
    from spiders.answer import Answer
    from spiders.base import Source
    from spiders.proof import Page

_MAX_FILE = 64 * 1024 * 1024


def register(app: typer.Typer) -> None:
    app.command()(parse)
    app.command()(record)
    app.command("new-source")(new_source)


def parse(
    source: SourceArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A saved answer.")],
    url: Annotated[str, typer.Option(help="The address it came from.")],
    about: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="For a text: the measure's key, us-va/2026/HB 1."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="For a text: the version's name.")] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="The day it was fetched, which tells the session."),
    ] = None,
    media_type: Annotated[
        str | None, typer.Option(help="Its Content-Type.", show_default="by the file's name")
    ] = None,
    requests: Annotated[
        bool, typer.Option("--requests", help="Also show what would be asked for next.")
    ] = False,
) -> None:
    """Read one saved answer and print its items as JSON Lines. Nothing is stored.

    Where the page can't be read whole, nothing of it is printed.
    """
    from spiders.answer import Answer
    from spiders.registry import source_class

    facts_of(source)
    spider = source_class(source)(today=day(today) or dt.datetime.now(dt.UTC).date())
    headers = {"content-type": media_type or mimetypes.guess_type(file.name)[0] or ""}
    answer = Answer(url, _bytes_of(file), 200, headers, _context(about, note))
    kind = _kind_of(spider, answer)
    write_lines(list(_things(spider, answer, kind, requests=requests)))
    if spider.empty_proof:
        say(f"The site says: {spider.empty_proof}", to=err)


def _kind_of(spider: Source, answer: Answer) -> Page | None:
    """The kind of page by the mark it bears, where the address of a saved file does not tell.

    Raises TrackerError, naming the addresses that are read, where the mark does not tell either.
    """
    if any(page.address.search(answer.url) for page in spider.pages):
        return None
    marked = [page for page in spider.pages if page.landmark.search(answer.body)]
    fitting = [page for page in marked if len(marked) == 1 or _reads(spider, answer, page)]
    if len(fitting) == 1:
        say(f"By its mark, read as what is at {fitting[0].address.pattern}", to=err)
        return fitting[0]
    known = "\n  ".join(page.address.pattern for page in spider.pages)
    raise TrackerError(
        f"{answer.url}: {spider.name} reads no page at this address, and the file does not show by"
        f" its mark which it is. It reads what matches one of:\n  {known}"
    )


def _reads(spider: Source, answer: Answer, kind: Page) -> bool:
    """Whether the file, which bears the marks of several pages, reads as this one."""
    from spiders.reading import SourceError

    try:
        return bool(list(spider.read(answer, kind)))
    except SourceError:
        return False


def _things(
    spider: Source, answer: Answer, kind: Page | None, *, requests: bool
) -> Iterator[AnyItem | dict[str, str]]:
    from scrapy import Request

    from spiders.reading import SourceError

    try:
        for thing in spider.read(answer, kind):
            if not isinstance(thing, Request):
                yield thing
            elif requests:
                yield {"type": "request", "url": thing.url}
    except SourceError as error:
        raise TrackerError(
            f"{spider.name}, {error.url}: {error.kind}: expected {error.expected},"
            f" found {error.found}."
        ) from error


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        raise TrackerError(f"{file}: no such file.")
    if file.stat().st_size > _MAX_FILE:
        raise TrackerError(f"{file}: larger than {_MAX_FILE} bytes.")
    return file.read_bytes()


def _context(about: str | None, note: str | None) -> dict[str, str]:
    context = {"note": note} if note else {}
    if about:
        parts = about.split("/", 2)
        if len(parts) != 3:
            raise TrackerError(f"{about!r} is not a measure's key, such as us-va/2026/HB 1441.")
        context |= dict(zip(("jurisdiction", "session", "identifier"), parts, strict=True))
    return context


def record(
    source: SourceArgument,
    url: Annotated[str, typer.Argument(metavar="URL", help="The page.")],
    case: Annotated[str, typer.Option(help="The case's folder name.")],
    to: Annotated[Path, typer.Option("--out", help="The folder of recorded cases.")] = Path(
        "tests/recordings"
    ),
) -> None:
    """Record a live page as a test case.

    Look at what was read from it before you commit it.
    """
    from tracker.record import record_case

    facts = facts_of(source)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", case):
        raise TrackerError(f"{case!r}: a case is lower-case letters, digits and hyphens.")
    folder, count = record_case(facts, url, to / source / case, settings_with_contact())
    say(f"{folder}: {count} items. Read expected.jsonl against the page.")


def new_source(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="Its code, such as nv or governor-nv.")
    ],
    name: Annotated[str, typer.Option(help="The body's full name.")],
    jurisdiction: Annotated[str, typer.Option(help="us, or us- and two letters.")],
    url: Annotated[str, typer.Option(help="The address of its list.")],
    kind: Annotated[str, typer.Option(help="legislature or orders.")] = "legislature",
) -> None:
    """Scaffold a source and a case that fails.

    It fails until you have written the reader.
    """
    from tracker.scaffold import scaffold

    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise TrackerError(f"{url}: not an address of a page, such as https://example.org/bills.")
    where = jurisdiction_of(jurisdiction)
    for path in scaffold(code, name=name, jurisdiction=where, url=url, kind=kind):
        say(f"Wrote {path}")
    say("Next: docs/adding-a-source.md, from its third step.")
