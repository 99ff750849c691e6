"""Arkansas: the governor's executive orders, https://governor.arkansas.gov/executive-orders/

What it is: orders and disaster declarations (`DR 24-06`) since January 2023, posts of a type of
their own with the whole text. Earlier governors' orders are with the Secretary of State.

Requests: two for the whole list (about 130 posts, a hundred a page), on every day.

Quirks: the number begins the title ("EO 25-03: …") or stands above the recitals ("E.O. 24-18:
EXECUTIVE ORDER …"); orders of the first weeks were posted without one and are named by the number
of their post. The day of signature is the one attested in the text ("this 10th day of January, in
the year of our Lord 2023"), else the day of posting. robots.txt answers 403 to some clients.
"""

from __future__ import annotations

import datetime as dt

from spiders.governors.families.wordpress import WordPressOrders
from spiders.governors.order_names import YEARLY
from spiders.governors.orders import Term
from tracker.runs import Requests, SourceFacts


class Arkansas(WordPressOrders):
    facts = SourceFacts(
        code="governor-ar",
        jurisdiction="us-ar",
        name="Governor of Arkansas: executive orders",
        kind="orders",
        home="https://governor.arkansas.gov/executive-orders/",
        requests=Requests(first=2, quiet=2, busy=2),
    )
    hosts = ("governor.arkansas.gov",)
    timezone = "America/Chicago"
    endpoint = "https://governor.arkansas.gov/wp-json/wp/v2/executive_orders"
    form = YEARLY
    terms = (
        Term("Asa Hutchinson", dt.date(2015, 1, 13), dt.date(2023, 1, 10)),
        Term("Sarah Huckabee Sanders", dt.date(2023, 1, 10), dt.date(2027, 1, 12)),
    )
