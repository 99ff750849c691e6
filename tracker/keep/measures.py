"""Measures and listings into the store, with every change logged.

An item whose bytes are as they were costs a digest and a look-up. One whose bytes moved but whose
facts did not costs the canonical form besides. Only real changes read the old facts and write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec

from tracker.canonical import PARTS, SCALARS, Facts, Row, canonical, iso, listing_print
from tracker.changes import Change, changes_between, first_change
from tracker.keep.bulk import insert
from tracker.keep.facts import SEARCH_COLUMNS, load_facts, reindex, search_entry
from tracker.keep.log import ChangeLog
from tracker.model import Listing, Measure, fold
from tracker.tally import Tally
from tracker.topics import TopicFile

T = TypeVar("T")

_BATCH = 4_000
_ASKED_TOGETHER = 250
_PART_COLUMNS = {part.name: ("measure", "seq", *part.columns) for part in PARTS}
_NULLABLE = frozenset({"issued_on", "effective_on", "expires_on"})
_EMPTY = {name: "[]" if name in {"subjects", "committees"} else "" for name in SCALARS}
_MEASURE_COLUMNS = (
    "id",
    "key",
    "jurisdiction",
    "session",
    "identifier",
    *SCALARS,
    "last_action",
    "last_action_on",
    "listed_only",
    "source",
    "first_run",
    "first_seen",
    "changed_run",
    "changed_at",
    "listing_print",
    "digest",
    "fingerprint",
)
_LOOK_UP = (
    "SELECT key, id, digest, fingerprint, listed_only, listing_print, source,"
    " scope <> 'none' OR watched FROM measures"
    " WHERE key IN (SELECT value FROM json_each(?))"
)


class Incoming(NamedTuple):
    """A measure still unread: `read` decodes and validates it, and is called only when needed."""

    key: str
    digest: bytes
    read: Callable[[], Measure]
    captures: Mapping[str, str]


class Known(NamedTuple):
    id: int
    digest: bytes | None
    fingerprint: bytes | None
    listed_only: int
    listing_print: bytes | None
    source: str
    on_topic: int


class MeasureKeeper:
    """Keeps the measures and listings of one run; call `flush` at the end.

    `source_rank` tells whether this run's source may overwrite facts that another source gave.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: ChangeLog,
        *,
        source: str,
        outranked_by: Callable[[str], bool],
        topics: TopicFile,
    ) -> None:
        self._db = connection
        self._log = log
        self._source = source
        self._outranked_by = outranked_by
        self._topics = topics
        self._next_id: int = connection.execute(
            "SELECT coalesce(max(id), 0) + 1 FROM measures"
        ).fetchone()[0]
        self._rows: list[Row] = []
        self._part_rows: dict[str, list[Row]] = {part.name: [] for part in PARTS}
        self._search_rows: list[Row] = []
        self._pending: set[str] = set()
        self.to_judge: set[int] = set()
        self.first_read: set[int] = set()
        self.tally = Tally()

    # -- measures ------------------------------------------------------------------------------

    def keep(self, incoming: Iterable[Incoming]) -> None:
        """Looks up what is known by the hundred: one question each would cost more than a digest."""
        for some in batched(incoming, _ASKED_TOGETHER):
            known = self._known_of([one.key for one in some])
            for one in some:
                if one.key in self._pending:  # told twice in one run
                    self.flush()
                    known |= self._known_of([one.key])
                self._keep(one, known.get(one.key))

    def _keep(self, incoming: Incoming, known: Known | None) -> None:
        if known and (known.digest == incoming.digest or self._not_ours(known)):
            self.tally.unchanged += 1
            return
        facts = canonical(incoming.read())
        fingerprint = facts.fingerprint()
        if known is None:
            self._insert(facts, incoming, fingerprint)
        elif known.fingerprint == fingerprint:
            self._db.execute(
                "UPDATE measures SET digest = ? WHERE id = ?", (incoming.digest, known.id)
            )
            self.tally.churned += 1
        else:
            self._update(known, facts, incoming, fingerprint)
            self.tally.changed += 1

    def _known_of(self, keys: Sequence[str]) -> dict[str, Known]:
        rows = self._db.execute(_LOOK_UP, (msgspec.json.encode(keys).decode(),))
        return {row[0]: Known(*row[1:]) for row in rows}

    def _not_ours(self, known: Known) -> bool:
        return known.source != self._source and self._outranked_by(known.source)

    def _insert(self, facts: Facts, incoming: Incoming, fingerprint: bytes) -> None:
        measure = self._next_id
        self._next_id += 1
        self._rows.append(self._measure_row(measure, facts, incoming.digest, fingerprint))
        for name, rows in facts.parts.items():
            if rows:
                self._part_rows[name] += [(measure, seq, *row) for seq, row in enumerate(rows)]
        title, abstract = facts.scalars["title"] or "", facts.scalars["abstract"] or ""
        self._search_rows.append((measure, facts.identifier, title, abstract, ""))
        self._log.add(first_change(facts), measure=measure, sources=incoming.captures)
        self._screen(measure, title, abstract)
        self._pending.add(facts.key)
        self.first_read.add(measure)
        self.tally.new += 1
        if len(self._rows) >= _BATCH:
            self.flush()

    def _measure_row(self, measure: int, facts: Facts, digest: bytes, fingerprint: bytes) -> Row:
        actions = facts.parts["actions"]
        last = actions[-1] if actions else (None, "", "")
        return (
            measure,
            facts.key,
            facts.jurisdiction,
            facts.session,
            facts.identifier,
            *(_or_empty(name, facts.scalars[name]) for name in SCALARS),
            last[2],
            last[0],
            0,
            self._source,
            self._log.run,
            self._log.seen_at,
            self._log.run,
            self._log.seen_at,
            None,
            digest,
            fingerprint,
        )

    def _screen(self, measure: int, title: str, abstract: str) -> None:
        if self._topics.screen(title, abstract) != "no":
            self.to_judge.add(measure)

    # -- changes -------------------------------------------------------------------------------

    def _update(self, known: Known, facts: Facts, incoming: Incoming, fingerprint: bytes) -> None:
        old, entry = load_facts(self._db, known.id), search_entry(self._db, known.id)
        changes = changes_between(old, facts)
        if known.listed_only:
            changes = [first_change(facts)]
            self.first_read.add(known.id)
        self._write_scalars(known, facts, incoming.digest, fingerprint)
        self._write_parts(known.id, old, facts)
        for change in changes:
            self._log.add(change, measure=known.id, sources=incoming.captures)
        if any(change.field in {"title", "abstract", ""} for change in changes):
            reindex(self._db, entry)
            self._screen(known.id, *search_entry(self._db, known.id)[2:4])
        if known.on_topic:
            self.to_judge.add(known.id)
        self._note_losses(facts, old, changes)

    def _write_scalars(self, known: Known, facts: Facts, digest: bytes, fingerprint: bytes) -> None:
        stated = {name: value for name, value in facts.scalars.items() if value is not None}
        names = ", ".join(f"{name} = ?" for name in stated)
        self._db.execute(
            f"UPDATE measures SET {names}, listed_only = 0, source = ?, digest = ?, fingerprint = ?,"
            " changed_run = ?, changed_at = ?, withdrawn_on = NULL WHERE id = ?",
            (
                *stated.values(),
                self._source,
                digest,
                fingerprint,
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
            insert(self._db, name, _PART_COLUMNS[name], numbered)
            if name == "actions":
                self._write_last_action(measure, rows)

    def _write_last_action(self, measure: int, actions: list[Row]) -> None:
        last = actions[-1] if actions else (None, "", "")
        self._db.execute(
            "UPDATE measures SET last_action = ?, last_action_on = ? WHERE id = ?",
            (last[2], last[0], measure),
        )

    def _note_losses(self, facts: Facts, old: Facts, changes: Iterable[Change]) -> None:
        lost = sum(1 for change in changes if change.kind == "action_removed")
        had = len(old.parts["actions"] or ())
        if had >= 4 and lost * 2 > had:
            self.tally.lost_actions.append(facts.key)

    # -- listings ------------------------------------------------------------------------------

    def keep_listing(self, listing: Listing) -> None:
        """A row of a list, kept light: no log row unless it becomes a measure that is read."""
        print_ = listing_print(listing)
        if listing.key in self._pending:
            self.flush()
        known = self._known_of([listing.key]).get(listing.key)
        if known is None:
            self._insert_listing(listing, print_)
        elif known.listing_print != print_:
            self._update_listing(known, listing, print_)

    def _insert_listing(self, listing: Listing, print_: bytes) -> None:
        measure = self._next_id
        self._next_id += 1
        title, day = fold(listing.title), listing.last_action_on
        values: dict[str, object] = {**_EMPTY, **dict.fromkeys(_NULLABLE), "kind": listing.kind}
        values |= {"title": title, "url": listing.url}
        self._rows.append(
            (
                measure,
                listing.key,
                listing.jurisdiction,
                listing.session,
                listing.identifier,
                *(values[name] for name in SCALARS),
                fold(listing.last_action),
                iso(day),
                1,
                self._source,
                self._log.run,
                self._log.seen_at,
                self._log.run,
                self._log.seen_at,
                print_,
                None,
                None,
            )
        )
        self._search_rows.append((measure, listing.identifier, title, "", ""))
        self._pending.add(listing.key)
        self._screen(measure, title, "")
        if len(self._rows) >= _BATCH:
            self.flush()

    def _update_listing(self, known: Known, listing: Listing, print_: bytes) -> None:
        if not known.listed_only:
            self._db.execute(
                "UPDATE measures SET listing_print = ? WHERE id = ?", (print_, known.id)
            )
            return
        entry = search_entry(self._db, known.id)
        title, day = fold(listing.title), listing.last_action_on
        self._db.execute(
            "UPDATE measures SET title = ?, url = ?, last_action = ?, last_action_on = ?,"
            " listing_print = ? WHERE id = ?",
            (
                title,
                listing.url,
                fold(listing.last_action),
                iso(day),
                print_,
                known.id,
            ),
        )
        if title != entry[2]:
            reindex(self._db, entry)
            self._screen(known.id, title, "")

    def flush(self) -> None:
        """Write what is pending, in the order that foreign keys ask for."""
        insert(self._db, "measures", _MEASURE_COLUMNS, self._rows)
        for name, rows in self._part_rows.items():
            insert(self._db, name, _PART_COLUMNS[name], rows)
            rows.clear()
        insert(self._db, "search", SEARCH_COLUMNS, self._search_rows)
        self._log.flush()
        self._rows.clear()
        self._search_rows.clear()
        self._pending.clear()


def _or_empty(name: str, value: str | None) -> str | None:
    if value is None and name not in _NULLABLE:
        return _EMPTY[name]
    return value


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`, as `itertools.batched` of Python 3.12 gives."""
    source = iter(things)
    while some := list(islice(source, size)):
        yield some
