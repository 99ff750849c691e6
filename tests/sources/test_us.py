"""Congress: which Congress of a day, both routes, the key's secrecy, real files that were recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.us import KEY, Congress
from spiders.legislatures.us_billstatus import human_page
from spiders.legislatures.us_texts import named_in_address
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, Measure, Sponsor, Version, VersionText

RECORDED = "recordings/us"
TEXTS = "corpus/texts/usa"
BULK = "https://www.govinfo.gov/bulkdata/BILLSTATUS"
PACKAGES = "https://www.govinfo.gov/content/pkg"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)


@pytest.mark.parametrize(
    ("today", "congresses"),
    [
        ("2025-01-02", ("118",)),
        ("2025-01-03", ("118", "119")),
        ("2025-01-31", ("118", "119")),
        ("2025-02-01", ("119",)),
        ("2026-12-31", ("119",)),
        ("2027-01-02", ("119",)),
        ("2027-01-03", ("119", "120")),
        ("2028-01-15", ("120",)),
    ],
)
def test_the_congresses_of_a_day(today: str, congresses: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Congress(today=day).sessions(day) == congresses


def test_without_a_key_a_run_begins_with_eight_files() -> None:
    requests = list(Congress(today=dt.date(2026, 2, 2)).begin())
    assert len(requests) == 8
    assert requests[0].url == f"{BULK}/119/hr/BILLSTATUS-119-hr.zip"
    assert requests[-1].url == f"{BULK}/119/sres/BILLSTATUS-119-sres.zip"


@pytest.mark.parametrize(
    ("known", "since"),
    [(Known(), "2025-01-03"), (Known(prints={"us/119/HR 32": "00"}), "2026-01-19")],
)
def test_with_a_key_lists_are_asked_and_the_key_is_in_no_address(
    monkeypatch: pytest.MonkeyPatch, known: Known, since: str
) -> None:
    monkeypatch.setenv(KEY, "secret-key")
    requests = list(Congress(today=dt.date(2026, 2, 2), known=known).begin())
    api = "https://api.congress.gov/v3"
    assert [request.url for request in requests] == [
        f"{api}/bill/119?format=json&limit=250&offset=0&sort=updateDate+desc",
        f"{api}/summaries/119?format=json&limit=250&offset=0&fromDateTime={since}T00%3A00%3A00Z",
        f"{api}/committee-meeting/119?format=json&limit=250&offset=0"
        "&fromDateTime=2026-01-31T00%3A00%3A00Z",
    ]
    for request in requests:
        assert request.headers["X-Api-Key"] == b"secret-key"
        assert "secret-key" not in request.url


def test_a_kind_without_a_file_is_no_news_in_the_first_weeks_of_a_congress() -> None:
    answer = Answer(f"{BULK}/120/sconres/BILLSTATUS-120-sconres.zip", b"", 404)
    source = Congress(today=dt.date(2027, 1, 4))
    assert list(source.read(answer)) == []
    assert source.rejected == {"no file yet of one kind in a new Congress": 1}
    with pytest.raises(PageChanged, match="HTTP 404"):
        list(Congress(today=dt.date(2027, 3, 4)).read(answer))


def test_a_moved_row_leads_to_the_file_of_the_bill() -> None:
    listing = Listing(
        jurisdiction="us",
        session="119",
        identifier="HJRES 1",
        title="Proposing an amendment on sanctuary jurisdictions",
    )
    (request,) = Congress().follow(listing)
    assert request.url == f"{BULK}/119/hjres/BILLSTATUS-119hjres1.xml"


@pytest.mark.parametrize(
    ("congress", "printed"),
    [("111", "111th"), ("112", "112th"), ("119", "119th"), ("121", "121st"), ("123", "123rd")],
)
def test_pages_for_people(congress: str, printed: str) -> None:
    page = f"https://www.congress.gov/bill/{printed}-congress/senate-joint-resolution/7"
    assert human_page(congress, "SJRES", "7") == page


def test_only_texts_that_are_xml_are_asked_for() -> None:
    xml = f"{PACKAGES}/BILLS-119hr32ih/xml/BILLS-119hr32ih.xml"
    measure = Measure(
        jurisdiction="us",
        session="119",
        identifier="HR 32",
        versions=[
            Version(note="Introduced in House", url=xml),
            Version(note="Public Law", url=f"{PACKAGES}/PLAW-119publ1/pdf/PLAW-119publ1.pdf"),
        ],
    )
    assert [request.url for request in Congress().version_requests(measure)] == [xml]


@pytest.mark.parametrize(
    ("package", "identifier", "note"),
    [
        ("BILLS-119hr1rh", "HR 1", "Reported in House"),
        ("BILLS-119hres53eh", "HRES 53", "Engrossed in House"),
        ("BILLS-119s5enr", "S 5", "Enrolled Bill"),
        ("BILLS-119sconres7is", "SCONRES 7", "Introduced in Senate"),
        ("BILLS-119hr1eas2", "HR 1", "Engrossed Amendment Senate"),
    ],
)
def test_texts_named_by_their_address(package: str, identifier: str, note: str) -> None:
    found = named_in_address(f"{PACKAGES}/{package}/xml/{package}.xml")
    assert (found["session"], found["identifier"], found["note"]) == ("119", identifier, note)


def read(file: str, name: str) -> Measure:
    congress, kind = name[:3], name[3:].rstrip("0123456789")
    body = shared(f"{RECORDED}/{file}").read_bytes()
    url = f"{BULK}/{congress}/{kind}/BILLSTATUS-{name}.xml"
    (measure,) = Congress(today=dt.date(2026, 2, 2)).read(Answer(url, body))
    assert isinstance(measure, Measure)
    return measure


@needs_shared(RECORDED)
def test_a_bill_in_the_form_of_2025() -> None:
    bill = read("BILLSTATUS-119hr32.2025-02.xml", "119hr32")
    assert (bill.key, bill.kind, bill.chamber) == ("us/119/HR 32", "bill", "lower")
    assert bill.title == "No Bailout for Sanctuary Cities Act"
    abstract = bill.abstract or ""
    assert abstract.startswith("No Bailout for Sanctuary Cities Act\n\nThis bill makes a state")
    assert "<" not in abstract
    assert "&" not in abstract
    assert bill.subjects == ["Immigration"]
    assert bill.committees == ["House Judiciary Committee"]
    sponsors = bill.sponsors or []
    assert len(sponsors) == 13
    assert sponsors[0] == Sponsor(name="Rep. LaLota, Nick [R-NY-1]", role="primary")
    assert sponsors[-1] == Sponsor(name="Rep. Palmer, Gary J. [R-AL-6]")
    day = dt.date(2025, 1, 3)
    assert bill.actions == [
        Action(on=day, text="Introduced in House", chamber="lower"),
        Action(on=day, text="Referred to the House Committee on the Judiciary.", chamber="lower"),
    ]
    assert bill.versions == [
        Version(
            note="Introduced in House",
            url=f"{PACKAGES}/BILLS-119hr32ih/xml/BILLS-119hr32ih.xml",
            published_on=day,
            media_type="text/xml",
        )
    ]


@needs_shared(RECORDED)
def test_a_bill_in_the_form_of_2022() -> None:
    bill = read("BILLSTATUS-117hr6658.xml", "117hr6658")
    assert bill.title == "Protecting Family and Small Business Tax Cuts Act of 2022"
    assert bill.committees == ["House Ways and Means Committee"]
    assert len(bill.sponsors or []) == 112
    assert [action.text for action in bill.actions or []] == [
        "Introduced in House",
        "Referred to the House Committee on Ways and Means.",
    ]
    assert bill.relations == []  # two related bills, none of them identical


@needs_shared(RECORDED)
def test_a_concurrent_resolution() -> None:
    resolution = read("BILLSTATUS-117sconres7.v3.xml", "117sconres7")
    assert (resolution.key, resolution.kind) == ("us/117/SCONRES 7", "resolution")
    assert (resolution.subjects or [])[:2] == ["Congress", "Assault and harassment offenses"]
    assert len(resolution.subjects or []) == 15
    assert len(resolution.sponsors or []) == 39
    assert len(resolution.versions or []) == 1  # the empty one is none


@needs_shared(RECORDED)
def test_the_format_before_november_2022_is_refused() -> None:
    with pytest.raises(PageChanged, match="BILLSTATUS version 3, found none"):
        read("BILLSTATUS-117sconres7.old-format.xml", "117sconres7")


@needs_shared(TEXTS)
def test_real_texts_are_read_and_named() -> None:
    source, read_texts = Congress(), 0
    for file in sorted(shared(TEXTS).glob("*-BILLS_*.xml")):
        package = f"BILLS-{file.name.split('BILLS_')[1].split('_')[0]}"
        url = f"{PACKAGES}/{package}/xml/{package}.xml"
        (text,) = source.read(Answer(url, file.read_bytes()))
        assert isinstance(text, VersionText)
        assert text.identifier.replace(" ", "") == file.name.split("-")[0]
        assert text.note.replace(" ", "_") in file.name
        read_texts += 1
    assert read_texts > 150


def test_every_answer_of_an_api_list_leads_on_until_the_last_page() -> None:
    url = "https://api.congress.gov/v3/summaries/119?format=json&limit=250&offset=250&fromDateTime=2026-01-19T00%3A00%3A00Z"
    body = b'{"summaries": [], "pagination": {"count": 501}}'
    (following,) = Congress().read(Answer(url, body))
    assert isinstance(following, Request)
    assert following.url == url.replace("offset=250", "offset=500")
    assert list(Congress().read(Answer(url, body.replace(b"501", b"500")))) == []
