"""The table of governors' sources, `db/governors.yaml`: its form, read and checked in whole.

An entry that is not in this form stops the program with the entry's code and the field: half a
table is never read.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import soupsieve
from msgspec import Meta, Struct

from spiders.governors.order_names import NUMBERS, ORDERS
from tracker.model import JurisdictionCode, Kind
from tracker.runs import Requests

CSS = Annotated[str, Meta(min_length=1)]
Pattern = Annotated[str, Meta(min_length=1)]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of an entry."""


class Field(_Part, frozen=True):
    """Where a value stands: in the elements that `at` matches in the row ("" is the row itself),
    in their attribute `of` or their text, and there what the one group of `like` matches. Of more
    than one element only one may say something, or all the same."""

    at: str = ""
    of: str = ""
    like: str = ""


class Office(_Part, frozen=True):
    governor: str
    begin: dt.date = msgspec.field(name="from")
    end: dt.date = msgspec.field(name="until")


class SeriesOfOrders(_Part, frozen=True):
    """`called` is a pattern of the words before the number, as texts and lists print them."""

    label: str
    called: Pattern
    kind: Kind = "executive_order"


class Row(_Part, frozen=True):
    """How the rows of a list are read.

    `each` selects the rows; of those only the ones whose words match `only` are orders, where a
    list can't be told from the links around it. `leave_out` counts rows of a known other kind,
    reason by pattern. `day` is a day as printed in one of `days` (strptime); `day_is` tells whether
    that is the day of signature or of posting; without `day` it stands in the number or the text.
    `next` selects the link to the next page. Where pages are numbered in the address, `parameter`
    is the name of the number: the link to the next number is followed (counted from 0, as Drupal
    does), or there are as many pages as `pages` says (counted from 1). Of a long list, newest
    first, `most` pages are read.
    """

    each: CSS
    landmark: Pattern
    link: Field = Field(at="a[href]", of="href")
    number: Field = Field()
    title: Field = Field()
    day: Field | None = None
    days: list[str] = []
    day_is: Literal["signed", "posted"] = "signed"
    only: str = ""
    leave_out: dict[str, str] = {}
    empty: str = ""
    next: str = ""
    pages: Field | None = None
    parameter: str = ""
    most: Annotated[int, Meta(ge=1)] = 100


class Text(_Part, frozen=True):
    """Where an order's text is: in the PDF or the page that its row links to, or in the PDF that
    this page links to (`pdf` selects the link).

    `address` tells the addresses that are asked for (of PDFs, or of the orders' pages), `pdfs` those
    of PDFs linked from pages, `at` the element of a page with the words of the order.
    """

    is_in: Literal["pdf", "page", "pdf_of_page"] = msgspec.field(name="in")
    address: Pattern
    landmark: str = ""
    at: str = ""
    pdf: str = ""
    pdfs: str = r"(?i)\.pdf(?:$|\?)"


class Entry(_Part, frozen=True):
    """One source. `status` and `evidence` say what is known of its form, and from where.

    `addresses` are those of the lists; `{year}` in one stands for each year since `first_year`.
    `numbers` is how lists print numbers, `numbers_in_texts` how orders do where that differs.
    `announces` tells the titles of a feed's entries that bring an order.
    `named_after` is the governor whose name the addresses hold: when the term is over, the source
    says so and asks for nothing.
    """

    jurisdiction: JurisdictionCode
    name: str
    home: str
    family: Literal["wordpress", "wordpress_pdf", "html_list", "feed"]
    status: Literal["verified", "unverified"]
    evidence: Annotated[str, Meta(min_length=20)]
    hosts: Annotated[list[str], Meta(min_length=1)]
    addresses: Annotated[list[str], Meta(min_length=1)]
    numbers: str
    terms: Annotated[list[Office], Meta(min_length=1)]
    requests: Requests
    about: str = ""
    numbers_in_texts: str = ""
    timezone: str = "America/New_York"
    signed_by: Literal["governor", "mayor"] = "governor"
    robots: str = ""
    first_year: int = 0
    series: list[SeriesOfOrders] = msgspec.field(
        default_factory=lambda: [SeriesOfOrders(label=ORDERS.label, called=ORDERS.called)]
    )
    named_after: str = ""
    announces: str = ""
    row: Row | None = None
    text: Text | None = None

    @property
    def in_texts(self) -> str:
        return self.numbers_in_texts or self.numbers

    def kind_of(self, identifier: str) -> Kind:
        (kind,) = {s.kind for s in self.series if identifier.startswith(f"{s.label} ")}
        return kind

    def lists(self, today: dt.date) -> list[str]:
        """The addresses to ask for on a day, oldest year first."""
        found = []
        for address in self.addresses:
            if "{year}" in address:
                years = range(self.first_year, today.year + 1)
                found += [address.format(year=year) for year in years]
            else:
                found.append(address)
        return found


def read_table(path: Path) -> dict[str, Entry]:
    """Entries by code. Raises ValueError naming entry and field where one is not in its form."""
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=dict[str, Entry])
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    for code, entry in found.items():
        for wrong in _wrong(code, entry):
            raise ValueError(f"{path}: {code}: {wrong}")
    return found


def _wrong(code: str, entry: Entry) -> list[str]:
    """What the types can't say of an entry."""
    row, text = entry.row, entry.text
    told = [
        ("its code ends with its state's letters", code[-2:] == entry.jurisdiction[-2:]),
        ("an HTML list has `row`, others none", (row is None) == (entry.family != "html_list")),
        (
            "a feed says what `announces` an order",
            (entry.family == "feed") == bool(entry.announces),
        ),
        ("`first_year` where an address has {year}", _has_year(entry) == bool(entry.first_year)),
        ("terms follow one another", _follow(entry.terms)),
        ("a pattern for texts, of pages with `at` or `pdf`", text is None or _complete(text)),
        ("`pages` with the `parameter`", row is None or not row.pages or bool(row.parameter)),
        ("numbers as NUMBERS has them", {entry.numbers, entry.in_texts} <= set(NUMBERS)),
        ("a day in the list, in the number or in the text", row is None or _dated(entry, row)),
        ("patterns that are patterns", _compile(entry)),
        ("selectors that are selectors", _selectors(entry)),
    ]
    return [f"not so: {rule}" for rule, holds in told if not holds]


def _has_year(entry: Entry) -> bool:
    return any("{year}" in address for address in entry.addresses)


def _follow(terms: list[Office]) -> bool:
    days = [day for term in terms for day in (term.begin, term.end)]
    return days == sorted(days)


def _complete(text: Text) -> bool:
    needs = {
        "pdf": True,
        "page": text.at and text.landmark,
        "pdf_of_page": text.pdf and text.landmark,
    }
    return bool(needs[text.is_in])


def _dated(entry: Entry, row: Row) -> bool:
    """A number that may be a count alone tells no session: the list must have the day."""
    return bool(row.day and row.days) or not re.fullmatch(r"(?:.* or )?N(?:\.N)?", entry.numbers)


def _compile(entry: Entry) -> bool:
    """Patterns that find a thing have no groups, those that take a value have one."""
    finding = [entry.announces, *(one.called for one in entry.series)]
    taking: list[str] = []
    if row := entry.row:
        finding += [row.only, row.landmark, row.empty, *row.leave_out.values()]
        taking = [field.like for field in _fields(row) if field.like]
    try:
        return all(re.compile(pattern).groups == 0 for pattern in finding) and all(
            re.compile(pattern).groups == 1 for pattern in taking
        )
    except re.error:
        return False


def _fields(row: Row) -> list[Field]:
    known = (row.link, row.number, row.title, row.day, row.pages)
    return [field for field in known if field is not None]


def _selectors(entry: Entry) -> bool:
    found = [entry.text.at, entry.text.pdf] if entry.text else []
    if row := entry.row:
        found += [row.each, row.next, *(field.at for field in _fields(row))]
    try:
        for selector in filter(None, found):
            soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError:
        return False
    return True
