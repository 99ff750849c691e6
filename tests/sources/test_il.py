"""Illinois: assemblies by day, whose turn it is to be read, names of files, the real texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.il import Illinois
from spiders.legislatures.il_status import (
    REPOSITORY,
    Name,
    name,
    ordinal,
    sponsors,
    status,
    versions,
)
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Measure, VersionText
from tracker.stages import shipped_stages

FOLDER = "/Legislation/104/BillStatus/XML/"


@pytest.mark.parametrize(
    ("today", "assemblies"),
    [
        ("2025-01-07", ["103rd", "104th"]),
        ("2025-01-08", ["104th", "103rd"]),
        ("2025-04-14", ["104th", "103rd"]),
        ("2025-04-15", ["104th"]),
        ("2026-11-30", ["104th"]),
        ("2026-12-01", ["104th", "105th"]),
        ("2027-01-12", ["104th", "105th"]),
        ("2027-01-13", ["105th", "104th"]),
        ("2027-04-15", ["105th"]),
        ("2028-06-01", ["105th"]),
    ],
)
def test_the_assemblies_of_a_day(today: str, assemblies: list[str]) -> None:
    assert Illinois().sessions(dt.date.fromisoformat(today)) == assemblies


def test_ordinals() -> None:
    assert [ordinal(n) for n in (101, 102, 103, 104, 111, 112, 113, 121)] == [
        "101st", "102nd", "103rd", "104th", "111th", "112th", "113th", "121st"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stem", "session", "identifier"),
    [
        ("10400HB0001", "104th", "HB 1"),
        ("10400hj0026", "104th", "HJR 26"),
        ("10400SC0003", "104th", "SJRCA 3"),
        ("10400JS0001", "104th", "JSR 1"),
        ("10401HB0001", "104th-special", "HB 1"),
        ("10402SB0012", "104th-special-2", "SB 12"),
    ],
)
def test_what_the_name_of_a_file_says(stem: str, session: str, identifier: str) -> None:
    told = name(stem)
    assert told is not None
    assert (told.session, told.identifier, told.stem) == (session, identifier, stem.upper())


def test_names_that_are_no_measures() -> None:
    assert name("10400AM0012") is None
    with pytest.raises(PageChanged, match="10400QQ0001"):
        name("10400QQ0001")


def folder(names: Sequence[tuple[str, str]], number: int = 104) -> Answer:
    path = FOLDER.replace("104", str(number))
    rows = "".join(
        f' {on}  4:20 AM  1234 <A HREF="{path}{one}.xml">{one}.xml</A><br>' for one, on in names
    )
    body = f'<html><body><pre><A HREF="/">[To Parent Directory]</A><br>{rows}</pre></body></html>'
    return Answer(f"{REPOSITORY}{path}", body.encode())


def asked(source: Illinois, answer: Answer) -> list[str]:
    things = source.read(answer)
    return [one.url.rpartition("/")[2][:-4] for one in things if isinstance(one, Request)]


MANY = [(f"10400HB{number:04}", "2/1/2026") for number in range(1, 151)]


def test_a_day_reads_a_hundred_others_and_all_that_are_watched() -> None:
    watched = frozenset({"us-il/104th/HB 150", "us-il/104th/HB 149"})
    source = Illinois(today=dt.date(2026, 2, 2), known=Known(watched=watched))
    found = asked(source, folder(MANY))
    assert found[:2] == ["10400HB0149", "10400HB0150"]
    assert len(found) == 102
    assert len(source.listed) == 150


def test_two_assemblies_share_the_day_and_one_that_is_over_has_none() -> None:
    source = Illinois(today=dt.date(2026, 12, 1))
    assert len(asked(source, folder(MANY))) == 50
    later = Illinois(
        today=dt.date(2027, 1, 13), known=Known(watched=frozenset({"us-il/104th/HB 7"}))
    )
    assert asked(later, folder(MANY)) == ["10400HB0007"]


def test_what_was_read_is_read_again_only_when_just_written() -> None:
    files = [("10400HB0001", "2/1/2026"), ("10400HB0002", "1/30/2026"), ("10400HB0003", "1/1/2025")]
    known = Known(prints={"us-il/104th/HB 1": "00", "us-il/104th/HB 2": "00"})
    source = Illinois(today=dt.date(2026, 2, 2), known=known)
    assert asked(source, folder(files)) == ["10400HB0003", "10400HB0001"]


def test_a_wanted_measure_is_read_when_just_written_or_in_its_turn() -> None:
    files = [(f"10400SB{number:04}", "1/1/2026") for number in range(1, 41)]
    keys = [f"us-il/104th/SB {number}" for number in range(1, 41)]
    read = Known(watched=frozenset(keys), texts={key: ["x"] for key in keys})
    days = [dt.date(2026, 2, 2) + dt.timedelta(days=nth) for nth in range(6)]
    turns = [asked(Illinois(today=day, known=read), folder(files)) for day in days]
    assert sorted(one for turn in turns for one in turn) == [stem for stem, _ in files]

    (still, *_) = turns[1]
    old, files = files, [(stem, "2/1/2026" if stem == still else on) for stem, on in files]
    assert still not in turns[0]
    assert still in asked(Illinois(today=days[0], known=read), folder(files)), "just written"
    number = f"us-il/104th/SB {int(still[-4:])}"
    for known in (
        msgspec.structs.replace(read, lively=frozenset({number})),
        msgspec.structs.replace(read, asked=frozenset({number})),
        msgspec.structs.replace(read, texts={key: ["x"] for key in keys if key != number}),
    ):
        assert still in asked(Illinois(today=days[0], known=known), folder(old))


def test_a_wanted_measure_is_asked_for_conditionally_and_the_folder_is_not() -> None:
    source = Illinois(today=dt.date(2026, 2, 2))
    (first,) = source.begin()
    assert first.meta["fresh"]
    (one,) = (thing for thing in source.read(folder(MANY[:1])) if isinstance(thing, Request))
    assert "fresh" not in one.meta
    assert Illinois.delay_seconds == 10


def people(printed: str) -> list[tuple[str, str]]:
    told = f"<sponsorhead>House Sponsors</sponsorhead><sponsors>{printed}</sponsors>"
    root = status(f"<x><sponsor>{told}</sponsor></x>".encode())
    return [(one.name, one.role) for one in sponsors(root)]


def test_sponsors_of_a_house() -> None:
    assert people(
        "Rep. Eva-Dina Delgado - Maurice A. West, II, Edgar González, Jr. and Kam Buckner"
    ) == [
        ("Eva-Dina Delgado", "primary"),
        ("Maurice A. West, II", "cosponsor"),
        ("Edgar González, Jr.", "cosponsor"),
        ("Kam Buckner", "cosponsor"),
    ]
    assert people("") == []


def steps(*lines: tuple[str, Any]) -> list[Action]:
    return [Action(on=dt.date(2026, 2, 1), text=text, chamber=house) for text, house in lines]


def test_texts_by_history() -> None:
    told = Name(104, 0, "HB", 12)
    lines = steps(("Filed with the Clerk by Rep. A. Nobody", "lower"))
    assert [one.note for one in versions(lines, told)] == ["Introduced"]
    lines += steps(("Third Reading Deadline Extended-Rule May 31, 2025", "lower"))
    lines += steps(("Third Reading - Short Debate - Lost 049-051-002", "lower"))
    assert [one.note for one in versions(lines, told)] == ["Introduced"]
    senate = Name(104, 0, "SB", 12)
    upper = steps(("Filed", "upper"), ("Placed on Calendar Order of 3rd Reading", "upper"))
    assert [one.note for one in versions(upper, senate)] == ["Introduced"]
    lines += steps(("Placed on Calendar Order of 3rd Reading - Short Debate", "lower"))
    assert [one.note for one in versions(lines, told)] == ["Introduced", "Engrossed"]
    lines += steps(
        ("Third Reading - Passed; 040-010-000", "upper"), ("Passed Both Houses", "lower")
    )
    lines += steps(("Public Act . . . . . . . . . 104-0268", "lower"))
    assert [one.url.rpartition("/")[2] for one in versions(lines, told)] == [
        "10400HB0012.htm",
        "10400HB0012eng.htm",
        "10400HB0012enr.htm",
        "104-0268.htm",
    ]


def test_a_joint_resolution_is_engrossed_where_its_own_house_amended_it() -> None:
    told = Name(104, 0, "HJ", 12)
    lines = steps(("Filed with the Clerk by Rep. A. Nobody", "lower"))
    lines += steps(("Resolution Adopted 110-000-000", "lower"))
    assert [one.note for one in versions(lines, told)] == ["Introduced"]
    lines[1:1] = steps(("House Floor Amendment No. 1 Adopted", "lower"))
    assert [one.note for one in versions(lines, told)] == ["Introduced", "Engrossed"]


def test_a_missed_deadline_is_no_death() -> None:
    lines = steps(("First Reading", "lower"), ("Assigned to Executive Committee", "lower"))
    lines += steps(("Rule 19(a) / Re-referred to Rules Committee", "lower"))
    stages = shipped_stages()
    assert stages.derive("us-il", "bill", lines).stage == "in_committee"
    lines += steps(("Session Sine Die", "lower"))
    assert stages.derive("us-il", "bill", lines).stage == "dead"


SITE = "https://ilga.gov/Legislation/BillStatus/FullText?LegDocId=1&DocName="


@pytest.mark.parametrize(
    ("file", "stem", "key", "begins", "words"),
    [
        (
            "SB1313",
            "10400SB1313",
            "SB 1313",
            "104TH GENERAL ASSEMBLY",
            "shall not detain or continue to detain any individual solely on the basis of any",
        ),
        ("SB1699", "10400SB1699", "SB 1699", "104TH GENERAL ASSEMBLY", "noncitizen"),
        ("SB2712", "10400SB2712", "SB 2712", "104TH GENERAL ASSEMBLY", "Enforcement Act."),
        ("HR115", "10400HR0115", "HR 115", "HOUSE RESOLUTION", "to circumvent the rule of law"),
        ("HR428", "10400HR0428", "HR 428", "HOUSE RESOLUTION", "Immigration and Customs"),
    ],
)
@needs_shared("recordings/il/manifest.yaml")
def test_the_real_texts_without_their_margins(
    file: str, stem: str, key: str, begins: str, words: str
) -> None:
    body = shared(f"recordings/il/{file}__bill_content_Introduced.html").read_bytes()
    (text,) = Illinois().read(Answer(f"{SITE}{stem}&Print=1", body))
    assert isinstance(text, VersionText)
    assert (text.key, text.note) == (f"us-il/104th/{key}", "Introduced")
    assert text.text.startswith(begins)
    assert words in text.text
    assert "LRB104" not in text.text.partition("A BILL FOR")[2]
    assert "ILGA.GOV" not in text.text


def test_on_topic_by_the_synopsis_of_an_amendment() -> None:
    source = Illinois(today=dt.date(2026, 2, 2))
    body = (
        '<?xml version="1.0"?><s><title>Illinois General Assembly - Bill Status for SB 1</title>'
        "<shortdesc>LOCAL GOVERNMENT-TECH</shortdesc><sponsor/><synopsis><SynopsisText>Makes a"
        " technical change.</SynopsisText>{}</synopsis><actions><statusdate>1/9/2026</statusdate>"
        "<chamber>Senate</chamber><action>First Reading</action></actions></s>"
    )
    late = "<SynopsisText>Prohibits agreements with federal immigration authorities.</SynopsisText>"
    for more, wanted in (("", False), (late, True)):
        answer = Answer(f"{REPOSITORY}{FOLDER}10400SB0001.xml", body.format(more).encode())
        kept = [one for thing in source.read(answer) for one in source.sift(thing)]
        assert any(isinstance(one, Measure) for one in kept) == wanted
