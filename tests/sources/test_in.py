"""Indiana: sessions by day, whose turn it is to be read, a key that is sent, the real prints."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.in_ import Indiana
from spiders.legislatures.in_rows import api_name, committees, hour, identifier
from spiders.proof import Page
from spiders.reading import PageChanged, SourceError
from spiders.run import Job
from tests.shared import needs_shared, shared
from tests.spiders.loopback import JSON, Answering, Crawl, Reply, Site, crawl_in_child, site
from tracker.model import Action, Measure, VersionText

API = "https://api.iga.in.gov"
RECORDINGS = Path(__file__).parents[1] / "recordings/in"
SECRET = "k3y-0f-th3-0p3rat0r"
PRINTS = "https://iga.in.gov/pdf-documents/124/2026"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-09", "2025"),
        ("2025-11-17", "2025"),
        ("2025-11-18", "2026"),
        ("2026-02-02", "2026"),
        ("2026-11-16", "2026"),
        ("2026-11-17", "2027"),
        ("2027-01-04", "2027"),
        ("2027-11-15", "2027"),
        ("2027-11-16", "2028"),
        ("2028-03-01", "2028"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    assert Indiana().sessions(dt.date.fromisoformat(today)) == [session]


def test_without_a_key_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INDIANA_API_KEY", raising=False)
    with pytest.raises(SourceError, match="INDIANA_API_KEY"):
        list(Indiana(today=dt.date(2026, 2, 2)).begin())


def crawl(server: Site, folder: Path, **environment: str) -> Crawl:
    job = Job(
        source="in",
        folder=str(folder),
        started_at=dt.datetime(2026, 2, 2, 15, tzinfo=dt.UTC),
        contact="https://example.org/contact",
        delay=0,
        allow_loopback=True,
    )
    places = {
        "spiders.legislatures.in_:API": server.url,
        "spiders.legislatures.in_:Indiana.hosts": ("127.0.0.1",),
        "spiders.legislatures.in_:Indiana.pages": local_pages(),
        "spiders.legislatures.in_rows:SITE": server.url,
    }
    return crawl_in_child(job, places, environment)


def local_pages() -> tuple[Page, ...]:
    """The same pages at the address of a site on this machine."""
    hosts = re.compile(r"//(?:api\\\.)?iga\\\.in\\\.gov")
    return tuple(
        kind._replace(address=re.compile(hosts.sub("", kind.address.pattern)))
        for kind in Indiana.pages
    )


def test_a_run_without_the_key_fails_and_says_so(tmp_path: Path) -> None:
    with site({}) as server:
        done = crawl(server, tmp_path / "run", INDIANA_API_KEY="")
        assert server.paths() == []
    assert done.record.verdict == "failed"
    assert "INDIANA_API_KEY" in done.record.reason


def test_a_run_with_the_key_reads_the_session(tmp_path: Path) -> None:
    def recorded(case: str, file: str) -> Reply:
        return Reply((RECORDINGS / case / file).read_bytes(), media_type=JSON)

    prints = "/pdf-documents/124/2026/senate/bills/SB0076/SB0076"
    bills = b'{"items": [{"billName": "SB0284"}, {"billName": "SB0076"}]}'
    pages: dict[str, Answering] = {
        "/2026/bills": Reply(bills, media_type=JSON),
        "/2026/bills/sb0284": recorded("bill", "bill.json"),
        "/2026/bills/sb0076": recorded("bill-on-topic", "bill.json"),
        "/2026/bills/sb0076/actions": recorded("history-of-one-in-committee", "actions.json"),
        "/2026/meetings": Reply("<html>a shell</html>"),
        f"{prints}.01.INTR.pdf": Reply((RECORDINGS / "text/SB0076.01.INTR.pdf").read_bytes()),
        f"{prints}.03.COMS.pdf": Reply('<html><div id="root"></div></html>'),
    }
    with site(pages) as server:
        done = crawl(server, tmp_path / "run", INDIANA_API_KEY=SECRET)
        keys = {one.path[:6]: one.headers.get("x-api-key") for one in server.asked}
    assert done.record.verdict == "ok"
    assert [one.url.rpartition("/")[2][:8] for one in done.record.missed] == ["meetings"]
    assert keys == {"/2026/": SECRET, "/pdf-d": None, "/robot": None}
    assert done.record.rejected == {"text that the site does not have": 1}
    assert [item.note for item in done.items if isinstance(item, VersionText)] == ["SB0076.01.INTR"]
    assert done.record.listed == 2
    measures = [item for item in done.items if isinstance(item, Measure)]
    assert [one.identifier for one in measures] == ["SB 76"]
    assert len(measures[0].actions or ()) == 2
    assert SECRET.encode() not in b"".join(one.read_bytes() for one in done.folder.iterdir())


def test_the_api_is_asked_with_the_key_and_the_site_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INDIANA_API_KEY", "k3y")
    source = Indiana(today=dt.date(2027, 1, 4))
    asked = list(source.begin())
    assert [request.url for request in asked] == [
        f"{API}/2027/bills",
        f"{API}/2027/meetings?minDate=2027-01-04&per_page=200",
    ]
    assert all(request.headers["X-Api-Key"] == b"k3y" for request in asked)
    page = b'{"billName": "SB0076"}'
    with pytest.raises(PageChanged):
        list(source.read(Answer(f"{API}/2026/bills/sb0076", page)))
    (measure,) = source.read(Answer(f"{API}/2026/bills/hb1422", bill("HB1422")))
    assert isinstance(measure, Measure)
    history, text = source.version_requests(measure)
    assert history.url == f"{API}/2026/bills/hb1422/actions"
    assert history.headers["X-Api-Key"] == b"k3y"
    assert text.url == f"{PRINTS}/house/bills/HB1422/HB1422.01.INTR.pdf"
    assert "X-Api-Key" not in text.headers


def bill(name: str, description: str | None = "Immigration matters.") -> bytes:
    told = "null" if description is None else f'"{description}"'
    return (
        f'{{"billName": "{name}", "description": {told}, "authors": [], "coauthors": [],'
        ' "sponsors": [], "cosponsors": [], "latestVersion": {"digest": null,'
        ' "shortDescription": null, "subjects": []}, "versions":'
        f' [{{"billName": "{name}", "printVersionName": "{name}.01.INTR"}}]}}'
    ).encode()


def test_a_bill_without_a_title_is_left_out_and_counted() -> None:
    source = Indiana()
    for nothing in ("NoneNone", "", None):
        assert not list(source.read(Answer(f"{API}/2026/bills/hb1422", bill("HB1422", nothing))))
    assert source.rejected == {"bill that has no title yet": 3}


KEY = "us-in/2026/HB 1422"


def first(today: str, known: Known, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses a run begins with, but for those of meetings, below the session's."""
    monkeypatch.setenv("INDIANA_API_KEY", SECRET)
    asked = Indiana(today=dt.date.fromisoformat(today), known=known).begin()
    paths = [request.url.removeprefix(f"{API}/") for request in asked]
    return [path.partition("/")[2] for path in paths if "/meetings?" not in path]


WANTED = Known(prints={"us-in/2026/SB 1": "00"}, texts={KEY: []}, watched=frozenset({KEY}))


@pytest.mark.parametrize(
    ("today", "known", "asked"),
    [
        ("2026-02-02", Known(), ["bills"]),
        ("2026-02-02", WANTED, ["bills?page=1", "bills/hb1422/actions", "bills/sb0001"]),
        ("2026-07-01", WANTED, ["bills?page=1"]),
        ("2026-11-17", WANTED, ["bills"]),
        (
            "2026-07-01",
            Known(texts={KEY: []}, watched=frozenset({KEY}), asked=frozenset({KEY})),
            ["bills?page=1", "bills/hb1422"],
        ),
    ],
    ids=["first crawl", "in session", "decided", "of the next session", "asked for"],
)
def test_what_a_run_begins_with(
    today: str, known: Known, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert first(today, known, monkeypatch) == asked


def test_pages_and_bills_have_their_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Known(prints={f"us-in/2026/SB {n}": "00" for n in range(1, 401)})
    days = [str(dt.date(2026, 2, 1) + dt.timedelta(days=n)) for n in range(40)]
    asked = [first(day, known, monkeypatch) for day in days]
    bills = [path for paths in asked for path in paths if "?" not in path]
    assert len(bills) == len(set(bills)) == 400
    pages = {path for paths in asked[:2] for path in paths if "?" in path}
    assert pages == {f"bills?page={n}" for n in range(1, 9)}


def test_a_page_in_its_turn_leads_to_no_other_unless_it_is_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INDIANA_API_KEY", SECRET)
    known = Known(prints={f"us-in/2026/SB {n}": "00" for n in range(1, 101)})
    source = Indiana(today=dt.date(2026, 2, 2), known=known)
    told = {
        request.url: request.cb_kwargs["context"]
        for request in source.begin()
        if "?page=" in request.url
    }
    assert len(source.listed) == 100
    page = b'{"items": [{"billName": "SB0001"}], "nextLink": "/2026/bills?page=3&per_page=50"}'
    followed = {url: list(source.read(Answer(url, page, context=told[url]))) for url in told}
    assert followed[f"{API}/2026/bills?page=1"] == []
    assert len(followed[f"{API}/2026/bills?page=2"]) == 1


@pytest.mark.parametrize(("today", "read"), [("2026-01-28", True), ("2026-01-29", False)])
def test_a_bill_that_moved_since_its_last_turn_is_read(today: str, read: bool) -> None:
    known = Known(watched=frozenset({KEY}))
    source = Indiana(today=dt.date.fromisoformat(today), known=known)
    line = b'{"description": "Withdrawn", "date": "2026-01-26", "chamber": {"name": "House"}}'
    page = Answer(f"{API}/2026/bills/hb1422/actions", b'{"items": [%s]}' % line)
    asked = [thing.url for thing in source.read(page) if isinstance(thing, Request)]
    assert asked == ([f"{API}/2026/bills/hb1422"] if read else [])


def test_the_shell_of_the_site_is_a_text_that_is_not_there() -> None:
    source = Indiana()
    shell = b'<!doctype html><html><body><div id="root"></div></body></html>'
    url = f"{PRINTS}/senate/bills/SB0076/SB0076.05.ENGS.pdf"
    assert not list(source.read(Answer(url, shell)))
    assert source.rejected == {"text that the site does not have": 1}
    assert source.texts_missing == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [("HB1001", "HB 1001"), ("SB0076", "SB 76"), ("HC0011", "HCR 11"), ("SJ0001", "SJR 1")],
)
def test_numbers_as_the_api_has_them(name: str, told: str) -> None:
    assert identifier(name) == told
    assert api_name(told) == name.lower()


def test_committees_are_named_without_the_rule_that_sent_the_bill_there() -> None:
    said = (
        "First reading: referred to Committee on Education, Labor and Pensions",
        "Recommitted to Committee on Ways and Means pursuant to House Rule 126.3",
        "Pursuant to Senate Rule 68(b); reassigned to Committee on Appropriations",
        "Committee report: amend do pass, adopted",
    )
    actions = [Action(on=dt.date(2026, 1, 12), text=text) for text in said]
    assert committees(actions) == [
        "Education, Labor and Pensions",
        "Ways and Means",
        "Appropriations",
    ]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("9:00 AM", dt.time(9)),
        ("1:30pm", dt.time(13, 30)),
        ("13:30:00", dt.time(13, 30)),
        ("Upon adjournment", None),
        ("", None),
    ],
)
def test_hours_of_meetings(printed: str, read: dt.time | None) -> None:
    assert hour(printed) == read


@pytest.mark.parametrize(
    ("file", "path", "key", "words"),
    [
        (
            "SB76__SB0076.01.INTR_Introduced_Senate_Bill_S.pdf",
            "senate/bills/SB0076/SB0076.01.INTR.pdf",
            "us-in/2026/SB 76",
            "December 8, 2025, read first time and referred to Committee on Judiciary.",
        ),
        (
            "SB76__SB0076.03.COMS_Senate_Bill_S.pdf",
            "senate/bills/SB0076/SB0076.03.COMS.pdf",
            "us-in/2026/SB 76",
            "immigration detainer request",
        ),
        (
            "HB1422__HB1422.01.INTR_Introduced_House_Bill_H.pdf",
            "house/bills/HB1422/HB1422.01.INTR.pdf",
            "us-in/2026/HB 1422",
            "HOUSE BILL No. 1422",
        ),
        (
            "HB1039__HB1039.01.INTR_Introduced_House_Bill_H.pdf",
            "house/bills/HB1039/HB1039.01.INTR.pdf",
            "us-in/2026/HB 1039",
            "Synopsis: Various immigration matters.",
        ),
    ],
)
@needs_shared("recordings/in/manifest.yaml")
def test_the_real_prints(file: str, path: str, key: str, words: str) -> None:
    answer = Answer(f"{PRINTS}/{path}", shared(f"recordings/in/{file}").read_bytes())
    (text,) = Indiana().read(answer)
    assert isinstance(text, VersionText)
    assert text.key == key
    assert f"{text.note}.pdf" == path.rpartition("/")[2]
    assert words in text.text
