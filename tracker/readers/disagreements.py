"""Where an aggregator and the source that decides say different things: items for an editor.

Nothing is averaged and nothing overwritten: both sides are shown, with the day of their last action.
A second source that is merely behind disagrees with nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlite_utils import Database

Matter = Literal["stage", "later_action", "topic", "only_second", "only_official"]
MATTERS: dict[Matter, str] = {
    "stage": "they say different stages",
    "later_action": "the second source knows a later action",
    "topic": "on topic by what the second source says of it, and not read here",
    "only_second": "only the second source has it",
    "only_official": "the second source has the session and not this measure",
}
_MIND_AFTER_DAYS = 7


class Disagreement(NamedTuple):
    """`ours` is of the source that decides, `theirs` of the other; days are ISO text or None."""

    key: str
    title: str
    matter: Matter
    source: str
    ours: str
    ours_on: str | None
    theirs: str
    theirs_on: str | None
    url: str


class _Opinion(NamedTuple):
    key: str
    title: str
    source: str
    our_stage: str
    our_stage_on: str | None
    their_stage: str
    their_stage_on: str | None
    our_last: str
    our_last_on: str | None
    their_last: str
    their_last_on: str | None
    listed_only: int
    scope: str
    url: str


_OPINIONS = """
SELECT m.key, m.title, o.source, m.stage, m.stage_on, o.stage, o.stage_on,
    m.last_action, m.last_action_on, o.last_action, o.last_action_on,
    m.listed_only, m.scope, o.url
FROM second_opinions o JOIN measures m ON m.id = o.measure
WHERE m.scope IN ('core', 'related', 'text') OR m.watched OR (m.listed_only AND o.on_topic)
ORDER BY m.key, o.source
"""
_ONLY_SECOND = """
SELECT m.key, m.title, m.source, m.last_action, m.last_action_on, m.url
FROM measures m JOIN sources s ON s.code = m.source
WHERE s.kind = 'aggregator' AND m.scope IN ('core', 'related') AND EXISTS (
    SELECT 1 FROM measures other JOIN sources own ON own.code = other.source
    WHERE other.jurisdiction = m.jurisdiction AND other.session = m.session
    AND own.kind <> 'aggregator')
ORDER BY m.key
"""
_ONLY_OFFICIAL = """
SELECT m.key, m.title, o.source, m.last_action, m.last_action_on, m.url
FROM measures m JOIN (
    SELECT DISTINCT known.jurisdiction, known.session, said.source
    FROM second_opinions said JOIN measures known ON known.id = said.measure
) o ON o.jurisdiction = m.jurisdiction AND o.session = m.session
WHERE m.scope IN ('core', 'related') AND m.withdrawn_on IS NULL AND m.source <> o.source
    AND m.last_action_on < date(:today, :patience)
    AND NOT EXISTS (SELECT 1 FROM second_opinions s WHERE s.measure = m.id AND s.source = o.source)
ORDER BY m.key, o.source
"""


def disagreements(db: Database, *, today: str) -> Iterator[Disagreement]:
    """All of them, by kind and key; `today` is an ISO day, before which a new bill may be missing."""
    for row in db.conn.execute(_OPINIONS):
        yield from _of_opinion(_Opinion(*row))
    for row in db.conn.execute(_ONLY_SECOND):
        key, title, source, said, on, url = row
        yield Disagreement(key, title, "only_second", source, "", None, said, on, url)
    patience = {"today": today, "patience": f"-{_MIND_AFTER_DAYS} days"}
    for row in db.conn.execute(_ONLY_OFFICIAL, patience):
        key, title, source, said, on, url = row
        yield Disagreement(key, title, "only_official", source, said, on, "", None, url)


def _of_opinion(said: _Opinion) -> Iterator[Disagreement]:
    actions = (said.our_last, said.our_last_on, said.their_last, said.their_last_on, said.url)
    stages = (said.our_stage, said.our_stage_on, said.their_stage, said.their_stage_on, said.url)
    ours_on, theirs_on = said.our_last_on or "", said.their_last_on or ""
    told = "unknown" not in {said.our_stage, said.their_stage}
    if said.scope == "none" and said.listed_only:
        yield Disagreement(said.key, said.title, "topic", said.source, *actions)
    elif told and said.our_stage != said.their_stage and theirs_on >= ours_on:
        yield Disagreement(said.key, said.title, "stage", said.source, *stages)
    elif theirs_on > ours_on:
        yield Disagreement(said.key, said.title, "later_action", said.source, *actions)
