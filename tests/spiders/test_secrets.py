"""Keys of official APIs go to their API in a header, and nowhere else."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from spiders.run import Job
from tests.spiders.loopback import HTML, JSON, Crawl, Reply, Site, crawl_in_child, site

SECRET = "k3y-0f-th3-0p3rat0r"
RECORDINGS = Path(__file__).parents[1] / "recordings"


def recorded(case: str) -> bytes:
    return (RECORDINGS / case).read_bytes()


def job(source: str, folder: Path) -> Job:
    return Job(
        source=source,
        folder=str(folder),
        started_at=dt.datetime(2026, 2, 2, 15, tzinfo=dt.UTC),
        contact="https://example.org/contact",
        delay=0,
        allow_loopback=True,
    )


def congress(server: Site, folder: Path) -> Crawl:
    module = "spiders.legislatures.us"
    places = {
        f"{module}:_API": f"{server.url}/v3",
        f"{module}:_BULK": f"{server.url}/bulkdata",
        f"{module}:Congress.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job("us", folder), places, {"CONGRESS_GOV_API_KEY": SECRET})


def virginia(server: Site, folder: Path) -> Crawl:
    places = {
        "spiders.legislatures.va_addresses:STORE": server.url,
        "spiders.legislatures.va:_TEXT_CALL": (
            f"{server.url}/LegislationText/api/GetLegislationTextByIDAsync"
        ),
        "spiders.legislatures.va:Virginia.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job("va", folder), places, {"VA_API_KEY": SECRET})


def open_states(server: Site, folder: Path) -> Crawl:
    places = {
        "spiders.aggregators.open_states_api:API": server.url,
        "spiders.aggregators.open_states:OpenStates.hosts": ("127.0.0.1",),
        "spiders.aggregators.open_states:OpenStates.delay_seconds": 0,
    }
    return crawl_in_child(job("open-states", folder), places, {"OPENSTATES_API_KEY": SECRET})


PAGES = {
    congress: {
        "/v3/bill/119": Reply(recorded("us/list/list.json"), media_type=JSON),
        "/v3/summaries/119": Reply("{}", 500, JSON),
    },
    virginia: {
        "/lisfiles/20261/Summaries.csv": Reply(
            recorded("va/summaries/Summaries.csv"), media_type="text/csv"
        ),
        "/lisfiles/20261/BILLS.CSV": Reply(recorded("va/bills/BILLS.CSV"), media_type="text/csv"),
        "/LegislationText/api/GetLegislationTextByIDAsync": Reply("Forbidden", 403, HTML),
    },
}
PAGES[open_states] = {
    "/bills": Reply(recorded("open-states/none-found/answer.json"), media_type=JSON),
}
HEADERS = {congress: "x-api-key", virginia: "webapikey", open_states: "x-api-key"}


@pytest.mark.parametrize(
    "crawled", [congress, virginia, open_states], ids=lambda crawled: crawled.__name__
)
def test_a_key_is_sent_to_its_api_and_kept_nowhere(tmp_path: Path, crawled) -> None:  # type: ignore[no-untyped-def]
    with site(PAGES[crawled]) as server:
        done = crawled(server, tmp_path / "run")
    sent = [asked for asked in server.asked if SECRET in asked.headers.get(HEADERS[crawled], "")]
    assert sent
    assert not any(SECRET in asked.path for asked in server.asked)
    assert done.record.requests > len(sent)
    assert_kept_nowhere(done)


def legiscan(server: Site, folder: Path) -> Crawl:
    places = {
        "spiders.aggregators.legiscan:_API": f"{server.url}/",
        "spiders.aggregators.legiscan:LegiScan.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job("legiscan", folder), places, {"LEGISCAN_API_KEY": SECRET})


def test_a_key_that_goes_in_the_address_is_kept_nowhere(tmp_path: Path) -> None:
    reply = Reply(recorded("legiscan/found/answer.json"), media_type=JSON)
    with site({"/": reply}) as server:
        done = legiscan(server, tmp_path / "run")
    searches = [asked.path for asked in server.asked if "getSearch" in asked.path]
    assert searches
    assert all(f"key={SECRET}" in path for path in searches)
    assert_kept_nowhere(done)


def test_nor_where_the_service_does_not_answer(tmp_path: Path) -> None:
    with site({}) as server:
        closed = server.url
    places = {
        "spiders.aggregators.legiscan:_API": f"{closed}/",
        "spiders.aggregators.legiscan:LegiScan.hosts": ("127.0.0.1",),
    }
    done = crawl_in_child(job("legiscan", tmp_path / "run"), places, {"LEGISCAN_API_KEY": SECRET})
    assert done.record.verdict == "failed"
    assert_kept_nowhere(done)


def test_without_its_key_a_service_is_not_asked(tmp_path: Path) -> None:
    with site({}) as server:
        places = {"spiders.aggregators.legiscan:_API": f"{server.url}/"}
        done = crawl_in_child(job("legiscan", tmp_path / "run"), places, {"LEGISCAN_API_KEY": ""})
        assert server.asked == []
    assert (done.record.verdict, done.record.requests) == ("failed", 0)
    assert "LEGISCAN_API_KEY" in done.record.reason


def assert_kept_nowhere(done: Crawl) -> None:
    assert {"run.json", "captures.warc.gz"} <= {path.name for path in done.folder.iterdir()}
    for path in done.folder.iterdir():
        raw = path.read_bytes()
        body = gzip.decompress(raw) if path.suffix == ".gz" else raw
        assert SECRET.encode() not in body, path.name
