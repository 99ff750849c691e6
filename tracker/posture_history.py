"""How a state came to stand where it stands: the days on which its posture moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from tracker.baseline import Standing
from tracker.places import states
from tracker.posture import StatePosture, posture_of
from tracker.standing import standing

FIELDS = ("posture", "contested", "takes_effect")


class Period(NamedTuple):
    """A stretch of days in one posture. `began` is as exact as it is known; None for the time
    before anything was decided."""

    began: str | None
    posture: StatePosture


def values(one: StatePosture) -> tuple[str, str, str]:
    """What the log keeps of a posture, in the order of `FIELDS`; empty text for "no"."""
    return one.posture, "contested" if one.contested else "", one.takes_effect


def history(code: str, measures: Sequence[Standing], day: dt.date) -> list[Period]:
    """Every posture up to the day, newest first, each as on its first day; what moves nothing begins
    no period. Nor does the day on which a law without a stated day is taken to be in effect."""
    found: list[Period] = []
    for event, known in sorted(_events(measures).items()):
        if event > day:
            break
        now = posture_of(code, measures, event)
        if not found:
            found.append(Period(None, posture_of(code, measures, event - dt.timedelta(days=1))))
        if _moved(found[-1].posture, now):
            found.append(Period(known, now))
    return found[::-1] or [Period(None, posture_of(code, measures, day))]


def _moved(before: StatePosture, now: StatePosture) -> bool:
    assumed = (before.takes_effect, now.takes_effect) == ("unknown", "")
    return values(before)[:2] != values(now)[:2] or (
        before.takes_effect != now.takes_effect and not assumed
    )


def periods_of_states(db: Database, day: dt.date) -> dict[str, list[Period]]:
    found = standing(db.conn)
    return {one.code: history(one.code, found.get(one.code, []), day) for one in states()}


def moved_on(periods: Sequence[Period], field: str) -> str | None:
    """The first day of the unbroken time with the newest value of a field; None where no exact day
    is known. `periods` are newest first."""
    place = FIELDS.index(field)
    now = values(periods[0].posture)[place]
    began = None
    for period in periods:
        if values(period.posture)[place] != now:
            break
        began = period.began
    return began if began and len(began) == len("2026-01-31") else None


def moved_by(measures: Sequence[Standing], day: str | None) -> Iterator[Standing]:
    """The measures that were decided, came into effect, ended or were ruled on that day."""
    for one in measures:
        if any(event.isoformat() == day for event in _days(one)):
            yield one


def _events(measures: Sequence[Standing]) -> dict[dt.date, str]:
    """The days on which a posture can move, each as exact as it is known."""
    found = {day: day.isoformat() for one in measures for day in _days(one)}
    for one in measures:
        if one.ended_on and one.ended_as_known:
            found[one.ended_on] = one.ended_as_known
    return found | {one.decided_on: one.decided_as_known for one in measures}


def _days(one: Standing) -> Iterator[dt.date]:
    yield one.decided_on
    yield from (day for day in (one.effective_on, one.ended_on, one.court_on) if day)
