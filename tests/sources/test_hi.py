"""Hawaii: sessions by day, drafts by age, meetings and totals in the words of a status, real texts."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.hi import Hawaii
from spiders.legislatures.hi_page import address_of, measure_of, named_in_text_url
from spiders.legislatures.hi_status import hearings
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Hearing, Measure, VersionText, Vote

SITE = "https://data.capitol.hawaii.gov"
PAGE = f"{SITE}/session/measure_indiv.aspx?billtype=SB&billnumber=9000&year=2026"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-14", ("2024", "2024a")),
        ("2025-01-15", ("2025",)),
        ("2025-05-31", ("2025",)),
        ("2025-06-01", ("2025", "2025a")),
        ("2026-01-20", ("2025", "2025a")),
        ("2026-01-21", ("2026",)),
        ("2026-12-31", ("2026", "2026a")),
        ("2027-01-19", ("2026", "2026a")),
        ("2027-01-20", ("2027",)),
        ("2028-01-18", ("2027", "2027a")),
        ("2028-01-19", ("2028",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    assert Hawaii().sessions(dt.date.fromisoformat(today)) == sessions


def test_a_quiet_day_asks_for_seven_lists_at_the_host_that_answers_programs() -> None:
    urls = [request.url for request in Hawaii(today=dt.date(2026, 8, 3)).begin()]
    assert [url.rpartition("=")[2] for url in urls] == [
        "hb", "sb", "hcr", "scr", "hr", "sr", "2026a",
    ]  # fmt: skip
    assert all(url.startswith(f"{SITE}/") for url in urls)


def test_a_link_to_the_public_host_is_read_at_the_other() -> None:
    found = address_of(PAGE.replace("//data.", "//www.").replace("SB", "sb"))
    assert (found.session, found.identifier, found.url) == ("2026", "SB 9000", PAGE)
    for broken in (PAGE.replace("&year=2026", ""), PAGE.replace("2026", "26"), f"{SITE}/x?year=1"):
        with pytest.raises(PageChanged):
            address_of(broken)


@pytest.mark.parametrize(
    ("path", "session", "identifier", "note"),
    [
        ("session2026/bills/HB1839_.HTM", "2026", "HB 1839", "HB1839"),
        ("session2026/bills/HB1839_CD1_.PDF", "2026", "HB 1839", "HB1839 CD1"),
        ("session2027/bills/SB1_SD1_PROPOSED_.pdf", "2027", "SB 1", "SB1 SD1 PROPOSED"),
        ("session2026a/bills/HCR185_HD1.htm", "2026a", "HCR 185", "HCR185 HD1"),
    ],
)
def test_a_text_is_known_by_its_address(
    path: str, session: str, identifier: str, note: str
) -> None:
    found = named_in_text_url(f"{SITE}/sessions/{path}")
    assert (found["session"], found["identifier"], found["note"]) == (session, identifier, note)


def measure(*lines: str) -> Measure:
    """A fictional measure whose status has those lines, oldest first."""
    facts = {
        "Measure Title": "RELATING TO NOTHING (FICTIONAL).",
        "Report Title": "",
        "Description": "",
        "Current Referral": "",
        "Introducer(s)": "KOUCHI",
    }
    rows = "".join(f"<tr><th>{name}:</th><td>{said}</td></tr>" for name, said in facts.items())
    status = "".join(
        f"<tr><td>2/5/2026</td><td>S</td><td>{line}</td></tr>" for line in reversed(lines)
    )
    body = (
        f"<html><body><a class=measure-header>SB9000 SD1</a><table id=measure-info>{rows}</table>"
        '<table id="MainContent_GridViewStatus">'
        f"<tr><th>Date</th><th>Chamber</th><th>Status Text</th></tr>{status}</table>"
        "No other versions</body></html>"
    )
    return measure_of(Answer(PAGE, body.encode()))


@pytest.mark.parametrize(
    ("line", "yes", "no"),
    [
        ("Passed Final Reading, as amended (CD 1). Ayes, 25; Aye(s) with reservations: none . "
         "0 No(es): none. 0 Excused: none.", 25, 0),
        ("Report adopted; Passed Third Reading. Ayes, 22; Aye(s) with reservations: none. "
         "Noes, 3 (Senator(s) Awa, DeCorte, Fevella). Excused, 0 (none).", 22, 3),
        ("The committee(s) on EIG recommend(s) that the measure be PASSED. The votes in EIG were as "
         "follows: 3 Aye(s): Senator(s) Wakai, Chang; Aye(s) with reservations: Senator(s) Richards "
         "; 2 No(es): Senator(s) DeCoite, Fevella; and 0 Excused: none.", 3, 2),
        ("The committee on ECD recommend that the measure be PASSED. The votes were as follows: "
         "6 Ayes: Representative(s) Ilagan; Ayes with reservations: Representative(s) Gedeon; "
         "Noes: none; and 2 Excused: Representative(s) Tam.", 6, 0),
    ],
)  # fmt: skip
def test_totals_are_read_from_the_words(line: str, yes: int, no: int) -> None:
    motion = line.partition(".")[0] if "Ayes," not in line else line.partition(". Ayes")[0]
    on = dt.date(2026, 2, 5)
    assert measure(line).votes == [Vote(on=on, chamber="upper", motion=motion, yes=yes, no=no)]


def test_a_vote_that_names_only_who_was_against_has_no_total() -> None:
    line = (
        "Passed Third Reading with none voting aye with reservations; Representative(s) Garcia "
        "voting no (1) and none excused (0). Transmitted to Senate."
    )
    assert measure(line).votes == []


@pytest.mark.parametrize(
    ("line", "committee", "place", "hour"),
    [
        ("Bill scheduled to be heard by EEP/LAB on Tuesday, 03-10-26 11:15AM in House conference "
         "room 325 VIA VIDEOCONFERENCE.", "EEP/LAB",
         "House conference room 325 VIA VIDEOCONFERENCE", 11),
        ("The committee(s) on WAM will hold a public decision making on 03-10-26 1:01PM; CR 211 & "
         "Videoconference.", "WAM", "CR 211 & Videoconference", 13),
        ("Conference committee meeting to reconvene on 03-10-26 3:30PM; CR 016.", "", "CR 016", 15),
        ("The committee on WAM has rescheduled its decision making to 03-10-26 10:02AM; CR 211.",
         "WAM", "CR 211", 10),
    ],
)  # fmt: skip
def test_meetings_are_read_from_the_words(line: str, committee: str, place: str, hour: int) -> None:
    (found,) = hearings(
        measure(line.replace("&", "&amp;")), dt.date(2026, 3, 10), "Pacific/Honolulu"
    )
    assert isinstance(found, Hearing)
    assert found.starts_at
    assert (found.committee, found.place, found.starts_at.hour) == (committee, place, hour)
    assert found.starts_at.utcoffset() == dt.timedelta(hours=-10)
    assert not list(hearings(measure(line), dt.date(2026, 3, 11), "Pacific/Honolulu"))


def test_the_last_line_on_an_hour_decides() -> None:
    held = "The committee(s) on JDC has scheduled a public hearing on 03-10-26 9:30AM; CR 016."
    gone = (
        "This measure has been deleted from the meeting scheduled on Tuesday 03-10-26 9:30AM in x."
    )
    for lines, status in (((held, gone), "cancelled"), ((gone, held), "scheduled")):
        (found,) = hearings(measure(*lines), dt.date(2026, 3, 1), "Pacific/Honolulu")
        assert found.status == status


def test_a_caption_is_followed_where_the_description_tells_the_subject() -> None:
    row = (
        "<tr><td></td><td><a class=report href='{}'>SB9000</a><span id=G_Label1_0>Immigration "
        "Enforcement</span><span id=G_Label7_0>RELATING TO THE PUBLIC (FICTIONAL).</span>"
        "<span id=G_Label2_0>Prohibits agreements under section 287(g) with federal immigration "
        "authorities.</span></td><td>(S) 2/5/2026- Referred to JDC.</td><td>X</td><td>JDC</td></tr>"
    ).format(PAGE.replace("&", "&amp;"))
    head = "PDF", "Measure Status", "Current Status", "Introducers", "Current Referral"
    body = (
        '<html><table id="GridViewReports"><tr>'
        f"{''.join(f'<th>{name}</th>' for name in head)}</tr>{row}</table></html>"
    )
    url = f"{SITE}/advreports/advreport.aspx?year=2026&report=deadline&measuretype=sb"

    def asked(known: Known) -> list[str]:
        source = Hawaii(known=known)
        things = [
            one for item in source.read(Answer(url, body.encode())) for one in source.sift(item)
        ]
        return [one.url for one in things if isinstance(one, Request)]

    assert asked(Known()) == [PAGE]


@needs_shared("recordings/hi")
@pytest.mark.parametrize(
    ("file", "name", "key", "note", "holds"),
    [
        ("HB1839__HB1839_CD1__HB1839_CD1.HTM", "HB1839_CD1_", "us-hi/2026/HB 1839", "HB1839 CD1",
         "RELATING TO IMMIGRATION."),
        ("HB2540__HB2540_SD1__HB2540_SD1.HTM", "HB2540_SD1_", "us-hi/2026/HB 2540", "HB2540 SD1",
         "RELATING TO LAW ENFORCEMENT."),
        ("HB1870__HB1870_HD1__HB1870_HD1.HTM", "HB1870_HD1_", "us-hi/2026/HB 1870", "HB1870 HD1",
         "RELATING TO PROTECTED COMMUNITY LOCATIONS."),
        ("HCR185__HCR185__HCR185.HTM", "HCR185_", "us-hi/2026/HCR 185", "HCR185",
         "Detention Warehouses"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, name: str, key: str, note: str, holds: str) -> None:
    url = f"{SITE}/sessions/session2026/bills/{name}.HTM"
    body = shared(f"recordings/hi/{file}").read_bytes()
    (found,) = Hawaii().read(Answer(url, body, headers={"content-type": "text/html"}))
    assert isinstance(found, VersionText)
    assert (found.key, found.note, found.url) == (key, note, url)
    assert holds in found.text
    assert "�" not in found.text
