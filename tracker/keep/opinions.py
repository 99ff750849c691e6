"""What an aggregator says of measures that another source has: kept beside, never instead.

The stage is derived by the same rules from the aggregator's own record of the actions, so that two
readings of two sources are compared. What no other source has is a measure and kept as any other,
with the aggregator as its source, until an official one has it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from tracker.canonical import iso
from tracker.keep.measures import Incoming
from tracker.model import Measure, fold
from tracker.stages import Stages
from tracker.topics import TopicFile

_OF_ANOTHER = "SELECT id FROM measures WHERE key = ? AND source <> ?"


class OpinionKeeper:
    """Keeps the opinions of one aggregator's run."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        run: int,
        seen_at: str,
        *,
        source: str,
        stages: Stages,
        topics: TopicFile,
    ) -> None:
        self._db = connection
        self._run = (source, run, seen_at)
        self._stages = stages
        self._topics = topics

    def sift(self, incoming: Iterable[Incoming]) -> Iterator[Incoming]:
        """Keeps what is an opinion; yields the measures that no other source has."""
        for one in incoming:
            known = self._db.execute(_OF_ANOTHER, (one.key, self._run[0])).fetchone()
            if known is None:
                yield one
            else:
                self._keep(known[0], one.read())

    def _keep(self, measure: int, said: Measure) -> None:
        actions = said.actions or []
        last = actions[-1] if actions else None
        derived = self._stages.derive(
            said.jurisdiction, said.kind, actions, said.identifier, in_order=True
        )
        title, abstract = fold(said.title or ""), fold(said.abstract or "")
        self._db.execute(
            "INSERT OR REPLACE INTO second_opinions (measure, source, run, seen_at, stage, stage_on,"
            " stage_text, last_action, last_action_on, on_topic, title, url)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                measure,
                *self._run,
                derived.stage,
                iso(derived.on),
                derived.deciding_text,
                fold(last.text) if last else "",
                iso(last.on) if last else None,
                self._topics.screen(title, abstract) != "no",
                title,
                said.url or "",
            ),
        )
