"""287(g) counts and figures that ship: as catalogued, each with its source and day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from tests.digest_story import Story, first_week
from tests.ice_lists import CATALOG, catalog
from tests.shared import needs_shared
from tracker import agreement_history
from tracker.agreement_history import EarlierCount, context_figures, earlier_counts
from tracker.baseline import BaselineError
from tracker.paths import shipped
from tracker.readers.agreement_history import ListTotal, counts_on, months, totals

HEAD = "as_of,state,model,agreements,agencies,form,source_url\n"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A store whose first list is of 2026-02-27."""
    told = Story(tmp_path_factory.mktemp("history"))
    first_week(told)
    return told


def file_name(one: EarlierCount) -> str:
    return one.source_url.rpartition("/")[2]


def codes() -> dict[str, str]:
    text = (shipped("db") / "baseline" / "ice-287g-aliases.yaml").read_text("utf-8")
    return yaml.safe_load(text)["states"]  # type: ignore[no-any-return]


# -- what ships ------------------------------------------------------------------------------------


@needs_shared(CATALOG)
def test_every_shipped_count_of_a_recorded_list_is_the_catalogued_one() -> None:
    checked = 0
    for name, snapshot in catalog()["snapshots"].items():
        expected = snapshot["expected"]
        for one in (one for one in earlier_counts() if file_name(one) == name):
            found = (one.agreements, one.agencies)
            if one.state:
                printed = next(name for name, code in codes().items() if code == one.state)
                by_state = expected["rows_by_state"], expected["agencies_by_state"]
                assert found == tuple(counted[printed] for counted in by_state)
            elif one.model:
                assert found == (expected["rows_by_support_type"][one.model], None)
            else:
                assert found == (expected["rows"], expected["distinct_agencies"])
            checked += 1
    assert checked == 685


@needs_shared(CATALOG)
def test_the_catalogued_series_is_there_whole() -> None:
    totals_by_file = {
        file_name(one): one.agreements for one in earlier_counts() if not one.state + one.model
    }
    series = [row for row in catalog()["count_over_time"]["series"] if row["published_rows"]]
    assert len(series) == 33
    for row in series:
        assert totals_by_file[row["list"]] == row["published_rows"]


def test_levels_of_a_list_add_up() -> None:
    for day in {one.as_of for one in earlier_counts() if one.state}:
        rows = [one for one in earlier_counts() if one.as_of == day]
        [total] = [one for one in rows if not one.state + one.model]
        assert sum(one.agreements for one in rows if one.state) == total.agreements
        assert sum(one.agreements for one in rows if one.model) == total.agreements
        assert sum(one.agencies or 0 for one in rows if one.state) == total.agencies


def test_the_list_under_the_other_name_is_of_its_own_day() -> None:
    misnamed = {(one.as_of, file_name(one)) for one in earlier_counts() if one.form == "misnamed"}
    assert misnamed == {(dt.date(2025, 9, 18), "pendingAgencies09222025pm.xlsx")}


def test_every_figure_of_others_says_who_said_it_when_and_where() -> None:
    figures = context_figures()
    assert {one.topic for one in figures} == {"incentive", "funding", "custody"}
    for one in figures:
        assert one.figure
        assert one.said_by
        assert one.source_url.startswith("https://")
        assert dt.date(2025, 1, 20) <= one.as_of <= dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("2025-13-01,,,1,1,page,https://a.example/\n", "line 2: month must be"),
        ("2025-01-01,zz,,1,1,page,https://a.example/\n", "no state 'zz'"),
        ("2025-01-01,,Jail,1,1,page,https://a.example/\n", "model is 'Jail'"),
        ("2025-01-01,,,1,2,page,https://a.example/\n", "not a count by state or by model"),
        ("2025-01-01,,,,,page,https://a.example/\n", "invalid literal"),
        ("2025-01-01,,,1,1,page,\n", "no address of a source"),
        ("2025-01-01,,,1,1,page,javascript:1\n", "no address of a source"),
        ("2025-01-01,,,1,1,page,https://a.example/\n" * 2, "one is there twice"),
    ],
)
def test_a_row_that_can_not_be_read_is_named(
    rows: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "baseline").mkdir()
    (tmp_path / "baseline" / "agreement-counts.csv").write_text(HEAD + rows)
    monkeypatch.setattr(agreement_history, "shipped", lambda _name: tmp_path)
    with pytest.raises(BaselineError, match=says):
        earlier_counts.__wrapped__()


# -- beside what was read --------------------------------------------------------------------------


def test_before_the_first_list_read_the_shipped_counts_are_told(story: Story) -> None:
    [total] = counts_on(story.db, as_of=dt.date(2026, 2, 26), by=())
    assert (total.agreements, total.agencies, total.as_of) == (1425, 1195, "2026-02-17")
    assert total.source.endswith("/participatingAgencies02172026pm.xlsx")
    by_state = counts_on(story.db, as_of=dt.date(2026, 2, 26), by=("state",))
    florida = next(one for one in by_state if one.state == "fl")
    assert (florida.agreements, florida.agencies, florida.list) == (342, 279, "participating")
    by_model = counts_on(story.db, as_of=dt.date(2026, 2, 26), by=("model",))
    assert {one.model: (one.agreements, one.agencies) for one in by_model} == {
        "Jail Enforcement Model": (152, None),
        "Task Force Model": (808, None),
        "Warrant Service Officer": (465, None),
    }
    assert counts_on(story.db, as_of=dt.date(2026, 2, 26), by=("state", "model")) == []
    assert counts_on(story.db, as_of=dt.date(2021, 1, 12), by=()) == []


def test_each_count_is_of_the_newest_list_counted_so(story: Story) -> None:
    """The list of 30 June 2024 was counted in all, no list between those of 2021 and 2025 by state."""
    [total] = counts_on(story.db, as_of=dt.date(2024, 7, 1), by=())
    assert (total.agreements, total.agencies, total.as_of) == (135, None, "2024-06-30")
    by_state = counts_on(story.db, as_of=dt.date(2024, 7, 1), by=("state",))
    assert {one.as_of for one in by_state} == {"2021-01-13"}


def test_what_was_read_here_goes_before_what_ships(story: Story) -> None:
    found = counts_on(story.db, as_of=dt.date(2026, 3, 5), by=())
    assert [(one.list, one.agreements, one.as_of, one.source) for one in found] == [
        ("participating", 43, "2026-02-27", ""),
        ("pending", 1, "2026-02-27", ""),
    ]


def test_totals_are_shipped_ones_until_the_first_list_read(story: Story) -> None:
    found = totals(story.db, as_of=dt.date(2026, 3, 5))
    assert found[0].as_of == dt.date(2021, 1, 13)
    assert [(one.as_of.isoformat(), one.agreements) for one in found[-2:]] == [
        ("2026-02-17", 1425),
        ("2026-02-27", 43),
    ]
    assert found[-1].file_name == "participating2026-02-27.xlsx"
    excerpts = totals(story.db, as_of=dt.date(2026, 3, 5), excerpts=True)
    assert [one.agreements for one in excerpts[-2:]] == [1492, 1499]


def test_of_a_state_a_list_without_it_counts_none(story: Story) -> None:
    maryland = totals(story.db, as_of=dt.date(2026, 12, 31), state="md", excerpts=True)
    assert len(maryland) == 17
    assert [(one.as_of.isoformat(), one.agreements, one.agencies) for one in maryland[-4:]] == [
        ("2026-02-17", 8, 8),
        ("2026-02-27", 3, 3),
        ("2026-03-02", 3, 3),
        ("2026-05-18", 0, 0),
    ]
    assert maryland[-1].source_url.endswith("/participatingAgencies05182026am.xlsx")
    read = totals(story.db, as_of=dt.date(2026, 3, 5), state="md")
    assert (read[-1].agreements, read[-1].file_name) == (0, "participating2026-02-27.xlsx")
    assert read[-2].as_of == dt.date(2026, 2, 17)


def test_a_month_is_its_last_list_and_the_last_whose_agencies_were_counted() -> None:
    def total(day: str, agreements: int, agencies: int | None) -> ListTotal:
        return ListTotal(dt.date.fromisoformat(day), agreements, agencies, "", "https://a.example")

    lists = [
        total("2025-07-30", 875, None),
        total("2025-07-24", 865, 713),
        total("2025-09-01", 9, 8),
    ]
    assert months(lists) == [(lists[0], lists[1]), (lists[2], lists[2])]
    assert months([total("2025-08-29", 956, None)])[0].agencies is None
