"""Every recorded case of every source: the real reader, the whole output.

A case is a folder `tests/recordings/<source>/<case>/` with

* `case.json`: `url` and `file`, and where they matter `status`, `media_type`, `today`, `context`,
  `known`; or `raises` (`blocked`, `changed`, `suspect`, `failed`) with `says`, a part of the message;
* the body, in the site's true form;
* `expected.jsonl`: all that the page method yields, in order; requests as `{"request": url}`.

Each case that is read is also broken in ways a site breaks, and must then raise, not return less.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Source
from spiders.known import Known
from spiders.reading import SourceError
from spiders.registry import source_class, source_classes
from tracker.model import to_json

ROOT = Path(__file__).parent / "recordings"
CASES = sorted(path.parent for path in ROOT.glob("*/*/case.json"))


class Case(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    file: str
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    today: dt.date = dt.date(2026, 2, 2)
    context: dict[str, Any] = {}
    known: Known = Known()
    raises: str = ""
    says: str = ""


def load(folder: Path) -> tuple[Source, Answer, Case]:
    case = msgspec.json.decode((folder / "case.json").read_bytes(), type=Case)
    source = source_class(folder.parent.name)(today=case.today, known=case.known)
    body = (folder / case.file).read_bytes()
    answer = Answer(case.url, body, case.status, {"content-type": case.media_type}, case.context)
    return source, answer, case


def told(thing: Any) -> Any:
    if isinstance(thing, Request):
        return {"request": thing.url}
    return json.loads(to_json(thing))


def name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


READ = [folder for folder in CASES if (folder / "expected.jsonl").exists()]
REFUSED = [folder for folder in CASES if folder not in READ]


@pytest.mark.parametrize("folder", READ, ids=name)
def test_reads_all_of_it(folder: Path) -> None:
    source, answer, _ = load(folder)
    expected = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    assert [told(thing) for thing in source.read(answer)] == expected
    if not expected:
        assert source.empty_proof, "an empty page must carry the site's own proof"


@pytest.mark.parametrize("folder", REFUSED, ids=name)
def test_refuses_and_says_why(folder: Path) -> None:
    source, answer, case = load(folder)
    with pytest.raises(SourceError) as raised:
        list(source.read(answer))
    assert raised.value.kind == case.raises
    assert raised.value.url == case.url
    assert case.says in str(raised.value)


@pytest.mark.parametrize("folder", READ, ids=name)
@pytest.mark.parametrize("damage", ["no landmark", "empty body", "cut off", "wrong type"])
def test_a_broken_page_raises(folder: Path, damage: str) -> None:
    source, answer, _ = load(folder)
    page = source.page_of(answer.url)
    if page.absent and answer.status in {404, 410}:
        pytest.skip("an absence has no page to break")
    body = {
        "no landmark": lambda: _without(page, answer.body),
        "empty body": lambda: b"",
        "cut off": lambda: answer.body[: int(len(answer.body) * 0.6)],
        "wrong type": lambda: b"%PDF-1.7 not what was asked for",
    }[damage]()
    broken = Answer(answer.url, body, answer.status, answer.headers, answer.context)
    with pytest.raises(SourceError):
        list(source.read(broken))


def _without(page: Any, body: bytes) -> bytes:
    bare = page.landmark.sub(b"", body)
    return page.empty.sub(b"", bare) if page.empty else bare


def test_every_source_has_cases() -> None:
    with_cases = {folder.parent.name for folder in CASES}
    assert set(source_classes()) <= with_cases


def test_every_folder_is_a_source() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert folders <= set(source_classes())


def test_identifiers_are_tidy() -> None:
    """One spelling everywhere: one space, no dots, no padding but after a dash (`EO 25-03`)."""
    for folder in READ:
        for line in (folder / "expected.jsonl").read_text().splitlines():
            identifier = json.loads(line).get("identifier", "")
            assert not re.search(r"(?<!-)\b0\d|\s\s|\.\s*\d", identifier), (
                f"{name(folder)}: {identifier}"
            )
