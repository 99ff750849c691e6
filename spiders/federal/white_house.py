"""What the President signs, as the White House posts it: https://www.whitehouse.gov/presidential-actions/

What it is: the feed of presidential actions. An executive order, proclamation or memorandum stands
here on the day of its signature, two to seven days before the Federal Register has it, and without
its number: it is named by its post until then. The Register's document later takes over the same
measure, by title and day of signature. Nominations and other news of the feed are left out.

Requests: robots.txt and the feed, conditionally. The feed holds the newest thirty posts, about a
month; what is older stands in the Register, so no further page is read.

Quirks: a post of an evening bears the next day in UTC; the day of signature is read from the text,
and an order whose text says none has none until the Register tells it. `content:encoded` is the
whole page with its menu; a signed copy, added later, is a link in it. Numbers shown on the site have
been wrong on new orders and are not read. A post may stand there twice under two addresses. The form
is known from public programs that read the feed, not from the live site.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from lxml import etree
from scrapy import Request

from spiders.answer import Answer
from spiders.base import OrdersSpider, Things, page
from spiders.federal.signing_day import signed_on
from spiders.governors.order_names import FEDERAL
from spiders.governors.relations import statements
from spiders.reading import PageChanged, match, said, words
from tracker.identifiers import UNNUMBERED, title_key
from tracker.model import Action, Kind, Measure, VersionText, fold
from tracker.runs import Requests, SourceFacts

FEED = "https://www.whitehouse.gov/presidential-actions/feed/"
KINDS: dict[str, Kind] = {
    "Executive Orders": "executive_order",
    "Proclamations": "proclamation",
    "Presidential Memoranda": "directive",
}
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_POST = re.compile(r"https://www\.whitehouse\.gov/presidential-actions/\d{4}/\d{2}/([\w-]+)/")
_EASTERN = ZoneInfo("America/New_York")
_AROUND = ".wp-block-whitehouse-topper, .wp-block-file, nav"
_FOOT = re.compile(r"\s*The post .{1,600}? appeared first on\b.{0,100}\Z", re.DOTALL)
_NOTE = "White House"


class WhiteHouse(OrdersSpider):
    facts = SourceFacts(
        code="white-house",
        jurisdiction="us",
        name="White House: presidential actions",
        kind="federal",
        home="https://www.whitehouse.gov/presidential-actions/",
        verified=False,
        requests=Requests(first=2, quiet=2, busy=2),
    )
    hosts = ("www.whitehouse.gov",)

    def begin(self) -> Iterator[Request]:
        yield self.get(FEED)

    @page(
        r"/presidential-actions/feed/$",
        landmark=r"<link>https://www\.whitehouse\.gov/presidential-actions/",
    )
    def feed(self, answer: Answer) -> Things:
        items = answer.xml().findall("channel/item")
        if not items:
            raise PageChanged("posts in the feed", "none")
        told: set[tuple[str, dt.date]] = set()
        for item in reversed(items):  # the first post of an order gives its name
            if (kind := self._kind(item)) is None:
                continue
            measure, text = _order(item, kind)
            same = (title_key(measure.title or ""), measure.issued_on or _posted_on(item))
            if same in told:
                self.reject("a post that repeats another")
                continue
            told.add(same)
            yield measure
            yield text

    def _kind(self, item: etree._Element) -> Kind | None:
        filed = [fold(one.text or "") for one in item.findall("category")]
        kinds = [KINDS[name] for name in filed if name in KINDS]
        if len(kinds) > 1:
            raise PageChanged("one kind of order", ", ".join(filed))
        if not kinds:
            self.reject(f"a post that is no order ({', '.join(filed) or 'filed nowhere'})")
        return kinds[0] if kinds else None


def _order(item: etree._Element, kind: Kind) -> tuple[Measure, VersionText]:
    """Versions are left to the Register, which lists its own print: the post's text is kept, and
    is no version that could be missing there."""
    url = said(item, "link")
    text = _text(said(item, _CONTENT))
    posted, signed = _posted_on(item), signed_on(text)
    named: dict[str, Any] = {
        "jurisdiction": "us",
        "session": str((signed or posted).year),
        "identifier": UNNUMBERED + match(_POST, url)[1][:200],
    }
    done = "Signed by the President" if signed else "Posted by the White House"
    measure = Measure(
        **named,
        kind=kind,
        chamber="executive",
        title=said(item, "title"),
        url=url,
        issued_on=signed,
        actions=[Action(on=signed or posted, text=done, chamber="executive")],
        relations=[statement.relation() for statement in statements(text, FEDERAL)],
    )
    return measure, VersionText(**named, note=_NOTE, url=url, text=text)


def _posted_on(item: etree._Element) -> dt.date:
    """The day of the post where the President is: 00:30 in UTC is the evening before."""
    printed = said(item, "pubDate")
    try:
        at = parsedate_to_datetime(printed)
    except ValueError as error:
        raise PageChanged("a time as in mail", printed) from error
    if at.tzinfo is None:
        raise PageChanged("a time with its zone", printed)
    return at.astimezone(_EASTERN).date()


def _text(content: str) -> str:
    """The order's own words: without the site's menu, the link to the signed copy, and the foot."""
    soup = BeautifulSoup(content, "lxml")
    for one in soup.select(_AROUND):
        one.decompose()
    return _FOOT.sub("", words(str(soup).encode(), "text/html; charset=utf-8"))
