"""A page recorded as a test case: the case then passes the suite's own test of it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import tests.test_recordings as suite
from spiders.registry import source_class
from tracker.config import Settings, load_settings
from tracker.errors import TrackerError
from tracker.record import record_case

MN = Path(suite.__file__).parent / "recordings" / "mn" / "bill"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(runs=tmp_path / "runs", db=tmp_path / "tracker.db")


def answers(folder: Path, url: str, **answer: object) -> Path:
    folder.mkdir()
    (folder / "answers.json").write_text(json.dumps([{"url": url, **answer}]))
    return folder


def test_a_page_becomes_a_case(tmp_path: Path, settings: Settings) -> None:
    case = msgspec.json.decode((MN / "case.json").read_bytes())
    replay = answers(tmp_path / "answers", case["url"], file="page.html")
    (replay / "page.html").write_bytes((MN / case["file"]).read_bytes())
    target = tmp_path / "mn" / "another"
    folder, items = record_case(
        source_class("mn").facts, case["url"], target, settings, replay=replay
    )
    assert folder == target
    assert items == len((MN / "expected.jsonl").read_text().splitlines())
    assert (folder / "body.html").read_bytes() == (MN / case["file"]).read_bytes()
    suite.test_reads_all_of_it(folder)
    for damage in ("no landmark", "empty body", "cut off", "wrong type"):
        suite.test_a_broken_page_raises(folder, damage)


def test_a_page_that_is_refused_becomes_a_case_of_its_refusal(
    tmp_path: Path, settings: Settings
) -> None:
    url = msgspec.json.decode((MN / "case.json").read_bytes())["url"]
    replay = answers(tmp_path / "answers", url, file="page.html")
    (replay / "page.html").write_text("<html><title>Just a moment...</title></html>")
    folder, items = record_case(
        source_class("mn").facts, url, tmp_path / "mn" / "wall", settings, replay=replay
    )
    assert items == 0
    assert not (folder / "expected.jsonl").exists()
    suite.test_refuses_and_says_why(folder)


def test_a_case_that_exists_is_not_written_over(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(TrackerError, match="is there already; choose another name"):
        record_case(source_class("mn").facts, "https://www.revisor.mn.gov/", tmp_path, settings)


def test_an_address_of_another_host_is_not_asked(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(TrackerError, match=r"example\.org is not one of"):
        record_case(
            source_class("mn").facts,
            "https://example.org/",
            tmp_path / "case",
            settings,
            replay=answers(tmp_path / "answers", "https://example.org/"),
        )
    assert not (tmp_path / "case").exists()
