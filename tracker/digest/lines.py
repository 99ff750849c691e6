"""The changes of a measure as lines, and the group that each belongs to."""

from __future__ import annotations

from typing import NamedTuple

from tracker.digest.parts import Group, Line
from tracker.digest.steps import Step, step
from tracker.digest.window import Fact, Window
from tracker.digest.wording import wording
from tracker.model import ORDER_KINDS
from tracker.readers.changes import ON_TOPIC, ChangeRow
from tracker.templating import day

_PEOPLE_NAMED = 3


_SLASHES_IN_KEY = 2


class Told(NamedTuple):
    """A line, the group it belongs to, and the step it is, if it is one."""

    group: Group
    line: Line
    step: Step | None = None


def arrival(row: ChangeRow) -> bool:
    """Whether the measure was not told of before: it is new, or only now found to be on topic."""
    if row.kind == "measure_new":
        return True
    return row.kind == "scope_changed" and row.new in ON_TOPIC and row.old not in ON_TOPIC


def told(row: ChangeRow, fact: Fact, window: Window) -> list[Told]:
    """What a change says; an arrival may say two things: that it is new, and where it stands."""
    if arrival(row):
        return _arrived(row, fact, window)
    if row.kind == "stage_changed":
        return [_moved(row, fact)]
    group: Group = "movement" if row.kind in _MOVING else "record"
    text, quote = wording(row)
    return [Told(group, Line(row.id, row.kind, text, quote, row.happened_on))]


_MOVING = frozenset(
    {
        "action_added",
        "hearing_added",
        "hearing_changed",
        "hearing_cancelled",
        "withdrawn_from_site",
        "back_on_site",
    }
)


def _moved(row: ChangeRow, fact: Fact) -> Told:
    now = row.new == fact.stage
    found = step(row.old, row.new, fact.governor_action if now else "unknown", row.measure_kind)
    words = fact.stage_text if now and fact.stage_on == row.happened_on else ""
    line = Line(row.id, row.kind, *_with_reason(found, row.new, words), row.happened_on)
    return Told(found.group, line, found)


def _with_reason(found: Step, stage: str, words: str) -> tuple[str, str]:
    """The step and the source's own words for it; of an order's end the words are the tracker's:
    `<key of the order that ends it>: <its title>`."""
    if stage == "expired":
        return f"{found.headline}: {words}" if words else found.headline, ""
    key, _, title = words.partition(": ")
    if stage not in {"rescinded", "superseded"} or key.count("/") < _SLASHES_IN_KEY:
        return found.headline, words
    return f"{found.headline} by {key.split('/', _SLASHES_IN_KEY)[-1]}: {title}", ""


def _arrived(row: ChangeRow, fact: Fact, window: Window) -> list[Told]:
    recent = window.recent(fact.introduced_on)
    line = _arrival_line(row, fact, recent=recent)
    found = step("", fact.stage, fact.governor_action, row.measure_kind)
    first = Told("new" if recent else "backlog", line)
    if found.group in {"decisive", "passed"} and window.recent(fact.stage_on):
        standing = Line(row.id, "stage", found.headline, fact.stage_text, fact.stage_on)
        if found.short == "issued":
            return [Told(found.group, standing, found)]
        return [Told(found.group, standing, found), first]
    if fact.stage in {"introduced", "unknown"}:
        return [first]
    standing = Line(row.id, "stage", found.headline, fact.stage_text, fact.stage_on)
    return [first, Told(first.group, standing)]


def _arrival_line(row: ChangeRow, fact: Fact, *, recent: bool) -> Line:
    """What is old is never called introduced: the day in its words is that of its first entry."""
    first_day = fact.introduced_on
    if recent:
        return Line(row.id, row.kind, _first_words(row.measure_kind), "", first_day)
    if first_day and first_day == fact.stage_on and row.measure_kind in ORDER_KINDS:
        return Line(row.id, row.kind, "New to our records")  # beside «Issued» and that day
    known = (
        f"its first entry is of {day(first_day)}" if first_day else "its first day is not stated"
    )
    return Line(row.id, row.kind, f"New to our records; {known}")


def _first_words(kind: str) -> str:
    if kind in {"bill", "resolution", "ballot_question"}:
        return "Introduced"
    return "Issued" if kind in ORDER_KINDS else "New"


def sponsors_together(lines: list[Line]) -> list[Line]:
    """Many sponsors joining or leaving in one sighting make one line each."""
    kept: list[Line] = []
    for kind in ("sponsor_added", "sponsor_removed"):
        several = [line for line in lines if line.kind == kind]
        if len(several) > 1:
            kept.append(_together(several))
            lines = [line for line in lines if line.kind != kind]
    return lines + kept


def _together(lines: list[Line]) -> Line:
    names = [line.text.partition(": ")[2] for line in lines]
    more = len(names) - _PEOPLE_NAMED
    tail = f" and {more} more" if more > 0 else ""
    verb = "added" if lines[0].kind == "sponsor_added" else "removed"
    return Line(
        lines[0].change,
        lines[0].kind,
        f"{len(names)} sponsors {verb}: {', '.join(names[:_PEOPLE_NAMED])}{tail}",
    )
