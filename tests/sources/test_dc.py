"""District of Columbia: periods by day, key and permission, the Council's real laws as XML."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from spiders.answer import Answer
from spiders.base import text_context
from spiders.known import Known
from spiders.legislatures.dc import API, CALENDAR, DistrictOfColumbia
from spiders.legislatures.dc_rows import LAWS, SITE, about, lims_number
from spiders.reading import PageChanged, SourceError
from spiders.run import Job
from tests.shared import needs_shared, shared
from tests.spiders.loopback import Crawl, Reply, crawl_in_child, site
from tracker.model import Action, Listing, Measure, Version, VersionText
from tracker.stages import shipped_stages

RECORDINGS = Path(__file__).parents[1] / "recordings/dc"


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        ("2025-01-01", ["25"]),
        ("2025-01-02", ["25", "26"]),
        ("2025-06-30", ["25", "26"]),
        ("2025-07-01", ["26"]),
        ("2026-02-02", ["26"]),
        ("2026-12-31", ["26"]),
        ("2027-01-01", ["26"]),
        ("2027-01-02", ["26", "27"]),
        ("2027-07-01", ["27"]),
        ("2028-03-01", ["27"]),
    ],
)
def test_the_periods_of_a_day(today: str, periods: list[str]) -> None:
    assert DistrictOfColumbia().sessions(dt.date.fromisoformat(today)) == periods


def test_without_a_key_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DC_API_KEY", raising=False)
    with pytest.raises(SourceError, match="DC_API_KEY"):
        list(DistrictOfColumbia(today=dt.date(2026, 2, 2)).begin())


def test_the_api_is_asked_with_the_key_and_the_calendar_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DC_API_KEY", "k3y")
    *lists, this_month, next_month = DistrictOfColumbia(today=dt.date(2026, 12, 31)).begin()
    assert [(one.method, one.url, one.body) for one in lists] == [
        ("POST", f"{API}/BulkData/1/26", b"{}"),
        ("POST", f"{API}/BulkData/6/26", b"{}"),
    ]
    assert all(one.headers["Authorization"] == b"Bearer k3y" for one in lists)
    assert (this_month.url, next_month.url) == (CALENDAR, CALENDAR)
    assert this_month.body == b'{"month":12,"year":2026,"committeeId":0,"searchText":""}'
    assert next_month.body == b'{"month":1,"year":2027,"committeeId":0,"searchText":""}'
    assert "Authorization" not in this_month.headers


def crawl(url: str, folder: Path, *, permission: str) -> Crawl:
    job = Job(
        source="dc",
        folder=str(folder),
        started_at=dt.datetime(2026, 2, 2, 15, tzinfo=dt.UTC),
        contact="https://example.org/contact",
        delay=0,
        allow_loopback=True,
        permission=permission,
    )
    places = {
        "spiders.legislatures.dc:API": f"{url}/api/v2/PublicData",
        "spiders.legislatures.dc:CALENDAR": f"{url}/Hearings/API/Public/GetHearingsCalendar",
        "spiders.legislatures.dc:DistrictOfColumbia.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job, places, {"DC_API_KEY": "k3y"})


@pytest.mark.parametrize(
    ("permission", "verdict"),
    [("", "blocked"), ("Council of the District of Columbia, 2026-02-02", "ok")],
)
def test_what_robots_txt_refuses_is_read_under_a_permission_only(
    tmp_path: Path, permission: str, verdict: str
) -> None:
    json = "application/json"
    pages = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /api/\n", media_type="text/plain"),
        "/api/v2/PublicData/BulkData/1/26": Reply(
            (RECORDINGS / "bills/bulk.json").read_bytes(), media_type=json
        ),
        "/api/v2/PublicData/BulkData/6/26": Reply("null", media_type=json),
        "/Hearings/API/Public/GetHearingsCalendar": Reply("[]", media_type=json),
    }
    with site(dict(pages)) as server:
        done = crawl(server.url, tmp_path / "run", permission=permission)
        paths = server.paths()
    assert done.record.verdict == verdict
    assert done.record.source.permission == permission
    assert any("/api/" in path for path in paths) == bool(permission)


def test_numbers_as_lims_has_them() -> None:
    assert about("B26-0400") == {"jurisdiction": "us-dc", "session": "26", "identifier": "B 400"}
    assert lims_number("26", "PR 9") == "PR26-0009"
    with pytest.raises(PageChanged):
        about("B26")


def test_details_are_asked_for_of_what_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DC_API_KEY", "k3y")
    listing = Listing(jurisdiction="us-dc", session="26", identifier="B 351", title="Act")
    (asked,) = DistrictOfColumbia().follow(listing)
    assert asked.url == f"{API}/LegislationDetails/B26-0351"
    assert asked.headers["Authorization"] == b"Bearer k3y"


def test_only_texts_that_can_be_read_are_asked_for() -> None:
    at = f"{SITE}/downloads/LIMS/58392"
    versions = [
        Version(note="Introduction", url=f"{at}/Introduction/B26-0351-Introduction.docx?Id=1"),
        Version(
            note="Engrossment", url=f"{at}/Meeting1/Engrossment/B26-0351-Engrossment1.pdf?Id=2"
        ),
        Version(note="Signed Act", url=f"{at}/Signed_Act/B26-0351-Signed_Act.pdf?Id=3"),
        Version(note="D.C. Law 26-60", url=f"{LAWS}/26/laws/26-60.xml"),
    ]
    measure = Measure(jurisdiction="us-dc", session="26", identifier="B 351", versions=versions)
    known = Known(texts={measure.key: [versions[1].url]})
    assert [one.url for one in DistrictOfColumbia(known=known).version_requests(measure)] == [
        versions[3].url
    ]


def test_a_scan_is_left_out_and_counted() -> None:
    blank = (RECORDINGS / "text/B26-0351-Enrollment1.pdf").read_bytes().replace(b"Tj", b"  ")
    source = DistrictOfColumbia()
    url = f"{SITE}/downloads/LIMS/58392/Introduction/B26-0351-Introduction.pdf?Id=220880"
    assert not list(source.read(Answer(url, blank)))
    assert source.rejected == {"text that is a scan, without words": 1}


@pytest.mark.parametrize(
    ("file", "key", "note", "words"),
    [
        (
            "laws_23-282.xml",
            "us-dc/23/B 501",
            "D.C. Law 23-282",
            "Sanctuary Values Amendment Act of 2020",
        ),
        (
            "acts_25-519.xml",
            "us-dc/25/B 865",
            "D.C. Act 25-519",
            "101 Migrant services and supports",
        ),
        ("laws_26-60.xml", "us-dc/26/B 351", "D.C. Law 26-60", "(a) Section 102(11)(A)"),
        ("laws_26-108.xml", "us-dc/26/B 177", "D.C. Law 26-108", "Extreme Heat Eviction"),
    ],
)
@needs_shared("recordings/dc/manifest.yaml")
def test_the_real_laws(file: str, key: str, note: str, words: str) -> None:
    folder, _, name = file.partition("_")
    period = name.partition("-")[0]
    url = f"{LAWS}/{period}/{folder}/{name}"
    (text,) = DistrictOfColumbia().read(Answer(url, shared(f"recordings/dc/{file}").read_bytes()))
    assert isinstance(text, VersionText)
    assert (text.key, text.note) == (key, note)
    assert words.lower() in text.text.lower()
    assert "lims.dccouncil" not in text.text  # citations and history stay out


@needs_shared("recordings/dc/manifest.yaml")
def test_a_law_is_told_as_of_the_bill_it_was_asked_for() -> None:
    url = f"{LAWS}/26/laws/26-60.xml"
    measure = Measure(jurisdiction="us-dc", session="26", identifier="B 351")
    context = text_context(measure, Version(note="D.C. Law 26-60", url=url))
    body = shared("recordings/dc/laws_26-60.xml").read_bytes()
    assert len(list(DistrictOfColumbia().read(Answer(url, body, context=context)))) == 1
    wrong = {**context, "identifier": "B 1"}
    with pytest.raises(PageChanged, match="B26-351"):
        list(DistrictOfColumbia().read(Answer(url, body, context=wrong)))


def test_an_act_before_congress_is_no_law_until_its_number_is_told() -> None:
    lines = (
        ("2025-11-04", "Final Reading, CC", "passed_legislature"),
        ("2025-11-17", "Transmitted to Mayor, Response Due on Dec 02, 2025", "to_governor"),
        ("2025-11-24", "Signed by the Mayor and Enacted with Act Number A26-0200", "enacted"),
        (
            "2025-12-16",
            "Transmitted to Congress, Projected Law Date is Feb 11, 2026",
            "to_governor",
        ),
        ("2026-02-20", "Law Number L26-0091 Effective from Feb 12, 2026", "enacted"),
    )
    actions: list[Action] = []
    for on, text, stage in lines:
        actions.append(Action(on=dt.date.fromisoformat(on), text=text, chamber="legislature"))
        assert shipped_stages().derive("us-dc", "bill", actions).stage == stage
