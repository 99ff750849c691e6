"""New York: terms by day, prints, a key that is sent and kept nowhere, the feed's real sentences."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest

from spiders.base import named
from spiders.legislatures.ny import NewYork
from spiders.legislatures.ny_bill import session_name
from spiders.reading import SourceError
from spiders.run import Job
from tests.shared import needs_shared, shared
from tests.spiders.loopback import JSON, Answering, Crawl, Reply, Site, crawl_in_child, site
from tracker.model import Action, Listing, Measure, Version
from tracker.stages import shipped_stages

API = "https://legislation.nysenate.gov/api/3"
SECRET = "k3y-0f-th3-0p3rat0r"
RECORDINGS = Path(__file__).parents[1] / "recordings/ny"
SERIES = "recordings/ny/2023-05-30-16.07.29.818207_BILLSTAT_S05186.XML"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2024-12-31", ["2023"]),
        ("2025-01-01", ["2023", "2025"]),
        ("2025-02-01", ["2025"]),
        ("2026-01-01", ["2025"]),
        ("2026-12-31", ["2025"]),
        ("2027-01-01", ["2025", "2027"]),
        ("2027-01-31", ["2025", "2027"]),
        ("2027-02-01", ["2027"]),
        ("2028-01-15", ["2027"]),
    ],
)
def test_the_terms_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    assert NewYork(today=day).sessions(day) == sessions


def test_a_term_is_named_by_both_years() -> None:
    assert session_name(2025) == "2025-2026"
    assert session_name(2027) == "2027-2028"


def test_without_a_key_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEW_YORK_API_KEY", raising=False)
    with pytest.raises(SourceError, match="NEW_YORK_API_KEY"):
        list(NewYork(today=dt.date(2026, 2, 2)).begin())


def test_requests_carry_no_key_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEW_YORK_API_KEY", SECRET)
    asked = list(NewYork(today=dt.date(2027, 1, 4)).begin())
    assert [re.sub(r"term=.*?&", "", request.url) for request in asked] == [
        f"{API}/agendas/meetings/2027-01-04/2027-01-18",
        f"{API}/bills/2025/search?sort=status.actionDate%3ADESC&limit=1000&offset=1",
        f"{API}/bills/2027/search?sort=status.actionDate%3ADESC&limit=1000&offset=1",
    ]
    assert not any(SECRET in str(request.meta) for request in asked)


def test_a_bill_is_asked_for_without_its_letter() -> None:
    listing = Listing(
        jurisdiction="us-ny", session="2025-2026", identifier="S 4735", title="Relates to schools"
    )
    (asked,) = NewYork().follow(listing)
    assert asked.url == f"{API}/bills/2025/S4735?view=no_fulltext"


def test_only_new_prints_are_asked_for() -> None:
    at = "https://legislation.nysenate.gov/pdf/bills/2025"
    prints = ("S4735", "S4735A")
    listing = Listing(
        jurisdiction="us-ny", session="2025-2026", identifier="S 4735", title="Relates to schools"
    )
    versions = [Version(note=note, url=f"{at}/{note}") for note in prints]
    source = NewYork()
    source.known.texts["us-ny/2025-2026/S 4735"] = [f"{at}/S4735"]
    (asked,) = source.version_requests(Measure(**named(listing), versions=versions))
    assert asked.url == (
        f"{API}/bills/2025/S4735?view=only_fulltext&version=A&fullTextFormat=PLAIN"
    )


def crawl(server: Site, folder: Path) -> Crawl:
    job = Job(
        source="ny",
        folder=str(folder),
        started_at=dt.datetime(2026, 2, 2, 15, tzinfo=dt.UTC),
        contact="https://example.org/contact",
        delay=0,
        allow_loopback=True,
    )
    places = {
        "spiders.legislatures.ny:API": f"{server.url}/api/3",
        "spiders.legislatures.ny:NewYork.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job, places, {"NEW_YORK_API_KEY": SECRET})


def recorded(case: str) -> Reply:
    return Reply((RECORDINGS / case / "answer.json").read_bytes(), media_type=JSON)


def test_the_key_goes_into_the_address_and_nowhere_else(tmp_path: Path) -> None:
    pages: dict[str, Answering] = {
        "/api/3/agendas/meetings/2026-02-02/2026-02-16": recorded("meetings-none"),
        "/api/3/bills/2025/search": recorded("search"),
        "/api/3/bills/2025/S4735": recorded("bill"),
        "/api/3/bills/2025/A2261": Reply("{}", 500, JSON),
    }
    with site(pages) as server:
        done = crawl(server, tmp_path / "run")
        asked = server.paths()
    assert len(asked) >= 4
    assert all(path.endswith(f"key={SECRET}") for path in asked)
    assert all(path.count(SECRET) == 1 for path in asked), "asked again, the key is there once"
    assert "us-ny/2025-2026/S 4735" in {item.key for item in done.items if hasattr(item, "key")}
    for path in done.folder.iterdir():
        raw = path.read_bytes()
        body = gzip.decompress(raw) if path.suffix == ".gz" else raw
        assert SECRET.encode() not in body, path.name


def test_a_redirect_elsewhere_goes_without_the_key(tmp_path: Path) -> None:
    with site({"/there": Reply("{}", 200, JSON)}) as elsewhere:
        moved = Reply("", 302, headers={"Location": f"{elsewhere.url}/there"})
        with site({"/api/3/bills/2025/search": moved}) as server:
            crawl(server, tmp_path / "run")
        assert elsewhere.paths() == ["/there"]


@needs_shared(SERIES)
def test_a_vote_that_was_reconsidered_is_no_passage() -> None:
    """The API prints the lines of the drafting commission's feed, which was recorded: capitals are
    the house that the bill began in."""
    lines = re.findall(r"^(\d\d/\d\d/\d\d) (.+)$", shared(SERIES).read_text(), re.MULTILINE)
    actions = [
        Action(
            on=dt.datetime.strptime(on, "%m/%d/%y").date(),  # noqa: DTZ007 - a day has no zone
            text=line,
            chamber="upper" if line.isupper() else "lower",
        )
        for on, line in lines
    ]
    stages = shipped_stages()
    assert len(actions) == 10
    for action in actions:
        assert stages.meaning("us-ny", action.text, action.chamber).name != "unknown", action.text
    assert stages.derive("us-ny", "bill", actions[:6]).stage == "passed_chamber"
    assert stages.derive("us-ny", "bill", actions).stage == "passed_committee"
