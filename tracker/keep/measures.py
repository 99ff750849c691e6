"""Measures into the store, with every change logged.

An item whose bytes are as they were costs a digest and a look-up. One whose bytes moved but whose
facts did not costs the canonical form besides. Only real changes read the old facts and write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from tracker.canonical import Facts, Row, canonical
from tracker.changes import Change, changes_between, first_change
from tracker.keep.absences import keep_presence, missed
from tracker.keep.buffer import PART_COLUMNS, Buffer, Known, Prints
from tracker.keep.bulk import insert
from tracker.keep.facts import load_facts, reindex, search_entry
from tracker.keep.log import ChangeLog
from tracker.model import Measure
from tracker.tally import Tally
from tracker.topics import TopicFile

T = TypeVar("T")

_ASKED_TOGETHER = 250
# A history of fewer actions can lose half of them to a correction.
_LONG_HISTORY = 4


class Incoming(NamedTuple):
    """A measure still unread: `read` decodes and validates it, and is called only when needed."""

    key: str
    digest: bytes
    read: Callable[[], Measure]
    captures: Mapping[str, str]


class MeasureKeeper:
    """Keeps the measures of one run.

    `canary` is the key of the settled measure that this run read again (see `health.check_tally`).
    `to_judge` gathers the measures whose stage and stance must be made anew, `first_read` those
    that were not read before.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: ChangeLog,
        buffer: Buffer,
        *,
        source: str,
        canary: str,
        topics: TopicFile,
    ) -> None:
        self._db = connection
        self._log = log
        self._buffer = buffer
        self._source = source
        self._canary = canary
        self._topics = topics
        self._missed = missed(connection)
        self.to_judge: set[int] = set()
        self.first_read: set[int] = set()
        self.tally = Tally()

    def keep(self, incoming: Iterable[Incoming]) -> None:
        """Looks up what is known by the hundred: one question each would cost more than a digest."""
        for some in batched(incoming, _ASKED_TOGETHER):
            known = self._buffer.known([one.key for one in some])
            for one in some:
                if self._buffer.is_pending(one.key):  # told twice in one run
                    known |= self._buffer.known([one.key])
                self._keep(one, known.get(one.key))
            self._buffer.flush_if_full()

    def _keep(self, incoming: Incoming, known: Known | None) -> None:
        if known and known.id in self._missed:
            keep_presence(self._db, self._log, known.id, incoming.captures)
        if known and known.digest == incoming.digest:
            self.tally.unchanged += 1
            return
        facts = canonical(incoming.read())
        if known is None:
            # Its fingerprint is made when its bytes first move: of most they never do.
            self._insert(facts, Prints(digest=incoming.digest), incoming.captures)
            return
        prints = Prints(digest=incoming.digest, facts=facts.fingerprint())
        if known.fingerprint == prints.facts:
            self._keep_prints(known, prints)
        else:
            self._compare(known, facts, prints, incoming.captures)

    def _keep_prints(self, known: Known, prints: Prints) -> None:
        """Nothing moved: what the next run compares with, and who confirmed it last."""
        self._db.execute(
            "UPDATE measures SET digest = ?, fingerprint = ?, source = ? WHERE id = ?",
            (prints.digest, prints.facts, self._source, known.id),
        )
        self.tally.churned += 1

    def _insert(self, facts: Facts, prints: Prints, captures: Mapping[str, str]) -> None:
        last = _last(facts.parts["actions"] or ())
        measure = self._buffer.add(facts, prints, listed_only=False, last=last)
        self._log.add(first_change(facts), measure=measure, sources=captures)
        self.screen(measure, facts.scalars["title"] or "", facts.scalars["abstract"] or "")
        if facts.scalars["kind"] == "court_ruling":
            self.to_judge.add(measure)  # a caption tells no subject
        self.first_read.add(measure)
        self.tally.new += 1

    def screen(self, measure: int, title: str, abstract: str) -> None:
        """Have a measure judged if its words may be on topic."""
        if self._topics.screen(title, abstract) != "no":
            self.to_judge.add(measure)

    def _compare(
        self, known: Known, facts: Facts, prints: Prints, captures: Mapping[str, str]
    ) -> None:
        """A page that says less than an earlier one has other facts, and may still move none."""
        old = load_facts(self._db, known.id)
        if not known.listed_only and facts.over(old).fingerprint() == old.fingerprint():
            self._keep_prints(known, prints)
        else:
            self._update(known, old, facts, prints, captures)
            self.tally.changed += 1

    def _update(
        self, known: Known, old: Facts, facts: Facts, prints: Prints, captures: Mapping[str, str]
    ) -> None:
        entry = search_entry(self._db, known.id)
        changes = changes_between(old, facts)
        if known.listed_only:
            changes = [first_change(facts)]
            self.first_read.add(known.id)
        self._write_scalars(known, facts, prints)
        self._write_parts(known.id, old, facts)
        for change in changes:
            self._log.add(change, measure=known.id, sources=captures)
        now = search_entry(self._db, known.id)
        if now != entry:
            reindex(self._db, entry)
        if any(change.field in {"title", "abstract", ""} for change in changes):
            self.screen(known.id, *now[2:4])
        if known.on_topic:
            self.to_judge.add(known.id)
        if old.key == self._canary:
            self.tally.canary = _lost(changes)
        self._note_losses(facts.key, old, changes)

    def _write_scalars(self, known: Known, facts: Facts, prints: Prints) -> None:
        stated = {name: value for name, value in facts.scalars.items() if value is not None}
        names = ", ".join(f"{name} = ?" for name in stated)
        self._db.execute(
            f"UPDATE measures SET {names}, listed_only = 0, source = ?, digest = ?,"
            " fingerprint = ?, changed_run = ?, changed_at = ? WHERE id = ?",
            (
                *stated.values(),
                self._source,
                prints.digest,
                prints.facts,
                self._log.run,
                self._log.seen_at,
                known.id,
            ),
        )

    def _write_parts(self, measure: int, old: Facts, new: Facts) -> None:
        for name, rows in new.parts.items():
            if rows is None or rows == old.parts[name]:
                continue
            self._db.execute(f"DELETE FROM {name} WHERE measure = ?", (measure,))
            numbered = [(measure, seq, *row) for seq, row in enumerate(rows)]
            insert(self._db, name, PART_COLUMNS[name], numbered)
            if name == "actions":
                self._db.execute(
                    "UPDATE measures SET last_action = ?, last_action_on = ? WHERE id = ?",
                    (*_last(rows), measure),
                )

    def _note_losses(self, key: str, old: Facts, changes: Iterable[Change]) -> None:
        lost = sum(1 for change in changes if change.kind == "action_removed")
        had = len(old.parts["actions"] or ())
        if had >= _LONG_HISTORY and lost * 2 > had:
            self.tally.lost_actions.append(key)


def _lost(changes: Iterable[Change]) -> str:
    """What a settled measure can't lose: its title's words, or anything it had."""
    lost = sorted({c.kind for c in changes if c.kind.endswith("_removed") or c.field == "title"})
    return ", ".join(lost)


def _last(actions: Sequence[Row]) -> tuple[str, str | None]:
    return (actions[-1][2], actions[-1][0]) if actions else ("", None)


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`, as `itertools.batched` of Python 3.12 gives."""
    source = iter(things)
    while some := list(islice(source, size)):
        yield some
