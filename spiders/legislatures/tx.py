"""Texas Legislature: https://capitol.texas.gov, Texas Legislature Online, kept by the Texas
Legislative Council

What it is: Open States' record of the session's measures that its search of whole texts finds
(API v3, key by environment).

What it is not: the Council's own pages and files. robots.txt of the site refuses histories, reports
and texts (/BillLookup/, /Reports/, /TLODOCS/), in capitals even where the addresses are in small
letters, which is read as it is meant; the complete files lie on an FTP server only, one for each of
ten thousand measures, which a crawl does not speak. So Open States, whose action sentences are the
Council's, decides here, and the coverage page says so. Versions are named with their addresses and
not read. Hearings are missing.

Requests: two and one for each twenty measures that the search finds: 6 where it finds eighty.

Quirks: "Passed to engrossment" is the second reading and no passage; a bill that is not signed is
"Filed without the Governor's signature"; bills are filed from the Monday after November's election
on, two months before the session opens; called sessions number their bills anew, under a session of
their own (892).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spiders.aggregators.open_states_state import KEY, QUOTA, OpenStatesLegislature
from spiders.calendars import TUESDAY, after_first_monday
from tracker.runs import Requests, SourceFacts


class Texas(OpenStatesLegislature):
    facts = SourceFacts(
        code="tx",
        jurisdiction="us-tx",
        name="Texas Legislature, by Open States",
        kind="legislature",
        home="https://capitol.texas.gov",
        key=KEY,
        robots="capitol.texas.gov refuses its histories and texts: read from Open States instead",
        requests=Requests(first=6, quiet=6, busy=6),
        quota=QUOTA,
    )
    timezone = "America/Chicago"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """`89R` of 2025 and 2026; the next is listed from the Monday after November's election."""
        first = today.year - (today.year % 2 == 0)
        filing = after_first_monday(TUESDAY, 11, today.year) + dt.timedelta(days=6)
        if today.year % 2 == 0 and today >= filing:
            first += 2
        return self.regular_session(first, first + 1)
