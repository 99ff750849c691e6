"""What the site tells of a state's posture: its moves, its history; and orders that got a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.core.desk import BANS, MANDATES, Desk, acts, day
from tests.factory import source
from tracker.model import Measure
from tracker.site import build

FILED, SIGNED = ("2026-01-12", "Introduced in House"), ("2026-03-02", "Signed by the Governor")


def bill(*history: tuple[str, str]) -> Measure:
    return Measure(
        jurisdiction="us-oh", session="136", identifier="HB 9001", title=BANS,
        actions=acts(*history), url="https://oh.example/bill", effective_on=day("2026-06-30"),
    )  # fmt: skip


def order(identifier: str, at: str) -> Measure:
    return Measure(
        jurisdiction="us", session="2026", identifier=identifier, title=MANDATES,
        kind="executive_order", issued_on=day("2026-03-02"), url=at,
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    desk = Desk(folder)
    house = source("white-house", "us", kind="federal")
    register = source("federal-register", "us", kind="federal")
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    desk.keep(bill(FILED, SIGNED), at="2026-03-03T12:00:00Z")
    posted = order("White House fictional-order", "https://www.whitehouse.gov/x")
    desk.keep(posted, at="2026-03-03T13:00:00Z", facts=house)
    printed = order("EO 99001", "https://www.federalregister.gov/x")
    desk.keep(printed, at="2026-03-05T13:00:00Z", facts=register)
    build(desk.db, folder / "out")
    return folder / "out"


def told(site: Path, path: str, within: str = "main") -> str:
    found = BeautifulSoup((site / path / "index.html").read_text(), "lxml").select_one(within)
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_the_states_page_tells_the_move(site: Path) -> None:
    text = told(site, "oh", "section[aria-labelledby=changes]")
    assert "Where it stands: Bans 287(g) (before: No statewide policy)" in text
    assert "What decides where it stands takes effect on Jun 30, 2026" in text


def test_so_do_the_first_page_and_the_list_of_changes(site: Path) -> None:
    moved = "Where it stands: Bans 287(g) (before: No statewide policy)"
    assert moved in told(site, "", "section[aria-labelledby=week]")
    assert moved in told(site, "changes")
    assert moved in told(site, "changes/posture-changed")
    assert moved in told(site, "changes/oh")


def test_the_states_page_has_its_history(site: Path) -> None:
    assert told(site, "oh", "ol.periods") == (
        "Mar 2, 2026 : ✕ Bans 287(g) Takes effect on Jun 30, 2026. Until then: no statewide policy."
        " HB 9001"
    )
    virginia = told(site, "va", "ol.periods")
    assert virginia.index("Feb 4, 2026") < virginia.index("Jan 17, 2026") < virginia.index("Feb 27")


def test_an_order_that_got_its_number_is_still_found_at_its_first_address(site: Path) -> None:
    assert "EO 99001" in told(site, "us/2026/white-house-fictional-order")
    page = (site / "us/2026/white-house-fictional-order/index.html").read_text()
    link = BeautifulSoup(page, "lxml").select_one("main p.lead a")
    assert link is not None
    assert str(link["href"]).endswith("eo-99001/index.html")
    assert "Got its number: EO 99001; listed as “White House fictional-order” before" in told(
        site, "us/2026/eo-99001"
    )
