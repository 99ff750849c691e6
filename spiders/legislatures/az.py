"""Arizona State Legislature: https://www.azleg.gov

What it is: Open States' record of the session's measures that its search of whole texts finds
(API v3, key by environment), and their texts from the legislature's own host.

What it is not: the legislature's own lists. robots.txt of apps.azleg.gov refuses its API, and the
list of bills on www.azleg.gov tells neither status nor last action; so Open States, whose action
sentences are the legislature's, decides here, and the coverage page says so. Hearings are missing.

Requests: two and one for each twenty measures that the search finds: 6 where it finds eighty; on a
first crawl one more for each text of those on topic.

Quirks: a strike-everything amendment replaces the whole subject of a bill, so a bill can come on
topic late (the search reads the newest text); concurrent resolutions can send a question to the
voters and bypass the governor; "Committee of the Whole" is no passage.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spiders.aggregators.open_states_state import KEY, QUOTA, OpenStatesLegislature
from spiders.calendars import MONDAY, nth
from tracker.runs import Requests, SourceFacts


class Arizona(OpenStatesLegislature):
    facts = SourceFacts(
        code="az",
        jurisdiction="us-az",
        name="Arizona State Legislature, by Open States",
        kind="legislature",
        home="https://www.azleg.gov",
        key=KEY,
        robots="apps.azleg.gov refuses its API: read from Open States instead",
        requests=Requests(first=47, quiet=6, busy=12),
        quota=QUOTA,
    )
    hosts = ("v3.openstates.org", "www.azleg.gov")
    text_hosts = ("www.azleg.gov",)
    timezone = "America/Phoenix"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """`57th-2nd-regular` is of 2026: sessions open on the second Monday of January."""
        year = today.year if today >= nth(2, MONDAY, 1, today.year) else today.year - 1
        return self.regular_session(year, year)
