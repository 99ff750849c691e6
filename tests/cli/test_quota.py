"""What a service allows to one key is shown, and not exceeded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.core.desk import Desk, source
from tracker.runs import Quota

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


@pytest.mark.parametrize(
    ("per", "began"), [("day", "2026-11-25T00:00:00+00:00"), ("month", "2026-11-01T00:00:00+00:00")]
)
def test_when_a_quota_began(per: str, began: str) -> None:
    now = dt.datetime(2026, 11, 25, 4, 57, tzinfo=dt.UTC)
    assert Quota(requests=1, per=per).began(now).isoformat() == began  # type: ignore[arg-type]


def spend(desk: Desk, code: str, requests: int) -> None:
    at = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    desk.keep(at=at, facts=source(code), listed=1)
    desk.db.conn.execute("UPDATE runs SET requests = ? WHERE source = ?", (requests, code))


def test_requests_of_all_who_share_the_key_are_shown(run: Run, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    spend(desk, "az", 7)
    spend(desk, "tn", 5)
    shown = " ".join(run("sources", "--db", str(desk.path)).out.split())
    assert shown.count("12 of 500 requests of this day used") == 6
    assert "0 of 30000 requests of this month used" in shown


def test_a_used_quota_is_not_exceeded(run: Run, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    spend(desk, "az", 500)
    ran = run("crawl", "tn", "--db", str(desk.path))
    assert ran.status == 1
    assert "tn: the 500 requests of this day that its key allows are used." in ran.err
