"""The form of the table of governors' sources, `db/governors.yaml`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from spiders.governors.order_names import ORDERS
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
    reason by pattern of their words or links. `day` is a day as printed in one of `days`
    (strptime); `day_is` tells whether that is the day of signature or of posting; without `day` it
    stands in the number or the text. `next` selects the link to the next page. Where pages are
    numbered in the address, `parameter` is the name of the number: the link to the next number is
    followed (counted from 0, as Drupal does), or there are as many pages as `pages` says (counted
    from 1). Of a long list, newest first, `most` pages are read.
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
    `announces` tells the titles of a feed's entries that bring an order. `accept` is the form in
    which a list of JSON is asked for.
    `named_after` is the governor whose name the addresses hold: when the term is over, the source
    says so and asks for nothing.
    """

    jurisdiction: JurisdictionCode
    name: str
    home: str
    family: Literal["wordpress", "wordpress_pdf", "html_list", "json_list", "feed"]
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
    accept: str = "application/json"
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
