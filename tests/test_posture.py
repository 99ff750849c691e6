"""Where states stand: the rules one by one, and the shipped list on days that are known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlite_utils import Database

from tracker.baseline import Standing, baseline, last_day
from tracker.places import places, states
from tracker.posture import StatePosture, posture, posture_of
from tracker.posture_history import periods_of_states
from tracker.standing import standing
from tracker.store import open_store
from tracker.words import JURISDICTIONS

DAY = dt.date(2026, 2, 16)
NINE = {"us-ca", "us-ct", "us-de", "us-il", "us-me", "us-nj", "us-nm", "us-or", "us-wa"}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_store(tmp_path / "t.db", create=True)


def _banned(db: Database, day: dt.date) -> set[str]:
    return {one.jurisdiction for one in posture(db, day) if one.posture == "ban"}


def _one(db: Database, code: str, day: dt.date = DAY) -> StatePosture:
    return next(one for one in posture(db, day) if one.jurisdiction == code)


def _put(db: Database, key: str, *, kind: str = "bill", run: int = 1, **values: object) -> None:
    """A measure of the store, read at the end of August 2026, with what it does."""
    at = "2026-08-31T12:00:00+00:00"
    db.conn.execute(
        "INSERT OR IGNORE INTO sources (code, jurisdiction, name, kind, home)"
        " VALUES ('xx', 'us', 'x', 'legislature', '')"
    )
    db.conn.execute(
        "INSERT OR IGNORE INTO runs (id, source, started_at, finished_at, verdict, reason, folder,"
        " requests, listed, kept) VALUES (1, 'xx', ?, ?, 'ok', '', '', 1, 1, 1)",
        (at, at),
    )
    jurisdiction, session, identifier = key.split("/", 2)
    row = {
        "key": key, "jurisdiction": jurisdiction, "session": session, "identifier": identifier,
        "kind": kind, "title": "Fictional measure", "scope": "core", "source": "xx",
        "first_run": run, "first_seen": at, "changed_run": run, "changed_at": at,
    }  # fmt: skip
    does = {
        "scope": "core", "topics": '["agreements_287g"]', "stance": "bans_agreements",
        "direction": "restrict", "mixed": 0, "nonbinding": 0, "binds": "local_agencies",
        "confidence": 0.9, "evidence": "[]", "rule": "r", "topic_file": "t", "topic_version": 1,
    }  # fmt: skip
    does |= {name: values.pop(name) for name in list(values) if name in does}
    row |= values | {"scope": does["scope"]}
    db["measures"].insert(row)
    measure = db.conn.execute("SELECT id FROM measures WHERE key = ?", (key,)).fetchone()[0]
    db["classifications"].insert({"measure": measure, **does})


def test_nine_states_banned_agreements_on_16_february_2026(db: Database) -> None:
    assert _banned(db, DAY) == NINE


def test_maryland_is_the_tenth_the_next_day(db: Database) -> None:
    assert _banned(db, dt.date(2026, 2, 17)) == NINE | {"us-md"}
    assert _one(db, "us-md", dt.date(2026, 2, 17)).takes_effect == ""


@pytest.mark.parametrize(
    ("day", "banned"),
    [("2026-02-04", NINE - {"us-nm"}), ("2025-12-31", NINE - {"us-nm", "us-me"})],
)
def test_earlier_counts_of_the_press(db: Database, day: str, banned: set[str]) -> None:
    assert _banned(db, dt.date.fromisoformat(day)) == banned


# The shipped bans by the day from which each counts; the first seven are the press's count of
# January 2026.
BANS_SINCE = [
    ("2017-10-05", "us-ca"), ("2018-11-29", "us-nj"), ("2019-05-21", "us-wa"),
    ("2019-06-18", "us-ct"), ("2021-07-31", "us-or"), ("2021-08-31", "us-il"),
    ("2025-07-14", "us-de"), ("2026-01-31", "us-me"), ("2026-02-05", "us-nm"),
    ("2026-02-17", "us-md"), ("2026-05-31", "us-ny"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "code"), BANS_SINCE)
def test_each_ban_counts_from_its_day(db: Database, day: str, code: str) -> None:
    on = dt.date.fromisoformat(day)
    before = {other for since, other in BANS_SINCE if since < day}
    assert _banned(db, on - dt.timedelta(days=1)) == before
    assert _banned(db, on) == before | {code}


def test_two_of_the_nine_are_not_yet_in_effect(db: Database) -> None:
    ahead = {
        one.jurisdiction: (one.takes_effect, one.until_then)
        for one in posture(db, DAY)
        if one.posture == "ban" and one.takes_effect
    }
    assert ahead == {
        "us-me": ("unknown", "no_statewide_policy"),
        "us-nm": ("unknown", "no_statewide_policy"),
    }


def test_an_order_of_maine_ended_with_2025_at_the_latest(db: Database) -> None:
    assert _one(db, "us-me", dt.date(2025, 12, 30)).posture == "permissive"
    assert _one(db, "us-me", dt.date(2025, 12, 31)).posture == "no_statewide_policy"


def test_a_law_of_virginia_ends_with_its_term(db: Database) -> None:
    def deciding(day: dt.date) -> set[str]:
        return {reason.measure for reason in _one(db, "us-va", day).reasons}

    assert "us-va/2026/SB 783" in deciding(dt.date(2028, 6, 30))
    assert "us-va/2026/SB 783" not in deciding(dt.date(2028, 7, 1))


def test_what_is_listed_and_never_counts(db: Database) -> None:
    """Vetoes, local acts, suits and advice are listed with their status, and move nothing."""
    listed = {row.key: row for row in baseline()}
    assert listed["us-va/2026/HB 650"].status == "vetoed"
    counted = {one.key for found in standing(db.conn).values() for one in found}
    never = {key for key, row in listed.items() if not row.counts}
    assert len(never) == 42
    assert not never & counted
    assert {row.status for row in listed.values() if row.counts} <= {
        "enacted", "in_force", "rescinded", "struck_down", "in_court", "enjoined",
    }  # fmt: skip


def test_new_york_follows_with_its_budget_law(db: Database) -> None:
    assert "us-ny" in _banned(db, dt.date(2026, 6, 1))


def test_a_law_not_yet_in_effect_says_so(db: Database) -> None:
    maine = _one(db, "us-me")
    assert (maine.takes_effect, maine.until_then, maine.since) == (
        "unknown",
        "no_statewide_policy",
        "2026-01",
    )
    texas = _one(db, "us-tx")
    assert (texas.posture, texas.level, texas.takes_effect, texas.since) == (
        "mandate",
        "join_287g",
        "",
        "2017-05-07",
    )


def test_a_veto_leaves_arizona_where_its_statute_put_it(db: Database) -> None:
    _put(db, "us-az/57th-1st-regular/SB 1164", stage="vetoed", stage_on="2025-04-18",
         stance="mandates_cooperation")  # fmt: skip
    arizona = _one(db, "us-az")
    assert (arizona.posture, arizona.since) == ("mandate", "2010-04-23")
    assert [reason.measure for reason in arizona.reasons] == ["us-az/49th-2nd-regular/SB 1070"]


def test_a_rescinded_order_of_virginia(db: Database) -> None:
    assert _one(db, "us-va", dt.date(2025, 6, 1)).posture == "permissive"
    assert _one(db, "us-va", dt.date(2026, 1, 17)).posture == "no_statewide_policy"
    assert _one(db, "us-va", dt.date(2026, 2, 4)).posture == "limited"


@pytest.mark.parametrize(
    ("values", "expected", "rule"),
    [
        ({}, "ban", "1"),
        ({"binds": "state_agencies"}, "limited", "3"),
        ({"topics": '["detention_facilities"]'}, "limited", "3"),
        ({"stance": "mandates_cooperation"}, "mandate", "2/join_287g"),
        ({"stance": "mandates_cooperation", "topics": '["detainers"]'}, "mandate",
         "2/detainers_or_notice"),
        ({"stance": "mandates_cooperation", "topics": "[]"}, "mandate", "2/preemption_only"),
        ({"stance": "mandates_cooperation", "binds": "state_agencies"}, "permissive", "4"),
        ({"stance": "limits_cooperation"}, "limited", "3"),
        ({"stance": "permits_or_funds_cooperation", "binds": "unknown"}, "permissive", "4"),
        ({"kind": "executive_order", "issued_on": "2026-01-02"}, "limited", "3"),
        ({"kind": "executive_order", "issued_on": "2026-01-02",
          "stance": "mandates_cooperation"}, "permissive", "4"),
    ],
)  # fmt: skip
def test_the_rules(db: Database, values: dict[str, str], expected: str, rule: str) -> None:
    stage = "in_force" if "kind" in values else "enacted"
    _put(db, "us-ak/34/HB 1", stage=stage, stage_on="2026-01-02", **values)
    alaska = _one(db, "us-ak")
    assert (alaska.posture, alaska.since) == (expected, "2026-01-02")
    assert [(reason.rule, reason.path) for reason in alaska.reasons] == [(rule, "ak/34/hb-1")]


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "vetoed"},
        {"stage": "dead"},
        {"stage": "to_governor"},
        {"stage": "adopted"},
        {"stage": "unknown"},
        {"stance": "related_other"},
        {"stance": "limits_cooperation", "binds": "state_agencies"},
        {"stance": "limits_cooperation", "binds": "federal"},
        {"nonbinding": 1},
        {"kind": "guidance"},
        {"kind": "ordinance"},
        {"kind": "local_policy"},
        {"kind": "court_ruling"},
        {"scope": "related"},
        {"stage_on": "2026-02-17"},
        {"stage": "expired", "stage_on": "2026-02-16"},
    ],
)
def test_what_never_moves_the_map(db: Database, values: dict[str, object]) -> None:
    _put(db, "us-ak/34/HB 1", **({"stage": "enacted", "stage_on": "2026-01-02"} | values))
    assert _one(db, "us-ak").posture == "no_statewide_policy"


def test_a_measure_whose_reach_is_unknown_decides_nothing_and_is_named(db: Database) -> None:
    _put(db, "us-ak/34/HB 1", stage="enacted", stage_on="2026-01-02", binds="unknown")
    alaska = _one(db, "us-ak")
    assert (alaska.posture, alaska.reasons) == ("no_statewide_policy", [])
    assert [(one.measure, one.rule) for one in alaska.not_counted] == [
        ("us-ak/34/HB 1", "reach-unknown")
    ]


def test_a_reading_that_is_not_sure_decides_nothing_and_is_named(db: Database) -> None:
    _put(
        db,
        "us-ca/20252026/AB 1",
        stage="enacted",
        stage_on="2026-01-02",
        stance="mandates_cooperation",
        confidence=0.59,
    )
    california = _one(db, "us-ca")
    assert california.posture == "ban"
    found = {one.measure: one.rule for one in california.not_counted}
    assert found["us-ca/20252026/AB 1"] == "reading-unsure"


def test_a_ban_and_a_mandate_need_a_person(db: Database) -> None:
    _put(db, "us-az/57th-2nd-regular/HB 1", stage="enacted", stage_on="2026-01-02")
    arizona = _one(db, "us-az")
    assert arizona.posture == "undecided"
    assert [reason.rule for reason in arizona.reasons] == ["1", "2/detainers_or_notice"]


def test_an_enjoined_measure_contests_the_color(db: Database) -> None:
    _put(db, "us-ak/34/HB 1", stage="enjoined", stage_on="2026-02-01")
    _log(db, "enacted", "2026-01-02")
    assert (_one(db, "us-ak").posture, _one(db, "us-ak").contested) == ("ban", True)
    before = _one(db, "us-ak", dt.date(2026, 1, 31))
    assert (before.posture, before.contested) == ("ban", False)


def test_a_measure_struck_down_counted_until_then(db: Database) -> None:
    _put(db, "us-ak/34/HB 1", stage="struck_down", stage_on="2026-02-10")
    _log(db, "enacted", "2026-01-02")
    assert _one(db, "us-ak", dt.date(2026, 2, 9)).posture == "ban"
    after = _one(db, "us-ak")
    assert (after.posture, after.since) == ("no_statewide_policy", "2026-02-10")


def _log(db: Database, stage: str, day: str) -> None:
    db.conn.execute(
        "INSERT INTO changes (run, measure, kind, field, old, new, happened_on, seen_at)"
        " VALUES (1, 1, 'stage_changed', 'stage', 'to_governor', ?, ?, '2026-08-31')",
        (stage, day),
    )


@pytest.mark.parametrize("key", ["us-md/2026/HB 444", "us-md/2026RS/HB 444", "us-md/2026RS/HB0444"])
def test_the_store_replaces_the_shipped_row(db: Database, key: str) -> None:
    _put(db, key, stage="enacted", stage_on="2026-02-18", stance="unknown", binds="unknown")
    rows = [row for row in standing(db.conn)["us-md"] if row.key.endswith("444")]
    assert [(row.key, row.stance, row.decided_as_known) for row in rows] == [
        (key, "bans_agreements", "2026-02-18")
    ]


def test_a_number_of_another_session_is_another_measure(db: Database) -> None:
    _put(db, "us-nm/2025/HB 9", stage="dead")
    assert "us-nm" in _banned(db, DAY)


def test_a_reading_older_than_the_decision_does_not_deny_it(db: Database) -> None:
    _put(db, "us-ny/2025-2026/FY2027 budget, Part LL", stage="in_committee")
    db.conn.execute("UPDATE runs SET finished_at = '2026-05-01T00:00:00+00:00'")
    assert "us-ny" in _banned(db, dt.date(2026, 6, 1))
    db.conn.execute("UPDATE runs SET finished_at = '2026-06-30T00:00:00+00:00'")
    assert "us-ny" not in _banned(db, dt.date(2026, 7, 1))


def test_the_shipped_list_is_sound() -> None:
    rows = baseline()
    assert len({row.key for row in rows}) == len(rows)
    assert {row.jurisdiction for row in rows} <= set(places())
    assert all(row.key.startswith(f"{row.jurisdiction}/") for row in rows)
    without = [row.key for row in rows if not row.source_url.startswith(("https://", "http://"))]
    assert len(without) == 7
    assert all("address is not kept" in row.note for row in rows if row.key in without)
    assert all(not row.court or row.court_on for row in rows)


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ("2011", dt.date(2011, 12, 31)),
        ("2026-02", dt.date(2026, 2, 28)),
        ("2026-02-03", dt.date(2026, 2, 3)),
    ],
)
def test_a_partial_day_is_the_last_it_can_mean(known: str, day: dt.date) -> None:
    assert last_day(known) == day


def test_an_injunction_in_whole_takes_the_measure_out_and_shows_the_overlay() -> None:
    signed, enjoined = dt.date(2026, 1, 2), dt.date(2026, 2, 1)
    law = Standing(
        "us-ak", "us-ak/34/HB 1", "bill", "Fictional", "bans_agreements", "local_agencies",
        frozenset({"agreements_287g"}), signed, "2026-01-02", signed, None,
        "enjoined_whole", enjoined, "", "high", "",
    )  # fmt: skip
    found = posture_of("us-ak", [law], DAY)
    assert (found.posture, found.contested) == ("no_statewide_policy", True)
    assert posture_of("us-ak", [law], dt.date(2026, 1, 31)).contested is False


def test_fifty_two_places_on_the_map_each_on_its_own_square() -> None:
    assert len(states()) == 52
    assert len({place.tile for place in states()}) == 52
    assert {code: place.name for code, place in places().items()}.items() <= JURISDICTIONS.items()


def test_the_history_of_a_state_has_the_days_that_are_known(db: Database) -> None:
    found = periods_of_states(db, dt.date(2026, 8, 31))
    told = {
        code: [(one.began, one.posture.posture) for one in periods]
        for code, periods in found.items()
    }
    assert told["us-me"] == [
        ("2026-01", "ban"),
        ("2025-12", "no_statewide_policy"),
        ("2011", "permissive"),
        (None, "no_statewide_policy"),
    ]
    assert told["us-md"] == [
        ("2026-02-17", "ban"),
        ("2021-12", "limited"),
        (None, "no_statewide_policy"),
    ]
    # The day after which its first law is taken to be in effect is no day of its history.
    assert told["us-wy"] == [("2025-03-18", "mandate"), (None, "no_statewide_policy")]
    assert told["us-ak"] == [(None, "no_statewide_policy")]
