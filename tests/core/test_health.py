"""The verdict on a run: what it saw itself, and what its own past says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from spiders.known import Known
from tests.core.desk import Desk, bill
from tests.factory import source
from tracker.health import Implausible, check_tally, compare, judge_run, warnings
from tracker.known_file import write_known
from tracker.model import Action, Measure
from tracker.runs import Problem, RunRecord, Verdict
from tracker.tally import Tally


def record(number: int, listed: int, **facts: Any) -> RunRecord:
    at = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=number)
    given: dict[str, Any] = {
        "source": source(),
        "started_at": at,
        "finished_at": at,
        "verdict": "ok",
        "reason": "as read",
        "requests": 1,
        "listed": listed,
        "kept": 0,
        "rejected": {},
        "items": {},
        "items_sha256": "",
        "sessions": ["2026"],
    }
    return RunRecord(**given | facts)


def past(desk: Desk, *listed: int, **facts: Any) -> None:
    """Good runs of the days before the first of February."""
    from pathlib import Path

    from tracker.keep.runs import record_run
    from tracker.store import writing

    for number, count in enumerate(listed):
        with writing(desk.db) as connection:
            one = record(number - len(listed), count, **facts)
            record_run(connection, Path("folder"), one, one.verdict, one.reason)


def verdict(desk: Desk, listed: int, **facts: Any) -> Verdict:
    return compare(desk.db.conn, record(0, listed, **facts))[0]


@pytest.mark.parametrize(
    ("listed", "expected"), [(80, "ok"), (79, "suspect"), (0, "suspect"), (500, "ok")]
)
def test_under_four_fifths_of_the_usual_something_is_missing(
    desk: Desk, listed: int, expected: str
) -> None:
    past(desk, 100, 100, 100)
    assert verdict(desk, listed) == expected


def test_the_reason_is_told(desk: Desk) -> None:
    past(desk, 100, 101)
    assert compare(desk.db.conn, record(0, 12)) == ("suspect", "12 listed, usually 100.5")
    assert compare(desk.db.conn, record(0, 99)) == ("ok", "as read")


def test_the_usual_is_the_median_of_the_last_seven(desk: Desk) -> None:
    past(desk, 10, 10, 10, 1000, 1000, 1000, 1000, 100, 100, 100)
    assert verdict(desk, 799) == "suspect"
    past_of_three = (100, 100, 1)
    other = {"source": source("wa", "us-wa")}
    past(desk, *past_of_three, **other)
    assert verdict(desk, 80, **other) == "ok"


def test_one_run_makes_no_habit(desk: Desk) -> None:
    past(desk, 100)
    assert verdict(desk, 1) == "ok"


def test_runs_of_other_sessions_do_not_compare(desk: Desk) -> None:
    past(desk, 5000, 5000, 5000)
    assert verdict(desk, 12, sessions=["2027"]) == "ok"
    assert verdict(desk, 12, sessions=["2026", "2027"]) == "ok"
    assert verdict(desk, 12) == "suspect"


def test_a_conditional_run_lists_less_and_is_fine(desk: Desk) -> None:
    past(desk, 100, 100, 100)
    assert verdict(desk, 3, not_modified=7) == "ok"


@pytest.mark.parametrize("bad", ["suspect", "blocked", "changed", "failed", "ok-empty"])
def test_only_full_good_runs_are_a_measure(desk: Desk, bad: str) -> None:
    past(desk, 100, 100)
    past(desk, 3, 3, 3, verdict=bad, source=source("wa", "us-wa"))
    assert verdict(desk, 3, source=source("wa", "us-wa")) == "ok"


@pytest.mark.parametrize("bad", ["suspect", "blocked", "changed", "failed", "skipped"])
def test_a_verdict_only_gets_worse(desk: Desk, bad: str) -> None:
    past(desk, 100, 100, 100)
    assert verdict(desk, 100, verdict=bad) == bad
    assert verdict(desk, 1, verdict=bad) == bad


def test_a_proven_emptiness_against_a_full_past_is_suspect(desk: Desk) -> None:
    past(desk, 100, 100, 100)
    assert verdict(desk, 0, verdict="ok-empty") == "suspect"


def test_a_short_run_is_recorded_and_keeps_nothing(desk: Desk) -> None:
    for number in range(1, 4):
        desk.keep(bill(), at=f"2026-02-0{number}T12:00:00Z", listed=100)
    outcome = desk.keep(bill(title="x"), at="2026-02-05T12:00:00Z", listed=10)
    assert (outcome.status, outcome.verdict) == ("refused", "suspect")
    assert outcome.reason == "10 listed, usually 100"
    assert desk.rows("SELECT verdict, reason FROM runs WHERE id = 4") == [
        ("suspect", "10 listed, usually 100")
    ]


def problem(kind: str) -> Problem:
    return Problem(kind=kind, url=f"https://h/{kind}", expected="a list", found="none")  # type: ignore[arg-type]


def judge(*problems: Problem, **facts: Any) -> tuple[Verdict, str]:
    given: dict[str, Any] = {"listed": 0, "kept": 0, "not_modified": 0, "empty_proof": ""}
    return judge_run(problems, **given | facts)


def test_the_gravest_problem_decides() -> None:
    order = ["suspect", "failed", "changed", "blocked"]
    for number in range(1, 5):
        found = judge(*map(problem, order[:number]), listed=9, kept=9)
        kind = order[number - 1]
        assert found == (kind, f"https://h/{kind}: expected a list, found none")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("suspect", "nothing was found, and nothing on the page says that there is nothing")),
        ({"empty_proof": "No bills found"}, ("ok-empty", "the site itself says: No bills found")),
        ({"not_modified": 4}, ("ok", "nothing new: 4 pages not modified since the last run")),
        ({"listed": 3}, ("ok", "3 listed, 0 read")),
        ({"kept": 2}, ("ok", "0 listed, 2 read")),
        ({"listed": 3, "empty_proof": "No bills found"}, ("ok", "3 listed, 0 read")),
    ],
)
def test_zero_needs_a_proof(facts: dict[str, Any], expected: tuple[str, str]) -> None:
    assert judge(**facts) == expected


@pytest.mark.parametrize(
    ("lost", "changed", "held"), [(5, 5, False), (6, 6, True), (6, 29, True), (6, 30, False)]
)
def test_when_many_lose_their_history(lost: int, changed: int, *, held: bool) -> None:
    tally = Tally()
    tally.lost_actions = [f"us-va/2026/HB {number}" for number in range(lost)]
    tally.changed = changed
    if held:
        with pytest.raises(Implausible, match=f"{lost} of {changed} changed measures"):
            check_tally(tally)
    else:
        check_tally(tally)


def filled(stated: int, sponsors: int, **facts: Any) -> dict[str, Any]:
    """A run whose pages told of so many measures who sponsors them: of so many somebody."""
    return {"stated": {"sponsors": stated}, "filled": {"sponsors": sponsors}, **facts}


@pytest.mark.parametrize(
    ("measures", "sponsors", "expected"),
    [(100, 86, "ok"), (100, 84, "suspect"), (20, 10, "suspect"), (19, 0, "ok")],
)
def test_a_field_that_far_fewer_measures_have_than_usual(
    desk: Desk, measures: int, sponsors: int, expected: str
) -> None:
    past(desk, 100, 100, 100, **filled(100, 95))
    assert verdict(desk, 100, **filled(measures, sponsors)) == expected


def test_the_emptied_field_is_named(desk: Desk) -> None:
    past(desk, 100, 100, **filled(50, 50))
    assert compare(desk.db.conn, record(0, 100, **filled(50, 20))) == (
        "suspect",
        "40% of measures have sponsors, usually 100%",
    )


def test_a_field_that_most_pages_are_silent_about_is_not_emptied(desk: Desk) -> None:
    """Of what stands still only the history is read: it says nothing of sponsors."""
    past(desk, 100, 100, **filled(100, 100))
    assert verdict(desk, 100, items={"measure": 100}, **filled(12, 12)) == "ok"
    assert verdict(desk, 100, items={"measure": 100}, **filled(24, 24)) == "ok"


def tally(actions: int, unknown: int) -> Tally:
    one = Tally()
    one.actions, one.unknown_actions = actions, unknown
    return one


def test_warnings_change_no_verdict(desk: Desk) -> None:
    past(desk, 100, 100)
    assert verdict(desk, 201) == "ok"
    assert warnings(desk.db.conn, record(0, 201), tally(100, 3)) == [
        "201 listed, usually 100",
        "3 of 100 action sentences match no rule",
    ]
    assert warnings(desk.db.conn, record(0, 200), tally(100, 2)) == []


def test_warnings_are_kept_with_the_run(desk: Desk) -> None:
    said = Action(on=dt.date(2026, 2, 1), text="Said nowhere before")
    desk.keep(bill(actions=[said]))
    assert desk.one("SELECT warnings FROM runs") == ('["1 of 1 action sentences match no rule"]')


def test_many_measures_that_go_back_at_once_are_a_broken_page() -> None:
    one = Tally()
    one.judged, one.went_back = 30, [f"us-va/2026/HB {n}" for n in range(6)]
    check_tally(one)
    one.judged = 29
    with pytest.raises(Implausible, match="6 of 29 changed measures would go back"):
        check_tally(one)


def moved(days: list[str]) -> list[Measure]:
    """Bills whose last actions are of these days."""
    return [
        bill(f"HB {9100 + number}", actions=[Action(on=dt.date.fromisoformat(on), text="Read")])
        for number, on in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("read", "told"),
    [("2026-02-23", False), ("2026-02-25", True), ("2026-06-01", False)],
    ids=["a fortnight", "longer", "out of season"],
)
def test_a_legislature_that_falls_silent_is_told_of(desk: Desk, read: str, told: bool) -> None:
    desk.keep(*moved([f"2026-02-{day:02}" for day in range(1, 10)]), at="2026-02-10T12:00:00Z")
    at = dt.datetime.fromisoformat(f"{read}T12:00:00+00:00")
    found = warnings(desk.db.conn, record(0, 100, started_at=at, finished_at=at), Tally())
    expected = ["no new action since 2026-02-09, 16 days; usually one every 1"]
    assert found == (expected if told else [])


def test_few_days_teach_no_gap(desk: Desk) -> None:
    desk.keep(*moved([f"2026-02-{day:02}" for day in range(1, 8)]), at="2026-02-10T12:00:00Z")
    at = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
    assert warnings(desk.db.conn, record(0, 100, started_at=at, finished_at=at), Tally()) == []


def test_a_canary_that_loses_an_action_holds_the_run(desk: Desk) -> None:
    acts = [
        Action(on=dt.date(2025, 3, 1), text="Passed House"),
        Action(on=dt.date(2025, 4, 1), text="Approved by Governor-Chapter 1"),
    ]
    desk.keep(bill("HB 9001", actions=acts))
    path = desk.path.with_name("known.json")
    write_known(desk.db, path, source="va", jurisdiction="us-va", today=dt.date(2026, 2, 3))
    canary = Known.load(path).canary
    assert canary == "us-va/2026/HB 9001"
    outcome = desk.keep(bill("HB 9001", actions=acts[:1]), at="2026-02-03T12:00:00Z", canary=canary)
    assert (outcome.verdict, outcome.reason) == (
        "suspect",
        "a measure settled long ago no longer reads as it did (action_removed)",
    )
    assert desk.one("SELECT count(*) FROM actions") == 2
    later = bill("HB 9001", actions=[*acts, Action(on=dt.date(2026, 2, 1), text="Printed")])
    assert desk.keep(later, at="2026-02-04T12:00:00Z", canary=canary).verdict == "ok"


def test_canaries_take_turns_and_are_settled_long_ago(desk: Desk) -> None:
    law = Action(on=dt.date(2025, 4, 1), text="Approved by Governor-Chapter 1")
    new = Action(on=dt.date(2026, 1, 20), text="Approved by Governor-Chapter 2")
    desk.keep(
        bill("HB 9001", actions=[law]),
        bill("HB 9002", actions=[law]),
        bill("HB 9003", actions=[new]),
    )
    found = []
    for day in (3, 4, 5):
        path = desk.path.with_name(f"{day}.json")
        write_known(desk.db, path, source="va", jurisdiction="us-va", today=dt.date(2026, 2, day))
        found.append(Known.load(path).canary)
    assert sorted(set(found)) == ["us-va/2026/HB 9001", "us-va/2026/HB 9002"]
    assert found[0] == found[2] != found[1]


def test_what_an_aggregators_search_finds_comes_and_goes(desk: Desk) -> None:
    second = source("open-states", kind="aggregator")
    past(desk, 100, 100, 100, source=second)
    assert verdict(desk, 5, source=second) == "ok"


def test_what_was_missed_beside_the_facts_is_told(desk: Desk) -> None:
    lost = Problem(kind="failed", url="https://h/calendar", expected="an answer", found="HTTP 500")
    told = warnings(desk.db.conn, record(0, 100, missed=[lost] * 9), Tally())
    assert told == ["not read: https://h/calendar: HTTP 500"] * 5
