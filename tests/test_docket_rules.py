"""What docket entries rule. The sentences have the form of federal dockets; every case is fictional."""

from __future__ import annotations

import time

import pytest

from tracker.docket_rules import is_kept, ruling_of, standing_after

GRANTED = "ORDER granting 5 Motion for Preliminary Injunction. Signed by Judge A. Example. (abc)"
DENIED = "ORDER denying 31 Motion for Preliminary Injunction. Signed by Judge A. Example."
RESTRAINED = "ORDER granting 3 Motion for TRO. Signed by Judge A. Example on 1/5/2026."
FILED = (
    "COMPLAINT against State of Example ( Filing fee $ 405 ), filed by United States of America."
)
REVERSED = (
    "MANDATE of USCA as to 40 Notice of Appeal: the judgment of the District Court is REVERSED."
)

RULED = [
    (FILED, "filed"),
    ("First Amended COMPLAINT against All Defendants", "filed"),
    ("NOTICE OF REMOVAL from Superior Court of Example County", "filed"),
    (GRANTED, "injunction_granted"),
    ("OPINION AND ORDER granting Plaintiffs' Motion for a Preliminary Injunction.", "injunction_granted"),
    (
        "MEMORANDUM OPINION AND ORDER: The Court GRANTS IN PART and DENIES IN PART the United States'"
        " motion for a preliminary injunction.",
        "injunction_granted",
    ),
    ("ORDER granting in part and denying in part 12 Motion for Preliminary Injunction",
     "injunction_granted"),
    ("PRELIMINARY INJUNCTION. Defendants are enjoined from enforcing Section 3.", "injunction_granted"),
    (RESTRAINED, "restraining_order"),
    ("TEMPORARY RESTRAINING ORDER: Defendants are restrained", "restraining_order"),
    (DENIED, "injunction_denied"),
    ("OPINION & ORDER denying  5   Motion for Preliminary Injunction. Signed by", "injunction_denied"),
    ("MEMORANDUM DECISION AND ORDER denying [7] Motion for TRO", "injunction_denied"),
    ("FINAL JUDGMENT AND PERMANENT INJUNCTION. The statute is preempted.", "struck_down"),
    ("ORDER granting 60 Motion for Permanent Injunction", "struck_down"),
    ("ORDER vacating 22 preliminary injunction", "injunction_lifted"),
    ("ORDER of USCA as to 30 Notice of Appeal: the Court GRANTS the motion for a stay pending appeal",
     "injunction_lifted"),
    (REVERSED, "reversed"),
    ("NOTICE of Voluntary Dismissal by United States of America", "dismissed"),
    ("ORDER dismissing case. Signed by Judge A. Example.", "dismissed"),
    ("ORDER granting 18 Motion to Dismiss for Failure to State a Claim. Case closed.", "dismissed"),
]  # fmt: skip
NOT_RULED = [
    "MOTION for Preliminary Injunction by United States of America.",
    "RESPONSE in Opposition re 5 MOTION for Preliminary Injunction filed by State of Example.",
    "ORDER granting 9 Motion for Extension of Time to respond to 5 Motion for Preliminary Injunction",
    "ORDER granting 8 Motion for Preliminary Injunction hearing to be continued",
    "ORDER setting hearing on 5 Motion for Preliminary Injunction",
    "ORDER granting 14 Motion for Leave to File Amicus Brief in support of preliminary injunction",
    "ORDER granting in part and denying in part 18 Motion to Dismiss",
    "ORDER granting 18 Motion to Dismiss with leave to amend",
    "ORDER granting 18 Motion to Dismiss as to Defendant Doe",
    "OPINION & ORDER granting  8  motion to dismiss; transferring this matter to another district.",
    "ORDER granting 9 Motion to Dismiss Counterclaims",
    "Notice Of Voluntary Dismissal Of Unknown Party",
    "NOTICE of Voluntary Dismissal by State of Fictional",
    "OPINION  re Plaintiff's  4   Motion for a TRO and expedited discovery.  Signed by Judge A. Example",
    "Proposed Order on Motion for Preliminary Injunction",
    "Order on Motion for Preliminary Injunction",
    "MANDATE of USCA: affirmed in part, vacated in part and remanded",
    "NOTICE of Voluntary Dismissal as to Defendant Doe",
    "NOTICE of Appearance by A. Lawyer on behalf of State of Example",
    "Proposed ORDER granting Motion for Preliminary Injunction",
    "",
]


@pytest.mark.parametrize(("entry", "ruling"), RULED)
def test_a_ruling_is_read(entry: str, ruling: str) -> None:
    assert ruling_of(entry) == ruling
    assert is_kept(entry)


@pytest.mark.parametrize("entry", NOT_RULED)
def test_what_only_speaks_of_one_is_not(entry: str) -> None:
    assert ruling_of(entry) is None


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (NOT_RULED[0], True),
        ("NOTICE OF APPEAL as to 22 Order by State of Example", True),
        ("ORDER granting 18 Motion to Dismiss with leave to amend", True),
        (NOT_RULED[2], False),
        ("ORDER granting 11 Motion for Admission Pro Hac Vice", False),
        ("NOTICE of Appearance by A. Lawyer on behalf of State of Example", False),
        ("CERTIFICATE OF SERVICE", False),
    ],
)
def test_steps_are_kept_and_the_running_of_a_case_is_not(entry: str, kept: bool) -> None:
    assert is_kept(entry) is kept


@pytest.mark.parametrize(
    ("entries", "stage", "at"),
    [
        ([FILED], "in_court", 0),
        ([FILED, GRANTED], "enjoined", 1),
        ([FILED, GRANTED, DENIED], "enjoined", 1),
        ([FILED, RESTRAINED, DENIED], "in_court", 2),
        ([FILED, RESTRAINED, GRANTED, DENIED], "enjoined", 1),
        ([FILED, GRANTED, REVERSED], "in_court", 2),
        ([FILED, GRANTED, "ORDER vacating 22 preliminary injunction"], "in_court", 2),
        ([FILED, "NOTICE of Voluntary Dismissal."], "dead", 1),
        ([FILED, "ORDER dismissing case.", "Second Amended COMPLAINT"], "in_court", 2),
        ([FILED, "PERMANENT INJUNCTION. Final.", DENIED], "struck_down", 1),
    ],
)
def test_how_a_suit_stands(entries: list[str], stage: str, at: int) -> None:
    assert standing_after(entries) == (stage, at)


def test_a_suit_of_which_nothing_is_known_stands_nowhere() -> None:
    assert standing_after(NOT_RULED) is None


@pytest.mark.parametrize(
    "entry",
    ["ORDER " * 5_000, "ORDER granting " + "the plaintiffs' " * 5_000, "order and " * 9_000 + "x",
     "MANDATE of USCA " + "grant stay " * 5_000, "*" * 100_000, "ORDER granting " + "1 [" * 9_000],
)  # fmt: skip
def test_a_hostile_entry_costs_no_time(entry: str) -> None:
    began = time.perf_counter()
    assert ruling_of(entry) is None
    assert time.perf_counter() - began < 0.5
