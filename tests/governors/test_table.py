"""The table of governors' sources: entries, their cases, and what a wrong entry says."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.governors.entries import Entry
from spiders.governors.entry_checks import read_table
from spiders.governors.families.listed import ListedOrders
from spiders.governors.order_names import Series, form_of
from spiders.governors.table import SOURCES, TABLE, source_of
from spiders.reading import Implausible, PageChanged
from spiders.registry import source_classes
from tracker.model import Measure

ENTRIES = read_table(TABLE)
RECORDINGS = Path(__file__).parents[1] / "recordings"
TODAY = dt.date(2026, 9, 20)


def methods_with_cases(code: str) -> set[str]:
    """The kinds of pages of a source that a recorded case reads."""
    source = SOURCES[code](today=TODAY)
    cases = [folder for folder in (RECORDINGS / code).iterdir() if (folder / "case.json").exists()]
    read = [folder for folder in cases if (folder / "expected.jsonl").exists()]
    urls = [json.loads((folder / "case.json").read_text())["url"] for folder in read]
    return {source.page_of(url).method for url in urls}


@pytest.mark.parametrize("code", ENTRIES)
def test_every_entry_is_a_source_with_a_case_of_each_kind_of_page(code: str) -> None:
    assert source_classes()[code] is SOURCES[code]
    assert methods_with_cases(code) == {page.method for page in SOURCES[code].pages}


@pytest.mark.parametrize("code", ENTRIES)
def test_lists_are_asked_for_at_addresses_that_are_read(code: str) -> None:
    source = SOURCES[code](today=TODAY)
    asked = [request.url for request in source.begin()]
    assert asked
    for url in asked:
        assert source.page_of(url).method == "orders"
        assert re.match(rf"https://(?:{'|'.join(map(re.escape, source.hosts))})/", url)


@pytest.mark.parametrize("code", ENTRIES)
def test_who_governs_today_is_known(code: str) -> None:
    source = SOURCES[code](today=TODAY)
    assert isinstance(source, ListedOrders)
    assert source.governor_on(TODAY)


@pytest.mark.parametrize("code", ENTRIES)
def test_what_is_not_verified_is_said(code: str) -> None:
    assert SOURCES[code].facts.verified == (ENTRIES[code].status == "verified")


# -- entries that are wrong ---------------------------------------------------------------------

GOOD = """
governor-xx:
  jurisdiction: us-xx
  name: "[Fictional] Governor of Example"
  home: https://governor.example/orders
  family: html_list
  status: unverified
  evidence: "made for this test, of no real site"
  hosts: [governor.example]
  addresses: ["https://governor.example/orders/{year}"]
  first_year: 2025
  numbers: YYYY-NN
  requests: {first: 1, quiet: 1, busy: 1}
  terms: [{governor: A. Example, from: 2025-01-01, until: 2029-01-01}]
  row:
    each: "#orders tr"
    landmark: 'id="orders"'
    title: {at: "td:last-child"}
    leave_out: {an example that is left out: Appendix}
    parameter: page
"""


def entries(tmp_path: Path, text: str) -> dict[str, Entry]:
    path = tmp_path / "governors.yaml"
    path.write_text(text)
    return read_table(path)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("us-xx", "us-yy", "governor-xx: not so: its code ends with"),
        ("first_year: 2025", "timezone: UTC", "governor-xx: not so: `first_year`"),
        ("YYYY-NN", "N", "governor-xx: not so: a day in the list"),
        ("YYYY-NN", "by the moon", "governor-xx: not so: numbers as NUMBERS has them"),
        ("Appendix", "'(Appendix)'", "governor-xx: not so: patterns"),
        ("Appendix", "'(?:Appendix'", "governor-xx: not so: patterns"),
        ("#orders tr", "tr:has(td a)", "governor-xx: not so: selectors"),
        ("until: 2029", "until: 2020", "governor-xx: not so: terms follow"),
        ("unverified", "likely", "Invalid enum value 'likely'"),
        ("  home:", "  hme:", "unknown field `hme`"),
        ("[governor.example]", "[]", "hosts"),
    ],
)
def test_a_wrong_entry_is_named_and_none_is_read(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        entries(tmp_path, GOOD.replace(right, wrong))


# -- lists ----------------------------------------------------------------------------------------


def example(tmp_path: Path, text: str = GOOD, today: dt.date = TODAY) -> ListedOrders:
    source = source_of("governor-xx", entries(tmp_path, text)["governor-xx"])(today=today)
    assert isinstance(source, ListedOrders)
    return source


def answer(
    rows: str, url: str = "https://governor.example/orders/2026", status: int = 200
) -> Answer:
    page = f'<html><body><table id="orders">{rows}</table></body></html>'
    return Answer(url, page.encode(), status)


def row(number: str, title: str = "[Fictional] An order", link: str = "/eo/1") -> str:
    return f'<tr><td>{number}</td><td><a href="{link}">{title}</a></td></tr>'


def test_each_year_has_its_page_and_this_years_may_not_be_there_yet(tmp_path: Path) -> None:
    source = example(tmp_path, today=dt.date(2027, 1, 2))
    asked = [request.url[-4:] for request in source.begin()]
    assert asked == ["2025", "2026", "2027"]
    assert list(source.read(answer("", "https://governor.example/orders/2027", 404))) == []
    assert source.rejected == {"the page of this year, which is not there yet": 1}
    with pytest.raises(PageChanged, match="a year that is over"):
        list(source.read(answer("", "https://governor.example/orders/2026", 404)))


def test_further_rows_of_a_number_are_papers_beside_the_order(tmp_path: Path) -> None:
    rows = row("2026-01") + row("2026-01", "[Fictional] Map", "/eo/map") + row("2026-02")
    found = [m for m in example(tmp_path).read(answer(rows)) if isinstance(m, Measure)]
    assert [one.identifier for one in found] == ["EO 2026-01", "EO 2026-02"]
    assert [paper.url for paper in found[0].documents or ()] == ["https://governor.example/eo/map"]


@pytest.mark.parametrize("number", ["", "2026", "Order", "26-01"])
def test_a_row_that_is_neither_read_nor_left_out_raises(tmp_path: Path, number: str) -> None:
    with pytest.raises(PageChanged):
        list(example(tmp_path).read(answer(row("2026-01") + row(number))))


def test_what_the_table_leaves_out_is_counted(tmp_path: Path) -> None:
    source = example(tmp_path)
    list(source.read(answer(row("2026-01") + row("Appendix"))))
    assert source.rejected == {"an example that is left out": 1}


DATED = GOOD.replace(
    "    parameter: page",
    "    day: {at: 'td:first-child', like: 'of (.+)'}\n    days: ['%Y-%m-%d']",
)


@pytest.mark.parametrize("day", ["2026-09-28", "2062-01-05"])
def test_an_order_of_a_day_to_come_is_not_believed(tmp_path: Path, day: str) -> None:
    source = example(tmp_path, DATED)
    list(source.read(answer(row("2026-01 of 2026-09-27"))))
    with pytest.raises(Implausible, match=f"one of {day}"):
        list(source.read(answer(row(f"2026-01 of {day}"))))


def test_a_number_that_should_be_a_day_and_is_none_raises(tmp_path: Path) -> None:
    source = example(tmp_path, GOOD.replace("YYYY-NN", "MM.DD.YY.NN"))
    with pytest.raises(PageChanged, match="a day in the number"):
        list(source.read(answer(row("13.17.26.01"))))


def next_pages(source: ListedOrders, links: str, url: str) -> list[str]:
    read = source.read(answer(row("2026-01") + f"<tr>{links}<td>Appendix</td></tr>", url))
    return [thing.url for thing in read if isinstance(thing, Request)]


def test_only_the_page_after_this_one_is_followed(tmp_path: Path) -> None:
    at = "https://governor.example/orders/2026"
    links = "".join(f'<td><a href="?page={n}">{n}</a></td>' for n in (0, 1, 2, 2, 9))
    assert next_pages(example(tmp_path), links, at) == [f"{at}?page=1"]
    assert next_pages(example(tmp_path), links, f"{at}?page=1") == [f"{at}?page=2"]
    assert next_pages(example(tmp_path), links, f"{at}?page=9") == []


def test_a_site_of_a_governor_whose_term_is_over_is_not_asked(tmp_path: Path) -> None:
    named = GOOD + "  named_after: A. Example\n"
    with pytest.raises(PageChanged, match="whose term ended on 2029-01-01"):
        list(example(tmp_path, named, dt.date(2029, 1, 1)).begin())
    assert list(example(tmp_path, named, dt.date(2028, 12, 31)).begin())


# -- feeds ----------------------------------------------------------------------------------------

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Governor Example
signs executive order &amp;amp; more</title><link href="{url}"/></entry></feed>"""
FEED = "https://www.gov.ca.gov/category/executive-orders/feed/"
POST = "https://www.gov.ca.gov/2026/03/02/fictional-example/"
PDF = "https://www.gov.ca.gov/wp-content/uploads/2026/03/fictional-example.pdf"


def california() -> ListedOrders:
    source = SOURCES["governor-ca"](today=TODAY)
    assert isinstance(source, ListedOrders)
    return source


def test_an_atom_feed_is_read_too() -> None:
    (asked,) = california().read(Answer(FEED, ATOM.format(url=POST).encode()))
    assert isinstance(asked, Request)
    assert asked.url == POST
    assert asked.cb_kwargs["context"] == {"title": "Governor Example signs executive order & more"}


@pytest.mark.parametrize("body", ["<feed/>", "<rss><channel/></rss>", "<html><feed/></html>"])
def test_what_is_no_feed_or_has_no_entries_raises(body: str) -> None:
    with pytest.raises(PageChanged):
        list(california().read(Answer(FEED, body.encode())))


def post(links: str) -> Answer:
    page = f"<html><body><article>{links}</article></body></html>"
    return Answer(POST, page.encode(), context={"title": "[Fictional example]"})


def test_a_pdf_that_two_posts_lead_to_is_asked_for_once() -> None:
    source = california()
    link = f'<a href="{PDF}">here</a>'
    assert len(list(source.read(post(link + link)))) == 1
    assert list(source.read(post(link))) == []


@pytest.mark.parametrize("links", ["", f'<a href="{PDF}">1</a><a href="{PDF[:-4]}-2.pdf">2</a>'])
def test_a_post_without_one_pdf_is_left_out_and_counted(links: str) -> None:
    source = california()
    assert list(source.read(post(links))) == []
    assert source.rejected == {"a post without one PDF of its order": 1}


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "printed", "identifier", "session"),
    [
        ("YY-NN", "Executive Order No. 25-3: Title", "EO 25-03", "2025"),
        ("YY-NN", "Executive Order 23- 6 TITLE", "EO 23-06", "2023"),
        ("YY-NN", "Executive Order 90-5", "EO 90-05", "1990"),
        ("YY-N or N", "Executive Order No. 26-3", "EO 26-3", "2026"),
        ("YY-N or N", "Executive Order No 7ooo", "EO 7OOO", ""),
        ("YYYY-NN", "2025-7", "EO 2025-07", "2025"),
        ("YYYY-NNN", "#2026-211", "EO 2026-211", "2026"),
        ("MM.DD.YY.NN", "01.17.25.02", "EO 2025-01-17-02", "2025"),
        ("N.YYYY", "10.2020", "EO 2020-10", "2020"),
        ("N-N-YY", "Executive Order N-9-26", "EO N-9-26", "2026"),
        ("YYYY NNN", "2025 007", "EO 2025-007", "2025"),
        ("YYYY-NN or N", "16", "EO 16", ""),
        ("YYYY-NN or N", "2025-15", "EO 2025-15", "2025"),
        ("YYYY-NNL", "2022-06D", "EO 2022-06D", "2022"),
        ("YYYY-NNL", "Executive Order 2019-26d", "EO 2019-26D", "2019"),
        ("YYYY-NNL", "2022-6", "EO 2022-06", "2022"),
        ("N-YYYY", "Executive Order No. 9-2025", "EO 2025-09", "2025"),
        ("01.01.YYYY.NN", "01.01.2025.02", "EO 2025-02", "2025"),
        ("YYYY-NN.N", "2026-07.1", "EO 2026-07-1", "2026"),
        ("YYYY-NN.N", "Executive Order 2026-7. Title", "EO 2026-07", "2026"),
        ("YY-NN.N", "Executive Order 24-03.1", "EO 24-03-1", "2024"),
        ("YY-NN.N", "Executive Order 24-3: Title", "EO 24-03", "2024"),
        ("N-YY", "Executive Order 5-25", "EO 5-25", "2025"),
        ("N-YY", "Executive Order 5-2025", None, None),
        ("N-YY", "EXECUTIVE ORDER NO. 03-23", "EO 3-23", "2023"),
        ("N (YYYY)", "Executive Order 47 (2025)", "EO 47", "2025"),
        ("N.N", "Executive Order No. 56.1: Title", "EO 56-1", ""),
        ("N.N", "Executive Order No. 56. Title", "EO 56", ""),
        ("N", "Executive Order 742", "EO 742", ""),
        ("N", "Executive Order 07", "EO 7", ""),
        ("N", "Executive Order 742-3", None, None),
        ("YYYY-NN", "12025-07", None, None),
    ],
)
def test_numbers(numbers: str, printed: str, identifier: str | None, session: str | None) -> None:
    found = form_of(numbers).begins(printed, bare=True)
    assert (found.identifier if found else None) == identifier
    assert (found.session if found else None) == session


def test_a_count_is_completed_by_the_year_of_the_list() -> None:
    found = form_of("YYYY-NN or N").begins("Executive Order: 7", year="2023")
    assert found == ("EO 2023-07", "2023")


def test_series_are_told_apart_by_the_words_before_the_number() -> None:
    form = form_of("YYYY-N", [Series("EO", r"Executive\s+Orders?"), Series("ED", r"Directives?")])
    listed = "Directive 2025-3, Executive Orders 2025-1 and 2024-12"
    assert [order.identifier for order in form.orders(listed)] == [
        "ED 2025-3",
        "EO 2025-1",
        "EO 2024-12",
    ]
    assert form.begins("2025-3") is None
