"""A finished run folder into the store: one transaction, everything of it or nothing.

A run whose verdict is not good is recorded, so that coverage can say so, and changes no measure.
Ingesting a run twice does nothing.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from sqlite_utils import Database

from tracker.canonical import digest
from tracker.errors import DamagedRun
from tracker.health import Implausible, check_tally, compare, warnings
from tracker.keep.absences import keep_absence
from tracker.keep.agreements import AgreementKeeper
from tracker.keep.buffer import Buffer
from tracker.keep.classifications import keep_classification
from tracker.keep.hearings import keep_hearing
from tracker.keep.judgements import keep_judgement
from tracker.keep.listings import ListingKeeper
from tracker.keep.log import ChangeLog
from tracker.keep.measures import Incoming, MeasureKeeper
from tracker.keep.opinions import OpinionKeeper
from tracker.keep.orders import end_orders
from tracker.keep.postures import keep_postures
from tracker.keep.runs import record_captures, record_run
from tracker.keep.stages import keep_stage
from tracker.keep.texts import keep_text
from tracker.keep.unnumbered import TakeOver
from tracker.model import (
    Absence,
    Agreement,
    AgreementList,
    AnyItem,
    Hearing,
    Judgement,
    Listing,
    Measure,
    VersionText,
    measure_key,
)
from tracker.runs import ITEMS, RunRecord, Seen, Verdict, check_items, read_items, read_record
from tracker.stages import Stages, shipped_stages
from tracker.store import writing
from tracker.tally import Tally
from tracker.topics import TopicFile, shipped_topics

Progress = Callable[[int], None]
_TOLD_EVERY = 500
_MEASURE_TAG = b'{"type":"measure"'


class Outcome(NamedTuple):
    """`status` is `ingested`, `known` (was in the store already) or `refused` (verdict not good)."""

    status: Literal["ingested", "known", "refused"]
    run: int
    verdict: Verdict
    reason: str
    changes: int
    tally: Tally


class Knowledge(NamedTuple):
    """The data files that reading needs: what is on topic, and what action sentences mean."""

    topics: TopicFile
    stages: Stages

    @classmethod
    def shipped(cls) -> Knowledge:
        return cls(shipped_topics(), shipped_stages())


class _Header(msgspec.Struct, frozen=True):
    jurisdiction: str
    session: str
    identifier: str


_HEADER = msgspec.json.Decoder(_Header)


def ingest(
    db: Database, folder: Path, knowledge: Knowledge, *, progress: Progress | None = None
) -> Outcome:
    """Raises DamagedRun where the folder is half-written or altered, StoreError where the store
    can't keep it; in both cases the store is as it was."""
    record = read_record(folder)
    check_items(folder, record)
    known = db.conn.execute(
        "SELECT id, verdict, reason FROM runs WHERE source = ? AND started_at = ?",
        (record.source.code, record.began),
    ).fetchone()
    if known:
        return Outcome("known", known[0], known[1], known[2], 0, Tally())
    verdict, reason = compare(db.conn, record)
    if verdict in {"ok", "ok-empty"}:
        try:
            with writing(db) as connection:
                run = record_run(connection, folder, record, verdict, reason)
                return Ingest(connection, run, record, knowledge).folder(folder, progress)
        except Implausible as error:
            verdict, reason = "suspect", str(error)
    with writing(db) as connection:
        run = record_run(connection, folder, record, verdict, reason)
    return Outcome("refused", run, verdict, reason, 0, Tally())


class Ingest:
    """One run on its way into the store, inside one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, run: int, record: RunRecord, knowledge: Knowledge
    ) -> None:
        self._db = connection
        self._run = run
        self._record = record
        self._knowledge = knowledge
        self._log = ChangeLog(
            connection, run, record.seen_at, record_captures(connection, run, record)
        )
        self._buffer = Buffer(connection, self._log, source=record.source.code)
        self._measures = MeasureKeeper(
            connection,
            self._log,
            self._buffer,
            source=record.source.code,
            canary=record.canary,
            topics=knowledge.topics,
        )
        self._listings = ListingKeeper(
            connection,
            self._buffer,
            self._measures.screen,
            source=record.source.code,
            outranked_by=self._outranked_by,
        )
        self._agreements = AgreementKeeper(connection, self._log)

    def _sifted(self, incoming: Iterable[Incoming]) -> Iterable[Incoming]:
        """Of an aggregator's measures, those that no official source has; of the editors', those
        that no source has at all; of federal orders each once, numbered or not."""
        if self._record.source.kind == "editors":
            return (one for one in incoming if not self._is_of_another(one.key))
        if self._record.source.kind == "federal":
            return TakeOver(self._db, self._log).sift(incoming)
        if self._record.source.kind != "aggregator":
            return incoming
        return OpinionKeeper(
            self._db,
            self._run,
            self._record.seen_at,
            source=self._record.source.code,
            stages=self._knowledge.stages,
            topics=self._knowledge.topics,
        ).sift(incoming)

    def _is_of_another(self, key: str) -> bool:
        found = self._db.execute("SELECT source FROM measures WHERE key = ?", (key,)).fetchone()
        return found is not None and self._outranked_by(found[0])

    def _outranked_by(self, source: str) -> bool:
        """An aggregator confirms what an official source says; it never overwrites it. Nor does a
        file of editors overwrite what any source says."""
        if self._record.source.kind == "editors":
            return source != self._record.source.code
        return self._record.source.kind == "aggregator" and bool(
            self._db.execute(
                "SELECT 1 FROM sources WHERE code = ? AND kind <> 'aggregator'", (source,)
            ).fetchone()
        )

    def folder(self, folder: Path, progress: Progress | None = None) -> Outcome:
        """Raises DamagedRun where a line is no item as this version knows them."""
        try:
            self.measures(_measures(folder, progress))
            for seen in read_items(folder):
                if not _is_measure(seen):
                    self._keep(seen.read(), seen)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedRun(
                f"{folder / ITEMS}: an item that this version can't read ({error})."
                " Read the captures again with `tracker replay`."
            ) from error
        return self.finish()

    def measures(self, incoming: Iterable[Incoming]) -> None:
        """Streamed: nothing of a crawl is held but the batch that is being written."""
        with _no_cycle_search():
            self._measures.keep(self._sifted(incoming))
            self._buffer.flush()

    def _keep(self, item: AnyItem, seen: Seen) -> None:
        match item:
            case Listing():
                self._listings.keep(item)
            case AgreementList():
                self._agreements.open_list(item, seen.captures)
            case Agreement():
                self._agreements.keep(item, seen.captures)
            case Measure():
                raise msgspec.ValidationError(f"{item.key} does not begin with its type")
            case VersionText() | Judgement() | Hearing() | Absence():
                self._keep_of_measure(item, seen)

    def _keep_of_measure(
        self, item: VersionText | Judgement | Hearing | Absence, seen: Seen
    ) -> None:
        """Texts, hearings and absences belong to a measure; of one that is not kept they are not."""
        self._buffer.flush()
        row = self._db.execute(
            "SELECT id, source FROM measures WHERE key = ?", (item.key,)
        ).fetchone()
        if row is None or self._outranked_by(row[1]):
            return
        if isinstance(item, VersionText):
            if keep_text(self._db, self._log, row[0], item, seen.captures):
                self._measures.to_judge.add(row[0])
        elif isinstance(item, Judgement):
            if keep_judgement(self._db, self._log, row[0], item, seen.captures):
                self._measures.to_judge.add(row[0])
        elif isinstance(item, Hearing):
            keep_hearing(self._db, self._log, row[0], item, seen.captures)
        else:
            keep_absence(self._db, self._log, row[0], item)

    def finish(self) -> Outcome:
        """Raises Implausible where the run would change too much at once to be true."""
        self._buffer.flush()
        self._agreements.finish()
        for measure in sorted(self._measures.to_judge):
            self._judge(measure)
            self._log.flush()
        end_orders(self._db, self._log)
        self._log.flush()
        keep_postures(self._db, self._log)
        self._log.flush()
        self._note_run()
        tally = self._measures.tally
        check_tally(tally)
        return Outcome(
            "ingested",
            self._run,
            self._record.verdict,
            self._record.reason,
            self._log.written,
            tally,
        )

    def _judge(self, measure: int) -> None:
        kept, first_read = self._measures, measure in self._measures.first_read
        keep_stage(
            self._db,
            self._log,
            self._knowledge.stages,
            measure,
            first_read=first_read,
            tally=kept.tally,
        )
        keep_classification(
            self._db, self._log, self._knowledge.topics, measure, first_read=first_read
        )

    def _note_run(self) -> None:
        tally = self._measures.tally
        self._db.execute(
            "UPDATE runs SET actions = ?, unknown_actions = ?, warnings = ? WHERE id = ?",
            (
                tally.actions,
                tally.unknown_actions,
                msgspec.json.encode(warnings(self._db, self._record, tally)).decode(),
                self._run,
            ),
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO validators (source, url, etag, last_modified) VALUES (?, ?, ?, ?)",
            [
                (self._record.source.code, url, v.etag, v.last_modified)
                for url, v in self._record.validators.items()
            ],
        )


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """Rows and items hold no cycles, and there are millions: looking for some doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _is_measure(seen: Seen) -> bool:
    return bytes(seen.item).startswith(_MEASURE_TAG)


def _measures(folder: Path, progress: Progress | None) -> Iterator[Incoming]:
    for number, seen in enumerate(read_items(folder), start=1):
        if _is_measure(seen):
            yield _incoming(seen)
        if progress and number % _TOLD_EVERY == 0:
            progress(number)


def _incoming(seen: Seen) -> Incoming:
    raw = bytes(seen.item)
    header = _HEADER.decode(raw)

    def read() -> Measure:
        item = seen.read()
        assert isinstance(item, Measure)
        return item

    key = measure_key(header.jurisdiction, header.session, header.identifier)
    return Incoming(key, digest(raw), read, seen.captures)
