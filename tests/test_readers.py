"""The readers: the change log, coverage, agreement counts and measures, as the outputs ask for them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.digest_story import Story, first_week, second_week
from tracker.readers.agreements import counts, current, history
from tracker.readers.changes import changes, last_change
from tracker.readers.coverage import coverage
from tracker.readers.measures import measures, parts

FIRST, SECOND = dt.date(2026, 3, 1), dt.date(2026, 3, 8)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("readers"))
    first_week(told)
    second_week(told)
    return told


def test_the_log_is_read_in_order_and_from_a_cursor(story: Story) -> None:
    rows = list(changes(story.db))
    assert [row.id for row in rows] == sorted(row.id for row in rows)
    middle = rows[len(rows) // 2].id
    assert [row.id for row in changes(story.db, after_id=middle)] == [
        row.id for row in rows if row.id > middle
    ]
    assert last_change(story.db) == rows[-1].id


def test_off_topic_measures_are_left_out_unless_asked_for(story: Story) -> None:
    key = "us-va/2026/HB 9099"
    assert key not in {row.measure for row in changes(story.db)}
    assert key in {row.measure for row in changes(story.db, scopes=("none",))}
    assert key in {row.measure for row in changes(story.db, scopes=())}


def test_days_are_days_of_seeing_and_both_ends_count(story: Story) -> None:
    assert {row.seen_at[:10] for row in changes(story.db, until=FIRST)} == {"2026-03-01"}
    assert {row.seen_at[:10] for row in changes(story.db, since=SECOND)} == {"2026-03-08"}
    assert list(changes(story.db, since=dt.date(2026, 3, 2), until=dt.date(2026, 3, 7))) == []


def test_filters(story: Story) -> None:
    rows = list(changes(story.db, jurisdictions=("us-va",), kinds=("stage_changed",)))
    assert [(row.identifier, row.old, row.new, row.happened_on) for row in rows] == [
        ("SB 9001", "to_governor", "enacted", "2026-03-05"),
        ("HB 9002", "to_governor", "vetoed", "2026-03-06"),
    ]
    one = list(changes(story.db, measure="us-va/2026/SB 9001"))
    assert {row.identifier for row in one} == {"SB 9001"}


def test_a_change_carries_its_proof(story: Story) -> None:
    row = next(changes(story.db, kinds=("stage_changed",), jurisdictions=("us-va",)))
    assert (row.measure_url, row.source) == ("https://leg.example/us-va/sb9001", "va")
    assert (row.capture_url, row.capture_sha256) == ("https://va.example/page", "a" * 64)


def test_agreement_changes_belong_to_their_state(story: Story) -> None:
    rows = list(changes(story.db, jurisdictions=("us-tx",), since=SECOND))
    assert {(row.kind, row.agency, row.model, row.scope) for row in rows} == {
        (
            "agreement_renamed",
            "Fictional Creek Police Department",
            "Warrant Service Officer",
            "core",
        ),
        ("agreement_activated", "Fictional Bend Constable", "Task Force Model", "core"),
        ("agreement_new", "Fictional Hill Sheriff", "Jail Enforcement Model", "core"),
    }
    assert {row.measure for row in rows} == {None}


def test_coverage_says_since_when_a_source_is_not_read(story: Story) -> None:
    states = {state.code: state for state in coverage(story.db)}
    michigan = states["mi"]
    assert (michigan.state, michigan.reason, michigan.ok) == ("blocked", "a challenge page", False)
    assert michigan.last_success == "2026-03-01T12:20:00+00:00"
    assert michigan.not_ok_since == "2026-03-08T12:20:00+00:00"
    virginia = states["va"]
    assert (virginia.ok, virginia.not_ok_since, virginia.listed, virginia.usual) == (
        True,
        None,
        7,
        5.5,
    )
    assert {state.code: state.ok for state in coverage(story.db, as_of=FIRST)}["mi"] is True


def test_counts_of_the_newest_list_at_or_before_the_day(story: Story) -> None:
    def texas(day: dt.date) -> list[tuple[str, str, int, int, str]]:
        return [
            (one.list, one.model, one.agreements, one.agencies, one.as_of)
            for one in counts(story.db, as_of=day)
            if one.state == "tx"
        ]

    assert texas(dt.date(2026, 3, 5)) == [
        ("participating", "Warrant Service Officer", 1, 1, "2026-02-27"),
        ("pending", "Task Force Model", 1, 1, "2026-02-27"),
    ]
    assert texas(dt.date(2026, 3, 6))[:2] == [
        ("participating", "Task Force Model", 1, 1, "2026-03-06"),
        ("participating", "Warrant Service Officer", 1, 1, "2026-03-06"),
    ]
    assert counts(story.db, as_of=dt.date(2026, 2, 26)) == []


def test_agencies_are_counted_apart_from_agreements(story: Story) -> None:
    florida = [one for one in counts(story.db, by=("state",)) if one.state == "fl"]
    assert [(one.agreements, one.agencies) for one in florida] == [(2, 1)]
    total = [one for one in counts(story.db, by=()) if one.list == "participating"]
    assert [(one.state, one.model, one.agreements, one.agencies) for one in total] == [
        ("", "", 44, 43)
    ]
    with pytest.raises(ValueError, match="county"):
        counts(story.db, by=("county",))


def test_history_by_day(story: Story) -> None:
    found = [
        (one.as_of, one.agreements) for one in history(story.db) if one.list == "participating"
    ]
    assert found == [("2026-02-27", 43), ("2026-03-06", 44)]
    assert len(history(story.db, as_of=dt.date(2026, 3, 1))) == 2


def test_agreements_in_place_on_a_day(story: Story) -> None:
    before = current(story.db, "fl", as_of=dt.date(2026, 3, 5))
    assert [one.agency for one in before] == [
        "Fictional County Sheriff's Office",
        "Fictional Springs Police Department",
    ]
    assert [one.model for one in current(story.db, "fl")] == [
        "Task Force Model",
        "Warrant Service Officer",
    ]


def test_measures_as_they_stood(story: Story) -> None:
    now = {one.key: one for one in measures(story.db)}
    then = {one.key: one for one in measures(story.db, as_of=FIRST)}
    key = "us-va/2026/SB 9001"
    assert (now[key].stage, now[key].stage_on) == ("enacted", "2026-03-05")
    assert (then[key].stage, then[key].stage_on) == ("to_governor", None)
    assert "us-va/2026/HB 9020" in now
    assert "us-va/2026/HB 9020" not in then
    assert now[key].path == "va/2026/sb-9001"


def test_parts_of_a_measure(story: Story) -> None:
    one = next(one for one in measures(story.db) if one.identifier == "HB 9003")
    found = parts(story.db, one.id)
    assert [person.name for person in found.sponsors] == ["Fictional One", "Fictional Two"]
    assert [hearing.committee for hearing in found.hearings] == ["Law & Justice"]
    assert [copy.fetched_at[:10] for copy in found.captures] == ["2026-03-08", "2026-03-01"]
    early = parts(story.db, one.id, as_of=FIRST)
    assert [act.on for act in early.actions] == ["2026-01-12"]
    assert len(early.captures) == 1


def test_an_order_links_to_what_it_rescinds(story: Story) -> None:
    order = next(one for one in measures(story.db) if one.identifier == "EO 26-902")
    links = parts(story.db, order.id).relations
    assert [(link.kind, link.key) for link in links] == [("rescinds", "us-fl/2026/EO 26-901")]


def test_readers_never_write(story: Story, tmp_path: Path) -> None:
    before = story.db.conn.total_changes
    list(changes(story.db))
    coverage(story.db)
    measures(story.db)
    assert story.db.conn.total_changes == before
