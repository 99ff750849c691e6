"""Every recorded 287(g) list into one store, in the order of their days: counts as catalogued."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import pytest
import yaml

from tests.core.desk import Desk
from tests.digest_story import ICE
from tests.ice_lists import CATALOG, catalog, recorded, recorded_names
from tests.shared import needs_shared
from tracker.model import AgreementModel, AnyItem
from tracker.paths import shipped
from tracker.readers.agreements import counts

# Both names of that day hold the other list; the pending one holds the participating list of
# 2025-09-18, so that the pair is of no use for a history by day.
SWAPPED = "09222025pm"
# Told by Maryland's rows on the catalogued lists: a ban, then agreements ending.
MARYLAND = {"2026-02-17": 8, "2026-02-27": 3, "2026-03-02": 3, "2026-05-18": 0}


def lists_by_day() -> dict[str, list[str]]:
    found = defaultdict(list)
    for name in recorded_names():
        if SWAPPED not in name:
            found[catalog()["snapshots"][name]["recorded_on"]].append(name)
    return dict(sorted(found.items()))


def items_of(names: Iterable[str]) -> list[AnyItem]:
    return [item for name in names for item in (recorded(name)[0], *recorded(name)[1])]


def codes() -> dict[str, str]:
    text = (shipped("db") / "baseline" / "ice-287g-aliases.yaml").read_text("utf-8")
    return yaml.safe_load(text)["states"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("recorded"))
    for day, names in lists_by_day().items():
        outcome = made.keep(*items_of(names), at=f"{day}T23:00:00Z", facts=ICE)
        assert outcome.status == "ingested", (day, outcome.reason)
    return made


@needs_shared(CATALOG)
@pytest.mark.parametrize("name", [name for names in lists_by_day().values() for name in names])
def test_counts_of_the_day_are_the_catalogued_ones(desk: Desk, name: str) -> None:
    snapshot = catalog()["snapshots"][name]
    expected, day = snapshot["expected"], dt.date.fromisoformat(snapshot["recorded_on"])

    def told(*by: str) -> list[tuple[str, str, int, int]]:
        return [
            (one.state, one.model, one.agreements, one.agencies)
            for one in counts(desk.db, as_of=day, by=by)
            if (one.list, one.as_of) == (snapshot["list"], day.isoformat())
        ]

    assert told() == [("", "", expected["rows"], expected["distinct_agencies"])]
    assert {state: (rows, agencies) for state, _, rows, agencies in told("state")} == {
        codes()[name]: (rows, expected["agencies_by_state"][name])
        for name, rows in expected["rows_by_state"].items()
    }
    assert {model: rows for _, model, rows, _ in told("model")} == expected["rows_by_support_type"]
    cells = told("state", "model")
    for state in {one[0] for one in cells}:
        in_all = next(rows for code, _, rows, _ in told("state") if code == state)
        assert sum(one[2] for one in cells if one[0] == state) == in_all


@needs_shared(CATALOG)
def test_agreements_that_ended_are_gone_on_the_day_of_the_list(desk: Desk) -> None:
    for day, rows in MARYLAND.items():
        in_place = desk.one(
            "SELECT count(*) FROM agreements WHERE state = 'md' AND list = 'participating'"
            f" AND first_seen <= '{day}' AND (ended_on IS NULL OR ended_on > '{day}')"
        )
        assert in_place == rows, day


@needs_shared(CATALOG)
def test_the_agreements_in_place_are_those_of_the_newest_list(desk: Desk) -> None:
    newest = desk.rows(
        "SELECT state, model, count(*) FROM agreements"
        " WHERE list = 'participating' AND ended_on IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    listed: dict[tuple[str, AgreementModel], int] = defaultdict(int)
    for one in recorded("participatingAgencies05182026am.xlsx")[1]:
        listed[one.state, one.model] += 1
    assert newest == [(state, model, rows) for (state, model), rows in sorted(listed.items())]
