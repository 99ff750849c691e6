"""Lists of orders that are JSON: paths into rows, and what is not there."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from spiders.answer import Answer
from spiders.governors.entry_checks import read_table
from spiders.governors.families.listed import ListedOrders
from spiders.governors.table import source_of
from spiders.reading import PageChanged
from tracker.model import Measure

URL = "https://governor.example/api/orders?all=1"
ENTRY = """
governor-xx:
  jurisdiction: us-xx
  name: "[Fictional] Governor of Example"
  home: https://governor.example/orders
  family: json_list
  status: unverified
  evidence: "made for this test, of no real site"
  hosts: [governor.example]
  addresses: ["https://governor.example/api/orders?all=1"]
  accept: application/json;odata=verbose
  numbers: YYYY-NN
  requests: {first: 1, quiet: 1, busy: 1}
  terms: [{governor: A. Example, from: 2025-01-01, until: 2029-01-01}]
  row:
    each: d.results
    landmark: '"results"'
    link: {at: file.url}
    number: {at: html}
    title: {at: html note}
    day: {at: day, like: '^(\\d{4}-\\d\\d-\\d\\d)T'}
    days: ["%Y-%m-%d"]
    leave_out: {an example that is left out: '^Letter'}
"""


def example(tmp_path: Path, entry: str = ENTRY) -> ListedOrders:
    path = tmp_path / "governors.yaml"
    path.write_text(entry)
    made = source_of("governor-xx", read_table(path)["governor-xx"])(today=dt.date(2026, 9, 20))
    assert isinstance(made, ListedOrders)
    return made


def row(html: str | None = "<h3>Executive Order 2026-7</h3>", **more: Any) -> dict[str, Any]:
    told = {"html": html, "note": None, "day": "2026-03-09T10:00:00Z", "file": {"url": "/eo.pdf"}}
    return {**told, **more}


def answer(*rows: Any) -> Answer:
    return Answer(URL, json.dumps({"d": {"results": rows}}).encode(), 200)


def test_a_list_is_asked_for_in_its_form(tmp_path: Path) -> None:
    (request,) = example(tmp_path).begin()
    assert (request.url, request.headers["Accept"]) == (URL, b"application/json;odata=verbose")


def test_values_stand_at_paths_and_tags_are_read_as_words(tmp_path: Path) -> None:
    read = example(tmp_path).read(answer(row(note="[Fictional] a < b"), row("Letter 1")))
    (order,) = [thing for thing in read if isinstance(thing, Measure)]
    assert order.identifier == "EO 2026-07"
    assert order.title == "Executive Order 2026-7 [Fictional] a < b"
    assert order.url == "https://governor.example/eo.pdf"
    assert (order.issued_on, order.issuer) == (dt.date(2026, 3, 9), "A. Example")


def test_a_list_may_be_the_answer_itself(tmp_path: Path) -> None:
    flat = ENTRY.replace("each: d.results", 'each: "."')
    body = json.dumps([row(note="results")]).encode()
    (order,) = example(tmp_path, flat).read(Answer(URL, body, 200))
    assert isinstance(order, Measure)


@pytest.mark.parametrize(
    "wrong",
    [
        row(None),
        row("No number"),
        row(file=None),
        row(file={"address": "/eo.pdf"}),
        row(file="/eo.pdf"),
        row(day="9 March"),
        row(note=["[Fictional] a list"]),
        {"html": "Executive Order 2026-7"},
        "Executive Order 2026-7",
        7,
    ],
)
def test_a_row_that_is_not_as_the_table_says_raises(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(PageChanged):
        list(example(tmp_path).read(answer(row(), wrong)))


@pytest.mark.parametrize(
    "body", ['{"d": {"results": []}}', '{"d": {"results": {}}}', '{"results": 1}']
)
def test_a_list_without_rows_raises(tmp_path: Path, body: str) -> None:
    with pytest.raises(PageChanged):
        list(example(tmp_path).read(Answer(URL, body.encode(), 200)))
