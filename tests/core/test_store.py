"""The store's file: how it is opened, refused, locked, filled, copied and put back."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.core.desk import Desk, bill, dump
from tests.factory import make_run
from tracker.copies import backup_name, restore
from tracker.errors import DamagedStore, StoreError
from tracker.mounts import network_file_system
from tracker.schema import known_migrations, migrations
from tracker.store import backup, connect, find_problems, open_store, schema_version, writing

LATEST = len(known_migrations())


def bytes_of(path: Path) -> dict[str, bytes]:
    """The store's file and every file beside it."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def pragma(db: Database, name: str) -> object:
    return db.conn.execute(f"PRAGMA {name}").fetchone()[0]


# -- opening -------------------------------------------------------------------------------------


def test_every_connection_has_the_same_settings(desk: Desk) -> None:
    for db in (desk.db, open_store(desk.path)):
        assert pragma(db, "journal_mode") == "wal"
        assert pragma(db, "synchronous") == 2  # FULL
        assert pragma(db, "foreign_keys") == 1
        assert pragma(db, "busy_timeout") == 30_000
        assert pragma(db, "recursive_triggers") == 1
    assert schema_version(desk.db) == LATEST


def test_nobody_else_may_read_it_nor_its_journal(desk: Desk) -> None:
    desk.keep(bill())
    for suffix in ("", "-wal", "-shm"):
        assert mode(desk.path.with_name(desk.path.name + suffix)) == 0o600


def test_foreign_keys_are_kept(desk: Desk) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        desk.db.conn.execute("INSERT INTO actions VALUES (99, 0, '2026-01-02', '', 'x')")


def test_an_absent_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database here"):
        open_store(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_with_it(tmp_path: Path) -> None:
    open_store(tmp_path / "a" / "b" / "t.db", create=True).close()
    assert (tmp_path / "a" / "b" / "t.db").is_file()


@pytest.mark.parametrize(
    "content", [b"not a database\n" * 100, b"SQLite format 3\0" + b"\xff" * 200]
)
def test_what_is_no_database_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(content)
    for options in ({}, {"create": True}, {"migrate": True}):
        with pytest.raises(DamagedStore, match=r"t\.db: not a usable SQLite database"):
            open_store(path, **options)
    assert bytes_of(path) == {"t.db": content}


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    other.close()
    before = bytes_of(path)
    for options in ({}, {"create": True}, {"migrate": True}):
        with pytest.raises(StoreError, match="another program"):
            open_store(path, **options)
    assert bytes_of(path) == before


def test_a_folder_or_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open"):
        open_store(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="can't be made"):
        open_store(tmp_path / "file" / "t.db", create=True)


def test_a_newer_schema_is_refused_and_untouched(desk: Desk, tmp_path: Path) -> None:
    copy = backup(desk.db, tmp_path / "copy" / "t.db")
    newer = sqlite3.connect(copy)
    newer.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('tracker', 'm999_of_tomorrow', '2030-01-01')"
    )
    newer.commit()
    newer.close()
    before = bytes_of(copy)
    for options in ({}, {"migrate": True}, {"create": True}):
        with pytest.raises(StoreError, match=rf"newer version .*knows {LATEST}.*not touched"):
            open_store(copy, **options)
    assert bytes_of(copy) == before


def test_an_empty_file_needs_a_word(tmp_path: Path) -> None:
    """A creation that was killed leaves one."""
    path = tmp_path / "t.db"
    path.touch()
    with pytest.raises(StoreError, match="tracker db migrate"):
        open_store(path)
    assert bytes_of(path) == {"t.db": b""}
    open_store(path, create=True).close()
    assert open_store(path).table_names()


def test_a_creation_killed_in_between_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    migrations.ensure_migrations_table(Database(sqlite3.connect(path)))
    with pytest.raises(StoreError, match="tracker db migrate"):
        open_store(path)
    db = open_store(path, create=True)
    assert (schema_version(db), find_problems(db)) == (LATEST, [])


def test_a_link_leads_to_the_store(desk: Desk, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(desk.path)
    assert schema_version(open_store(link)) == LATEST


NOBODY = 65_534


def refusal_without_rights(path: Path) -> str:
    """What opening the store says to a user whom the mode of files binds, as it does not bind root."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            open_store(path)
            said = "opened"
        except StoreError as error:
            said = str(error)
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"), [(0o444, 0o755), (0o666, 0o555)], ids=["file", "folder"]
)
def test_what_cant_be_written_is_refused(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "t.db"
        open_store(path, create=True).close()
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        assert f"{path}: " in (said := refusal_without_rights(path))
        assert "can't be written" in said or "unable to open" in said
        folder.chmod(0o700)


def test_a_connection_that_may_not_write_says_so(desk: Desk) -> None:
    """As on a read-only disk, for a test that root runs as well."""
    folder = make_run(desk.runs, [bill()])
    desk.db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="can't be written"):
        desk.ingest(folder)
    desk.db.conn.execute("PRAGMA query_only = OFF")
    assert desk.ingest(folder).status == "ingested"


# -- network file systems ------------------------------------------------------------------------

MOUNTS = """\
overlay / overlay rw 0 0
proc /proc proc rw 0 0
server:/export /net nfs4 rw 0 0
/dev/sdb1 /net/local ext4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
user@host:/ /home/me/far fuse.sshfs rw 0 0
/dev/sdc1 /hidden ext4 rw 0 0
server:/x /hidden nfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/t.db", ""),
        ("/net/t.db", "nfs4"),
        ("/net/deep/er/t.db", "nfs4"),
        ("/network/t.db", ""),
        ("/net/local/t.db", ""),
        ("/mnt/my share/t.db", "cifs"),
        ("/home/me/far/t.db", "fuse.sshfs"),
        ("/home/me/t.db", ""),
        ("/hidden/t.db", "nfs"),
    ],
)
def test_the_mount_that_holds_a_path(path: str, kind: str) -> None:
    assert network_file_system(Path(path), MOUNTS) == kind


def test_without_a_mount_table_nothing_is_refused() -> None:
    assert network_file_system(Path("/data/t.db"), "") == ""


# -- writing -------------------------------------------------------------------------------------


def test_a_write_that_fails_keeps_nothing(desk: Desk) -> None:
    before = dump(desk.db.conn)

    def write_and_stop() -> None:
        with writing(desk.db) as connection:
            connection.execute("INSERT INTO validators VALUES ('va', 'u', '', '')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert dump(desk.db.conn) == before
    assert not desk.db.conn.in_transaction


def test_a_full_disk_keeps_nothing_of_the_run(desk: Desk) -> None:
    desk.keep(bill())
    before = dump(desk.db.conn)
    pages = pragma(desk.db, "page_count")
    desk.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    many = [bill(f"HB {number}", abstract="words " * 200) for number in range(1, 200)]
    folder = make_run(desk.runs, many, at="2026-02-03T12:00:00Z", listed=200)
    with pytest.raises(StoreError, match="the disk is full; nothing was kept"):
        desk.ingest(folder)
    assert dump(desk.db.conn) == before
    assert find_problems(desk.db) == []
    desk.db.conn.execute("PRAGMA max_page_count = 1000000")
    assert desk.ingest(folder).tally.new == 199


_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_the_lock_of_another_process_is_told(desk: Desk) -> None:
    folder = make_run(desk.runs, [bill()])
    desk.db.conn.execute("PRAGMA busy_timeout = 50")
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, desk.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another process is using it; try again"):
            desk.ingest(folder)
        assert desk.rows("SELECT * FROM runs") == []  # readers are not kept out
        other.communicate("")
    assert desk.ingest(folder).status == "ingested"


def test_a_reader_does_not_keep_the_writer_out(desk: Desk) -> None:
    desk.keep(bill())
    reader = open_store(desk.path)
    reader.conn.execute("BEGIN")
    assert reader.conn.execute("SELECT count(*) FROM measures").fetchone()[0] == 1
    desk.keep(bill("HB 2"), at="2026-02-03T12:00:00Z")
    assert reader.conn.execute("SELECT count(*) FROM measures").fetchone()[0] == 1
    reader.conn.execute("COMMIT")
    assert reader.conn.execute("SELECT count(*) FROM measures").fetchone()[0] == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET new = 'x'",
        "UPDATE changes SET id = id + 1",
        "DELETE FROM changes",
        "DELETE FROM changes WHERE id = 1",
        "REPLACE INTO changes SELECT * FROM changes WHERE id = 1",
        "INSERT OR REPLACE INTO changes SELECT * FROM changes",
        "INSERT INTO changes SELECT * FROM changes WHERE true ON CONFLICT (id) DO UPDATE SET new = 'x'",
    ],
)  # fmt: skip
def test_the_log_is_only_added_to(desk: Desk, statement: str) -> None:
    desk.keep(bill(), bill("HB 2"))
    before = dump(desk.db.conn)["changes"]
    with pytest.raises(sqlite3.IntegrityError, match="append-only: a correction is a new row"):
        desk.db.conn.execute(statement)
    assert dump(desk.db.conn)["changes"] == before


# -- copies --------------------------------------------------------------------------------------


def test_a_copy_of_a_store_being_written_to_is_whole(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    before = dump(desk.db.conn)
    writer = open_store(desk.path)
    writer.conn.execute("BEGIN IMMEDIATE")
    writer.conn.execute("INSERT INTO validators VALUES ('va', 'u', '', '')")
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    writer.conn.execute("COMMIT")
    assert mode(copy) == 0o600
    assert [one.name for one in copy.parent.iterdir()] == ["copy.db"]
    read = sqlite3.connect(f"file:{copy}?mode=ro", uri=True)
    assert dump(read) == before
    assert read.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert desk.one("SELECT count(*) FROM validators") == 1


def test_a_damaged_copy_is_refused_and_the_last_one_stays(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    before = bytes_of(copy)
    desk.db.conn.execute("PRAGMA foreign_keys = OFF")
    desk.db.conn.execute("DELETE FROM measures")
    with pytest.raises(
        DamagedStore, match=r"copy is damaged: row 1 of \w+ names a row of measures"
    ):
        backup(desk.db, copy)
    assert bytes_of(copy) == before


def test_a_restored_copy_is_the_store_and_the_replaced_one_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    """The rehearsal: a copy of yesterday, a day of work, and back."""
    desk.keep(bill())
    yesterday = dump(desk.db.conn)
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    copied = bytes_of(copy)
    second = make_run(desk.runs, [bill("HB 2")], at="2026-02-03T12:00:00Z", listed=100)
    desk.ingest(second)
    today = dump(desk.db.conn)
    desk.db.close()
    restore(copy, desk.path)
    store = open_store(desk.path)
    assert dump(store.conn) == yesterday
    assert mode(desk.path) == 0o600
    assert bytes_of(copy) == copied
    kept = open_store(desk.path.with_name("t.db.before-restore"))
    assert dump(kept.conn) == today
    desk.db = store
    assert desk.ingest(second).status == "ingested"
    assert dump(store.conn) == today


def test_a_copy_is_restored_where_there_is_no_store(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    copy = backup(desk.db, tmp_path / "copy.db")
    restore(copy, tmp_path / "new.db")
    assert dump(open_store(tmp_path / "new.db").conn) == dump(desk.db.conn)
    assert not (tmp_path / "new.db.before-restore").exists()


def test_a_damaged_store_is_replaced_and_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    expected = dump(desk.db.conn)
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    desk.db.close()
    desk.path.write_bytes(b"\0" * 5_000)
    restore(copy, desk.path)
    assert dump(open_store(desk.path).conn) == expected
    assert desk.path.with_name("t.db.before-restore").read_bytes() == b"\0" * 5_000


@pytest.mark.parametrize("damage", ["zeros", "cut", "garbage", "empty", "page"])
def test_a_damaged_copy_is_not_restored(desk: Desk, tmp_path: Path, damage: str) -> None:
    desk.keep(*[bill(f"HB {number}") for number in range(200)])
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    whole = copy.read_bytes()
    copy.write_bytes(
        {
            "zeros": b"\0" * len(whole),
            "cut": whole[: len(whole) // 2],
            "garbage": b"x" * 5_000,
            "empty": b"",
            "page": whole[:8_192] + b"\xff" * 4_096 * 8 + whole[8_192 + 4_096 * 8 :],
        }[damage]
    )
    before = dump(desk.db.conn)
    with pytest.raises(StoreError):
        restore(copy, desk.path)
    assert dump(open_store(desk.path).conn) == before
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == [
        "t.db",
        "t.db-shm",
        "t.db-wal",
    ]


def test_a_store_in_use_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    desk.keep(bill("HB 2"), at="2026-02-03T12:00:00Z")
    with pytest.raises(StoreError, match="another process is using it"):
        restore(copy, desk.path)
    assert desk.one("SELECT count(*) FROM measures") == 2
    desk.keep(bill("HB 3"), at="2026-02-04T12:00:00Z")
    assert find_problems(desk.db) == []


def test_a_newer_copy_is_not_restored(desk: Desk, tmp_path: Path) -> None:
    copy = backup(desk.db, tmp_path / "copies" / "copy.db")
    newer = sqlite3.connect(copy)
    newer.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('tracker', 'm999_of_tomorrow', '2030-01-01')"
    )
    newer.commit()
    newer.close()
    desk.db.close()
    before = bytes_of(desk.path)
    with pytest.raises(StoreError, match="newer version"):
        restore(copy, desk.path)
    assert bytes_of(desk.path) == before


def test_copies_are_named_by_their_moment(tmp_path: Path) -> None:
    now = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    assert backup_name(tmp_path, now) == tmp_path / "tracker-20260203T040506Z.db"


# -- migrations ----------------------------------------------------------------------------------


def test_from_nothing_every_migration_is_applied_and_recorded(tmp_path: Path) -> None:
    db = open_store(tmp_path / "t.db", create=True)
    assert [one.name for one in migrations.applied(db)] == [
        one.name for one in migrations.pending(Database(memory=True))
    ]
    assert migrations.pending(db) == []
    assert find_problems(db) == []


_TOMORROW = """
import sys
from pathlib import Path
from tracker.errors import StoreError
from tracker.schema import migrations
from tracker.store import backup, find_problems, open_store

path, copies = Path(sys.argv[1]), Path(sys.argv[2])
before = path.read_bytes()


@migrations()
def m998_of_tomorrow(db):
    db.conn.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")


try:
    open_store(path)
except StoreError as error:
    assert "schema {latest}, this program needs {more}. Run `tracker db migrate`" in str(error), error
assert path.read_bytes() == before
db = open_store(path, migrate=True, before_migration=copies / "one.db")
assert "extra" in db.table_names() and not find_problems(db)
db.close()
open_store(path, migrate=True, before_migration=copies / "none.db").close()


@migrations()
def m999_breaks(db):
    db.conn.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    raise RuntimeError("half-way")


try:
    open_store(path, migrate=True, before_migration=copies / "two.db")
except RuntimeError:
    print("broke")
"""


def test_a_schema_changes_after_a_checked_copy(desk: Desk, tmp_path: Path) -> None:
    """With the program of tomorrow: one more migration, then one that breaks half-way."""
    desk.keep(bill())
    today = dump(desk.db.conn)
    desk.db.close()
    script = _TOMORROW.replace("{latest}", str(LATEST)).replace("{more}", str(LATEST + 1))
    copies = tmp_path / "copies"
    ran = subprocess.run(
        [sys.executable, "-c", script, desk.path, copies],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ran.stdout, ran.stderr) == ("broke\n", "")
    assert sorted(one.name for one in copies.iterdir()) == ["one.db", "two.db"]
    for copy, has_extra in (("one.db", False), ("two.db", True)):
        assert mode(copies / copy) == 0o600
        read = sqlite3.connect(copies / copy)
        found = dump(read)
        assert ("extra" in found) == has_extra
        assert {name: found[name] for name in today} == today
    after = sqlite3.connect(desk.path)
    assert "half" not in dump(after)
    assert after.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (LATEST + 1,)


def test_the_copy_of_an_older_schema_is_put_back(desk: Desk, tmp_path: Path) -> None:
    """By the program of tomorrow; what is put back then asks for its migration."""
    desk.keep(bill())
    copy = backup(desk.db, tmp_path / "copy.db")
    script = (
        "import sys\nfrom pathlib import Path\nfrom tracker.copies import restore\n"
        "from tracker.schema import migrations\nfrom tracker.store import open_store\n"
        "migrations()(lambda db: db.conn.execute('CREATE TABLE extra (id INTEGER)'))\n"
        "restore(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print('extra' in open_store(Path(sys.argv[2]), migrate=True).table_names())\n"
    )
    target = tmp_path / "new.db"
    ran = subprocess.run(
        [sys.executable, "-c", script, copy, target],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ran.stdout, ran.stderr) == ("True\n", "")
    restored = dump(sqlite3.connect(target))
    assert {name: rows for name, rows in restored.items() if name != "extra"} == dump(desk.db.conn)


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    connection.execute("CREATE TABLE changes (id INTEGER PRIMARY KEY)")
    with pytest.raises(sqlite3.OperationalError, match="changes already exists"):
        migrations.apply(Database(connection))
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {row[0] for row in found} == {"changes", "_sqlite_migrations"}
    assert connection.execute("SELECT * FROM _sqlite_migrations").fetchall() == []
    assert not connection.in_transaction


@pytest.mark.parametrize("stopped_after", range(1, len(known_migrations())))
def test_a_creation_that_was_killed_is_finished_by_the_next(
    tmp_path: Path, stopped_after: int
) -> None:
    path = tmp_path / "t.db"
    half = connect(path)
    migrations.apply(half, stop_before=sorted(known_migrations())[stopped_after])
    half.close()
    db = open_store(path, create=True)
    assert schema_version(db) == len(known_migrations())
