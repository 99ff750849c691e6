"""What a database can lose, the run folders keep."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.core.desk import Desk, acts, aggregator, bill, day, dump, knowledge, order
from tests.core.warc import archive
from tests.digest_story import ICE, JAIL, agreement, list_of
from tests.factory import make_run, source
from tracker.copies import remove
from tracker.errors import DamagedRun, StoreError
from tracker.model import Absence, Hearing, Judgement, Listing, Relation, VersionText
from tracker.rebuild import rebuild
from tracker.runs import ITEMS, RECORD
from tracker.store import find_problems, open_store

ABOUT = {"jurisdiction": "us-va", "session": "2026", "identifier": "HB 9001"}
FLORIDA = source("fl-orders", "us-fl", kind="orders")
FILED = ("2026-01-14", "Prefiled and ordered printed; Offered 01-14-2026")


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """A store with something of everything, of runs good and bad."""
    desk.keep(
        bill(actions=acts(FILED)),
        Listing(**ABOUT | {"identifier": "HB 2"}, title="Fictional: a list's row"),
        VersionText(**ABOUT, note="Introduced", url="https://h/1", text="The words"),
        Hearing(**ABOUT, on=day("2026-02-20"), place="Room 1"),
        Judgement(
            **ABOUT, source_url="https://h/", source_on=day("2026-02-01"), entered_by="A. E."
        ),
    )
    desk.keep(order("EO 25-1", "2025-03-01"), at="2026-02-02T13:00:00Z", facts=FLORIDA)
    desk.keep(
        *list_of("participating", "2026-02-01",
            agreement("2026-02-01", "fl", "Fictional County Sheriff", "2025-02-20", JAIL)),
        at="2026-02-02T14:00:00Z", facts=ICE,
    )  # fmt: skip
    desk.keep(at="2026-02-03T12:00:00Z", verdict="blocked", reason="a wall")
    desk.keep(bill(actions=[]), at="2026-02-04T12:00:00Z", listed=1)
    desk.keep(
        bill(actions=acts(FILED, ("2026-02-04", "Vetoed by Governor"))),
        Absence(**ABOUT | {"identifier": "HB 2"}, url="", status=404),
        at="2026-02-05T12:00:00Z",
    )
    desk.keep(
        order("EO 26-2", "2026-02-01", relations=[Relation(kind="rescinds", identifier="EO 25-1")]),
        at="2026-02-05T13:00:00Z",
        facts=FLORIDA,
    )
    desk.keep(bill(actions=acts(FILED)), at="2026-02-05T14:00:00Z", facts=aggregator())
    return desk


def test_a_rebuilt_store_is_the_store_row_by_row(lived: Desk) -> None:
    before = dump(lived.db.conn)
    assert {name for name, rows in before.items() if not rows} <= {
        "documents", "sponsors", "versions", "votes", "validators"
    }  # fmt: skip
    lived.db.close()
    told: list[str] = []
    count = rebuild(
        lived.runs,
        lived.path,
        knowledge(),
        told=lambda folder, outcome: told.append(f"{folder.parent.name} {outcome.status}"),
    )
    assert count == 8
    assert told[:4] == ["va ingested", "fl-orders ingested", "ice-287g ingested", "va refused"]
    again = open_store(lived.path)
    rebuilt = dump(again.conn)
    for name, rows in before.items():
        assert rebuilt[name] == rows, name
    assert find_problems(again) == []
    kept = open_store(lived.path.with_name("t.db.before-rebuild"))
    assert dump(kept.conn) == before
    assert not list(lived.path.parent.glob("*.rebuilding*"))


@pytest.mark.parametrize("damage", ["altered", "garbage", "missing"])
def test_a_damaged_folder_stops_it_and_the_old_store_stays(lived: Desk, damage: str) -> None:
    folder = sorted(lived.runs.glob("va/*"))[1]
    if damage == "missing":
        (folder / ITEMS).unlink()
    else:
        name = ITEMS if damage == "altered" else RECORD
        (folder / name).write_bytes(b"{}\n")
    before = dump(lived.db.conn)
    lived.db.close()
    content = lived.path.read_bytes()
    with pytest.raises(DamagedRun, match=str(folder)):
        rebuild(lived.runs, lived.path, knowledge())
    assert lived.path.read_bytes() == content
    assert dump(open_store(lived.path).conn) == before
    assert not list(lived.path.parent.glob("t.db.*"))


def test_half_runs_are_left_out(lived: Desk) -> None:
    (sorted(lived.runs.glob("va/*"))[-1] / RECORD).unlink()
    lived.db.close()
    assert rebuild(lived.runs, lived.path, knowledge()) == 7


@pytest.mark.parametrize("old", [b"", b"garbage " * 1_000, None])
def test_a_lost_or_ruined_store_is_rebuilt(lived: Desk, old: bytes | None) -> None:
    before = dump(lived.db.conn)
    lived.db.close()
    remove(lived.path)
    if old is not None:
        lived.path.write_bytes(old)
    rebuild(lived.runs, lived.path, knowledge())
    assert dump(open_store(lived.path).conn) == before
    if old:
        assert lived.path.with_name("t.db.before-rebuild").read_bytes() == old


def test_a_store_in_use_is_not_replaced(lived: Desk) -> None:
    other = sqlite3.connect(lived.path)
    assert other.execute("SELECT count(*) FROM runs").fetchone()[0] == 8
    lived.db.close()
    with pytest.raises(StoreError, match="another process is using it"):
        rebuild(lived.runs, lived.path, knowledge())
    other.close()
    assert not list(lived.path.parent.glob("*.rebuilding*"))
    assert rebuild(lived.runs, lived.path, knowledge()) == 8


def test_nothing_to_rebuild_from(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    desk.db.close()
    before = desk.path.read_bytes()
    with pytest.raises(StoreError, match="no finished run here"):
        rebuild(tmp_path / "none", desk.path, knowledge())
    assert desk.path.read_bytes() == before


def test_runs_kept_out_of_order_are_put_in_order(desk: Desk) -> None:
    desk.keep(bill(title="Second"), at="2026-02-03T12:00:00Z")
    assert desk.keep(bill(title="First"), at="2026-02-02T12:00:00Z").verdict == "skipped"
    desk.db.close()
    rebuild(desk.runs, desk.path, knowledge())
    again = open_store(desk.path).conn
    assert [tuple(row) for row in again.execute("SELECT kind, old, new FROM changes")] == [
        ("measure_new", "", "First"),
        ("title_changed", "First", "Second"),
    ]


def test_captures_are_rebuilt_with_their_runs(desk: Desk) -> None:
    folder = make_run(desk.runs, [bill()], at="2026-02-02T12:00:00Z", listed=100)
    archive(folder, [b"One", b"Two"])
    desk.ingest(folder)
    before = dump(desk.db.conn)
    assert len(before["captures"]) == 2
    desk.db.close()
    rebuild(desk.runs, desk.path, knowledge())
    assert dump(open_store(desk.path).conn) == before
