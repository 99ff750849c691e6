"""Virginia: real files in both forms, sessions by date, the way through the files, the key."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from spiders.answer import Answer
from spiders.legislatures import va_files as files
from spiders.legislatures.va import Virginia
from tests.shared import needs_shared, shared
from tracker.model import Action, Measure, Relation, Sponsor, Version, VersionText, Vote

BILLS_2025 = "recordings/va/BILLS.20251.2025-04.trimmed.csv"
BILLS_2024 = "recordings/va/Bills.241.legacy.trimmed.csv"
HISTORY_2024 = "recordings/va/History.241.legacy.trimmed.csv"
SPONSORS = "recordings/va/SPONSORS.20261.trimmed.csv"
TEXT_OF_HB1 = "recordings/va/HB1_text.20261.json"
STORE = "https://lis.blob.core.windows.net/lisfiles"
LEGACY = "https://legacylis.virginia.gov/SiteInformation/csv/241"
TEXTS = "https://lis.virginia.gov/LegislationText/api"


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2025-01-08", ["20251", "20252"]),
        ("2025-11-17", ["20251", "20252", "20261"]),
        ("2026-05-01", ["20261", "20262"]),
        ("2026-07-01", ["20261", "20262", "20271"]),
        ("2027-02-27", ["20271", "20272"]),
        ("2028-12-31", ["20281", "20282", "20291"]),
    ],
)
def test_the_sessions_of_a_day(today: str, codes: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = Virginia(today=day)
    assert source.sessions(day) == codes
    assert [r.url for r in source.begin()] == [f"{STORE}/{code}/Summaries.csv" for code in codes]


def read(source: Virginia, url: str, body: bytes, **context: Any) -> list[Any]:
    return list(source.read(Answer(url, body, context=context)))


def measures(path: str, url: str) -> dict[str, Measure]:
    found = read(Virginia(today=dt.date(2026, 5, 22)), url, shared(path).read_bytes())
    return {item.identifier: item for item in found if isinstance(item, Measure)}


@needs_shared(BILLS_2025)
def test_the_real_list_of_2025_has_all_710_bills() -> None:
    found = measures(BILLS_2025, f"{STORE}/20251/BILLS.CSV")
    assert Counter(identifier[:2] for identifier in found) == {
        "HB": 287, "SB": 181, "HR": 87, "HJ": 83, "SJ": 38, "SR": 34,
    }  # fmt: skip
    enacted = found["HB 2560"]
    assert enacted.key == "us-va/2025/HB 2560"
    assert enacted.title == (
        "Defendant; notifying consequences criminal proceedings can have on immigration."
    )
    assert [(v.note, v.published_on) for v in enacted.versions or ()] == [
        ("HB2560", dt.date(2025, 1, 12)),
        ("HB2560ER", dt.date(2025, 2, 20)),
        ("CHAP0464", dt.date(2025, 3, 24)),
    ]
    assert sum(len(measure.versions or ()) for measure in found.values()) == 1509


@needs_shared(BILLS_2024)
def test_the_real_list_in_the_older_form() -> None:
    found = measures(BILLS_2024, f"{LEGACY}/Bills.csv")
    assert len(found) == 328
    assert found["HB 972"].key == "us-va/2024/HB 972"
    assert found["HB 972"].versions == [
        Version(
            note=document,
            url=f"https://lis.virginia.gov/bill-details/20241/HB972/text/{document}",
            published_on=day,
            media_type="text/html",
        )
        for document, day in (
            ("HB972", dt.date(2024, 1, 9)),
            ("HB972H1", dt.date(2024, 2, 2)),
            ("HB972ER", dt.date(2024, 3, 25)),
        )
    ]


@needs_shared(HISTORY_2024)
def test_the_real_history_of_a_vetoed_bill() -> None:
    found = measures(HISTORY_2024, f"{LEGACY}/History.csv")
    vetoed = found["HB 972"]
    assert vetoed.actions is not None
    assert len(vetoed.actions) == 44
    assert vetoed.actions[0] == Action(
        on=dt.date(2024, 1, 9),
        chamber="lower",
        text="Prefiled and ordered printed; offered 01/10/24 24104916D",
    )
    assert vetoed.actions[-2:] == [
        Action(on=dt.date(2024, 3, 27), chamber="executive", text="Vetoed by Governor"),
        Action(on=dt.date(2024, 4, 17), chamber="lower", text="House sustained Governor's veto"),
    ]
    assert len(vetoed.votes or ()) == 10
    assert vetoed.votes is not None
    assert vetoed.votes[2] == Vote(
        on=dt.date(2024, 2, 8), chamber="lower", motion="Passage", yes=51, no=47
    )
    assert found["HB 112"].relations == [Relation(kind="incorporated_into", identifier="HB 783")]
    assert len(found) == 1427
    assert sum(len(measure.actions or ()) for measure in found.values()) == 2353


@needs_shared(HISTORY_2024)
def test_chambers_of_real_lines() -> None:
    found = measures(HISTORY_2024, f"{LEGACY}/History.csv")
    told = Counter(action.chamber for one in found.values() for action in one.actions or ())
    assert told == {"lower": 1314, "upper": 909, "executive": 124, "legislature": 6}


@needs_shared(SPONSORS)
def test_the_real_patrons() -> None:
    found = measures(SPONSORS, f"{STORE}/20261/Sponsors.csv")
    assert len(found) == 107
    assert found["HB 1092"].sponsors is not None
    assert found["HB 1092"].sponsors[:2] == [
        Sponsor(name="Phil M. Hernandez", role="primary"),
        Sponsor(name="Elizabeth R. Guzman"),
    ]
    every = [sponsor for one in found.values() for sponsor in one.sponsors or ()]
    assert len(every) == 357
    assert sum(sponsor.role == "primary" for sponsor in every) == 107


@needs_shared(TEXT_OF_HB1)
def test_the_real_answer_of_the_text_service() -> None:
    url = f"{TEXTS}/getlegislationtextbyidasync?sessionCode=20261&legislationID=98525"
    (text,) = read(Virginia(), url, shared(TEXT_OF_HB1).read_bytes())
    assert isinstance(text, VersionText)
    assert (text.key, text.note) == ("us-va/2026/HB 1", "HB1")
    assert text.text.startswith("A BILL to amend and reenact § 40.1-28.10 of the Code of Virginia")
    assert "From January 1, 2026, until January 1, 2027" in text.text  # without what is struck
    assert text.text.endswith("shall not be less than zero.")


@needs_shared("recordings/va/manifest.yaml")
@pytest.mark.parametrize(
    ("file", "says", "characters"),
    [
        (
            "258736.introduced",
            "Requirements to effect certain civil arrests in a courthouse",
            4_500,
        ),
        ("262435.substitute-2026-02-06a", "House Committee on Public Safety", 30_000),
        ("262548.substitute-2026-02-06c", "on February 6, 2026)", 30_000),
        ("265838.substitute-2026-03-05", "Senate Committee for Courts of Justice", 6_000),
        ("267149.conference-substitute-2026-03-13", "Joint Conference Committee", 30_000),
        ("267725.enrolled-2026-03-30", "An Act to amend and reenact", 30_000),
        ("269008.governor-substitute-2026-04-14", "(Proposed by the Governor", 1_500),
        ("270378.veto-explanation-2026-05-20", "I veto House Bill 650", 1_900),
    ],
)
def test_real_texts_of_a_bill_from_introduction_to_veto(
    file: str, says: str, characters: int
) -> None:
    body = shared(f"recordings/va/HB650.text-{file}.html").read_bytes()
    about = {"jurisdiction": "us-va", "session": "2026", "identifier": "HB 650", "note": file}
    url = "https://lis.blob.core.windows.net/files/1.HTML"
    (text,) = read(Virginia(), url, body, **about)
    assert says in text.text
    assert len(text.text) > characters
    assert "<" not in text.text


# -- the way through the files --------------------------------------------------------------------

HEAD = ",".join(f'"{name}"' for name in ("Bill_id", "Bill_description", *files.text_columns()))
ROW = '"HB3999","A fictional bill"' + ',""' * 12
LIST = f"{HEAD}\r\n{ROW}\r\n".encode()


def names(requests: list[Any]) -> list[str]:
    return [r.url.removeprefix(STORE + "/") for r in requests if not isinstance(r, Measure)]


def test_a_summary_can_put_a_bill_on_topic() -> None:
    source = Virginia(today=dt.date(2026, 5, 22))
    summary = (
        b'"SUM_BILNO","SUMMARY_DOCID","SUMMARY_TYPE","SUMMARY_TEXT"\r\n'
        b'"HB3999","HB3999","SUMMARY AS INTRODUCED",'
        b'"<p>Prohibits law enforcement from entering into a 287(g) agreement with'
        b' U.S. Immigration and Customs Enforcement.</p>"\r\n'
    )
    *_, ask = read(source, f"{STORE}/20261/Summaries.csv", summary)
    (measure, *_) = read(source, ask.url, LIST, **ask.cb_kwargs["context"])
    kept = list(source.sift(measure))
    assert isinstance(kept[0], Measure)
    assert source.is_wanted("us-va/2026/HB 3999")
    source = Virginia(today=dt.date(2026, 5, 22))
    (measure, *_) = read(source, ask.url, LIST)
    list(source.sift(measure))
    assert not source.is_wanted("us-va/2026/HB 3999")


def test_dockets_are_asked_for_while_the_assembly_sits() -> None:
    found = read(Virginia(today=dt.date(2026, 2, 2)), f"{STORE}/20261/BILLS.CSV", LIST)
    assert names(found) == [
        "20261/HISTORY.CSV",
        "20261/Sponsors.csv",
        "20261/FiscalImpactStatements.csv",
        "20261/Committees.csv",
    ]


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("Summaries.csv", ["20261/BILLS.CSV"]),
        (
            "BILLS.CSV",
            ["20261/HISTORY.CSV", "20261/Sponsors.csv", "20261/FiscalImpactStatements.csv"],
        ),
        ("HISTORY.CSV", []),
    ],
)
def test_an_unchanged_file_does_not_end_the_way(file: str, asked: list[str]) -> None:
    source = Virginia(today=dt.date(2026, 5, 22))
    assert names(list(source.unmodified(f"{STORE}/20261/{file}", {}))) == asked


@pytest.mark.parametrize("code", ["20262", "20271"])
def test_a_session_not_held_or_not_begun_is_left_out(code: str) -> None:
    source = Virginia(today=dt.date(2026, 7, 1))
    answer = Answer(f"{STORE}/{code}/BILLS.CSV", b"<Error/>", 404)
    assert list(source.read(answer)) == []
    assert source.rejected == {"file of a session that is not held, or not begun": 1}


def test_older_files_may_be_in_windows_1252() -> None:
    body = LIST.replace(b"A fictional bill", b"Rules for 2024\x962025, \xa7 1")
    (measure, *_) = read(Virginia(), f"{STORE}/20261/BILLS.CSV", body)
    assert measure.title == "Rules for 2024–2025, § 1"


# -- texts ----------------------------------------------------------------------------------------

MEASURE = Measure(
    jurisdiction="us-va",
    session="2026S1",
    identifier="HB 3999",
    versions=[
        Version(
            note="HB3999H1",
            url="https://lis.virginia.gov/bill-details/20262/HB3999/text/HB3999H1",
        )
    ],
)


def test_without_a_key_texts_are_counted_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VA_API_KEY", raising=False)
    source = Virginia()
    assert list(source.version_requests(MEASURE)) == []
    assert source.rejected == {"text that is told only to a holder of VA_API_KEY": 1}


def test_the_key_goes_to_its_host_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VA_API_KEY", "fictional-key")
    (request,) = Virginia().version_requests(MEASURE)
    assert request.url == (
        f"{TEXTS}/GetLegislationTextByIDAsync?sessionCode=20262&documentNumber=HB3999H1"
    )
    assert request.headers["WebAPIKey"] == b"fictional-key"
    assert request.meta["dont_redirect"]
    assert "fictional-key" not in repr(request.cb_kwargs)


def test_a_text_that_is_not_there_is_no_error() -> None:
    source = Virginia()
    url = f"{TEXTS}/GetLegislationTextByIDAsync?sessionCode=20261&documentNumber=HB1"
    assert list(source.read(Answer(url, b"", 204))) == []
    assert source.rejected == {"text that the API does not have": 1}


# -- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "chamber", "text"),
    [
        ("H Vetoed by nobody", "lower", "Vetoed by nobody"),
        ("G Vetoed by Governor", "executive", "Vetoed by Governor"),
        ("Approved by Governor-Chapter 350 (effective 7/1/2026)", "executive", None),
        ("Acts of Assembly Chapter text (CHAP0350)", "legislature", None),
        ("Senate passed by", "legislature", None),
        ("C Amended by conference committee", "legislature", "Amended by conference committee"),
    ],
)
def test_the_letter_names_the_chamber(printed: str, chamber: str, text: str | None) -> None:
    row = {"History_description": printed, "History_date": "4/8/2026"}
    assert files.action(row) == Action(
        on=dt.date(2026, 4, 8),
        text=text or printed,
        chamber=chamber,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("line", "motion", "yes", "no"),
    [
        ("VOTE: Block Vote Passage (98-Y 0-N)", "Block Vote Passage", 98, 0),
        ("VOTE:Defeated (3-Y 94-N)", "Defeated", 3, 94),
        ("BLOCK VOTE: (40-Y 0-N)", "Vote", 40, 0),
        (
            "Read third time and passed House (64-Y 34-N 0-A)",
            "Read third time and passed House",
            64,
            34,
        ),
    ],
)
def test_tallies(line: str, motion: str, yes: int, no: int) -> None:
    acted = Action(on=dt.date(2026, 2, 10), text=line, chamber="lower")
    assert files.vote({"History_refid": "HV1"}, acted) == Vote(
        on=acted.on, chamber="lower", motion=motion, yes=yes, no=no
    )
    assert files.vote({"History_refid": ""}, acted) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Approved by Governor-Chapter 643 (effective 7/1/23)", dt.date(2023, 7, 1)),
        ("Enacted, Chapter 769 (effective 4/12/23)", dt.date(2023, 4, 12)),
        ("Approved by Governor-Chapter 482 (effective - see bill)", None),
    ],
)
def test_the_day_of_effect(line: str, day: dt.date | None) -> None:
    assert files.effective_on([Action(on=dt.date(2023, 3, 1), text=line)]) == day
