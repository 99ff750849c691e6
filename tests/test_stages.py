"""Sentences to meanings, one line each in `tests/stages/<st>.tsv`; histories to stages here.

The histories are fictional bills in the official wording of their legislature.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.shared import needs_shared, shared
from tracker.model import Action, Chamber, Kind
from tracker.stages import (
    MEANINGS,
    Derived,
    Stages,
    evaluate_gold,
    open_bills,
    shipped_stages,
    stages_of_bills,
)

SENTENCES = sorted((Path(__file__).parent / "stages").glob("*.tsv"))
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "G": "executive"}


def jurisdiction(state: str) -> str:
    return state if state == "us" else f"us-{state}"


def sentences() -> list[tuple[str, str, str, str]]:
    return [
        (path.stem, *line.split("\t"))  # type: ignore[misc]
        for path in SENTENCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(("state", "text", "chamber", "expected"), sentences())
def test_a_sentence_means(state: str, text: str, chamber: str, expected: str) -> None:
    assert shipped_stages().meaning(jurisdiction(state), text, chamber).name == expected


def test_every_table_is_well_formed_and_tested() -> None:
    assert shipped_stages().check() == [path.stem for path in SENTENCES]


def test_the_sentences_name_only_known_meanings() -> None:
    assert {expected for *_, expected in sentences()} <= set(MEANINGS)


def derive(state: str, lines: str, kind: Kind = "bill", identifier: str = "") -> Derived:
    """`lines`: one action each, `day chamber text`, the day counted from 2026-01-01 as day 1."""
    return shipped_stages().derive(jurisdiction(state), kind, actions(lines), identifier)


def actions(lines: str) -> Sequence[Action]:
    rows = (line.strip().split(" ", 2) for line in lines.splitlines() if line.strip())
    return [
        Action(
            on=dt.date(2025, 12, 31) + dt.timedelta(days=int(day)),
            chamber=_CHAMBERS.get(chamber, ""),
            text=text,
        )
        for day, chamber, text in rows
    ]


def summary(found: Derived) -> tuple[str, int, str]:
    day = (found.on - dt.date(2025, 12, 31)).days if found.on else 0
    return found.stage, day, found.governor_action


MONTANA = """
    1 H (H) Introduced
    2 H (H) Referred to Committee - (H) Judiciary
    5 H (H) Committee Executive Action--Bill Passed - (H) Judiciary
    6 H (H) 2nd Reading Passed
    7 H (H) 3rd Reading Passed
    9 S (S) Referred to Committee - (S) Judiciary
    12 S (S) 3rd Reading Concurred
    14 H (H) Sent to Enrolling
    20 H (H) Transmitted to Governor
    25 H (H) Signed by Governor
    27 H Chapter Number Assigned
"""


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, ("unknown", 0, "n/a")),
        (1, ("introduced", 1, "n/a")),
        (2, ("in_committee", 2, "n/a")),
        (3, ("passed_committee", 5, "n/a")),
        (4, ("passed_committee", 5, "n/a")),
        (5, ("passed_chamber", 7, "n/a")),
        (6, ("passed_chamber", 7, "n/a")),
        (7, ("passed_legislature", 12, "n/a")),
        (8, ("passed_legislature", 12, "n/a")),
        (9, ("to_governor", 20, "pending")),
        (10, ("enacted", 25, "signed")),
        (11, ("enacted", 25, "signed")),
    ],
)
def test_a_bill_climbs_step_by_step(length: int, expected: tuple[str, int, str]) -> None:
    lines = "\n".join(MONTANA.strip().splitlines()[:length])
    assert summary(derive("mt", lines)) == expected


def test_the_deciding_text_is_the_official_sentence() -> None:
    assert derive("mt", MONTANA).deciding_text == "(H) Signed by Governor"


def test_a_chapter_line_alone_proves_law_but_not_how() -> None:
    lines = "1 H (H) Transmitted to Governor\n 9 H Chapter Number Assigned"
    assert summary(derive("mt", lines)) == ("enacted", 9, "unknown")


def test_a_signature_replaces_an_earlier_chapter_line() -> None:
    lines = "8 H Chapter Number Assigned\n 9 H (H) Signed by Governor"
    assert summary(derive("mt", lines)) == ("enacted", 9, "signed")


def test_a_veto_stands_until_both_chambers_override() -> None:
    vetoed = "1 H Enrolled\n 5 G Vetoed by Governor"
    one = vetoed + "\n 9 H House overrode Governor's veto"
    both = one + "\n 9 S Senate overrode Governor's veto\n 9 G Enacted, Chapter 12"
    assert summary(derive("va", vetoed)) == ("vetoed", 5, "vetoed")
    assert summary(derive("va", one)) == ("vetoed", 5, "vetoed")
    assert summary(derive("va", both)) == ("enacted", 9, "overridden")


def test_a_failed_override_keeps_the_day_of_the_veto() -> None:
    lines = "5 H (H) Vetoed by Governor\n 9 H (H) Veto Override Failed in Legislature"
    lines += "\n 11 H (H) Died in Process"
    assert summary(derive("mt", lines)) == ("vetoed", 5, "vetoed")


def test_a_governors_recommendation_is_not_a_veto() -> None:
    lines = """
        1 S Passed Senate (40-Y 0-N)
        3 H Passed House (99-Y 0-N)
        5 G Enrolled Bill communicated to Governor on January 5, 2026
        8 S Governor's recommendation received by Senate
        9 S Senate concurred in Governor's recommendation (40-Y 0-N)
    """
    assert summary(derive("va", lines)) == ("to_governor", 8, "amended")


def test_passage_in_another_form_waits_for_the_first_chamber() -> None:
    lines = "1 H Read third time and passed House (99-Y 0-N)\n"
    lines += "4 S Passed Senate with substitute (40-Y 0-N)"
    assert summary(derive("va", lines)) == ("passed_chamber", 4, "n/a")
    lines += "\n6 H Senate substitute agreed to by House (99-Y 0-N)"
    assert summary(derive("va", lines)) == ("passed_legislature", 6, "n/a")


def test_conference_takes_both_chambers() -> None:
    lines = """
        1 H Read third time and passed House (99-Y 0-N)
        4 S Passed Senate with substitute (40-Y 0-N)
        5 H Senate substitute rejected by House (0-Y 99-N)
        9 S Conference report agreed to by Senate (40-Y 0-N)
    """
    assert summary(derive("va", lines)) == ("passed_chamber", 4, "n/a")
    lines += "10 H Conference report agreed to by House (99-Y 0-N)"
    assert summary(derive("va", lines)) == ("passed_legislature", 10, "n/a")


def test_reconsideration_undoes_the_vote() -> None:
    lines = """
        1 H Referred to Committee on Rules
        2 H Reported from Rules (15-Y 0-N)
        3 H Read third time and passed House (50-Y 49-N)
        3 H Reconsideration of House passage agreed to by House
    """
    assert summary(derive("va", lines)) == ("passed_committee", 2, "n/a")


def test_a_reconsidered_defeat_is_no_death() -> None:
    lines = """
        3 H Read third time and defeated by House (49-Y 50-N)
        3 H Reconsideration of defeated action agreed to by House
        4 H Passed House (51-Y 49-N)
    """
    assert summary(derive("va", lines)) == ("passed_chamber", 4, "n/a")


@pytest.mark.parametrize(
    "text", ["Passed by indefinitely in Rules (8-Y 7-N)", "Left in Rules", "Incorporated by Rules"]
)
def test_a_dead_bill(text: str) -> None:
    lines = f"1 H Referred to Committee on Rules\n 3 H {text}\n 4 H Impact statement from DPB (HB1)"
    assert summary(derive("va", lines)) == ("dead", 3, "n/a")


def test_a_bill_carried_over_lives_on_where_it_was() -> None:
    lines = "1 H Referred to Committee on Rules\n 3 H Continued to 2027 in Rules (9-Y 6-N)"
    assert summary(derive("va", lines)) == ("carried_over", 3, "n/a")
    lines += "\n 400 H Reported from Rules (15-Y 0-N)"
    assert summary(derive("va", lines)) == ("passed_committee", 400, "n/a")


def test_washington_takes_bills_over_without_passing_them() -> None:
    lines = """
        1 H First reading, referred to Finance.
        9 H By resolution, reintroduced and retained in present status.
    """
    assert summary(derive("wa", lines)) == ("carried_over", 9, "n/a")
    lines += "12 H Public hearing in the House Committee on Finance at 1:30 PM."
    assert summary(derive("wa", lines)) == ("in_committee", 1, "n/a")


def test_a_bill_returned_when_the_session_ends_must_pass_again() -> None:
    lines = """
        1 H First reading, referred to Finance.
        5 H Third reading, passed; yeas, 94; nays, 0; absent, 0; excused, 4.
        20 H By resolution, returned to House Rules Committee for third reading.
    """
    assert summary(derive("wa", lines)) == ("passed_chamber", 5, "n/a")
    lines += """
        300 H By resolution, reintroduced and retained in present status.
        301 H Referred to Finance.
    """
    assert summary(derive("wa", lines)) == ("in_committee", 301, "n/a")
    lines += "310 H Third reading, passed; yeas, 94; nays, 0; absent, 0; excused, 4."
    assert summary(derive("wa", lines)) == ("passed_chamber", 310, "n/a")


@pytest.mark.parametrize("turned", [False, True])
def test_a_veto_and_its_override_read_in_on_one_day(turned: bool) -> None:
    day = [
        "9 H Vetoed by Governor; Returned to House on Thursday, January 8, 2026",
        "9 H Motion to override veto prevailed; Yea: 87 Nay: 38",
        "9 S Motion to override veto prevailed; Yea: 32 Nay: 8",
    ]
    lines = "\n".join(
        [
            "5 H Enrolled and presented to Governor on Monday, January 5, 2026",
            *(reversed(day) if turned else day),
        ]
    )
    assert summary(derive("ks", lines)) == ("enacted", 9, "overridden")


CONGRESS = """
    1 H Introduced in House
    1 H Referred to the House Committee on the Judiciary.
    5 H Placed on the Union Calendar, Calendar No. 12.
    5 H Reported by the Committee on the Judiciary. H. Rept. 119-1.
    9 H Motion to reconsider laid on the table Agreed to without objection.
    9 H On passage Passed by the Yeas and Nays: 220 - 210 (Roll no. 1).
    20 S Passed Senate without amendment by Unanimous Consent.
    25 G Presented to President.
    30 G Became Public Law No: 119-1.
    30 G Signed by President.
"""


def test_a_day_listed_newest_first() -> None:
    assert summary(derive("us", CONGRESS)) == ("enacted", 30, "signed")


@pytest.mark.parametrize("length", range(1, 11))
def test_the_order_within_a_day_does_not_matter(length: int) -> None:
    listed = actions("\n".join(CONGRESS.strip().splitlines()[:length]))
    days = [list(day) for _, day in itertools.groupby(listed, key=lambda action: action.on)]
    turned = [action for day in days for action in reversed(day)]
    stages = shipped_stages()
    assert stages.derive("us", "bill", listed) == stages.derive("us", "bill", turned)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("H.Res. 5", "adopted"),
        ("HRES 5", "adopted"),
        ("HCONRES 5", "passed_chamber"),
        ("HJRES 5", "passed_chamber"),
    ],
)
def test_which_resolutions_one_chamber_adopts_alone(identifier: str, expected: str) -> None:
    lines = """
        1 H Submitted in House
        3 H On agreeing to the resolution Agreed to without objection. (text: CR H12)
    """
    assert derive("us", lines, "resolution", identifier).stage == expected


def test_a_joint_resolution_of_congress_becomes_law() -> None:
    assert summary(derive("us", CONGRESS, "resolution", "HJRES 1")) == ("enacted", 30, "signed")


def test_both_chambers_adopt_a_concurrent_resolution() -> None:
    lines = "1 H Agreed to by House by voice vote\n 4 S Agreed to by Senate by voice vote"
    assert summary(derive("va", lines, "resolution", "HJ 12")) == ("adopted", 4, "n/a")


def test_the_latest_line_of_a_death_gives_its_day() -> None:
    lines = "1 S S Introduced and Referred to S06 - Travel 27-4-0-0-0\n"
    lines += "5 S S No report prior to CoW Cutoff\n"
    lines += "9 S S:Died in Committee Returned Bill Pursuant to SR 5-4"
    assert summary(derive("wy", lines)) == ("dead", 9, "n/a")


def test_a_calendar_left_on_the_day_of_death_revives_nothing() -> None:
    lines = """
        1 S Senate/ passed 3rd reading
        9 S Senate/ strike enacting clause
        9 S Senate/ 2nd reading
    """
    assert summary(derive("ut", lines)) == ("dead", 9, "n/a")


def test_a_lost_vote_printed_as_passed() -> None:
    lines = """
        1 H House of Representatives Do Pass , Passed, YEAS 40, NAYS 29 H.J. 12
        9 S Senate Do Pass , Passed, YEAS 15, NAYS 19 S.J. 491
    """
    assert summary(derive("sd", lines)) == ("dead", 9, "n/a")


def test_georgia_dates_a_veto_with_the_words_of_a_signature() -> None:
    lines = "1 H House Sent to Governor\n 9 H House Date Signed by Governor\n 9 H Veto V1"
    turned = "1 H House Sent to Governor\n 9 H Veto V1\n 9 H House Date Signed by Governor"
    assert summary(derive("ga", lines)) == ("vetoed", 9, "vetoed")
    assert summary(derive("ga", turned)) == ("vetoed", 9, "vetoed")


def test_a_resolution_taken_up_by_the_other_chamber_was_not_final() -> None:
    lines = "1 H House First Readers\n 5 H House Passed/Adopted"
    assert summary(derive("ga", lines, "resolution", "HR 12")) == ("adopted", 5, "n/a")
    lines += "\n 9 S Senate Read and Referred"
    assert summary(derive("ga", lines, "resolution", "HR 12")) == ("passed_chamber", 5, "n/a")
    lines += "\n 12 S Senate Passed/Adopted"
    assert summary(derive("ga", lines, "resolution", "HR 12")) == ("adopted", 12, "n/a")


def test_a_bill_that_died_in_the_second_chamber_starts_again() -> None:
    lines = """
        1 S REFERRED TO FINANCE
        5 S PASSED SENATE
        9 H DIED IN ASSEMBLY
        9 S RETURNED TO SENATE
    """
    assert summary(derive("ny", lines)) == ("dead", 9, "n/a")
    lines += "9 S REFERRED TO FINANCE"
    assert summary(derive("ny", lines)) == ("in_committee", 9, "n/a")


def test_a_vote_before_the_second_committee_does_not_pass() -> None:
    lines = """
        1 H Introduced 01/08/2026 and referred to Judiciary HJ 2 P. 10
        5 H Ought to Pass: MA VV 01/05/2026 HJ 3 P. 9
        5 H Referred to Finance 01/05/2026 HJ 3 P. 9
    """
    assert summary(derive("nh", lines)) == ("in_committee", 5, "n/a")
    lines += "9 H Ought to Pass: MA VV 01/09/2026 HJ 4 P. 9"
    assert summary(derive("nh", lines)) == ("passed_chamber", 9, "n/a")


def test_the_signature_of_a_bill_with_items_struck_gives_the_day() -> None:
    lines = """
        5 G Transmitted to Governor.
        7 G Vetoed (Gov. Msg. No. 1345), line-item appropriations veto.
        9 G Act 250, on 01/09/2026 (Gov. Msg. No. 1353).
    """
    assert summary(derive("hi", lines)) == ("enacted", 9, "signed")


def test_a_conditional_veto_is_no_veto() -> None:
    lines = """
        1 H Passed Assembly (76-0-0)
        3 S Passed Senate (Passed Both Houses) (38-0)
        9 H Conditional Veto, Received in the Assembly
    """
    assert summary(derive("nj", lines)) == ("to_governor", 9, "amended")
    lines += "12 H Passed Assembly (Passed Both Houses) (76-0-0)\n 20 G Approved P.L.2026, c.1."
    assert summary(derive("nj", lines)) == ("enacted", 20, "signed")


def test_an_act_of_the_district_waits_for_congress() -> None:
    lines = "1 - Final Reading, CC\n 5 G Signed by the Mayor and Enacted with Act Number A26-0005"
    assert summary(derive("dc", lines)) == ("enacted", 5, "signed")
    lines += "\n 9 - Transmitted to Congress"
    assert summary(derive("dc", lines)) == ("to_governor", 9, "signed")
    lines += "\n 60 - Law L26-0054, Effective from Mar 01, 2026"
    assert summary(derive("dc", lines)) == ("enacted", 60, "signed")


def test_one_chamber_is_the_whole_legislature_of_nebraska() -> None:
    lines = "1 - Referred to Judiciary Committee\n 9 - Passed on Final Reading 49-0-0"
    assert summary(derive("ne", lines)) == ("passed_legislature", 9, "n/a")
    vetoed = lines + "\n 12 G Returned by Governor without approval on January 12, 2026"
    assert summary(derive("ne", vetoed)) == ("vetoed", 12, "vetoed")


def test_a_local_act_needs_no_governor() -> None:
    lines = "1 S Passed 3rd Reading\n 5 H Passed 3rd Reading\n 6 G Ratified\n 7 G Ch. SL 2026-1"
    assert summary(derive("nc", lines)) == ("enacted", 7, "n/a")


def test_an_amendment_of_the_constitution_goes_to_the_voters() -> None:
    lines = """
        1 S Third reading: passed; Roll Call 1: yeas 40, nays 5
        9 H Third reading: passed; Roll Call 2: yeas 75, nays 11
        12 S Public Law 73
    """
    found = derive("in", lines, "resolution", "SJR 1")
    assert summary(found) == ("passed_legislature", 9, "n/a")


def test_an_unknown_sentence_is_counted_and_decides_nothing() -> None:
    lines = "1 H Referred to Committee on Rules\n 2 H Frobnicated by the House"
    found = derive("va", lines)
    assert (found.stage, found.unknown) == ("in_committee", 1)
    assert derive("va", "2 H Frobnicated by the House").stage == "unknown"


def test_a_jurisdiction_without_a_table_knows_only_common_wording() -> None:
    found = derive("xx", "1 H Prefiled\n 2 H Laid on the table\n 9 G Signed by the Governor")
    assert (*summary(found), found.unknown) == ("enacted", 9, "signed", 1)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "((((", "a" * 20_000, "\u202eSigned\u202c", "Y" * 5_000]
)
def test_hostile_sentences_are_unknown(text: str) -> None:
    for state in ("va", "us", "xx"):
        assert shipped_stages().meaning(jurisdiction(state), text).name == "unknown"


def test_a_malformed_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "common.yaml").write_text("rules: []", encoding="utf-8")
    (tmp_path / "va.yaml").write_text("rules: [{meaning: celebrated, match: x}]", encoding="utf-8")
    with pytest.raises(msgspec.ValidationError):
        Stages.load(tmp_path).check()


def test_rules_that_need_the_count_say_so(tmp_path: Path) -> None:
    (tmp_path / "common.yaml").write_text("rules: []", encoding="utf-8")
    (tmp_path / "va.yaml").write_text(
        "rules:\n"
        "- {meaning: passed_chamber, match: 'third reading', lost: failed_chamber}\n"
        "- {meaning: died, match: 'put off to day 41', numbers: true}\n"
        "- {meaning: floor, match: 'put off to day'}\n",
        encoding="utf-8",
    )
    stages = Stages.load(tmp_path)
    sentences = {
        "Third reading, YEAS 19, NAYS 15": "passed_chamber",
        "Third reading, YEAS 15, NAYS 19": "failed_chamber",
        "Third reading, YEAS 15, NAYS 15": "failed_chamber",
        "Third reading": "passed_chamber",
        "Put off to day 41": "died",
        "Put off to day 42": "floor",
    }
    assert {text: stages.meaning("us-va", text).name for text in sentences} == sentences


def test_bills_in_bulk() -> None:
    bill = {
        "state": "VA",
        "session": "2026",
        "identifier": "HB 9999",
        "type": "bill",
        "actions": [{"date": "2026-01-05", "chamber": "lower", "text": "Left in Rules"}],
    }
    assert list(stages_of_bills([json.dumps(bill).encode()])) == [
        {
            "state": "VA",
            "session": "2026",
            "identifier": "HB 9999",
            "stage": "dead",
            "stage_date": "2026-01-05",
            "governor_action": "n/a",
            "deciding_text": "Left in Rules",
        }
    ]


def test_a_line_that_is_no_bill_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        list(stages_of_bills([b"<html>Request Rejected</html>"]))


def test_a_sustained_veto_is_not_undone_by_a_filing() -> None:
    """North Dakota files vetoed bills too."""
    lines = (
        "1 S Sent to Governor\n 5 S Vetoed by Governor 04/22\n 6 S Veto sustained, yeas 25 nays 20"
    )
    assert summary(derive("nd", lines)) == ("vetoed", 5, "vetoed")
    filed = lines + "\n 9 S Filed with Secretary Of State 04/29"
    assert summary(derive("nd", filed)) == ("vetoed", 5, "vetoed")


@needs_shared("corpus/gold-stages.csv")
def test_stages_agree_with_those_a_reader_gave() -> None:
    found = evaluate_gold(shared("corpus/scale-bills.jsonl.gz"), shared("corpus/gold-stages.csv"))
    assert found["missing"] == 0
    assert found["high"]["stage"] >= 0.97


@needs_shared("corpus/scale-bills.jsonl.gz")
def test_packed_and_plain_files_give_the_same_lines(tmp_path: Path) -> None:
    with open_bills(shared("corpus/scale-bills.jsonl.gz")) as lines:
        first = next(iter(lines))
    (tmp_path / "one.jsonl").write_bytes(first)
    with open_bills(tmp_path / "one.jsonl") as lines:
        assert list(lines) == [first]
