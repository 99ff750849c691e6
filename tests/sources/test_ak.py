"""Alaska: real texts without their line numbers, sessions by date, what is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ak import Alaska, human_page
from spiders.legislatures.ak_page import votes
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Chamber, Listing, VersionText

TEXT = "https://www.akleg.gov/basis/Bill/Text/34?Hsid="
ABOUT: dict[str, Any] = {"jurisdiction": "us-ak", "session": "34"}
SUBSTITUTE = "recordings/ak/HB1__bill_content_CSHB_1STA.html"
LATER = "recordings/ak/HB1__bill_content_HB_1.html"
EARLIER = "recordings/ak/HB1__bill_content_HB_1__snapshot_2025-12.html"
LONG = "recordings/ak/SB64__bill_content_CSSB_64FIN_am.html"
ENROLLED = "recordings/ak/HJR13__bill_content_Enrolled_HJR_13.html"
MASKS = "corpus/texts/ak/HB250-bill_content_CSHB_250STA_html.html"


@pytest.mark.parametrize(
    ("today", "legislature"),
    [
        ("2025-01-21", "34"),
        ("2026-12-31", "34"),
        ("2027-01-01", "35"),
        ("2028-05-20", "35"),
        ("2029-01-15", "36"),
    ],
)
def test_the_legislature_of_a_day(today: str, legislature: str) -> None:
    day = dt.date.fromisoformat(today)
    (request,) = Alaska(today=day).begin()
    assert request.url == (
        "https://www.akleg.gov/publicservice/basis/bills"
        f"?session={legislature}&minifyresult=false&json=true"
    )
    assert request.headers["X-Alaska-Legislature-Basis-Version"] == b"1.4"


def real_text(path: str, code: str, note: str) -> str:
    context = {**ABOUT, "identifier": "HB 1", "note": note, "url": TEXT + code}
    answer = Answer(TEXT + code, shared(path).read_bytes(), context=context)
    (text,) = Alaska().read(answer)
    assert isinstance(text, VersionText)
    assert (text.note, text.url) == (note, TEXT + code)
    return text.text


@needs_shared(SUBSTITUTE)
def test_a_real_text_flows_over_lines_and_pages() -> None:
    text = real_text(SUBSTITUTE, "HB0001B", "CSHB 1(STA)")
    paragraphs = text.split("\n\n")
    assert paragraphs[0] == (
        'CS FOR HOUSE BILL NO. 1(STA) "An Act relating to specie as legal tender in the state; '
        'and relating to borough and city sales and use taxes on specie."'
    )
    assert paragraphs[1] == "BE IT ENACTED BY THE LEGISLATURE OF THE STATE OF ALASKA:"
    assert paragraphs[2] == "* Section 1. AS 29.10.200(56) is amended to read:"
    assert (
        "ordinance. A borough may wholly or partially exempt a source from a borough sales tax"
        in (text)
    )
    assert text.endswith("imprinted with its weight and purity.")


@needs_shared(MASKS)
def test_a_real_text_of_a_bill_on_masks() -> None:
    text = real_text(MASKS, "HB0250B", "CSHB 250(STA)")
    assert "the peace officer knowingly conceals the peace officer's face with a mask" in text
    assert "\n\n* Sec. 3. This Act takes effect immediately under AS 01.10.070(c)." in text


@needs_shared(LATER)
def test_what_surrounds_a_text_is_no_part_of_it() -> None:
    assert real_text(LATER, "HB0001A", "HB 1") == real_text(EARLIER, "HB0001A", "HB 1")


@pytest.mark.parametrize(
    ("path", "begins", "ends"),
    [
        (
            LONG,
            "CS FOR SENATE BILL NO. 64(FIN) am ",
            "* Sec. 59. This Act takes effect July 1, 2026.",
        ),
        (ENROLLED, "Enrolled HJR 13 Urging the President of the United States ", "in Congress."),
    ],
)
@needs_shared(LONG)
def test_the_real_beginning_and_end(path: str, begins: str, ends: str) -> None:
    text = real_text(path, "HB0001A", "any")
    assert text.startswith(begins)
    assert text.endswith(ends)


LISTING = Listing(
    **ABOUT,
    identifier="HB 250",
    title="An Act establishing the crime of wearing a mask in public while acting as a peace officer",
    last_action="(H) JUD",
)


def test_only_what_moved_is_followed() -> None:
    source = Alaska(known=Known(watched=frozenset({"us-ak/34/HB 250"})))
    first, listing = source.sift(LISTING)
    assert first.url == human_page("34", "HB 250")  # type: ignore[union-attr]
    assert first.url == "https://www.akleg.gov/basis/Bill/Detail/34?Root=HB250"  # type: ignore[union-attr]
    assert listing == LISTING


@pytest.mark.parametrize("root", ["HB250", "HB%20250", "HB++250"])
def test_every_spelling_of_an_address_is_read(root: str) -> None:
    url = f"https://www.akleg.gov/basis/Bill/Detail/34?Root={root}"
    body = b"""<html><ul class="information"><li><span>Bill </span><strong>HB 9</strong></li>
    <li><span>Title</span><strong>FICTIONAL</strong></li><li><span>a</span><strong>a</strong></li>
    <li><span>b</span><strong>b</strong></li></ul></html>"""
    with pytest.raises(PageChanged, match="the page of HB 250, found HB 9"):
        list(Alaska().read(Answer(url, body)))


@pytest.mark.parametrize(
    ("line", "chamber", "tally"),
    [
        ("(H) PASSED Y28 N12", "lower", (28, 12)),
        ("(S) PASSED Y20 N-", "upper", (20, 0)),
        ("(H) PASSED Y21 N18 E1", "lower", (21, 18)),
        ("(H) PASSED Y40", "lower", (40, 0)),
        ("(H) PASSED Y38 E1 A1", "lower", (38, 0)),
        ("(H) PASSED Y36 E1", "lower", None),
        ("(S) PASSED Y40", "upper", None),
        ("(H) HELD UNDER YOUR RULES", "lower", None),
    ],
)
def test_a_count_without_nays_is_sure_where_it_counts_all(
    line: str, chamber: Chamber, tally: tuple[int, int] | None
) -> None:
    action = Action(on=dt.date(2026, 2, 2), text=line, chamber=chamber)
    found = [(vote.yes, vote.no) for vote in votes([action])]
    assert found == ([tally] if tally else [])
