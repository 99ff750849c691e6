"""What the pages show of 287(g): counts by state and model, and how they moved."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tracker.charts import NARROW, Bar, Point, bars, lines
from tracker.nodes import Node
from tracker.places import Place
from tracker.readers.agreements import AgreementCount, AgreementRow
from tracker.site.agreement_months import months_context, months_of
from tracker.site.data import SiteData
from tracker.site.render import known_day, number, text
from tracker.words import AGREEMENT_LISTS, AGREEMENT_MODELS, JURISDICTIONS, label

_PARTICIPATING = "participating"
# Older counts are in the table; in the chart they would press the last year into a corner.
_CHARTED = dt.timedelta(days=550)
_TOP = 15


class TrendRow(NamedTuple):
    """Agreements in the list of one day, in the order of the models."""

    day: str
    values: list[int]
    total: int


class Trend(NamedTuple):
    drawn: Node
    small: Node
    desc: str
    models: list[str]
    rows: list[TrendRow]


class Drawn(NamedTuple):
    drawn: Node
    small: Node
    desc: str


class StateRow(NamedTuple):
    code: str
    name: str
    agreements: int
    agencies: int
    models: list[int]
    pending: int


def trend(data: SiteData, counted: Iterable[AgreementCount]) -> Trend | None:
    """Participating agreements by model; None before there are two lists to compare."""
    by_day: dict[str, dict[str, int]] = defaultdict(dict)
    for one in counted:
        if one.list == _PARTICIPATING:
            by_day[one.as_of][one.model] = one.agreements
    models = [m for m in AGREEMENT_MODELS if any(m in found for found in by_day.values())]
    rows = [
        TrendRow(day, [found.get(m, 0) for m in models], sum(found.values()))
        for day, found in sorted(by_day.items())
    ]
    charted = [row for row in rows if row.day >= (data.as_of - _CHARTED).isoformat()]
    if len(charted) < 2:
        return None
    points = _points(models, charted)
    small = lines(points, width=NARROW, height=200)
    return Trend(lines(points), small, _told(models, charted), models, rows[::-1])


def _points(models: Sequence[str], rows: Sequence[TrendRow]) -> list[Point]:
    return [
        Point(label(AGREEMENT_MODELS, model), dt.date.fromisoformat(row.day), row.values[at])
        for at, model in enumerate(models)
        for row in rows
    ]


def _told(models: Sequence[str], rows: Sequence[TrendRow]) -> str:
    newest = ", ".join(
        f"{label(AGREEMENT_MODELS, model)} {number(value)}"
        for model, value in zip(models, rows[-1].values, strict=True)
    )
    first, last = known_day(rows[0].day), known_day(rows[-1].day)
    return text("agreements.trend.desc", first=first, last=last, newest=newest)


def agreements_context(data: SiteData) -> dict[str, Any]:
    totals = _totals(data.counts())
    if not totals:
        return {"totals": [], **months_context(data)}
    states = _by_state(data)
    by_model = [one for one in data.counts("model") if one.list == _PARTICIPATING]
    return {
        "totals": totals,
        "day": totals[0].as_of,
        "pending_day": next((one.as_of for one in totals if one.list == "pending"), ""),
        "trend": trend(data, data.history("model")),
        "top": _top(states),
        "by_model": by_model,
        "models": [one.model for one in by_model],
        "by_state": states,
        **months_context(data),
    }


def _totals(counts: Iterable[AgreementCount]) -> list[AgreementCount]:
    """Participating first."""
    return sorted(counts, key=lambda one: list(AGREEMENT_LISTS).index(one.list))


def _by_state(data: SiteData) -> list[StateRow]:
    totals = {(one.list, one.state): one for one in data.counts("state")}
    cells = {(one.state, one.model): one.agreements for one in data.counts("state", "model")
             if one.list == _PARTICIPATING}  # fmt: skip
    models = [one.model for one in data.counts("model") if one.list == _PARTICIPATING]
    rows = []
    for state in sorted({state for _, state in totals}):
        here, waiting = totals.get((_PARTICIPATING, state)), totals.get(("pending", state))
        rows.append(
            StateRow(
                f"us-{state}",
                JURISDICTIONS[f"us-{state}"],
                here.agreements if here else 0,
                here.agencies if here else 0,
                [cells.get((state, model), 0) for model in models],
                waiting.agreements if waiting else 0,
            )
        )
    return sorted(rows, key=lambda row: (-row.agreements, row.name))


def _top(rows: Sequence[StateRow]) -> Drawn | None:
    found = [Bar(row.name, row.agreements) for row in rows if row.agreements][:_TOP]
    if not found:
        return None
    told = ", ".join(f"{bar.name} {number(bar.value)}" for bar in found)
    return Drawn(bars(found), bars(found, width=NARROW), text("agreements.top.desc", bars=told))


def state_agreements(data: SiteData, place: Place, rows: Sequence[AgreementRow]) -> dict[str, Any]:
    """Totals, trend and rows of one state."""
    totals = [one for one in data.state_totals if one.state == place.short]
    history = [one for one in data.state_history if one.state == place.short]
    lists = [(name, [row for row in rows if row.list == name]) for name in AGREEMENT_LISTS]
    return {
        "totals": _totals(totals),
        "trend": trend(data, history) if totals else None,
        "agreements": [(name, found) for name, found in lists if found],
        "month_rows": months_of(data, place.short),
    }
