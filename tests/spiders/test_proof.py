"""Only a proven page is believed: walls, empty bodies, changed pages and our own errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.proof import CHALLENGES
from tests.spiders.fictional import BRIDGES, DETAINERS, bill_list, bill_page, history
from tests.spiders.loopback import TEXT, Reply, crawl, site
from tracker.model import Listing

LIST = bill_list((1, BRIDGES, "First Reading"))
MARK = "expected the mark b'<h1>Bills'"


@pytest.mark.parametrize("mark", [mark.decode() for mark in CHALLENGES])
@pytest.mark.parametrize("status", [200, 202])
def test_a_challenge_page_is_a_wall_whatever_its_status(
    tmp_path: Path, mark: str, status: int
) -> None:
    with site({"/list": Reply(f"<html><title>{mark}</title></html>", status)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == ("blocked", f"{server.url}/list: {MARK}, found a challenge page")
    assert done.items == []


@pytest.mark.parametrize("body", ["", " \r\n\t"])
@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_answer_is_a_wall(tmp_path: Path, body: str, status: int) -> None:
    with site({"/list": Reply(body, status)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == ("blocked", f"{server.url}/list: {MARK}, found an empty body")


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<html><h1>Measures</h1></html>", "<h1>Measures</h1>"),
        ('<html><div id="root"></div><script src="/app.js"></script></html>', '<div id="root">'),
        ("<html><form><input type=password></form></html>", "password"),
    ],
    ids=["a redesign", "a JavaScript shell", "a login"],
)
def test_another_page_than_the_known_one_has_changed(tmp_path: Path, page: str, shown: str) -> None:
    with site({"/list": page}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == "changed"
    assert done.record.reason.startswith(f"{server.url}/list: {MARK}, found ")
    assert shown in done.record.reason
    assert done.items == []


def test_the_sites_own_none_is_the_proof_of_an_empty_list(tmp_path: Path) -> None:
    none = "<html><h1>Bills</h1><p>No bills are before the House</p></html>"
    with site({"/list": none}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == ("ok-empty", "the site itself says: No bills are before the House")
    assert done.record.empty_proof == "No bills are before the House"


def test_nothing_without_proof_is_suspect(tmp_path: Path) -> None:
    with site({"/hearings": Reply("bill,on\n", media_type="text/csv")}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/hearings",)})
    assert done.ended == (
        "suspect",
        "nothing was found, and nothing on the page says that there is nothing",
    )


def test_a_list_without_rows_has_changed(tmp_path: Path) -> None:
    with site({"/list": "<html><h1>Bills</h1><table></table></html>"}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == (
        "changed",
        f"{server.url}/list: expected at least 1 `tr`, found 0 of them",
    )


def test_an_implausible_page_is_suspect(tmp_path: Path) -> None:
    with site({"/impossible": "impossible"}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/impossible",)})
    assert done.record.verdict == "suspect"


def test_an_error_of_ours_is_named_and_the_run_not_believed(tmp_path: Path) -> None:
    with site({"/broken": "broken"}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/broken",)})
    assert done.ended == (
        "changed",
        f"{server.url}/broken: expected a page this source can read,"
        " found ZeroDivisionError('an error of ours')",
    )
    assert [type(item) for item in done.items] == [Listing]


def test_an_error_in_the_first_requests_is_not_the_end_of_them(tmp_path: Path) -> None:
    """Scrapy keeps what was asked before the error, and calls the crawl finished."""
    with site({"/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/list", 7)})
    assert done.record.verdict == "changed"
    assert "expected the first requests of a run, found TypeError" in done.record.reason


def test_an_address_that_no_page_reads_has_changed(tmp_path: Path) -> None:
    with site({"/elsewhere": LIST}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/elsewhere",)})
    assert done.ended == (
        "changed",
        f"{server.url}/elsewhere: expected an address that one page of this source reads,"
        f" found {server.url}/elsewhere",
    )


def test_the_gravest_problem_is_the_verdict_and_all_are_kept(tmp_path: Path) -> None:
    pages = {
        "/list": LIST,
        "/list/1": Reply("Oops", 404, TEXT),
        "/list/2": "<html>another</html>",
        "/list/3": Reply("No", 403),
    }
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": tuple(pages)})
    assert done.record.verdict == "blocked"
    assert sorted(problem.kind for problem in done.record.problems) == [
        "blocked",
        "changed",
        "failed",
    ]


def test_many_problems_end_the_run(tmp_path: Path) -> None:
    begins = tuple(f"/list/{number}" for number in range(200))
    with site({}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": begins})
    assert done.record.verdict == "failed"
    assert 21 <= len(done.record.problems) < 40
    assert len(server.paths()) < 60


def test_one_lost_page_of_a_measure_makes_the_run_not_good(tmp_path: Path) -> None:
    pages = {
        "/list": bill_list((1, DETAINERS, "x"), (2, DETAINERS, "x")),
        **{f"/bill/{number}": bill_page(number, DETAINERS) for number in (1, 2)},
        "/history/1": history("2027-01-05"),
        "/history/2": Reply("Oops", 404),
    }
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == "failed"
    assert done.record.reason.startswith(f"{server.url}/history/2: expected HTTP 200")


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (Reply("Oops", 500), "HTTP 500"),
        (Reply("<html><h1>Redesigned</h1></html>"), "Redesigned"),
        (Reply("bill,on\nHB 1,some day\n", media_type=TEXT), "some day"),
        (Reply(status=302, headers={"Location": "http://example.org/"}), "example.org"),
    ],
    ids=["an error", "a redesign", "a day of no form", "elsewhere"],
)
def test_a_page_beside_the_facts_costs_only_itself(
    tmp_path: Path, reply: Reply, shown: str
) -> None:
    begins = ("/list", "/calendar")
    with site({"/list": LIST, "/calendar": reply}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": begins})
    assert done.record.verdict == "ok"
    assert [type(item) for item in done.items] == [Listing]
    (missed,) = done.record.missed
    assert shown in f"{missed.url} {missed.found}"


def test_only_pages_beside_the_facts_are_no_proof_that_there_is_nothing(tmp_path: Path) -> None:
    with site({"/calendar": Reply("Oops", 500)}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/calendar",)})
    assert done.record.verdict == "suspect"


def test_at_a_wall_nothing_more_is_asked(tmp_path: Path) -> None:
    begins = tuple(f"/list/{number}" for number in range(50))
    wall = Reply("<html><title>Just a moment...</title></html>")
    with site({"/list/0": wall, **dict.fromkeys(begins[1:], LIST)}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": begins})
        asked = len(server.paths())
    assert done.record.verdict == "blocked"
    assert asked < 20
