"""287(g) by month since 2021, and the figures that others state beside the counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from tracker.agreement_history import ContextFigure, Topic, context_figures
from tracker.charts import NARROW, Point, lines
from tracker.nodes import Node
from tracker.readers.agreement_history import ListTotal, Month, months, totals
from tracker.site.data import SiteData
from tracker.site.render import known_day, number, text


class MonthChart(NamedTuple):
    """`small` is the same chart for narrow screens; `rows` newest first."""

    drawn: Node
    small: Node
    desc: str
    rows: list[Month]


class FigureGroup(NamedTuple):
    topic: Topic
    figures: list[ContextFigure]


def months_context(data: SiteData) -> dict[str, Any]:
    """`months` is None before there are two of them to compare."""
    found = months(totals(data.db, as_of=data.as_of, excerpts=data.excerpts))
    return {
        "months": _chart(found) if len(found) > 1 else None,
        "beside": _beside(data),
        "excerpts": data.excerpts,
    }


def months_of(data: SiteData, state: str) -> list[Month]:
    """Newest first; nothing where no list ever named an agency of the state."""
    found = totals(data.db, as_of=data.as_of, state=state, excerpts=data.excerpts)
    return months(found)[::-1] if any(one.agreements for one in found) else []


def _chart(found: Sequence[Month]) -> MonthChart:
    agencies = [month.agencies for month in found if month.agencies]
    points = [
        *_points(text("col.agreements"), [month.newest for month in found], "agreements"),
        *_points(text("col.agencies"), agencies, "agencies"),
    ]
    first, last = found[0].newest, found[-1].newest
    desc = text(
        "agreements.months.desc",
        first=number(first.agreements),
        first_day=_day(first),
        last=number(last.agreements),
        last_day=_day(last),
    )
    broad = lines(points, shape="linear", dots=True)
    small = lines(points, shape="linear", dots=True, width=NARROW, height=200)
    return MonthChart(broad, small, desc, list(found)[::-1])


def _points(series: str, lists: Sequence[ListTotal], field: str) -> list[Point]:
    return [Point(series, one.as_of, getattr(one, field)) for one in lists]


def _day(one: ListTotal) -> str:
    return known_day(one.as_of.isoformat())


def _beside(data: SiteData) -> list[FigureGroup]:
    """What was not yet said on the day shown is left out."""
    known = [one for one in context_figures() if one.as_of <= data.as_of]
    groups = [
        FigureGroup(topic, [one for one in known if one.topic == topic])
        for topic in get_args(Topic)
    ]
    return [group for group in groups if group.figures]
