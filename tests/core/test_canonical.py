"""Fingerprints: blind to what churns, sensitive to every fact."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.desk import acts, bill, day
from tests.core.strategies import measures
from tracker.canonical import SCALARS, canonical, digest, listing_print
from tracker.model import (
    Action,
    Document,
    Listing,
    Measure,
    Relation,
    Sponsor,
    Version,
    Vote,
    item_from_json,
    to_json,
)

FULL = bill(
    chamber="lower",
    abstract="What it does.",
    issuer="The issuer",
    issued_on=day("2026-01-01"),
    effective_on=day("2026-07-01"),
    expires_on=day("2027-07-01"),
    subjects=["Police", "Immigration"],
    committees=["Rules", "Courts"],
    sponsors=[Sponsor(name="One", role="primary"), Sponsor(name="Two")],
    actions=[
        Action(on=day("2026-01-02"), text="Filed", chamber="lower"),
        Action(on=day("2026-01-02"), text="Referred to Courts", chamber="lower"),
        Action(on=day("2026-01-09"), text="Reported", chamber="lower"),
    ],
    versions=[
        Version(note="Introduced", url="https://va.example/1", published_on=day("2026-01-02")),
        Version(note="Engrossed", url="https://va.example/2", media_type="text/html"),
    ],
    documents=[
        Document(kind="fiscal_note", note="Note", url="https://va.example/n"),
        Document(kind="memo", note="Memo", url="https://va.example/m"),
    ],
    votes=[
        Vote(on=day("2026-01-09"), chamber="lower", motion="Report", yes=5, no=4),
        Vote(on=day("2026-01-10"), chamber="lower", motion="Pass", yes=60, no=40),
    ],
    relations=[
        Relation(kind="companion", identifier="SB 9001"),
        Relation(kind="amends", identifier="HB 1", session="2024"),
    ],
)
LISTS = ("subjects", "committees", "sponsors", "versions", "documents", "votes", "relations")


def print_of(measure: Measure) -> bytes:
    return canonical(measure).fingerprint()


def but(**facts: Any) -> Measure:
    return msgspec.structs.replace(FULL, **facts)


@pytest.mark.parametrize("name", LISTS)
def test_the_order_of_a_list_is_no_fact(name: str) -> None:
    other = but(**{name: list(reversed(getattr(FULL, name)))})
    assert to_json(other) != to_json(FULL)
    assert print_of(other) == print_of(FULL)


def test_the_order_of_actions_is_no_fact_within_a_day_nor_between_days() -> None:
    one, two, three = FULL.actions or []
    for actions in ([two, one, three], [three, two, one]):
        assert print_of(but(actions=actions)) == print_of(FULL)


@pytest.mark.parametrize("name", LISTS)
def test_the_same_thing_told_twice_counts_once(name: str) -> None:
    told = getattr(FULL, name)
    assert print_of(but(**{name: [*told, told[0]]})) == print_of(FULL)


def test_an_action_told_twice_is_two_actions() -> None:
    told = FULL.actions or []
    assert print_of(but(actions=[*told, told[-1]])) != print_of(FULL)


@pytest.mark.parametrize("first", [0, 1])
def test_a_sponsor_named_in_two_roles_has_the_first_of_them_in_any_order(first: int) -> None:
    both = [Sponsor(name="One", role="primary"), Sponsor(name="One")]
    facts = canonical(but(sponsors=[both[first], both[1 - first]]))
    assert facts.parts["sponsors"] == [("One", "primary")]


def _spaced(value: Any) -> Any:
    if isinstance(value, str):
        return f"\n {value.replace(' ', '   ')}\t"
    if isinstance(value, list):
        return [_spaced(one) for one in value]
    if isinstance(value, Action):
        return msgspec.structs.replace(value, text=_spaced(value.text))
    if isinstance(value, Sponsor):
        return msgspec.structs.replace(value, name=_spaced(value.name))
    if isinstance(value, Vote):
        return msgspec.structs.replace(value, motion=_spaced(value.motion))
    if isinstance(value, Version | Document):
        return msgspec.structs.replace(value, note=_spaced(value.note))
    return value


@pytest.mark.parametrize(
    "name",
    ["title", "abstract", "issuer", "subjects", "committees", "sponsors", "actions", "versions",
     "documents", "votes"],
)  # fmt: skip
def test_white_space_is_no_fact(name: str) -> None:
    other = but(**{name: _spaced(getattr(FULL, name))})
    assert other != FULL
    assert print_of(other) == print_of(FULL)


@pytest.mark.parametrize(
    "facts",
    [
        {"identifier": "HB 9002"},
        {"session": "2027"},
        {"jurisdiction": "us-wa"},
        {"kind": "resolution"},
        {"chamber": "upper"},
        {"title": "Another"},
        {"title": ""},
        {"title": None},
        {"abstract": "Another"},
        {"url": "https://va.example/other"},
        {"issuer": "Another"},
        {"issued_on": day("2026-01-03")},
        {"effective_on": day("2026-07-02")},
        {"expires_on": None},
        {"subjects": ["Police"]},
        {"subjects": []},
        {"committees": ["Rules", "Health"]},
        {"sponsors": [Sponsor(name="One", role="primary"), Sponsor(name="Three")]},
        {"sponsors": [Sponsor(name="One"), Sponsor(name="Two")]},
        {"sponsors": None},
        {"actions": []},
        {"actions": None},
        {"versions": FULL.versions and FULL.versions[:1]},
        {"documents": []},
        {"votes": []},
        {"relations": []},
    ],
    ids=str,
)
def test_every_fact_counts(facts: dict[str, Any]) -> None:
    assert print_of(but(**facts)) != print_of(FULL)


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("actions", "on", day("2026-01-03")),
        ("actions", "text", "Refiled"),
        ("actions", "chamber", "upper"),
        ("versions", "note", "Enrolled"),
        ("versions", "url", "https://va.example/3"),
        ("versions", "published_on", None),
        ("versions", "media_type", "application/pdf"),
        ("documents", "kind", "other"),
        ("documents", "note", "Another"),
        ("documents", "url", "https://va.example/x"),
        ("votes", "on", day("2026-01-08")),
        ("votes", "chamber", "upper"),
        ("votes", "motion", "Table"),
        ("votes", "yes", 6),
        ("votes", "no", 5),
        ("votes", "url", "https://va.example/v"),
        ("relations", "kind", "substitutes"),
        ("relations", "identifier", "SB 9002"),
        ("relations", "session", "2025"),
    ],
)
def test_every_fact_of_a_part_counts(part: str, field: str, value: object) -> None:
    first, *rest = getattr(FULL, part)
    other = but(**{part: [msgspec.structs.replace(first, **{field: value}), *rest]})
    assert print_of(other) != print_of(FULL)


def test_what_no_field_says_is_not_what_an_empty_one_says() -> None:
    assert canonical(bill(actions=None)).parts["actions"] is None
    assert canonical(bill(actions=[])).parts["actions"] == []
    assert canonical(bill(title=None)).scalars["title"] is None
    assert canonical(bill(title="")).scalars["title"] == ""
    assert canonical(bill(chamber="")).scalars["chamber"] is None


def test_actions_stand_oldest_first_and_keep_the_order_of_their_day() -> None:
    told = acts(("2026-01-09", "c"), ("2026-01-02", "b"), ("2026-01-02", "a"))
    assert canonical(bill(actions=told)).parts["actions"] == [
        ("2026-01-02", "", "b"),
        ("2026-01-02", "", "a"),
        ("2026-01-09", "", "c"),
    ]


@given(measures, st.integers(0, 1_000))
def test_no_shuffle_of_any_list_moves_the_fingerprint(measure: Measure, seed: int) -> None:
    shuffle = random.Random(seed).shuffle
    other = {name: list(getattr(measure, name) or []) for name in (*LISTS, "actions")}
    for things in other.values():
        shuffle(things)
    stated = {name: things for name, things in other.items() if getattr(measure, name) is not None}
    assert print_of(msgspec.structs.replace(measure, **stated)) == print_of(measure)


@given(measures)
def test_reading_an_item_again_gives_the_same_facts(measure: Measure) -> None:
    again = item_from_json(to_json(measure))
    assert isinstance(again, Measure)
    assert canonical(again) == canonical(measure)
    assert tuple(canonical(measure).scalars) == SCALARS


def test_equal_bytes_have_equal_digests_and_others_do_not() -> None:
    assert digest(to_json(FULL)) == digest(to_json(but()))
    assert digest(to_json(FULL)) != digest(to_json(but(title="Another")))
    assert len(digest(b"")) == 16


def test_a_listing_moves_with_its_words_and_day_only() -> None:
    one = Listing(
        jurisdiction="us-va",
        session="2026",
        identifier="HB 1",
        title="A  title",
        last_action="Filed",
        last_action_on=day("2026-01-02"),
        url="https://va.example/?token=1",
    )

    def moved(**facts: Any) -> bool:
        return listing_print(msgspec.structs.replace(one, **facts)) != listing_print(one)

    assert not moved(title="A title ")
    assert not moved(url="https://va.example/?token=2")
    assert moved(title="Another title")
    assert moved(last_action="Reported")
    assert moved(last_action_on=day("2026-01-03"))
    assert moved(last_action_on=None)
