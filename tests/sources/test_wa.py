"""Washington: the real list, its "none", the two years by date, and what a crawl asks for."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections import Counter

import pytest

from spiders.answer import Answer
from spiders.legislatures.wa import Washington
from spiders.legislatures.wa_addresses import rank
from spiders.legislatures.wa_history import effective_on, history
from spiders.legislatures.wa_rows import bill_identifier, identifier_of_number
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, Relation

LIST = "recordings/wa/GetLegislationIntroducedSince.2026-01-14.trimmed.xml"
FAULT = "recordings/wa/soap-fault.2026-01-17.xml"
BILLS = "corpus/scale-bills.jsonl.gz"
SERVICES = "https://wslwebservices.leg.wa.gov"
SINCE = f"{SERVICES}/LegislationService.asmx/GetLegislationIntroducedSince?sinceDate=2026-01-12"
ONE = f"{SERVICES}/LegislationService.asmx/GetLegislation?biennium=2025-26&billNumber="


@pytest.mark.parametrize(
    ("today", "biennium"),
    [
        ("2025-01-13", "2025-26"),
        ("2025-12-01", "2025-26"),
        ("2026-11-30", "2025-26"),
        ("2026-12-01", "2027-28"),
        ("2027-01-11", "2027-28"),
        ("2028-11-30", "2027-28"),
        ("2028-12-04", "2029-30"),
    ],
)
def test_the_biennium_of_a_day(today: str, biennium: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Washington(today=day).sessions(day) == [biennium]


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        ("2026-03-20", ["GetLegislationIntroducedSince?sinceDate=2024-12-01"]),
        (
            "2026-12-07",
            ["GetLegislationIntroducedSince?sinceDate=2026-12-01", "GetPrefiledLegislation"],
        ),
    ],
)
def test_what_a_crawl_begins_with(today: str, asked: list[str]) -> None:
    requests = Washington(today=dt.date.fromisoformat(today)).begin()
    assert [request.url.rpartition("/")[2] for request in requests] == asked


def test_a_wanted_bill_is_asked_for_in_four_calls() -> None:
    listing = Listing(
        jurisdiction="us-wa", session="2025-2026", identifier="SB 5714", title="Bail bond agents"
    )
    urls = [request.url.removeprefix(SERVICES) for request in Washington().follow(listing)]
    assert urls == [
        "/LegislationService.asmx/GetLegislation?biennium=2025-26&billNumber=5714",
        "/LegislationService.asmx/GetLegislativeStatusChangesByBillNumber?biennium=2025-26"
        "&billNumber=5714&beginDate=2024-12-01&endDate=2026-12-31",
        "/LegislationService.asmx/GetSponsors?biennium=2025-26&billId=SB%205714",
        "/LegislativeDocumentService.asmx/GetDocuments?biennium=2025-26&namedLike=5714",
    ]


@needs_shared(LIST)
def test_the_real_list_has_all_515_measures() -> None:
    source = Washington(today=dt.date(2026, 1, 14))
    *found, meetings = source.read(Answer(SINCE, shared(LIST).read_bytes()))
    listings = {item.identifier: item for item in found if isinstance(item, Listing)}
    assert len(found) == len(listings) == 515
    assert Counter(key.split()[0] for key in listings) == {
        "HB": 261, "SB": 239, "HJM": 4, "HJR": 4, "HCR": 2, "SCR": 2, "HR": 1, "SJM": 1, "SJR": 1,
    }  # fmt: skip
    assert source.rejected == {}
    assert meetings.url.endswith("GetCommitteeMeetings?beginDate=2026-01-14&endDate=2026-01-28")
    assert listings["SB 5855"] == Listing(
        jurisdiction="us-wa",
        session="2025-2026",
        identifier="SB 5855",
        title="Concerning the use of face coverings by law enforcement officers.",
        last_action="First reading, referred to Law & Justice.",
        last_action_on=dt.date(2026, 1, 12),
        url="https://app.leg.wa.gov/billsummary/?BillNumber=5855&Year=2025&Initiative=false",
    )
    assert listings["SJM 8013"].kind == "resolution"


@needs_shared(LIST)
def test_the_real_rows_hold_the_facts_of_a_measure() -> None:
    answer = Answer(ONE + "2105", shared(LIST).read_bytes())
    found = {measure.identifier: measure for measure in Washington().read(answer)}
    assert found["HB 2105"].abstract == "AN ACT Relating to protecting immigrant workers;"
    assert found["HB 2105"].relations == [Relation(kind="companion", identifier="SB 5852")]
    assert found["HB 2105"].chamber == "lower"
    assert sum(bool(measure.relations) for measure in found.values()) == 166


@needs_shared(FAULT)
def test_the_real_fault_is_the_services_own_none() -> None:
    source = Washington()
    assert list(source.read(Answer(SINCE, shared(FAULT).read_bytes(), 500))) == []
    assert source.empty_proof == "No legislation data found"


@needs_shared(BILLS)
def test_houses_of_real_lines_agree_with_the_sites_own_headings() -> None:
    """Every third bill; the pages' headings are an independent telling of the same history."""
    right = wrong = 0
    with gzip.open(shared(BILLS), "rt") as file:
        for line in [line for line in file if '"state":"WA","session":"2025-2026"' in line][::3]:
            bill = json.loads(line)
            told = [(dt.date.fromisoformat(a["date"]), a["text"]) for a in bill["actions"]]
            for action, known in zip(
                history(told, bill["identifier"]), bill["actions"], strict=True
            ):
                right += action.chamber == known["chamber"]
                wrong += action.chamber != known["chamber"]
    assert right > 11_000
    assert wrong / (right + wrong) < 0.003


@pytest.mark.parametrize(
    ("printed", "identifier"),
    [
        ("SB 5714", "SB 5714"),
        ("SSB 5855", "SB 5855"),
        ("ESHB 2196", "HB 2196"),
        ("2E2SHB 1008", "HB 1008"),
        ("SHJM 4008", "HJM 4008"),
    ],
)
def test_substitutes_keep_their_number(printed: str, identifier: str) -> None:
    assert bill_identifier(printed) == identifier
    assert identifier_of_number(identifier.split()[1]) == identifier


@pytest.mark.parametrize("number", ["17", "9123"])
def test_a_number_outside_the_ranges_raises(number: str) -> None:
    with pytest.raises(PageChanged):
        identifier_of_number(number)


def test_versions_stand_in_the_order_of_their_lives() -> None:
    names = [
        "5714",
        "5714.E",
        "5714-S",
        "5714-S.E",
        "5714-S2",
        "5714-S2.E2",
        "5714-S2.PL",
        "5714-S2.SL",
    ]
    ranks = [rank(f"https://lawfilesext.leg.wa.gov/x/{name}.htm") for name in names]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(names)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Effective date 7/27/2025.", dt.date(2025, 7, 27)),
        ("Effective date 7/27/2025*.", None),
        ("Governor signed.", None),
    ],
)
def test_parts_that_take_effect_apart_have_no_one_day(line: str, day: dt.date | None) -> None:
    assert effective_on([Action(on=dt.date(2025, 5, 20), text=line)]) == day


def test_an_agenda_without_its_meeting_is_refused() -> None:
    url = f"{SERVICES}/CommitteeMeetingService.asmx/GetCommitteeMeetingItems?agendaId=32798"
    body = b"<a><CommitteeMeetingItem><BillId>SB 5714</BillId></CommitteeMeetingItem></a>"
    with pytest.raises(PageChanged, match="its day"):
        list(Washington().read(Answer(url, body)))


def test_a_line_of_another_bill_is_refused() -> None:
    url = ONE.replace("GetLegislation?", "GetLegislativeStatusChangesByBillNumber?") + "5714"
    body = (
        b"<a><LegislativeStatus><BillId>HB 5714</BillId><HistoryLine>x</HistoryLine>"
        b"<ActionDate>2025-02-17T00:00:00</ActionDate></LegislativeStatus></a>"
    )
    with pytest.raises(PageChanged, match="SB 5714"):
        list(Washington().read(Answer(url, body)))
