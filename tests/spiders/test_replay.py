"""`tracker replay` of whole runs of real sources: the same items, or what is wrong with the captures."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from spiders.registry import source_class
from tracker.config import Settings, load_settings
from tracker.crawl import Crawled, run_job
from tracker.demo import load_plan
from tracker.errors import DamagedRun
from tracker.paths import shipped
from tracker.replay import replay
from tracker.runs import CAPTURES, ITEMS

ROUND = load_plan().rounds[0]
# Pages one after the other, ZIP files, files in sequence, SOAP by POST.
KINDS = ("federal-register", "us", "va", "wa")
SOURCES = {reading.source: reading.now for reading in ROUND.sources if reading.source in KINDS}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("replay")
    return load_settings(runs=folder / "runs", db=folder / "tracker.db", contact="tests")


def crawled(code: str, settings: Settings) -> Crawled:
    return run_job(
        source_class(code).facts,
        settings,
        runs=settings.runs,
        known=None,
        replay=shipped("db") / "demo" / ROUND.name / code,
        now=SOURCES[code],
    )


@pytest.mark.parametrize("code", sorted(SOURCES))
def test_each_source_reads_the_same_from_its_captures(
    code: str, settings: Settings, tmp_path: Path
) -> None:
    first = crawled(code, settings)
    again = replay(first.folder, tmp_path, settings)
    assert first.record.verdict == again.after.verdict == "ok"
    assert (again.missing, again.added) == (0, 0)
    assert (again.folder / ITEMS).read_bytes() == (first.folder / ITEMS).read_bytes()
    assert (again.folder.parent.name, again.folder.name) == (code, first.folder.name)
    assert (again.after.started_at, again.after.finished_at) == (
        first.record.started_at,
        first.record.finished_at,
    )


@pytest.fixture(scope="module")
def good(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    elsewhere = settings.model_copy(update={"runs": tmp_path_factory.mktemp("good")})
    return crawled("federal-register", elsewhere).folder


def copy(run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run, tmp_path / "damaged" / run.parent.name / run.name))


def test_a_run_without_its_captures_is_told(good: Path, settings: Settings, tmp_path: Path) -> None:
    damaged = copy(good, tmp_path)
    (damaged / CAPTURES).unlink()
    with pytest.raises(DamagedRun, match=r"no captures\.warc\.gz: nothing to read again"):
        replay(damaged, tmp_path / "out", settings)


@pytest.mark.parametrize("left", [0.0, 0.3, 0.99])
def test_captures_that_are_cut_off_are_told(
    good: Path, settings: Settings, tmp_path: Path, left: float
) -> None:
    damaged = copy(good, tmp_path)
    whole = (damaged / CAPTURES).read_bytes()
    (damaged / CAPTURES).write_bytes(whole[: int(len(whole) * left)])
    with pytest.raises(DamagedRun):
        replay(damaged, tmp_path / "out", settings)
    assert not (tmp_path / "out").exists()


def test_captures_that_end_too_early_between_two_answers_are_told(
    good: Path, settings: Settings, tmp_path: Path
) -> None:
    damaged = copy(good, tmp_path)
    whole = (damaged / CAPTURES).read_bytes()
    # Each answer is a gzip member of its own.
    (damaged / CAPTURES).write_bytes(whole[: whole.rindex(b"\x1f\x8b\x08")])
    assert gzip.decompress((damaged / CAPTURES).read_bytes())
    with pytest.raises(DamagedRun, match="captures are missing"):
        replay(damaged, tmp_path / "out", settings)
