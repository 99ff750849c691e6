"""The change log's rows, kind by kind; what is a correction and what a loss and a gain."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest

from tests.core.desk import acts, bill, day
from tracker.canonical import canonical
from tracker.changes import Change, changes_between, first_change
from tracker.model import Action, Document, Relation, Sponsor, Version, Vote


def between(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    return changes_between(canonical(bill(**old)), canonical(bill(**new)))


def of_actions(old: list[Action], new: list[Action]) -> list[Change]:
    return between({"actions": old}, {"actions": new})


@pytest.mark.parametrize(
    ("field", "old", "new", "told"),
    [
        ("title", "One", "Two", ("One", "Two")),
        ("title", "One", "", ("One", "")),
        ("abstract", None, "Words", ("", "Words")),
        ("issuer", "A", "B", ("A", "B")),
        ("issued_on", day("2026-01-02"), day("2026-01-03"), ("2026-01-02", "2026-01-03")),
        ("effective_on", None, day("2026-07-01"), ("", "2026-07-01")),
        ("expires_on", day("2026-07-01"), day("2027-07-01"), ("2026-07-01", "2027-07-01")),
    ],
)
def test_a_changed_fact(field: str, old: object, new: object, told: tuple[str, str]) -> None:
    assert between({field: old}, {field: new}) == [Change(f"{field}_changed", field, *told)]


@pytest.mark.parametrize(
    "facts",
    [
        {"url": "https://va.example/other"},
        {"chamber": "upper"},
        {"subjects": ["Police"]},
        {"committees": ["Courts"]},
        {"votes": [Vote(on=day("2026-01-02"), chamber="", motion="m", yes=1, no=0)]},
        {"title": "Fictional:  a\ttitle"},
    ],
)
def test_what_is_kept_but_is_no_news(facts: dict[str, object]) -> None:
    assert between({"title": "Fictional: a title"}, {"title": "Fictional: a title"} | facts) == []


@pytest.mark.parametrize(
    "name",
    ["title", "abstract", "issuer", "issued_on", "actions", "versions", "sponsors", "documents",
     "relations"],
)  # fmt: skip
def test_what_a_page_does_not_say_is_not_compared(name: str) -> None:
    full: dict[str, Any] = {
        "title": "A title",
        "abstract": "Words",
        "issuer": "A",
        "issued_on": day("2026-01-02"),
        "actions": acts(("2026-01-02", "Filed")),
        "versions": [Version(note="Introduced")],
        "sponsors": [Sponsor(name="One")],
        "documents": [Document(kind="memo", note="m", url="")],
        "relations": [Relation(kind="companion", identifier="SB 1")],
    }
    assert between(full, full | {name: None}) == []


def test_actions_come_and_go() -> None:
    old = acts(("2026-01-02", "Filed"), ("2026-01-05", "Referred to Courts"))
    new = acts(("2026-01-02", "Filed"), ("2026-01-09", "Reported from Courts"))
    assert of_actions(old, new) == [
        Change("action_removed", "actions", "Referred to Courts", "", "2026-01-05", "2026-01-05"),
        Change("action_added", "actions", "", "Reported from Courts", "2026-01-09"),
    ]


def test_the_same_words_of_another_day_are_a_correction() -> None:
    old, new = acts(("2026-01-02", "Signed")), acts(("2026-03-04", "Signed"))
    assert of_actions(old, new) == [
        Change("action_changed", "actions", "Signed", "Signed", "2026-03-04", "2026-01-02")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Referred to Courts", "Referred to Courts of Justice and then to Finance, by a vote of 9-4"),
        ("Referred to Courts of Justice and then to Finance, by a vote of 9-4", "Referred to Courts"),
        ("abcde", "abcxy"),  # 2 * 3 of 10 characters: 0.6 exactly
    ],
)  # fmt: skip
def test_like_words_of_one_day_are_a_correction(old: str, new: str) -> None:
    on = "2026-01-02"
    assert of_actions(acts((on, old)), acts((on, new))) == [
        Change("action_changed", "actions", old, new, on, on)
    ]


@pytest.mark.parametrize(
    ("old", "new", "new_day"),
    [
        ("abcdef", "abcxyz", "2026-01-02"),  # half
        ("abcdefghijkl", "abcdefgmnopq", "2026-01-02"),  # 14 of 24 characters: 0.583
        ("abcde", "abcdx", "2026-01-03"),  # as like as can be, but of another day
    ],
)
def test_unlike_words_are_a_loss_and_a_gain(old: str, new: str, new_day: str) -> None:
    on = "2026-01-02"
    assert of_actions(acts((on, old)), acts((new_day, new))) == [
        Change("action_removed", "actions", old, "", on, on),
        Change("action_added", "actions", "", new, new_day),
    ]


def test_a_correction_takes_the_likest() -> None:
    on = "2026-01-02"
    old = acts((on, "Referred to Committee on Courts"))
    new = acts((on, "Referred to Committee on Roads"), (on, "Referred to Committee on Court"))
    assert of_actions(old, new) == [
        Change(
            "action_changed",
            "actions",
            "Referred to Committee on Courts",
            "Referred to Committee on Court",
            on,
            on,
        ),
        Change("action_added", "actions", "", "Referred to Committee on Roads", on),
    ]


def test_the_same_action_twice_is_counted() -> None:
    on = "2026-01-02"
    once, twice = acts((on, "Sent")), acts((on, "Sent"), (on, "Sent"))
    assert of_actions(once, twice) == [Change("action_added", "actions", "", "Sent", on)]
    assert of_actions(twice, once) == [Change("action_removed", "actions", "Sent", "", on, on)]
    assert of_actions(twice, twice) == []


def test_the_chamber_of_an_action_is_no_news() -> None:
    one = [Action(on=day("2026-01-02"), text="Filed", chamber="lower")]
    assert of_actions(one, acts(("2026-01-02", "Filed"))) == []


@pytest.mark.parametrize("count", [1, 31, 60])
def test_long_like_texts_cost_no_time(count: int) -> None:
    """A page may hold what it likes: twenty thousand equal letters took a minute to compare."""
    old = acts(*((f"2026-01-{1 + n % 2:02}", f"{n}" + "a" * 19_000) for n in range(count)))
    new = acts(*((f"2026-01-{1 + n % 2:02}", f"x{n}" + "a" * 18_000) for n in range(count)))
    began = time.perf_counter()
    kinds = {change.kind for change in of_actions(old, new)}
    assert time.perf_counter() - began < 5
    assert kinds <= {"action_changed", "action_added", "action_removed"}


def test_a_history_of_any_length_is_compared_in_time() -> None:
    old = acts(*(("2026-01-02", f"Sponsor {n} added") for n in range(20_000)))
    new = acts(*(("2026-01-03", f"Sponsor {n} added") for n in range(10_000, 30_000)))
    began = time.perf_counter()
    found = Counter(change.kind for change in of_actions(old, new))
    assert time.perf_counter() - began < 5
    assert found == {"action_changed": 10_000, "action_removed": 10_000, "action_added": 10_000}


def test_versions() -> None:
    old = [Version(note="Introduced", url="https://h/1"), Version(note="Draft", url="https://h/0")]
    new = [
        Version(note="Introduced", url="https://h/2", published_on=day("2026-01-03")),
        Version(note="Enrolled", url="https://h/3", published_on=day("2026-02-03")),
    ]
    assert between({"versions": old}, {"versions": new}) == [
        Change("version_removed", "versions", "Draft", ""),
        Change("version_changed", "versions", "Introduced", "Introduced", "2026-01-03"),
        Change("version_added", "versions", "", "Enrolled", "2026-02-03"),
    ]


def test_removed_versions_are_told_in_the_order_they_stood() -> None:
    notes = [f"Draft {number}" for number in range(20)]
    found = between({"versions": [Version(note=note) for note in notes]}, {"versions": []})
    assert [change.old for change in found] == notes


def test_two_files_of_one_version_are_one_version() -> None:
    html, pdf = (Version(note="Introduced", url=f"https://h/1.{kind}") for kind in ("html", "pdf"))
    assert between({"versions": [html, pdf]}, {"versions": [pdf, html]}) == []
    assert between({"versions": [html]}, {"versions": [html, pdf]}) == [
        Change("version_changed", "versions", "Introduced", "Introduced")
    ]


@pytest.mark.parametrize(
    ("field", "one", "two", "told"),
    [
        ("sponsors", Sponsor(name="One"), Sponsor(name="Two"), ("One", "Two")),
        (
            "documents",
            Document(kind="memo", note="First", url="https://h/1"),
            Document(kind="other", note="", url="https://h/2"),
            ("memo First", "other"),
        ),
        (
            "relations",
            Relation(kind="companion", identifier="SB 1"),
            Relation(kind="amends", identifier="HB 2", session="2025"),
            ("companion SB 1", "amends HB 2 2025"),
        ),
    ],
)
def test_members_come_and_go(field: str, one: object, two: object, told: tuple[str, str]) -> None:
    noun = field.removesuffix("s")
    assert between({field: [one]}, {field: [two]}) == [
        Change(f"{noun}_removed", field, told[0], ""),
        Change(f"{noun}_added", field, "", told[1]),
    ]
    assert between({field: [one, two]}, {field: [two, one, one]}) == []


def test_a_sponsor_who_changes_role_is_no_news() -> None:
    assert (
        between(
            {"sponsors": [Sponsor(name="One")]}, {"sponsors": [Sponsor(name="One", role="primary")]}
        )
        == []
    )


@pytest.mark.parametrize(
    ("facts", "happened_on"),
    [
        ({"actions": acts(("2026-01-09", "b"), ("2026-01-02", "a"))}, "2026-01-02"),
        ({"issued_on": day("2026-01-03")}, "2026-01-03"),
        ({"actions": [], "issued_on": day("2026-01-03")}, "2026-01-03"),
        ({}, None),
    ],
)
def test_a_new_measure_is_one_row(facts: dict[str, Any], happened_on: str | None) -> None:
    new = canonical(bill(title="A title", sponsors=[Sponsor(name="One")], **facts))
    assert first_change(new) == Change("measure_new", "", "", "A title", happened_on)
