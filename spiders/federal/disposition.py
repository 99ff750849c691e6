"""The Federal Register's disposition notes: what its editors say an order does to earlier ones.

A note has a line for each act, `Revokes: EO 13993, January 20, 2021; EO 14010, February 2, 2021`.
Acts of the order itself become relations. "Revoked by" and its like say what a later order did,
which that order's own notes tell; "See" points to a related paper. Both are left out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spiders.governors.order_days import DAY
from tracker.model import Relation, RelationKind, fold

_ACTS: dict[str, RelationKind] = {
    "revokes": "rescinds",
    "rescinds": "rescinds",
    "terminates": "rescinds",
    "supersedes": "supersedes",
    "suspersedes": "supersedes",  # so printed once, in the notes of 1979
    "amends": "amends",
    "modifies": "amends",
    "extends": "extends",
    "continues": "extends",
    "implements": "implements",
}
_LINE = re.compile(r"(?P<act>[^:]{1,60}):\s*(?P<orders>.+)")
_IN_PART = re.compile(r"\s*\(?\bin part\b\)?", re.IGNORECASE)
_ORDER = re.compile(
    rf"(?:(?:EO|E\.O\.|Executive Order)\s+|(?P<proclamation>Proc\.|Proclamation)\s+)?"
    rf"(?P<number>\d{{4,5}}(?:-[A-Z])?)(?:,?\s+(?:of\s+)?(?P<day>{DAY}))?\.?"
)


def noted_relations(notes: str, reject: Callable[[str], None]) -> list[Relation]:
    """The relations that notes state; `reject` is told of each act or paper not understood."""
    found: dict[Relation, None] = {}
    for printed in re.split(r"[\r\n]+", notes):
        line = fold(printed)
        if line:
            found.update(dict.fromkeys(_of_line(line, reject)))
    return list(found)


def _of_line(line: str, reject: Callable[[str], None]) -> Iterator[Relation]:
    parts = _LINE.fullmatch(line)
    if parts is None:
        reject("a note in prose")
        return
    act = _IN_PART.sub("", parts["act"]).strip().lower()
    if act == "see" or act == "see also" or act.endswith(" by"):
        return
    if act not in _ACTS:
        reject(f"a note of an unknown act: {act}")
        return
    kind = _ACTS[act]
    if _IN_PART.search(parts["act"]) and kind in {"rescinds", "supersedes"}:
        kind = "amends"
    for order in parts["orders"].split(";"):
        yield from _relation(kind, order.strip(), reject)


def _relation(kind: RelationKind, order: str, reject: Callable[[str], None]) -> Iterator[Relation]:
    named = _ORDER.fullmatch(order)
    if named:
        letters = "Proclamation" if named["proclamation"] else "EO"
        year = (named["day"] or "")[-4:]
        yield Relation(kind=kind, identifier=f"{letters} {named['number']}", session=year)
    elif order:
        reject("a note that names a paper without a number")
