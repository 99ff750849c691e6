"""How a site is asked: by name, one request at a time, as it wishes, and only for what moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.known import Known
from spiders.settings import scrapy_settings
from tests.spiders.fictional import BRIDGES, DETAINERS, bill_list, bill_page, history
from tests.spiders.loopback import TEXT, Reply, crawl, site, unless_changed
from tracker.runs import Validator

LIST = bill_list((1, BRIDGES, "First Reading"))
WHOLE = {
    "/list": bill_list((1, DETAINERS, "First Reading")),
    "/bill/1": bill_page(1, DETAINERS),
    "/history/1": history("2027-01-05"),
}


def robots(*lines: str) -> Reply:
    return Reply("\n".join(lines), media_type=TEXT)


def test_who_asks_is_told_and_nothing_else(tmp_path: Path) -> None:
    pages = WHOLE | {"/list": Reply(WHOLE["/list"], headers={"Set-Cookie": "track=1; Path=/"})}
    with site(pages) as server:
        crawl(server.url, tmp_path / "run")
    agents = {asked.headers["user-agent"] for asked in server.asked}
    assert agents == {"CooperationTracker/0.1.0 (+https://example.org/contact)"}
    assert [asked.path for asked in server.asked] == [
        "/robots.txt",
        "/list",
        "/bill/1",
        "/history/1",
    ]
    for asked in server.asked:
        assert {"cookie", "referer", "authorization", "origin"}.isdisjoint(asked.headers)


def test_one_request_at_a_time(tmp_path: Path) -> None:
    pages = {f"/list/{n}": LIST for n in range(5)}
    with site(pages) as server:
        server.looked_for_overlap = 0.1
        crawl(server.url, tmp_path / "run", facts={"begins": tuple(pages)}, delay=0.01)
    assert (len(server.paths()), server.most_at_once) == (5, 1)


def test_no_server_runs_beside_the_crawl() -> None:
    settings = scrapy_settings(contact="x", replay=False, obey_robots=True, delay=1.0)
    assert not settings["TELNETCONSOLE_ENABLED"]
    assert not settings["REMOTE_CONTROL_ENABLED"]
    assert settings["DOWNLOAD_DELAY"] == 1.0


# -- robots.txt --------------------------------------------------------------------------------


def test_what_robots_txt_refuses_is_not_asked_and_the_verdict_says_so(tmp_path: Path) -> None:
    with site({"/robots.txt": robots("User-agent: *", "Disallow: /"), "/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert (server.paths(), done.items) == ([], [])
    assert done.ended == (
        "blocked",
        f"{server.url}/list: expected an address that robots.txt allows, found robots.txt refuses it",
    )


def test_our_own_name_may_be_refused(tmp_path: Path) -> None:
    rules = robots(
        "User-agent: *", "Disallow:", "", "User-agent: CooperationTracker", "Disallow: /"
    )
    with site({"/robots.txt": rules, "/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert (server.paths(), done.record.verdict) == ([], "blocked")


def test_one_refused_page_makes_the_run_not_good(tmp_path: Path) -> None:
    rules = {"/robots.txt": robots("User-agent: *", "Disallow: /history/")}
    with site(WHOLE | rules) as server:
        done = crawl(server.url, tmp_path / "run")
    assert server.paths() == ["/list", "/bill/1"]
    assert done.record.verdict == "blocked"
    assert done.record.reason.startswith(f"{server.url}/history/1: expected an address that robots")


@pytest.mark.parametrize(("status", "verdict"), [(404, "ok"), (403, "ok"), (500, "blocked")])
def test_robots_txt_that_is_missing_allows_and_one_that_fails_refuses(
    tmp_path: Path, status: int, verdict: str
) -> None:
    with site({"/robots.txt": Reply("<h1>Error</h1>", status), "/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == verdict


def test_robots_txt_is_read_anew_in_each_run(tmp_path: Path) -> None:
    """An unchanged robots.txt (304) has no rules in its body; it must not count as "all allowed"."""
    rules = unless_changed("User-agent: *\nDisallow: /history/\n")
    with site(WHOLE | {"/robots.txt": rules}) as server:
        first = crawl(server.url, tmp_path / "1")
        known = Known(
            validators={
                f"{server.url}/robots.txt": Validator(etag='"1"'),
                **first.record.validators,
            }
        )
        second = crawl(server.url, tmp_path / "2", known)
    assert first.record.validators == {}
    assert (first.record.verdict, second.record.verdict) == ("blocked", "blocked")
    assert "/history/1" not in server.paths()


def test_a_permission_is_used_and_told_in_the_run(tmp_path: Path) -> None:
    with site({"/robots.txt": robots("User-agent: *", "Disallow: /"), "/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run", permission="Web office, 2027-01-04")
    assert done.ended == ("ok", "1 listed, 0 read")
    assert done.record.source.permission == "Web office, 2027-01-04"
    assert [asked.path for asked in server.asked] == ["/list"]


# -- refusals and errors -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_refusal_is_blocked_at_once(tmp_path: Path, status: int) -> None:
    with site({"/list": Reply("No.", status)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == (
        "blocked",
        f"{server.url}/list: expected an answer, found HTTP {status}: b'No.'",
    )
    assert server.paths() == ["/list"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_three_times_and_then_blocked(tmp_path: Path, status: int) -> None:
    with site({"/list": Reply("Busy", status)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert (done.record.verdict, server.paths()) == ("blocked", ["/list"] * 3)


def test_an_error_of_the_server_is_asked_three_times_and_then_failed(tmp_path: Path) -> None:
    with site({"/list": Reply("Oops", 500)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == (
        "failed",
        f"{server.url}/list: expected HTTP 200, found HTTP 500: b'Oops'",
    )
    assert server.paths() == ["/list"] * 3


def test_an_error_that_passes_is_forgotten(tmp_path: Path) -> None:
    with site({"/list": [Reply("Oops", 500), Reply(LIST)]}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == ("ok", "1 listed, 0 read")


def test_retry_after_is_waited_for_and_then_the_usual_pace_again(tmp_path: Path) -> None:
    busy = Reply("Busy", 429, headers={"Retry-After": "1"})
    pages = {"/list": [busy, Reply(LIST)]} | {f"/list/{n}": LIST for n in range(4)}
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": tuple(pages)}, delay=0.01)
    waits = [
        later - earlier for earlier, later in zip(server.times, server.times[1:], strict=False)
    ]
    assert done.ended == ("ok", "1 listed, 0 read")
    assert max(waits) > 0.9
    assert max(waits[-2:]) < 0.9


@pytest.mark.parametrize("told", ["121", "86400", "9" * 400, "Wed, 13 Jan 2027 07:28:00 GMT", "-1"])
def test_a_wait_that_is_too_long_is_a_refusal(tmp_path: Path, told: str) -> None:
    with site({"/list": Reply("Busy", 503, headers={"Retry-After": told})}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert (done.record.verdict, server.paths()) == ("blocked", ["/list"])


# -- conditional requests ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "validator", [{"etag": 'W/"7"'}, {"etag": "", "modified": "Mon, 11 Jan 2027 07:00:00 GMT"}]
)
def test_a_page_that_did_not_move_is_not_read_again(tmp_path: Path, validator: dict) -> None:
    with site({"/list": unless_changed(LIST, **validator)}) as server:
        first = crawl(server.url, tmp_path / "1")
        second = crawl(server.url, tmp_path / "2", Known(validators=first.record.validators))
    assert first.ended == ("ok", "1 listed, 0 read")
    assert second.ended == ("ok", "nothing new: 1 pages not modified since the last run")
    assert (second.record.not_modified, second.items, second.record.captures[1:]) == (1, [], [])


def test_a_page_that_moved_is_read(tmp_path: Path) -> None:
    with site({"/list": unless_changed(LIST)}) as server:
        known = Known(validators={f"{server.url}/list": Validator(etag='"an older one"')})
        done = crawl(server.url, tmp_path / "run", known)
    assert done.ended == ("ok", "1 listed, 0 read")


def test_not_modified_beside_a_failure_is_a_failure(tmp_path: Path) -> None:
    with site({"/list": unless_changed(LIST), "/list/2": Reply(status=500)}) as server:
        known = Known(validators={f"{server.url}/list": Validator(etag='"1"')})
        done = crawl(server.url, tmp_path / "run", known, facts={"begins": ("/list", "/list/2")})
    assert (done.record.not_modified, done.record.verdict) == (1, "failed")


def test_not_modified_that_nobody_asked_for_is_no_proof_of_anything(tmp_path: Path) -> None:
    with site({"/list": Reply(status=304)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert (done.record.verdict, done.record.not_modified) == ("failed", 0)
    assert "expected HTTP 200, found HTTP 304" in done.record.reason
