"""What changed between two readings of one measure, as rows of the change log.

Compared are facts in canonical form, never bytes. A correction of an action (its day or its
words) is told as one change, not as a loss and a gain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from tracker.canonical import Facts, Row

# Two texts of one day are a correction of each other from this share of matching characters on.
_ALIKE = 0.6
# Comparing costs the product of two lengths, and a page may hold what it likes: only so much of a
# text is compared, and only so many pairs of texts.
_COMPARED_CHARACTERS = 200
_COMPARED_PAIRS = 500
_LOGGED_SCALARS = (
    "title",
    "abstract",
    "issuer",
    "issued_on",
    "effective_on",
    "expires_on",
    "comments_close_on",
)


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
    gone, come = before - after, after - before
    for was, now in _corrections(gone, come):
        yield Change("action_changed", "actions", was[1], now[1], now[0], was[0])
    for on, text in sorted(gone.elements()):
        yield Change("action_removed", "actions", text, "", on, on)
    for on, text in sorted(come.elements()):
        yield Change("action_added", "actions", "", text, on)


def _corrections(gone: Counter[Act], come: Counter[Act]) -> list[tuple[Act, Act]]:
    """Pairs taken out of `gone` and `come`: the same words on another day, then like ones of a day."""
    return sorted([*_moved(gone, come), *_reworded(gone, come)])


def _moved(gone: Counter[Act], come: Counter[Act]) -> Iterator[tuple[Act, Act]]:
    free = _grouped(come, 1)
    for was in sorted(gone.elements()):
        if there := free.get(was[1]):
            yield _take(gone, come, was, there.pop(0))


def _reworded(gone: Counter[Act], come: Counter[Act]) -> Iterator[tuple[Act, Act]]:
    free = _grouped(come, 0)
    if sum(len(free.get(on, ())) for on, _ in gone.elements()) > _COMPARED_PAIRS:
        return
    for was in sorted(gone.elements()):
        there = free.get(was[0])
        alike = [_likeness(was[1], text) for _, text in there or ()]
        if there and max(alike) >= _ALIKE:
            yield _take(gone, come, was, there.pop(alike.index(max(alike))))


def _grouped(acts: Counter[Act], by: Literal[0, 1]) -> dict[str, list[Act]]:
    grouped: dict[str, list[Act]] = {}
    for act in sorted(acts.elements()):
        grouped.setdefault(act[by], []).append(act)
    return grouped


def _take(gone: Counter[Act], come: Counter[Act], was: Act, now: Act) -> tuple[Act, Act]:
    gone[was] -= 1
    come[now] -= 1
    return was, now


def _likeness(was: str, now: str) -> float:
    """1 for a text that begins the other, else their ratio."""
    if was.startswith(now) or now.startswith(was):
        return 1.0
    was, now = was[:_COMPARED_CHARACTERS], now[:_COMPARED_CHARACTERS]
    match = SequenceMatcher(None, was, now, autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= _ALIKE else 0.0


def _versions(old: list[Row], new: list[Row]) -> Iterator[Change]:
    before, after = _by_note(old), _by_note(new)
    for note in before:
        if note not in after:
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
