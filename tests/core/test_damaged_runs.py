"""Run folders that are half, cut, altered or garbage: named, never ingested, the store as before."""

from __future__ import annotations

import random
import shutil
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.core.desk import Desk, acts, bill
from tests.core.warc import archive
from tests.factory import make_run
from tracker.errors import DamagedRun
from tracker.model import Listing
from tracker.runs import (
    CAPTURES,
    ITEMS,
    RECORD,
    ItemWriter,
    RunRecord,
    read_items,
    read_record,
    run_folder,
    run_folders,
    write_record,
)
from tracker.verify import damaged_runs

ITEM = bill(actions=acts(("2026-01-02", "Filed")))


def finished(desk: Desk, count: int = 3) -> Path:
    bills = [bill(f"HB {number}", title=f"Fictional {number}") for number in range(1, count + 1)]
    return make_run(desk.runs, bills, at="2026-02-03T12:00:00Z", listed=100)


def with_lines(folder: Path, *lines: bytes) -> None:
    """Lines that the record vouches for: what another version of the program wrote."""
    content = b"".join(line + b"\n" for line in lines)
    (folder / ITEMS).write_bytes(content)
    record = read_record(folder)
    write_record(folder, msgspec.structs.replace(record, items_sha256=sha256(content).hexdigest()))


def refused(desk: Desk, folder: Path) -> str:
    """The words of the refusal, once it is sure that the store's file did not change by a byte."""
    desk.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = desk.path.read_bytes()
    with pytest.raises(DamagedRun) as caught:
        desk.ingest(folder)
    desk.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert desk.path.read_bytes() == before
    return str(caught.value)


@pytest.fixture(autouse=True)
def _something_known(desk: Desk) -> None:
    desk.keep(bill("HB 1", title="Fictional, before"))


def test_a_half_run(desk: Desk) -> None:
    folder = finished(desk)
    (folder / RECORD).unlink()
    assert refused(desk, folder) == (
        f"{folder}: no run.json: the crawl did not finish. Crawl the source again."
    )
    assert list(run_folders(desk.runs)) == [desk.runs / "va" / "20260202T120000Z"]


@pytest.mark.parametrize("name", ["", "run.json.part"])
def test_no_folder_or_a_record_half_written(desk: Desk, name: str) -> None:
    folder = desk.runs / "va" / "20260204T120000Z"
    if name:
        folder.mkdir()
        (folder / name).write_text("{")
    assert "no run.json" in refused(desk, folder)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"\0" * 100, b'{"verdict": "ok"}'],
)
def test_a_garbage_record(desk: Desk, content: bytes) -> None:
    folder = finished(desk)
    (folder / RECORD).write_bytes(content)
    assert refused(desk, folder).startswith(f"{folder / RECORD}: ")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b'"verdict": "ok"', b'"verdict": "fine"', "verdict"),
        (b'"verdict": "ok"', b'"verdict": "ok", "colour": "red"', "colour"),
        (b'"started_at": "2026-02-03T12:00:00Z"', b'"started_at": "2026-02-03T12:00:00"',
         "started_at"),
        (b'"code": "va"', b'"code": "../va"', "code"),
        (b'"code": "va"', b'"code": "va\\n"', "code"),
        (b'"listed": 100', b'"listed": "many"', "listed"),
    ],
)  # fmt: skip
def test_a_record_of_another_form(desk: Desk, old: bytes, new: bytes, where: str) -> None:
    folder = finished(desk)
    content = (folder / RECORD).read_bytes()
    assert old in content
    (folder / RECORD).write_bytes(content.replace(old, new))
    assert where in refused(desk, folder)


def test_a_record_too_large_to_be_one(desk: Desk) -> None:
    folder = finished(desk)
    with (folder / RECORD).open("r+b") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert "larger than" in refused(desk, folder)


def test_missing_items(desk: Desk) -> None:
    folder = finished(desk)
    (folder / ITEMS).unlink()
    assert refused(desk, folder) == f"{folder / ITEMS}: missing, though run.json names it."


@pytest.mark.parametrize("seed", range(6))
def test_items_cut_anywhere(desk: Desk, seed: int) -> None:
    folder = finished(desk)
    content = (folder / ITEMS).read_bytes()
    (folder / ITEMS).write_bytes(content[: random.Random(seed).randrange(len(content))])
    told = refused(desk, folder)
    assert told.startswith(f"{folder / ITEMS}: truncated or altered (SHA-256 ")
    assert told.endswith("Crawl again, or restore the folder.")


@pytest.mark.parametrize("seed", range(6))
def test_one_byte_of_the_items_altered(desk: Desk, seed: int) -> None:
    folder = finished(desk)
    content = bytearray((folder / ITEMS).read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 1
    (folder / ITEMS).write_bytes(content)
    assert "truncated or altered" in refused(desk, folder)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "line 2"),
        (b"null", "line 2"),
        (b'{"captures":{},"item":}', "line 2"),
        (b'{"captures":{},"item":{"type":"rumour"}}', "rumour"),
        (b'{"captures":{},"item":{"type":"measure"}}', "jurisdiction"),
        (b'{"captures":{},"item":{"type":"measure","jurisdiction":"us-va","session":"2026",'
         b'"identifier":"HB 7","colour":"red"}}', "colour"),
        (b'{"captures":{},"item":{"type":"measure","jurisdiction":"us-va","session":"2026",'
         b'"identifier":"HB 7","url":"javascript:alert(1)"}}', "url"),
        (b'{"captures":{},"item":{"type":"listing","jurisdiction":"us-va","session":"2026",'
         b'"identifier":"HB 7","title":null}}', "title"),
        (b'{"captures":{},"item":{"type":"measure","jurisdiction":"us-va","session":"2026",'
         b'"identifier":"HB 7","title":"\xff"}}', "utf-8"),
        (b'{"captures":{},"item":{"jurisdiction":"us-va","session":"2026",'
         b'"identifier":"HB 7","type":"measure"}}', "does not begin with its type"),
    ],
)  # fmt: skip
def test_lines_that_this_version_does_not_read(desk: Desk, line: bytes, words: str) -> None:
    folder = finished(desk)
    first, *_ = (folder / ITEMS).read_bytes().splitlines()
    with_lines(folder, first, line)
    told = refused(desk, folder)
    assert str(folder) in told
    assert words in told


def test_what_came_before_the_bad_line_is_not_kept(desk: Desk) -> None:
    folder = finished(desk, count=600)
    lines = (folder / ITEMS).read_bytes().splitlines()
    with_lines(folder, *lines, b'{"captures":{},"item":{"type":"rumour"}}')
    refused(desk, folder)
    assert desk.one("SELECT count(*) FROM measures") == 1
    with_lines(folder, *lines)
    assert desk.ingest(folder).tally.new == 599


def test_what_is_written_is_what_is_read(desk: Desk) -> None:
    listing = Listing(jurisdiction="us-va", session="2026", identifier="HB 7", title="T")
    folder = make_run(desk.runs, [ITEM, listing], at="2026-02-05T12:00:00Z")
    assert [seen.read() for seen in read_items(folder)] == [ITEM, listing]
    assert read_record(folder).items == {"measure": 1, "listing": 1}


def test_a_run_is_never_written_over(desk: Desk) -> None:
    folder = finished(desk)
    with pytest.raises(FileExistsError):
        ItemWriter(folder)


def test_runs_are_found_oldest_first_whatever_their_source(tmp_path: Path) -> None:
    from tests.factory import source

    for code, at in (("wa", "2026-02-02"), ("va", "2026-02-03"), ("va", "2026-02-01")):
        make_run(tmp_path, [], at=f"{at}T12:00:00Z", facts=source(code))
    assert [f"{one.parent.name}/{one.name}" for one in run_folders(tmp_path)] == [
        "va/20260201T120000Z",
        "wa/20260202T120000Z",
        "va/20260203T120000Z",
    ]


def test_the_folder_of_a_run_is_named_in_utc(tmp_path: Path) -> None:
    import datetime as dt

    began = dt.datetime.fromisoformat("2026-02-02T20:00:00-05:00")
    assert run_folder(tmp_path, "va", began) == tmp_path / "va" / "20260203T010000Z"


# -- the archive ---------------------------------------------------------------------------------

BODIES = [b"<html>One</html>" * 50, b"<html>Two</html>" * 50, random.Random(7).randbytes(3_000)]


@pytest.fixture
def archived(desk: Desk) -> Path:
    shutil.rmtree(desk.runs)
    desk.db.conn.execute("PRAGMA foreign_keys = OFF")
    for table in ("measures", "captures", "runs"):
        desk.db.conn.execute(f"DELETE FROM {table}")
    desk.db.conn.execute("PRAGMA foreign_keys = ON")
    folder = finished(desk)
    archive(folder, BODIES)
    desk.ingest(folder)
    return folder


def test_a_sound_run_has_no_problem(desk: Desk, archived: Path) -> None:
    assert damaged_runs(desk.db, desk.runs) == []


def test_a_missing_archive(desk: Desk, archived: Path) -> None:
    (archived / CAPTURES).unlink()
    assert damaged_runs(desk.db, desk.runs) == [
        f"{archived / CAPTURES}: missing, though the run names 3 captures."
    ]


def test_a_missing_folder_and_altered_items(desk: Desk, archived: Path) -> None:
    second = make_run(desk.runs, [], at="2026-02-06T12:00:00Z", listed=100)
    desk.ingest(second)
    shutil.rmtree(second)
    with (archived / ITEMS).open("ab") as file:
        file.write(b"\n")
    first, missing = damaged_runs(desk.db, desk.runs)
    assert first.startswith(f"{archived / ITEMS}: truncated or altered")
    assert missing.startswith(f"{second}: no run.json")


def test_a_body_replaced(desk: Desk, archived: Path) -> None:
    record = read_record(archived)
    archive(archived, [BODIES[0], b"<html>Another</html>", BODIES[2]])
    write_record(archived, record)
    assert damaged_runs(desk.db, desk.runs) == [
        f"{archived / CAPTURES}: 1 captures are not in it as they were recorded."
    ]


@pytest.mark.parametrize("seed", range(60))
def test_an_archive_cut_or_altered_anywhere(desk: Desk, archived: Path, seed: int) -> None:
    """Found, unless nothing that was archived is lost: a gzip trailer, a time stamp."""
    rng = random.Random(seed)
    content = bytearray((archived / CAPTURES).read_bytes())
    at = rng.randrange(len(content) - 1)
    if seed % 2:
        del content[at:]
    else:
        content[at] ^= 1 << rng.randrange(8)
    (archived / CAPTURES).write_bytes(content)
    found = damaged_runs(desk.db, desk.runs)
    assert all(str(archived / CAPTURES) in one for one in found)
    assert len(found) == 1 or _bodies_are_whole(archived)


def _bodies_are_whole(folder: Path) -> bool:
    """Read as a replay would read it."""
    from spiders.archive import read_warc

    return [body for _, body in read_warc(folder / CAPTURES)] == BODIES


@pytest.mark.parametrize(
    "content", [b"", b"WARC/1.0\r\n", b"not a WARC\n" * 50, b"\x1f\x8b" + b"\0" * 50]
)
def test_an_archive_that_is_none(desk: Desk, archived: Path, content: bytes) -> None:
    (archived / CAPTURES).write_bytes(content)
    (told,) = damaged_runs(desk.db, desk.runs)
    assert told.startswith(f"{archived / CAPTURES}: ")


def test_a_record_that_is_valid_msgspec_is_whole(desk: Desk) -> None:
    record = read_record(finished(desk))
    assert isinstance(record, RunRecord)
    assert (record.good, record.seen_at) == (True, "2026-02-03T12:00:00Z")
