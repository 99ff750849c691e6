"""The changes of each measure merged into one entry, and entries into sections."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from tracker.digest.lines import Told, arrival, sponsors_together, told
from tracker.digest.parts import GROUPS, About, Entry, Group, Line, Section, Sighting
from tracker.digest.window import Fact, Window
from tracker.readers.changes import ChangeRow

_ORDER = list(GROUPS)
_NUMBER = re.compile(r"(\d+)")
_HEARINGS = frozenset({"hearing_added", "hearing_changed", "hearing_cancelled"})


def entries(
    rows: Iterable[ChangeRow], fact_of: Callable[[str], Fact], window: Window, as_of: dt.date
) -> list[Entry]:
    """One entry a measure, in the order they are shown. Coming hearings of core measures are told
    among what lies ahead, not here."""
    by_measure: dict[str, list[ChangeRow]] = {}
    for row in rows:
        if row.measure is not None and not _is_ahead(row, as_of):
            by_measure.setdefault(row.measure, []).append(row)
    found = [_entry(rows, fact_of(key), window) for key, rows in by_measure.items()]
    return sorted(found, key=_rank)


def sections(found: Iterable[Entry]) -> tuple[Section, ...]:
    by_group: dict[Group, list[Entry]] = {group: [] for group in GROUPS}
    for entry in found:
        by_group[entry.group].append(entry)
    return tuple(
        Section(group, GROUPS[group], tuple(kept)) for group, kept in by_group.items() if kept
    )


def about(row: ChangeRow) -> About:
    assert row.measure is not None
    return About(
        row.measure,
        row.jurisdiction,
        row.identifier,
        row.title,
        row.stance,
        row.scope,
        row.measure_url,
    )


def _is_ahead(row: ChangeRow, as_of: dt.date) -> bool:
    coming = row.happened_on is not None and row.happened_on >= as_of.isoformat()
    return row.kind in _HEARINGS and row.scope == "core" and coming


def _entry(rows: list[ChangeRow], fact: Fact, window: Window) -> Entry:
    """A scope found and a measure first read in the same window are one arrival."""
    arrivals = [row for row in rows if arrival(row)]
    rows = [row for row in rows if row not in arrivals[1:]]
    lines = [(row, one) for row in rows for one in told(row, fact, window)]
    group = min((one.group for _, one in lines), key=_ORDER.index)
    main = _main([one for _, one in lines], group)
    step = main.step if main else None
    return Entry(
        about(rows[-1]),
        group,
        step.headline if step else "",
        step.short if step else "",
        main is not None and window.recent(main.line.happened_on),
        main is not None and _is_late(main.line, window),
        _sightings(lines),
    )


def _main(lines: list[Told], group: Group) -> Told | None:
    """The last step of the group decides what the entry is about."""
    return next((one for one in reversed(lines) if one.step and one.group == group), None)


def _is_late(line: Line, window: Window) -> bool:
    return line.happened_on is not None and not window.recent(line.happened_on)


def _sightings(told_rows: list[tuple[ChangeRow, Told]]) -> tuple[Sighting, ...]:
    by_page: dict[tuple[str, str, str], list[Line]] = {}
    for row, one in told_rows:
        page = (row.seen_at, row.capture_url or row.measure_url, row.capture_sha256)
        by_page.setdefault(page, []).append(one.line)
    found = [
        Sighting(*page, tuple(_ordered(sponsors_together(_once(lines)))))
        for page, lines in by_page.items()
    ]
    return tuple(sorted(found, key=lambda one: min(map(_weight, one.lines))))


def _once(lines: list[Line]) -> list[Line]:
    """An action that a step already quotes on its day is not told again."""
    quoted = {(line.quote, line.happened_on) for line in lines if line.kind in _STEPS}
    return [
        line
        for line in lines
        if line.kind != "action_added" or (line.quote, line.happened_on) not in quoted
    ]


_STEPS = frozenset({"stage", "stage_changed"})
_WEIGHTS = ("stage", "stage_changed", "measure_new", "scope_changed", "action_added")


def _ordered(lines: list[Line]) -> list[Line]:
    """By weight, then newest first: of a long history the end is what is kept in a mail."""
    newest_first = sorted(lines, key=lambda line: (line.happened_on or "", line.change))[::-1]
    return sorted(newest_first, key=_weight)


def _weight(line: Line) -> int:
    return _WEIGHTS.index(line.kind) if line.kind in _WEIGHTS else len(_WEIGHTS)


def _rank(entry: Entry) -> tuple[int, str, list[tuple[int, str]]]:
    """By group, place, then number: HB 9 before HB 10."""
    parts = _NUMBER.split(f"{entry.about.identifier} {entry.about.key}")
    natural = [(int(part[:18]), "") if part.isdecimal() else (-1, part) for part in parts]
    return _ORDER.index(entry.group), entry.about.place, natural
