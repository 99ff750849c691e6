"""Items: what is refused, what is the same, and that nothing is lost on the way to JSON and back."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.strategies import items
from tracker.model import (
    Absence,
    AnyItem,
    Listing,
    Measure,
    fold,
    item_from_json,
    measure_key,
    slug,
    tidy_identifier,
    to_json,
)

ABOUT = {"jurisdiction": "us-va", "session": "2026", "identifier": "HB 1"}
MEASURE = {"type": "measure", **ABOUT}
LISTING = {"type": "listing", **ABOUT, "title": "A title"}


def read(fields: dict[str, object]) -> AnyItem:
    return item_from_json(msgspec.json.encode(fields))


@given(items)
def test_nothing_is_lost_between_an_item_and_its_json(item: AnyItem) -> None:
    line = to_json(item)
    assert item_from_json(line) == item
    assert to_json(item_from_json(line)) == line


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (MEASURE | {"colour": "red"}, "colour"),
        (MEASURE | {"actions": [{"on": "2026-01-02", "text": "x", "by": "y"}]}, "by"),
        ({"type": "rumour", **ABOUT}, "$.type"),
        (MEASURE | {"issued_on": "2026-02-30"}, "$.issued_on"),
        (MEASURE | {"issued_on": "02/03/2026"}, "$.issued_on"),
        (MEASURE | {"issued_on": "2026-02-03T10:00:00Z"}, "$.issued_on"),
        (MEASURE | {"issued_on": ""}, "$.issued_on"),
        (MEASURE | {"actions": [{"text": "no day"}]}, "on"),
        (MEASURE | {"title": "x" * 20_001}, "$.title"),
        (MEASURE | {"abstract": "x" * 200_001}, "$.abstract"),
        (MEASURE | {"identifier": "x" * 301}, "$.identifier"),
        (MEASURE | {"identifier": ""}, "$.identifier"),
        (MEASURE | {"jurisdiction": "va"}, "$.jurisdiction"),
        (MEASURE | {"jurisdiction": "us-VA"}, "$.jurisdiction"),
        (MEASURE | {"jurisdiction": "us\n"}, "$.jurisdiction"),
        (MEASURE | {"votes": [{"on": "2026-01-02", "chamber": "", "motion": "m", "yes": -1, "no": 0}]},
         "yes"),
        (LISTING | {"title": None}, "$.title"),
        (LISTING | {"last_action_on": "tomorrow"}, "$.last_action_on"),
        ({"type": "hearing", **ABOUT, "on": "2026-01-02", "starts_at": "2026-01-02T10:00:00"},
         "$.starts_at"),
        ({"type": "version_text", **ABOUT, "note": "n", "url": "", "text": ""}, "$.text"),
        ({"type": "agreement_list", "list": "pending", "as_of": "2026-01-02", "file_name": "f",
          "sha256": "a" * 64 + "\n", "rows": 0}, "$.sha256"),
    ],
)  # fmt: skip
def test_what_the_model_does_not_know_is_refused_by_name(
    fields: dict[str, object], where: str
) -> None:
    with pytest.raises(msgspec.ValidationError, match=re.escape(where)):
        read(fields)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "ftp://host/file",
        "//host/path",
        "/bill/1",
        " https://host/",
        "https://host/a b",
        "https://host/\nX-Header: 1",
        "https://host/\n",
        "\n",
        "https://" + "h" * 4_000,
    ],
)
def test_only_an_address_of_the_web_is_an_address(url: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="url"):
        read(LISTING | {"url": url})


@pytest.mark.parametrize("url", ["", "http://h/", "https://host/a?b=c#d", "https://h/%20"])
def test_addresses_and_none_given_are_kept(url: str) -> None:
    item = read(LISTING | {"url": url})
    assert isinstance(item, Listing)
    assert item.url == url


def test_unsaid_and_empty_are_two_things() -> None:
    unsaid, empty = read(MEASURE), read(MEASURE | {"actions": [], "title": ""})
    assert isinstance(unsaid, Measure)
    assert isinstance(empty, Measure)
    assert (unsaid.actions, unsaid.title) == (None, None)
    assert (empty.actions, empty.title) == ([], "")
    assert b"actions" not in to_json(unsaid)
    assert b'"actions":[]' in to_json(empty)


def test_an_item_does_not_change_once_read() -> None:
    item = read({"type": "absence", **ABOUT, "url": "", "status": 404})
    assert isinstance(item, Absence)
    with pytest.raises(AttributeError, match="immutable"):
        item.status = 200  # type: ignore[misc]


@pytest.mark.parametrize(
    ("printed", "tidy"),
    [
        ("HB0017", "HB 17"),
        ("H.B. 17", "HB 17"),
        ("hb 17", "HB 17"),
        ("HB 17", "HB 17"),
        ("H. B. No. 17", "HBNO 17"),
        (" SB  0001 ", "SB 1"),
        ("SB1070a", "SB 1070A"),
        ("HCR-5", None),
        ("17", None),
        ("HB", None),
        ("HB 17; DROP", None),
        ("HB 17\nHB 18", None),
        ("", None),
    ],
)
def test_one_number_however_printed(printed: str, tidy: str | None) -> None:
    if tidy is None:
        with pytest.raises(ValueError, match="not a measure's number"):
            tidy_identifier(printed)
    else:
        assert tidy_identifier(printed) == tidy


@given(
    st.text("ABCDEFGHR", min_size=1, max_size=4), st.integers(1, 99_999), st.sampled_from(["", "A"])
)
def test_tidying_is_done_once_and_blind_to_dots_zeros_case_and_blanks(
    letters: str, number: int, suffix: str
) -> None:
    tidy = f"{letters} {number}{suffix}"
    for printed in (
        tidy,
        tidy.lower(),
        f"{'.'.join(letters)}. {number}{suffix}",
        f"{letters}{number:06}{suffix}",
        f"  {letters}   {number} {suffix} ",
    ):
        assert tidy_identifier(printed) == tidy


@given(st.text(max_size=300), st.text(max_size=300))
@example("2026", "x" * 300)
@example("../..", "\0")
def test_a_slug_is_a_safe_path_of_three_parts(session: str, identifier: str) -> None:
    parts = slug(measure_key("us-va", session, identifier)).split("/")
    assert len(parts) == 3
    for part in parts:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part)
        assert len(part) <= 130


@given(st.text(min_size=121, max_size=200, alphabet="abc "), st.integers(0, 9))
def test_long_names_are_told_apart(name: str, digit: int) -> None:
    key = measure_key("us-va", "2026", name + "x")
    assert slug(key) != slug(measure_key("us-va", "2026", f"{name}x{digit}"))


def test_the_permanent_path() -> None:
    assert slug("us-va/2026/HB 1441") == "va/2026/hb-1441"
    assert slug("us/119/HR 1") == "us/119/hr-1"


@given(st.text())
def test_folding_leaves_words_and_single_blanks(text: str) -> None:
    folded = fold(text)
    assert folded.split() == text.split()
    assert folded == " ".join(text.split())
    assert fold(folded) == folded
