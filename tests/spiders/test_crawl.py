"""Crawls in child processes as production starts them: whatever kills one, its run has a verdict."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlite_utils import Database

import tracker.crawl
from tests.spiders.dying import CODES, HOME, facts_of
from tests.spiders.loopback import STARTED
from tracker.config import ConfigError, load_settings
from tracker.crawl import Crawled, Target, crawl, run_job
from tracker.ingest import Knowledge, ingest
from tracker.runs import CAPTURES, ITEMS, KNOWN, RECORD, check_items
from tracker.store import open_store

HERE = Path(__file__).parent
UNFINISHED = f"{ITEMS}.unfinished"


@pytest.fixture(autouse=True)
def children_know_the_dying_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = HERE.parents[1]
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("PYTHONPATH", f"{checkout}:{HERE}")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    recorded = [
        {"url": f"{HOME}{code}", "file": "page.html", "media_type": "text/html"} for code in CODES
    ]
    (folder / "answers.json").write_text(json.dumps(recorded))
    (folder / "page.html").write_text("<html>here</html>")
    return folder


def settings(tmp_path: Path, **given):  # type: ignore[no-untyped-def]
    return load_settings(runs=tmp_path / "runs", db=tmp_path / "tracker.db", jobs=2, **given)


def read(code: str, tmp_path: Path, answers: Path, **given: object) -> Crawled:
    return run_job(
        facts_of(code),
        settings(tmp_path, **given),
        runs=tmp_path / "runs",
        known=None,
        replay=answers,
        now=STARTED,
    )


def test_a_crawl_that_goes_well(tmp_path: Path, answers: Path) -> None:
    folder, record = read("well", tmp_path, answers)
    assert folder == tmp_path / "runs" / "well" / "20270111T150000Z"
    assert (record.verdict, record.reason) == ("ok", "1 listed, 0 read")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [CAPTURES, ITEMS, KNOWN, RECORD]
    )


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("killed", "the crawl died: killed by SIGKILL"),
        ("exits", "the crawl died: exit status 7: no message"),
        (
            "broken",
            "the crawl died: exit status 1:"
            " RuntimeError: an error of ours, before the first request",
        ),
    ],
)
def test_a_crawl_that_dies_is_failed_in_words_and_changes_nothing(
    tmp_path: Path, answers: Path, code: str, why: str
) -> None:
    folder, record = read(code, tmp_path, answers)
    assert (record.verdict, record.reason) == ("failed", why)
    assert (folder / ITEMS).read_bytes() == b""
    check_items(folder, record)
    db = open_store(tmp_path / "tracker.db", create=True)
    outcome = ingest(db, folder, Knowledge.shipped())
    assert (outcome.verdict, outcome.changes) == ("failed", 0)
    assert db["measures"].count == 0


def test_the_record_of_a_dead_crawl_keeps_the_permission(tmp_path: Path, answers: Path) -> None:
    given = {"permissions": {"killed": "Web office, 2027-01-04"}}
    _, record = read("killed", tmp_path, answers, **given)
    assert record.source.permission == "Web office, 2027-01-04"


def test_a_crawl_that_wants_too_much_memory_fails(tmp_path: Path, answers: Path) -> None:
    _, record = read("greedy", tmp_path, answers, memory_mb=1_024)
    assert record.verdict == "changed"
    assert "MemoryError" in record.reason


def test_an_import_that_fails_is_told(
    tmp_path: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "twisted").mkdir()
    (tmp_path / "twisted" / "__init__.py").write_text("raise ImportError('a broken installation')")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{HERE.parents[1]}")
    _, record = read("well", tmp_path, answers)
    assert (record.verdict, record.reason) == (
        "failed",
        "the crawl died: exit status 1: ImportError: a broken installation",
    )


def test_a_crawl_over_its_time_is_ended_though_deaf(
    tmp_path: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker.crawl, "_GRACE_SECONDS", 0.2)
    given = settings(tmp_path).model_copy(update={"time_limit": 3})
    began = dt.datetime.now(dt.UTC)
    _, record = run_job(
        facts_of("endless"), given, runs=tmp_path, known=None, replay=answers, now=STARTED
    )
    assert (record.verdict, record.reason) == (
        "failed",
        "the crawl died: still running after 3 s, ended",
    )
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=15)


def test_several_sources_at_a_time_and_one_death_stops_no_other(
    tmp_path: Path, answers: Path
) -> None:
    db = open_store(tmp_path / "tracker.db", create=True)
    codes = ("well", "killed", "exits", "broken")
    targets = [Target(facts_of(code), answers, STARTED) for code in codes]
    started: list[str] = []
    done = {
        target.facts.code: crawled.record.verdict
        for target, crawled in crawl(
            db,
            targets,
            settings(tmp_path),
            started=lambda target: started.append(target.facts.code),
        )
    }
    assert done == {"well": "ok", "killed": "failed", "exits": "failed", "broken": "failed"}
    assert sorted(started) == sorted(codes)
    assert len(list((tmp_path / "runs").glob("*/*"))) == 4


def test_without_a_contact_nobody_is_asked(tmp_path: Path) -> None:
    db = Database(memory=True)
    with pytest.raises(ConfigError, match="`contact` is not set"):
        next(crawl(db, [Target(facts_of("well"))], settings(tmp_path)))
    assert not (tmp_path / "runs").exists()
