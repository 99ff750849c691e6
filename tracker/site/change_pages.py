"""The change log as pages: the newest week, every week, every state, every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.places import places
from tracker.readers.changes import ChangeRow
from tracker.site.data import SiteData
from tracker.site.render import Page, known_day, text
from tracker.site.told import Week, monday_of, news, weeks
from tracker.words import CHANGE_KINDS, label

# A page of one state or kind ends here; the weeks hold everything.
_MOST = 400
_TEMPLATE = "changes.html"
Link = tuple[str, str, int]  # path, name, number of changes


def week_path(rows: Sequence[ChangeRow]) -> str:
    """The page of the week in which the newest of `rows` was seen."""
    return f"changes/{monday_of(rows[-1].seen_at)}" if rows else "changes"


def change_pages(data: SiteData) -> Iterator[Page]:
    found = weeks(data.changes)
    links = _links(data, found)
    if not found:
        head = text("changes.head")
        yield Page("changes", _TEMPLATE, text("changes.title"), _page([], head, links))
    for number, week in enumerate(found):
        title = text("changes.week.title", day=known_day(week.monday.isoformat()))
        context = {**links, "head": title, "news": week.news, "count": week.total, "cut": 0}
        yield Page(week.path, _TEMPLATE, title, context)
        if number == 0:
            yield Page("changes", _TEMPLATE, title, context)
    yield from _of_states(data, links)
    yield from _of_kinds(data, links)


def _links(data: SiteData, found: Sequence[Week]) -> dict[str, Any]:
    by_state = Counter(row.jurisdiction for row in data.changes)
    by_kind = Counter(row.kind for row in data.changes)
    states: list[Link] = [
        (f"changes/{place.short}", place.name, by_state[place.code])
        for place in sorted(places().values(), key=lambda place: place.name)
    ]
    kinds: list[Link] = [
        (_kind_path(kind), label(CHANGE_KINDS, kind), by_kind[kind])
        for kind in CHANGE_KINDS
        if by_kind[kind]
    ]
    return {"weeks": found, "state_links": states, "kind_links": kinds}


def _kind_path(kind: str) -> str:
    return f"changes/{kind.replace('_', '-')}"


def _of_states(data: SiteData, links: dict[str, Any]) -> Iterator[Page]:
    for place in places().values():
        rows = [row for row in data.changes if row.jurisdiction == place.code]
        title = text("changes.of_state", place=place.name)
        yield Page(f"changes/{place.short}", _TEMPLATE, title, _page(rows, title, links))


def _of_kinds(data: SiteData, links: dict[str, Any]) -> Iterator[Page]:
    for path, name, _ in links["kind_links"]:
        rows = [row for row in data.changes if _kind_path(row.kind) == path]
        title = text("changes.of_kind", kind=name)
        yield Page(path, _TEMPLATE, title, _page(rows, title, links))


def _page(rows: list[ChangeRow], title: str, links: dict[str, Any]) -> dict[str, Any]:
    shown = rows[-_MOST:]
    cut = len(shown) if len(shown) < len(rows) else 0
    return {**links, "head": title, "news": news(shown), "count": len(rows), "cut": cut}
