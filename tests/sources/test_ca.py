"""California: sessions by day, real tables and texts, parts of an archive fetched by their bytes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from spiders.answer import Answer
from spiders.legislatures.ca import California
from spiders.legislatures.ca_archive import newest
from spiders.legislatures.ca_hearings import hearings
from spiders.legislatures.ca_tables import bill_of_version, versions
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Measure, Sponsor, VersionText, Vote

RECORDED = "recordings/ca"
ARCHIVE = "https://downloads.leginfo.legislature.ca.gov/pubinfo_2025.zip"
SITE = "https://leginfo.legislature.ca.gov/faces"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2024-12-01", "20232024"),
        ("2024-12-02", "20252026"),
        ("2025-07-01", "20252026"),
        ("2026-12-06", "20252026"),
        ("2026-12-07", "20272028"),
        ("2027-01-04", "20272028"),
        ("2028-12-03", "20272028"),
        ("2028-12-04", "20292030"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert California(today=day).sessions(day) == (session,)


def read(name: str) -> list[Any]:
    body = shared(f"{RECORDED}/{name}").read_bytes()
    return list(California().read(Answer(f"{ARCHIVE}/{name}", body)))


def measures(name: str) -> dict[str, Measure]:
    return {item.identifier: item for item in read(name) if isinstance(item, Measure)}


@needs_shared(RECORDED)
def test_the_real_versions() -> None:
    found = measures("BILL_VERSION_TBL.dat")
    assert {one.key: (one.title, len(one.versions or ())) for one in found.values()} == {
        "us-ca/20252026/SB 275": ("Eligible training provider list.", 4),
        "us-ca/20252026/AB 831": ("Gambling: operation of a contest or sweepstakes.", 6),
        "us-ca/20252026/AB 1656": ("Human trafficking case continuances.", 3),
    }
    assert [(v.note, v.published_on) for v in found["SB 275"].versions or ()] == [
        ("Introduced", dt.date(2025, 2, 4)),
        ("Amended Senate", dt.date(2025, 3, 11)),
        ("Amended Assembly", dt.date(2025, 9, 2)),
        ("Enrolled", dt.date(2025, 9, 12)),
    ]


@needs_shared(RECORDED)
def test_the_real_history() -> None:
    found = measures("BILL_HISTORY_TBL.dat")
    assert {name: len(one.actions or ()) for name, one in found.items()} == {
        "AB 831": 37,
        "SB 275": 29,
        "AB 1656": 11,
    }
    vetoed = found["SB 275"].actions or []
    assert vetoed[-4:] == [
        Action(on=dt.date(2025, 10, 1), text="Vetoed by the Governor.", chamber="executive"),
        Action(
            on=dt.date(2025, 10, 1),
            text="In Senate. Consideration of Governor's veto pending.",
            chamber="upper",
        ),
        Action(on=dt.date(2026, 3, 2), text="Stricken from file.", chamber="upper"),
        Action(on=dt.date(2026, 3, 2), text="Veto sustained.", chamber="upper"),
    ]
    told = Counter(action.chamber for one in found.values() for action in one.actions or ())
    assert told == {"upper": 43, "lower": 29, "executive": 5}
    assert (found["AB 831"].votes or [])[:2] == [
        Vote(
            on=dt.date(2025, 4, 2),
            chamber="lower",
            motion="From committee: Do pass and re-refer to Com. on APPR. with recommendation: "
            "To Consent Calendar",
            yes=21,
            no=0,
        ),
        Vote(
            on=dt.date(2025, 5, 5),
            chamber="lower",
            motion="Read third time. Passed. Ordered to the Senate",
            yes=77,
            no=0,
        ),
    ]


@needs_shared(RECORDED)
def test_the_real_authors_papers_and_measures() -> None:
    assert measures("BILL_VERSION_AUTHORS_TBL.dat")["SB 275"].sponsors == [
        Sponsor(name="Smallwood-Cuevas", role="primary"),
        Sponsor(name="Limón"),
    ]
    (veto,) = measures("VETO_MESSAGE_TBL.dat")["SB 275"].documents or ()
    assert (veto.kind, veto.note) == ("veto_message", "Veto message, 2025-10-10")
    papers = measures("BILL_ANALYSIS_TBL.dat")
    assert {name: len(one.documents or ()) for name, one in papers.items()} == {
        "AB 831": 11,
        "SB 275": 8,
        "AB 1656": 4,
    }
    assert list(measures("BILL_TBL.dat")) == ["SB 275", "AB 831", "AB 1656"]


@needs_shared(RECORDED)
def test_every_real_text_is_named_as_its_table_names_it() -> None:
    table = shared(f"{RECORDED}/BILL_VERSION_TBL.dat").read_bytes()
    rows = versions(Answer(ARCHIVE, table), California().reject)
    named = {row.lob: row.version for texts in rows.values() for row in texts}
    assert len(named) == 13
    for lob, version in named.items():
        about, text = read(lob)
        assert isinstance(text, VersionText)
        assert (text.note, text.url) == (version.note, version.url)
        assert text.text.startswith("An act to ")
        assert "The people of the State of California do enact as follows:" in text.text
        assert about.abstract.startswith(("Existing law", "Existing federal law"))
        assert "xhtml:" not in text.text


@needs_shared(RECORDED)
def test_what_an_amendment_strikes_is_not_in_the_text() -> None:
    _, text = read("BILL_VERSION_TBL_5925.lob")
    assert "tribal-state" not in text.text
    assert "Section 337o is added to the Penal Code" in text.text


# -- hearings --------------------------------------------------------------------------------------


def told(*lines: tuple[str, str]) -> list[Action]:
    return [Action(on=dt.date.fromisoformat(on), text=text, chamber="upper") for on, text in lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [
                ("2025-04-02", "Re-referred to Coms. on L., P.E. & R. and JUD."),
                ("2025-04-04", "Set for hearing April 23."),
            ],
            [(dt.date(2025, 4, 23), "Senate L., P.E. & R.", "scheduled")],
        ),
        (
            [
                ("2025-04-10", "Set for hearing April 21 in JUD. pending receipt."),
                ("2025-04-12", "April 21 hearing postponed by committee."),
            ],
            [(dt.date(2025, 4, 21), "Senate JUD.", "cancelled")],
        ),
        (
            [("2026-06-01", "June 9 set for first hearing canceled at the request of author.")],
            [(dt.date(2026, 6, 9), "", "cancelled")],
        ),
        (
            [("2025-12-20", "Set for hearing January 13.")],
            [(dt.date(2026, 1, 13), "", "scheduled")],
        ),
        (
            [("2028-02-20", "Set for hearing February 29.")],
            [(dt.date(2028, 2, 29), "", "scheduled")],
        ),
        ([("2025-05-19", "May 19 hearing: Placed on APPR. suspense file.")], []),
    ],
)
def test_hearings_in_the_history(
    lines: list[tuple[str, str]], expected: list[tuple[dt.date, str, str]]
) -> None:
    assert [tuple(heard) for heard in hearings(told(*lines))] == expected


def test_a_day_that_no_year_has() -> None:
    with pytest.raises(PageChanged, match="February 30"):
        list(hearings(told(("2025-02-01", "Set for hearing February 30."))))


# -- the archive by its bytes ----------------------------------------------------------------------

WHOLE = Path(__file__).parents[1] / "recordings/ca/archive-whole/pubinfo_2025.zip"
KEY = "us-ca/20252026/SB 9998"


def served(request: Any) -> Answer:
    """What a server of the whole archive answers to a request for a range of it."""
    body = WHOLE.read_bytes()
    span = request.headers["Range"].decode().removeprefix("bytes=")
    first, _, last = span.partition("-")
    begin = int(first) if first else max(0, len(body) - int(last))
    end = min(int(last), len(body) - 1) if first else len(body) - 1
    headers = {"content-range": f"bytes {begin}-{end}/{len(body)}"}
    context = request.cb_kwargs["context"]
    return Answer(request.url, body[begin : end + 1], 206, headers, context)


def crawl(source: California) -> tuple[list[Any], list[str]]:
    """All items of an archive read by ranges, and the addresses asked for."""
    waiting, items, asked = [source._part(ARCHIVE, "bytes=-400")], [], []
    while waiting:
        request = waiting.pop(0)
        asked.append(request.url.removeprefix(ARCHIVE))
        for thing in source.read(served(request)):
            for kept in source.sift(thing):
                (waiting if hasattr(kept, "callback") else items).append(kept)
    return items, asked


def test_only_members_that_matter_are_asked_for() -> None:
    items, asked = crawl(California())
    assert asked == [
        "",
        "?member=BILL_VERSION_TBL.dat",
        "?member=BILL_VERSION_TBL_1.lob",
        "?member=BILL_HISTORY_TBL.dat",
    ]
    assert [type(item).__name__ for item in items] == [
        "Measure", "Measure", "VersionText", "Measure",
    ]  # fmt: skip
    assert {item.key for item in items} == {KEY}


def test_a_list_that_begins_before_what_was_sent_is_refused() -> None:
    request = California()._part(ARCHIVE, "bytes=-100")
    with pytest.raises(PageChanged, match="begins before the part that was sent"):
        list(California().read(served(request)))


def test_an_end_that_is_not_as_long_as_it_says_is_refused() -> None:
    answer = Answer(ARCHIVE, WHOLE.read_bytes()[-400:], 206, {"content-range": "bytes 1-2/3"})
    with pytest.raises(PageChanged, match="Content-Range of 400 bytes"):
        list(California().read(answer))


def test_texts_of_a_whole_archive_are_kept_if_wanted_and_new() -> None:
    source = California()
    answer = Answer(ARCHIVE, WHOLE.read_bytes())
    kept = [one for thing in source.read(answer) for one in source.sift(thing)]
    assert [type(one).__name__ for one in kept] == ["Measure", "Measure", "Measure", "VersionText"]


@pytest.mark.parametrize(
    ("daily", "chosen"),
    [
        (("2026-08-28 21:30", 9e8), "pubinfo_daily_Fri.zip"),
        (("2026-08-28 21:30", 2e7), "pubinfo_2025.zip"),
        (("2026-08-20 21:30", 9e8), "pubinfo_2025.zip"),
    ],
)
def test_a_daily_archive_is_read_if_it_is_whole(daily: tuple[str, float], chosen: str) -> None:
    listed = {"pubinfo_2025.zip": ("2026-08-23 06:10", 1.2e9), "pubinfo_daily_Fri.zip": daily}
    assert newest(listed, "pubinfo_2025.zip") == chosen


@pytest.mark.parametrize(
    ("version", "bill"),
    [
        ("20250AB165699INT", "202520260AB1656"),
        ("20250SB198CHP", "202520260SB1"),
        ("20251ACR199INT", "202520261ACR1"),
        ("20271SBX1299AMD", "202720281SBX12"),
    ],
)
def test_the_bill_of_a_version(version: str, bill: str) -> None:
    assert bill_of_version(version) == bill
