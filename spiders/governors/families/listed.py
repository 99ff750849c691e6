"""What sources of the table share: an order of a list, and the page or PDF with its text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urljoin, urlsplit

from scrapy import Request

from spiders.answer import Answer
from spiders.base import Things, text_context
from spiders.governors.entries import Entry, Row
from spiders.governors.order_names import Named, OrderForm, day_of
from spiders.governors.orders import EXECUTIVE, GovernorOrders
from spiders.proof import Page
from spiders.reading import PageChanged, attribute, one, words
from spiders.turns import in_turn
from tracker.model import Document, Measure, Version

NOTE = "As posted"
# Scans have no words and are asked for again: so many texts of one list have their turn on a day.
_TEXTS_A_DAY = 60
_TYPES = {"pdf": "application/pdf", "page": "text/html", "pdf_of_page": "application/pdf"}


class Listed(NamedTuple):
    """One row of a list: `url` leads to the text, `page` to what people read, where that is
    another. `day` is None where the list has none."""

    order: Named
    title: str
    url: str
    day: dt.date | None
    page: str = ""


class ListedOrders(GovernorOrders):
    """A source of the table. Families say how a list is read; `entry` is the table's, `list_form`
    how lists print numbers, where `form` is how orders do."""

    entry: ClassVar[Entry]
    list_form: ClassVar[OrderForm]

    @classmethod
    def pages_of(cls, entry: Entry) -> tuple[Page, ...]:
        """The kinds of pages that a source with this entry reads."""
        raise NotImplementedError

    def begin(self) -> Iterator[Request]:
        if self.entry.named_after:
            self.in_office(self.entry.named_after)
        for address in self.list_urls():
            yield self.get(address)

    def list_urls(self) -> list[str]:
        return self.entry.lists(self.today)

    # -- lists ---------------------------------------------------------------------------------

    @property
    def row(self) -> Row:
        """How the table says that rows are read; a feed has none."""
        assert self.entry.row is not None
        return self.entry.row

    def left_out(self, said: str) -> bool:
        """Whether a row that says so is left out for a reason of the table, which is counted."""
        why = (why for why, like in self.row.leave_out.items() if re.search(like, said))
        reason = next(why, "")
        if reason:
            self.reject(reason)
        return bool(reason)

    def order_in(self, printed: str, day: dt.date | None) -> Named:
        """The order whose number begins a field. Raises PageChanged where none does."""
        year = str(day.year) if day else ""
        order = self.list_form.begins(printed, bare=len(self.entry.series) == 1, year=year)
        if order is None:
            raise PageChanged("the number of an order at the beginning", printed)
        return order

    def of_list(self, rows: Sequence[Listed]) -> Things:
        """The orders of one list, and requests for texts that were not read before. Further rows
        of a number, such as an appendix, are papers beside the order."""
        of_number: dict[Named, list[Listed]] = {}
        for row in rows:
            of_number.setdefault(row.order, []).append(row)
        found = [(self._measure(*same), same[0].url) for same in of_number.values()]
        unread = [measure.key for measure, url in found if self._is_unread(measure.key, url)]
        turn = in_turn(unread, self.today, _TEXTS_A_DAY)
        for measure, url in found:
            yield measure
            if measure.key in turn:
                yield self._ask_for_text(measure, url)

    def session_of(self, order: Named, day: dt.date | None) -> str:
        if order.session or day is None:
            return order.session
        return str(day.year)

    def _measure(self, row: Listed, *beside: Listed) -> Measure:
        signed = row.day if self._tells_signature else self._day_in_number(row.order)
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=self.session_of(row.order, row.day),
            identifier=row.order.identifier,
            kind=self.entry.kind_of(row.order.identifier),
            chamber=EXECUTIVE,
            title=row.title,
            url=row.page or row.url,
            issuer=self.governor_on(signed) if signed else None,
            issued_on=signed,
            actions=self.signed(signed) if signed else None,
            versions=[self._version(row.url)] if self._links_to_text else None,
            documents=[Document(kind="other", note=r.title[:300], url=r.url) for r in beside]
            or None,
        )

    def _day_in_number(self, order: Named) -> dt.date | None:
        try:
            return day_of(order.identifier)
        except ValueError as error:
            raise PageChanged("a day in the number of an order", order.identifier) from error

    @property
    def _tells_signature(self) -> bool:
        """Posts tell the day of posting."""
        row = self.entry.row
        return row is not None and row.day is not None and row.day_is == "signed"

    @property
    def _links_to_text(self) -> bool:
        return self.entry.text is None or self.entry.text.is_in != "pdf_of_page"

    def _version(self, url: str) -> Version:
        """Of what is not read, such as a text in another form, the type is not known."""
        text = self.entry.text
        known = text is not None and re.search(
            text.pdfs if text.is_in == "pdf_of_page" else text.address, url
        )
        return Version(note=NOTE, url=url, media_type=_TYPES[text.is_in] if text and known else "")

    # -- texts ---------------------------------------------------------------------------------

    def _is_unread(self, key: str, url: str) -> bool:
        """A text is read once; of a kind of file that is not read, as the table says, never."""
        if self.entry.text is None:
            return False
        if not self._is_read(url, self.entry.text.address):
            return False
        read = self.known.texts.get(key, ())
        return url not in read if self._links_to_text else not read

    def _is_read(self, url: str, address: str) -> bool:
        known = bool(re.search(address, url)) and urlsplit(url).hostname in self.hosts
        if not known:
            self.reject("text at an address that the table does not know (its order is kept)")
        return known

    def _ask_for_text(self, measure: Measure, url: str) -> Request:
        told = {"kind": measure.kind, "signed": measure.issued_on is not None}
        return self.get(url, **text_context(measure, self._version(url)), **told)

    def order_page(self, answer: Answer) -> Things:
        """The page of one order: its words, or the way to its PDF."""
        text = self.entry.text
        assert text is not None
        if text.is_in == "page":
            found = one(answer.soup(), text.at)
            yield from self.stated(answer, words(str(found).encode(), "text/html"))
            return
        link = attribute(one(answer.soup(), text.pdf), "href")
        url = urljoin(answer.url, link)
        yield Measure(**answer.named(), kind=answer.context["kind"], versions=[self._version(url)])
        if self._is_read(url, text.pdfs):
            yield self.get(url, **{**answer.context, "url": url})

    def document(self, answer: Answer) -> Things:
        """The PDF of one order."""
        if found := self.readable(answer.body, "application/pdf"):
            yield from self.stated(answer, found)


def address_of(lists: Sequence[str]) -> str:
    """A pattern of the addresses of lists, of all their years and pages."""
    paths = [re.escape(_path(one)).replace(re.escape("{year}"), r"\d{4}") for one in lists]
    return rf"(?:{'|'.join(paths)})/?(?:page/\d+/?)?(?:\?[^#]*)?$"


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def kinds_of_pages(entry: Entry, landmark: str, empty: str) -> tuple[Page, ...]:
    """How a source's pages are known: the lists, the pages of orders, the PDFs.

    The page of a year may be absent: this year's has yet to be made when the year is young.
    """
    by_year = any("{year}" in address for address in entry.addresses)
    found = [_page(address_of(entry.addresses), landmark, "orders", empty, absent=by_year)]
    if text := entry.text:
        if text.is_in == "pdf":
            found.append(_page(text.address, "%PDF-", "document"))
        else:
            found.append(_page(text.address, text.landmark, "order_page"))
        if text.is_in == "pdf_of_page":
            found.append(_page(text.pdfs, "%PDF-", "document"))
    return tuple(found)


def _page(address: str, landmark: str, method: str, empty: str = "", **more: Any) -> Page:
    return Page(
        re.compile(address),
        re.compile(landmark.encode()),
        re.compile(empty.encode()) if empty else None,
        more.get("absent", False),
        method,
    )
