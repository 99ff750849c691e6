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
HEADERS = {congress: "x-api-key", virginia: "webapikey"}


@pytest.mark.parametrize("crawled", [congress, virginia], ids=lambda crawled: crawled.__name__)
def test_a_key_is_sent_to_its_api_and_kept_nowhere(tmp_path: Path, crawled) -> None:  # type: ignore[no-untyped-def]
    with site(PAGES[crawled]) as server:
        done = crawled(server, tmp_path / "run")
    sent = [asked for asked in server.asked if SECRET in asked.headers.get(HEADERS[crawled], "")]
    assert sent
    assert not any(SECRET in asked.path for asked in server.asked)
    assert done.record.requests > len(sent)
    for path in done.folder.iterdir():
        raw = path.read_bytes()
        body = gzip.decompress(raw) if path.suffix == ".gz" else raw
        assert body
        assert SECRET.encode() not in body, path.name
