"""What changed between two readings of one measure, as rows of the change log.

Compared are facts in canonical form, never bytes. A correction of an action (its day or its
words) is told as one change, not as a loss and a gain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from tracker.canonical import Facts, Row

# Two texts of one day are a correction of each other from this share of matching characters on.
_ALIKE = 0.6
_LOGGED_SCALARS = ("title", "abstract", "issuer", "issued_on", "effective_on", "expires_on")


class Change(NamedTuple):
    """`happened_on` is the day of the event itself, `was_on` the day it was first given."""

    kind: str
    field: str
    old: str
    new: str
    happened_on: str | None = None
    was_on: str | None = None


def changes_between(old: Facts, new: Facts) -> list[Change]:
    """Every change from `old` to `new`; what `new` does not state is not compared."""
    found = [
        Change(f"{field}_changed", field, before or "", after)
        for field in _LOGGED_SCALARS
        if (after := new.scalars[field]) is not None
        and after != (before := old.scalars[field] or "")
    ]
    for name, compare in _COMPARED.items():
        after_rows = new.parts[name]
        if after_rows is not None:
            found += compare(old.parts[name] or [], after_rows)
    return found


def first_change(facts: Facts) -> Change:
    """The one row for a measure not known before; its parts give no rows of their own."""
    actions = facts.parts["actions"]
    day = actions[0][0] if actions else facts.scalars["issued_on"]
    return Change("measure_new", "", "", facts.scalars["title"] or "", day)


Act = tuple[str, str]  # day, text


def _actions(old: list[Row], new: list[Row]) -> Iterator[Change]:
    before = Counter((on, text) for on, _, text in old)
    after = Counter((on, text) for on, _, text in new)
    gone, come = sorted((before - after).elements()), sorted((after - before).elements())
    for was, now in _corrections(gone, come):
        gone.remove(was)
        come.remove(now)
        yield Change("action_changed", "actions", was[1], now[1], now[0], was[0])
    for on, text in gone:
        yield Change("action_removed", "actions", text, "", on, on)
    for on, text in come:
        yield Change("action_added", "actions", "", text, on)


def _corrections(gone: list[Act], come: list[Act]) -> list[tuple[Act, Act]]:
    pairs: list[tuple[Act, Act]] = []
    free = list(come)
    for was in gone:
        best = max(free, key=lambda now: _likeness(was, now), default=None)
        if best is not None and _likeness(was, best) >= _ALIKE:
            free.remove(best)
            pairs.append((was, best))
    return pairs


def _likeness(was: Act, now: Act) -> float:
    """1 for the same words on another day or a text that begins the other, else their ratio."""
    if was[1] == now[1]:
        return 1.0
    if was[0] != now[0]:
        return 0.0
    if was[1].startswith(now[1]) or now[1].startswith(was[1]):
        return 1.0
    match = SequenceMatcher(None, was[1], now[1], autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= _ALIKE else 0.0


def _versions(old: list[Row], new: list[Row]) -> Iterator[Change]:
    before, after = _by_note(old), _by_note(new)
    for note in before.keys() - after.keys():
        yield Change("version_removed", "versions", note, "")
    for note, rows in after.items():
        if note not in before:
            yield Change("version_added", "versions", "", note, rows[0][2])
        elif sorted(row[1] for row in rows) != sorted(row[1] for row in before[note]):
            yield Change("version_changed", "versions", note, note, rows[-1][2])


def _by_note(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    return grouped


def _sponsors(old: list[Row], new: list[Row]) -> Iterator[Change]:
    yield from _members("sponsor", "sponsors", {r[0]: r[0] for r in old}, {r[0]: r[0] for r in new})


def _documents(old: list[Row], new: list[Row]) -> Iterator[Change]:
    yield from _members("document", "documents", _told(old, 2), _told(new, 2))


def _relations(old: list[Row], new: list[Row]) -> Iterator[Change]:
    yield from _members("relation", "relations", _told(old, 3), _told(new, 3))


def _told(rows: list[Row], columns: int) -> dict[Row, str]:
    return {row: " ".join(str(cell) for cell in row[:columns] if cell) for row in rows}


def _members(
    noun: str,
    field: str,
    old: dict[Row, str] | dict[str, str],
    new: dict[Row, str] | dict[str, str],
) -> Iterator[Change]:
    for key, told in sorted(old.items(), key=repr):
        if key not in new:
            yield Change(f"{noun}_removed", field, told, "")
    for key, told in new.items():
        if key not in old:
            yield Change(f"{noun}_added", field, "", told)


_COMPARED = {
    "actions": _actions,
    "versions": _versions,
    "sponsors": _sponsors,
    "documents": _documents,
    "relations": _relations,
}
