"""Sentence by sentence: what an order says of earlier orders, and what it does not say.

Sentences marked R are from real orders: EO 13993 (2021), EO 14159 (2025), Arkansas EO 23-02 and
EO 23-11 (2023). The others are made in their manner; their numbers name no real act.
"""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.governors.order_days import attested_on, expires_on
from spiders.governors.order_names import FEDERAL, YEARLY, OrderForm
from spiders.governors.relations import statements

R_13993 = (
    "Sec. 2. Revocation. Executive Order 13768 of January 25, 2017 (Enhancing Public Safety in the"
    " Interior of the United States), is hereby revoked. The Secretary of State shall review any"
    " agency actions developed pursuant to Executive Order 13768 and take action."
)
R_14159 = (
    "Sec. 3. Faithful Execution of the Immigration Laws. In furtherance of the policies described"
    " in section 2 of this order:\n\n(a) Executive Order 13993 of January 20, 2021 (Revision of"
    " Civil Immigration Enforcement Policies and Priorities), Executive Order 14010 of February 2,"
    " 2021 (Creating a Comprehensive Regional Framework To Address the Causes of Migration, To"
    " Manage Migration Throughout North and Central America, and To Provide Safe and Orderly"
    " Processing of Asylum Seekers at the United States Border), Executive Order 14011 of February"
    " 2, 2021 (Establishment of Interagency Task Force on the Reunification of Families), and"
    " Executive Order 14012 of February 2, 2021 (Restoring Faith in Our Legal Immigration Systems"
    " and Strengthening Integration and Inclusion Efforts for New Americans) are hereby revoked;"
    " and\n\n(b) Executive departments and agencies (agencies) shall take all appropriate action to"
    " promptly revoke all memoranda, guidance, or other policies based on the Executive Orders"
    " revoked in section 3(a) of this order."
)

FEDERAL_SENTENCES = [
    (R_13993, [("rescinds", "EO 13768", "2017")]),
    (
        R_14159,
        [
            ("rescinds", "EO 13993", "2021"),
            ("rescinds", "EO 14010", "2021"),
            ("rescinds", "EO 14011", "2021"),
            ("rescinds", "EO 14012", "2021"),
        ],
    ),
    (
        " ".join(R_14159.split()),
        [
            ("rescinds", "EO 13993", "2021"),
            ("rescinds", "EO 14010", "2021"),
            ("rescinds", "EO 14011", "2021"),
            ("rescinds", "EO 14012", "2021"),
        ],
    ),
    ("Executive Order 99001 of May 1, 2024, is superseded.", [("supersedes", "EO 99001", "2024")]),
    ("This order supersedes Executive Order 99001.", [("supersedes", "EO 99001", "")]),
    (
        "Section 3(b) of Executive Order 99001 of May 1, 2024, is hereby revoked.",
        [("amends", "EO 99001", "2024")],
    ),
    (
        "Executive Order 99001 of May 1, 2024, is hereby revoked to the extent it is inconsistent"
        " with this order.",
        [("amends", "EO 99001", "2024")],
    ),
    ("Executive Order 99001 is further to be revoked.", []),
    ("If Executive Order 99001 is revoked, the Secretary shall report.", []),
    ("The Secretary shall consider whether Executive Order 99001 is amended.", []),
    ("Executive Order 99001 is hereby revoked unless the Congress acts.", []),
    ("Executive Order 99001 is hereby revoked effective January 1, 2030.", []),
    ("Executive Order 99001 was revoked by Executive Order 99002.", []),
    ("The Executive Order 99001 task force is hereby terminated.", []),
    ("Executive Order 99001 is not revoked.", []),
]

YEARLY_SENTENCES = [
    (
        "WHEREAS: Executive Order No. 15-02 was issued to prohibit the promulgation of unnecessary"
        " rules;\n\nNOW, THEREFORE, I, SARAH HUCKABEE SANDERS, acting under the authority vested in"
        " me as the Governor of the State of Arkansas, do hereby order the following:\n\nExecutive"
        " Order No 15-02 is hereby repealed.",  # R
        [("rescinds", "EO 15-02", "2015")],
    ),
    (
        "1. That Executive Order No 21-08 is hereby repealed.\n\n"
        "2. That Executive Order No 21-19 is hereby repealed.",  # R
        [("rescinds", "EO 21-08", "2021"), ("rescinds", "EO 21-19", "2021")],
    ),
    (
        "(3) Executive Orders 98-01 and 98-02 are hereby rescinded.",
        [("rescinds", "EO 98-01", "2098"), ("rescinds", "EO 98-02", "2098")],
    ),
    ("Executive Order 98-1 is hereby amended as follows:", [("amends", "EO 98-01", "2098")]),
    ("I hereby extend DR 98-05 for thirty days.", [("extends", "DR 98-05", "2098")]),
    (
        "I, a Governor, do hereby order that EO 98-07 is renewed.",
        [("extends", "EO 98-07", "2098")],
    ),
    (
        "This Executive Order implements Executive Order 98-07.",
        [("implements", "EO 98-07", "2098")],
    ),
    ("This order shall remain in effect until amended or rescinded by executive order.", []),
    ("WHEREAS, Executive Order 98-03 is hereby rescinded by events;", []),
    ("WHEREAS: Executive Order 98-03 is amended from time to time;", []),
    ("Agencies that administer Executive Order 98-03 are renewed in their trust.", []),
    ("I do hereby order that agencies under Executive Order 98-03 are renewed.", []),
    ("The task force created by Executive Order 98-03 is terminated.", []),
]


@pytest.mark.parametrize(
    ("form", "sentence", "expected"),
    [(FEDERAL, *row) for row in FEDERAL_SENTENCES] + [(YEARLY, *row) for row in YEARLY_SENTENCES],
)
def test_sentences(form: OrderForm, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(s.kind, s.order.identifier, s.order.session) for s in statements(sentence, form)]
    assert found == expected


def test_the_quote_stands_in_the_text() -> None:
    for statement in statements(R_14159, FEDERAL):
        assert R_14159[statement.start :].startswith(statement.quote)
        assert "14012" in statement.quote
        assert statement.quote.endswith("are hereby revoked")


@pytest.mark.parametrize(
    "hostile",
    [
        "Executive Order 99001, " * 20_000 + "and so on",
        "Sec. " * 5_000 + "x Executive Order 99001 is revoked",
        "(a) " * 200 + "x Executive Order 99001 is revoked",
        "hereby order " * 5_000 + "Executive Order 99001 is not revoked",
        "x Executive Order 99001 is revoked " * 2_000,
        "Executive Order 99001 (" + "a" * 100_000,
    ],
)
def test_hostile_texts_say_nothing_and_do_not_stall(hostile: str) -> None:
    assert statements(hostile, FEDERAL) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "affixed this 10th day of January, in the year of our Lord 2023.",
            dt.date(2023, 1, 10),
        ),
        ("IN TESTIMONY on this 17 th day of August, 2024.", dt.date(2024, 8, 17)),
        (
            "amended this 1st day of May, 2024. Signed this 2nd day of June 2024.",
            dt.date(2024, 6, 2),
        ),
        ("this 31st day of February, 2024", None),
        ("this tenth day of January, two thousand twenty-three", dt.date(2023, 1, 10)),
        (
            "this twentieth day of January in the year two thousand twenty-six.",
            dt.date(2026, 1, 20),
        ),
        (
            "this 26th day of January, in the year of Our Lord, two thousand and fifteen, and",
            dt.date(2015, 1, 26),
        ),
        ("this Thirty-First day of August, in the year two thousand thirty", dt.date(2030, 8, 31)),
        ("this thirtieth day of February in the year two thousand twenty", None),
        ("this umpteenth day of June, two thousand twenty", None),
        ("nothing about a day", None),
    ],
)
def test_attested_on(text: str, day: dt.date | None) -> None:
    assert attested_on(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This order shall expire on June 30, 2026.", dt.date(2026, 6, 30)),
        (
            "This Executive Order shall remain in full force and effect until May 1, 2026, unless"
            " amended.",
            dt.date(2026, 5, 1),
        ),
        ("This order shall expire sixty days after its signature.", None),
        ("This order expires on May 1, 2026. This order expires on June 1, 2026.", None),
        ("The license shall expire on June 30, 2026.", None),
    ],
)
def test_expires_on(text: str, day: dt.date | None) -> None:
    assert expires_on(text) == day
