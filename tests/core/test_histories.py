"""Whatever a measure's pages say over time, the log leads back to each of them."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.desk import KEY, Desk, acts, bill
from tracker.asof import Past, as_of
from tracker.model import Action, Listing, Measure, Sponsor, Version, fold
from tracker.store import find_problems

FIRST = dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC)
_TEXTS = ["Filed", "Filed again", "Referred to Courts", "Referred to  Courts", "Signed", ""]
_titles = st.none() | st.sampled_from(["One", "Two", "", "Fictional: detainers"])
_actions = st.none() | st.lists(
    st.builds(
        Action,
        on=st.sampled_from([dt.date(2026, 1, day) for day in (2, 3, 9)]),
        text=st.sampled_from(_TEXTS),
        chamber=st.sampled_from(["", "lower"]),
    ),
    max_size=6,
)
_sponsors = st.none() | st.lists(
    st.builds(Sponsor, name=st.sampled_from(["A", "B", "C", " A"]), role=st.just("primary")),
    max_size=4,
)
_versions = st.none() | st.lists(
    st.builds(
        Version,
        note=st.sampled_from(["Introduced", "Enrolled"]),
        url=st.sampled_from(["", "https://h/1", "https://h/2"]),
    ),
    max_size=4,
)
_snapshots = st.builds(
    bill,
    title=_titles,
    abstract=_titles,
    actions=_actions,
    sponsors=_sponsors,
    versions=_versions,
)
_listings = st.builds(
    Listing,
    jurisdiction=st.just("us-va"),
    session=st.just("2026"),
    identifier=st.just("HB 9001"),
    title=st.sampled_from(["One", "Two"]),
    last_action=st.sampled_from(["", "Filed"]),
)


class Told:
    """What the pages have said up to now: what a page leaves out stays as it was."""

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}

    def hear(self, measure: Measure) -> None:
        for name in ("title", "abstract", "actions", "sponsors", "versions"):
            if (value := getattr(measure, name)) is not None:
                self.facts[name] = value

    def past(self, at: str, stage: str) -> Past:
        known = self.facts.get
        return Past(
            KEY,
            at,
            known("title", ""),
            known("abstract", ""),
            stage,
            sorted((action.on.isoformat(), fold(action.text)) for action in known("actions", [])),
            sorted({version.note for version in known("versions", [])}),
            sorted({fold(sponsor.name) for sponsor in known("sponsors", [])}),
        )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_snapshots | _listings, min_size=1, max_size=6))
def test_every_earlier_page_can_be_read_back(history: list[Measure | Listing]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk, told, expected = Desk(Path(folder)), Told(), []
        heard = False
        for number, item in enumerate(history):
            at = (FIRST + dt.timedelta(days=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            desk.keep(item, at=at)
            if isinstance(item, Measure):
                heard = True
                told.hear(item)
            elif not heard:
                told.facts["title"] = item.title
            stage = desk.one("SELECT stage FROM measures WHERE key = ?", KEY)
            expected.append(told.past(at, stage) if heard else None)
        connection = desk.db.conn
        for number, past in enumerate(expected):
            at = (FIRST + dt.timedelta(days=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            assert as_of(connection, KEY, at) == past
        assert as_of(connection, KEY, "2026-02-01T00:00:00Z") is None
        assert find_problems(desk.db) == []
        desk.db.close()


def test_a_measure_only_listed_is_not_yet_known(desk: Desk) -> None:
    listing = Listing(jurisdiction="us-va", session="2026", identifier="HB 9001", title="One")
    desk.keep(listing, at="2026-02-02T12:00:00Z")
    assert as_of(desk.db.conn, KEY, "2026-02-02T12:00:00Z") is None
    desk.keep(bill(actions=acts(("2026-01-02", "Filed"))), at="2026-02-03T12:00:00Z")
    assert as_of(desk.db.conn, KEY, "2026-02-02T12:00:00Z") is None
    past = as_of(desk.db.conn, KEY, "2026-02-03T12:00:00Z")
    assert past
    assert past.actions == [("2026-01-02", "Filed")]


def test_a_moment_between_two_readings_shows_the_earlier(desk: Desk) -> None:
    desk.keep(bill(title="One"), at="2026-02-02T12:00:00Z")
    desk.keep(bill(title="Two"), at="2026-02-04T12:00:00Z")
    moments = ("2026-02-02T11:59:59Z", "2026-02-03T00:00:00Z", "2026-02-04T12:00:00Z")
    found = [as_of(desk.db.conn, KEY, moment) for moment in moments]
    assert [past and past.title for past in found] == [None, "One", "Two"]


def test_as_of_an_unknown_measure(desk: Desk) -> None:
    assert as_of(desk.db.conn, KEY, "2026-02-03T00:00:00Z") is None


def test_stages_are_read_back_with_the_facts(desk: Desk) -> None:
    filed = ("2026-01-14", "Prefiled and ordered printed; Offered 01-14-2026")
    vetoed = ("2026-03-06", "Vetoed by Governor")
    desk.keep(bill(actions=acts(filed)), at="2026-02-02T12:00:00Z")
    desk.keep(bill(actions=acts(filed, vetoed)), at="2026-03-07T12:00:00Z")
    early, late = (
        as_of(desk.db.conn, KEY, moment)
        for moment in ("2026-02-02T12:00:00Z", "2026-03-07T12:00:00Z")
    )
    assert early
    assert late
    assert (early.stage, late.stage) == ("introduced", "vetoed")
    assert early.actions == [filed]
    assert late.actions == [filed, vetoed]


def test_a_late_row_of_the_log_does_not_break_the_way_back(desk: Desk) -> None:
    """Two sources may be kept in another order than they were read in."""
    one = ("2026-01-02", "Filed")
    desk.keep(bill(actions=acts(one)), at="2026-02-01T12:00:00Z", facts=_second())
    desk.keep(bill(actions=acts(one, ("2026-01-09", "Signed"))), at="2026-02-05T12:00:00Z")
    desk.keep(bill(actions=acts(one)), at="2026-02-04T12:00:00Z", facts=_second())
    past = as_of(desk.db.conn, KEY, "2026-02-04T12:00:00Z")
    assert past
    assert past.actions == [one]


def _second() -> Any:
    from tests.factory import source

    return source("va-orders")
