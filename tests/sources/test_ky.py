"""Kentucky: sessions by day, what is asked when, who acts in a line, and the real texts recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.base import text_context
from spiders.known import Known
from spiders.legislatures.ky import Kentucky
from spiders.legislatures.ky_page import address_of, kind_of, measure_of, same_measure, session_name
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Chamber, Measure, Version, VersionText

SITE = "https://apps.legislature.ky.gov"
DOCUMENTS = f"{SITE}/recorddocuments/bill"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2022-08-23", ("22rs",)),
        ("2022-08-24", ("22rs", "22ss")),
        ("2025-01-06", ("24rs",)),
        ("2025-01-07", ("25rs",)),
        ("2025-12-31", ("25rs",)),
        ("2026-01-05", ("25rs",)),
        ("2026-01-06", ("26rs",)),
        ("2027-01-04", ("26rs",)),
        ("2027-01-05", ("27rs",)),
        ("2028-01-03", ("27rs",)),
        ("2028-01-04", ("28rs",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Kentucky(today=day).sessions(day) == sessions


def test_sessions_by_their_names() -> None:
    assert [session_name(code) for code in ("26rs", "26RS", "22ss")] == [
        "2026RS", "2026RS", "2022SS",
    ]  # fmt: skip


def asked(today: str, *watched: str) -> list[str]:
    known = Known(watched=frozenset(watched))
    requests = Kentucky(today=dt.date.fromisoformat(today), known=known).begin()
    return [request.url.removeprefix(SITE) for request in requests]


def test_in_session_the_page_of_each_watched_measure_is_asked() -> None:
    lists = [
        "/record/26rs/house_bills_title.html",
        "/record/26rs/senate_bills_title.html",
        "/record/26rs/house_resolutions_title.html",
        "/record/26rs/senate_resolutions_title.html",
        "/legislativecalendar",
    ]
    watched = (
        "us-ky/2026RS/HB 361",
        "us-ky/2026RS/SB 86",
        "us-ky/2025RS/HB 213",
        "us-md/2026/HB 1",
    )
    details = ["/record/26rs/hb361.html", "/record/26rs/sb86.html"]
    assert asked("2026-02-02", *watched) == lists + details
    assert asked("2026-05-31", *watched) == lists + details
    assert asked("2026-06-01", *watched) == lists


@pytest.mark.parametrize(
    ("path", "key", "kind"),
    [
        ("26rs/hb361.html", "2026RS HB 361", "bill"),
        ("26RS/sb86.html", "2026RS SB 86", "bill"),
        ("22ss/hcr4.html", "2022SS HCR 4", "resolution"),
        ("27rs/sjr1.html", "2027RS SJR 1", "resolution"),
    ],
)
def test_a_measure_is_known_by_its_address(path: str, key: str, kind: str) -> None:
    found = address_of(f"{SITE}/record/{path}")
    assert (f"{found.session} {found.identifier}", kind_of(found.identifier)) == (key, kind)
    assert found.url == f"{SITE}/record/{path.lower()}"


def test_names_are_compared_in_full() -> None:
    found = address_of(f"{SITE}/record/26rs/hr1.html")
    same_measure(found, "House Resolution 1")
    for other in ("House Bill 1", "House Resolution 11", "House Concurrent Resolution 1", "HR 1"):
        with pytest.raises(PageChanged):
            same_measure(found, other)


def history(*lines: str) -> Answer:
    items = "".join(f"<li>{line}</li>" for line in lines)
    body = (
        "<html><h3>Senate Bill 9001</h3><table>"
        "<tr><th>Last Action</th><td>03/02/26: fictional</td></tr>"
        "<tr><th>Title</th><td>FICTIONAL</td></tr><tr><th>Sponsors</th><td>J. Doe</td></tr>"
        f"<tr><th>Bill Documents</th><td><a href='{DOCUMENTS}/26RS/sb9001/orig_bill.pdf'>Introduced"
        "</a></td></tr></table><h4>Actions</h4>"
        f"<table><tr><th>03/02/26</th><td><ul>{items}</ul></td></tr></table></html>"
    )
    return Answer(f"{SITE}/record/26rs/sb9001.html", body.encode())


@pytest.mark.parametrize(
    ("line", "this", "following"),
    [
        ("1st reading", "upper", "upper"),
        ("received in House", "lower", "lower"),
        ("to Committee on Committees (H)", "lower", "lower"),
        ("taken from Judiciary (S)", "upper", "upper"),
        ("to House Floor", "lower", "lower"),
        ("posted for passage for concurrence in House Floor Amendment (2)", "upper", "upper"),
        ("House refused to recede from Committee Substitute (1)", "lower", "lower"),
        ("Free Conference Committee report adopted in House", "lower", "lower"),
        ("Conference Committee report adopted in House and Senate", "legislature", "upper"),
        ("enrolled, signed by Speaker of the House", "lower", "lower"),
        ("enrolled, signed by President of the Senate", "upper", "upper"),
        ("delivered to Governor", "executive", "upper"),
        ("Vetoed", "executive", "upper"),
        ("line items vetoed", "executive", "upper"),
        ("veto overridden", "upper", "upper"),
        ("became law without Governor's Signature (Acts Ch. 79)", "executive", "upper"),
        ("posted for consideration of Governor's veto", "upper", "upper"),
    ],
)
def test_the_words_tell_the_chamber(line: str, this: Chamber, following: Chamber) -> None:
    found = measure_of(history(line, "1st reading"), lambda why: None).actions or []
    assert [action.chamber for action in found] == [this, following]


@pytest.mark.parametrize(
    ("line", "tally"),
    [
        ("3rd reading, passed 79-17 with Committee Substitute (1)", (79, 17)),
        ("passed 77-14-1", (77, 14)),
        ("3rd reading, passed with 95-0 Committee Substitute (1)", (95, 0)),
        ("3rd reading, adopted 36-0", (36, 0)),
        ("defeated 20-75", (20, 75)),
        ("Committee Amendment (1-title) adopted", None),
        ("posted for passage in the Regular Orders of the Day for Friday, February 27 2026", None),
    ],
)
def test_tallies(line: str, tally: tuple[int, int] | None) -> None:
    votes = measure_of(history(line), lambda why: None).votes or []
    assert [(vote.yes, vote.no) for vote in votes] == ([tally] if tally else [])


def test_rows_not_read_are_counted() -> None:
    answer = history("1st reading")
    more = answer.body.replace(b"<tr><th>Title", b"<tr><th>Bill Request Number</th><td>1</td></tr>"
                               b"<tr><th>Title", 1)  # fmt: skip
    rejected: list[str] = []
    measure_of(Answer(answer.url, more), rejected.append)
    assert rejected == ["row 'Bill Request Number' of a measure's table, which is not read"]


def test_a_text_that_changes_at_its_address_is_asked_again() -> None:
    key, folder = "us-ky/2026RS/HB 1", f"{DOCUMENTS}/26RS/hb1"
    known = Known(texts={key: [f"{folder}/orig_bill.pdf", f"{folder}/bill.pdf"]})
    versions = [Version(note=name, url=f"{folder}/{name}.pdf") for name in ("orig_bill", "bill")]
    measure = Measure(jurisdiction="us-ky", session="2026RS", identifier="HB 1", versions=versions)
    requests = list(Kentucky(known=known).version_requests(measure))
    assert [request.url for request in requests] == [f"{folder}/bill.pdf"]
    assert requests[0].cb_kwargs == {"context": text_context(measure, versions[1])}


@needs_shared("recordings/ky")
@pytest.mark.parametrize(
    ("file", "number", "key", "holds"),
    [
        ("recordings/ky/SB86__orig_bill_Introduced.pdf", "sb86", "us-ky/2026RS/SB 86",
         "AN ACT relating to state and local collaboration with federal immigration law"),
        ("recordings/ky/HB361__orig_bill_Introduced.pdf", "hb361", "us-ky/2026RS/HB 361",
         "AN ACT relating to sanctuary policies. Be it enacted"),
        ("corpus/texts/ky/HR115-orig_bill_Introduced_pdf.pdf", "hr115", "us-ky/2026RS/HR 115",
         "A RESOLUTION relating to areas to be protected from civil immigration"),
        ("corpus/texts/ky/HB76-orig_bill_Introduced_pdf.pdf", "hb76", "us-ky/2026RS/HB 76",
         "AN ACT relating to pretrial release."),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, number: str, key: str, holds: str) -> None:
    url = f"{DOCUMENTS}/26RS/{number}/orig_bill.pdf"
    (found,) = Kentucky().read(Answer(url, shared(file).read_bytes()))
    assert isinstance(found, VersionText)
    assert (found.key, found.note, found.url) == (key, "Introduced", url)
    assert found.text.startswith("UNOFFICIAL COPY 26 RS BR ")
    assert holds in found.text
