"""Which pages the site has, and what each is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt

from tracker.baseline import baseline
from tracker.charts import TILE, map_size, tiles
from tracker.keep.judgements import RULE
from tracker.model import ORDER_KINDS, STAGES, slug
from tracker.nodes import Node, prose
from tracker.paths import shipped
from tracker.places import Place, places
from tracker.posture import StatePosture
from tracker.posture_history import Period, periods_of_states
from tracker.readers.agreements import current
from tracker.readers.measures import MeasureRow, parts, texts
from tracker.site.agreement_pages import agreements_context, state_agreements, trend
from tracker.site.change_pages import change_pages, week_path
from tracker.site.data import SiteData
from tracker.site.measure_page import governor, quotes, track
from tracker.site.render import MISSING, Page, text
from tracker.site.told import decisive, news, short, tell
from tracker.words import CHANGE_KINDS, JURISDICTIONS, KINDS, POSTURES, TOPICS, label

_AHEAD_SHOWN = 12
_STATE_CHANGES = 40
_COURTS = frozenset({"court_ruling"})
# Marks beside the colours, so that the map reads in print and without colour.
MARKS = {
    "ban": "✕",
    "mandate": "●",
    "limited": "◐",
    "permissive": "○",
    "no_statewide_policy": "–",
    "undecided": "?",
}


class Download(NamedTuple):
    """A file beside the pages: `path` within the site, and what it holds."""

    path: str
    name: str
    holds: str


def shared(data: SiteData) -> dict[str, Any]:
    """What every page is given."""
    return {
        "as_of": data.as_of,
        "moment": data.moment,
        "sources_ok": sum(source.ok for source in data.sources),
        "sources_all": len(data.sources),
        "postures": data.postures,
        "marks": MARKS,
        "slug": slug,
        "short": short,
    }


def pages(data: SiteData, downloads: Sequence[Download]) -> Iterator[Page]:
    yield _home(data)
    yield Page("states", "states.html", text("states.title"), {}, text("states.intro"))
    yield _measures(data)
    yield Page("agreements", "agreements.html", text("agreements.title"), agreements_context(data))
    yield from change_pages(data)
    yield Page("coverage", "coverage.html", text("coverage.title"), {"sources": data.sources})
    yield _method(data)
    yield Page("data", "data.html", text("data.title"), {"downloads": downloads})
    yield _about(data)
    yield Page(MISSING, "missing.html", text("missing.title"), {})
    found = periods_of_states(data.db, data.as_of)
    for place in places().values():
        yield _state(data, place, found)
    yield from _measure_pages(data)
    yield from _moved_pages(data)


def _home(data: SiteData) -> Page:
    week = data.this_week()
    tally = Counter(one.posture for one in data.postures)
    total = next((one for one in data.counts() if one.list == "participating"), None)
    agreed = Counter(row.kind for row in week if row.agreement is not None)
    context = {
        **_map(data.postures),
        "tally": tally,
        "total": total,
        "week": news(row for row in week if decisive(row)),
        "week_first": data.week_first,
        "week_count": len(week),
        "week_path": week_path(week),
        "week_agreements": [(kind, agreed[kind]) for kind in CHANGE_KINDS if agreed[kind]],
        "unread": [source for source in data.sources if not source.ok],
        "trend": trend(data, data.history("model")),
        "ahead": [one for one in data.ahead if one.scope == "core"][:_AHEAD_SHOWN],
        "ahead_more": max(0, sum(one.scope == "core" for one in data.ahead) - _AHEAD_SHOWN),
    }
    return Page("", "home.html", text("home.title"), context, text("about.what"))


def _map(postures: Sequence[StatePosture]) -> dict[str, Any]:
    width, height = map_size()
    return {
        "map": {"tiles": tiles(), "width": width, "height": height, "tile": TILE},
        "by_code": {one.jurisdiction: one for one in postures},
        "any_coming": any(one.takes_effect for one in postures),
        "any_contested": any(one.contested for one in postures),
    }


def _measures(data: SiteData) -> Page:
    context = {
        scope: [one for one in data.measures if one.scope == scope] for scope in ("core", "related")
    }
    return Page("measures", "measures.html", text("measures.title"), context)


def _state(data: SiteData, place: Place, periods: Mapping[str, list[Period]]) -> Page:
    one = next((one for one in data.postures if one.jurisdiction == place.code), None)
    measures = data.of(place.code)
    rows = [row for row in data.changes if row.jurisdiction == place.code]
    core = [m for m in measures if m.scope == "core" and not (m.place or m.kind in _COURTS)]
    context = {
        "code": place.code,
        "name": place.name,
        "one": one,
        "periods": periods.get(place.code, []),
        "by_stage": by_stage(m for m in core if m.kind not in ORDER_KINDS),
        "orders": [m for m in core if m.kind in ORDER_KINDS],
        "others": _others(measures),
        "related": [m for m in measures if m.scope == "related"],
        "ahead": [row for row in data.ahead if row.jurisdiction == place.code],
        "ahead_more": 0,
        **state_agreements(data, place, current(data.db, place.short, as_of=data.as_of)),
        "news": news(rows[-_STATE_CHANGES:]),
        "own_source": any(source.jurisdiction == place.code for source in data.sources),
        "sources": [
            source
            for source in data.sources
            if source.jurisdiction == place.code or source.kind == "agreements"
        ],
    }
    title = place.name
    if one:
        title = text("state.title", place=place.name, posture=label(POSTURES, one.posture).lower())
    return Page(place.short, "state.html", title, context)


def _others(measures: Sequence[MeasureRow]) -> list[tuple[str, list[MeasureRow]]]:
    """What is not of the whole state, and what courts say, each with its heading's name."""
    core = [m for m in measures if m.scope == "core"]
    groups = [
        ("local", sorted((m for m in core if m.place), key=lambda m: (m.place, m.key))),
        ("courts", [m for m in core if m.kind in _COURTS and not m.place]),
    ]
    return [(name, members) for name, members in groups if members]


_STAGE_GROUPS = {
    "state.moving": (*STAGES[: STAGES.index("enacted")], "carried_over"),
    "state.decided": ("enacted", "adopted", "in_force", "in_court", "enjoined"),
    "state.over": ("vetoed", "dead", "rescinded", "superseded", "expired", "struck_down"),
    "state.stage_unknown": ("unknown",),
}


def by_stage(found: Iterable[MeasureRow]) -> list[tuple[str, list[MeasureRow]]]:
    """Pending, decided, over, each furthest first; groups without a measure are left out."""
    rows = list(found)
    groups = [
        (text(head), sorted((m for m in rows if m.stage in stages), key=_furthest_first))
        for head, stages in _STAGE_GROUPS.items()
    ]
    return [(head, members) for head, members in groups if members]


def _furthest_first(one: MeasureRow) -> tuple[int, str, str]:
    return (-STAGES.index(one.stage), one.session, one.key)


def _measure_pages(data: SiteData) -> Iterator[Page]:
    log, keys = data.by_measure(), {one.key for one in data.measures}
    for one in data.measures:
        rows = log.get(one.key, [])
        place = JURISDICTIONS[one.jurisdiction]
        been = {row.old for row in rows if row.kind == "stage_changed"}
        wanted = any(evidence.field == "text" for evidence in one.evidence)
        context = {
            "one": one,
            "place": place,
            "keys": keys,
            "track": track(one.kind, one.stage, been),
            "governor": governor(one),
            "by_person": one.rule == RULE,
            "quotes": quotes(one, texts(data.db, one.id) if wanted else {}),
            "parts": parts(data.db, one.id, as_of=data.as_of),
            "history": [tell(row) for row in reversed(rows)],
        }
        title = f"{one.identifier}, {place} {one.session}"
        described = f"{label(KINDS, one.kind)}: {one.title}"[:300]
        yield Page(one.path, "measure.html", title, context, described)


def _moved_pages(data: SiteData) -> Iterator[Page]:
    """The address of an order that was known by its post before it had a number stays good."""
    shown = {one.key for one in data.measures}
    for row in data.changes:
        if row.kind == "identifier_changed" and row.new in shown:
            was, now = (key.split("/", 2)[2] for key in (row.old, row.new))
            yield Page(
                slug(row.old), "moved.html", was, {"was": was, "now": now, "path": slug(row.new)}
            )


class Proposals(NamedTuple):
    total: int
    confirmed: int


def _method(data: SiteData) -> Page:
    context = {
        # No store holds a person's decision yet, so every stance shown is the machine's.
        "proposals": Proposals(len(data.measures), 0),
        "prose": _method_text(),
        "topics": TOPICS,
        "baseline": baseline(),
    }
    return Page("method", "method.html", text("method.title"), context)


def _method_text() -> list[Node | str]:
    """`docs/method.md`, which says what counts and how stance is called."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return prose(reader.render((shipped("docs") / "method.md").read_text(encoding="utf-8")))


def _about(data: SiteData) -> Page:
    participating = [one.agreements for one in data.counts() if one.list == "participating"]
    context = {"measures_count": len(data.measures), "agreements_count": sum(participating)}
    return Page("about", "about.html", text("about.title"), context)
