"""Rhode Island General Assembly: https://www.rilegislature.gov

What it is: Open States' record of the session's measures that its search of whole texts finds
(API v3, key by environment), and their texts in PDF from webserver.rilegislature.gov.

What it is not: the Assembly's own lists. robots.txt of status.rilegislature.gov refuses the only
list of bills there is; so Open States, whose action sentences are the Assembly's, decides here, and
the coverage page says so. Hearings are read from the actions only.

Requests: two and one for each twenty measures that the search finds: 6 where it finds eighty; on a
first crawl one more for each text of those on topic.

Quirks: a bill's title says little ("AN ACT RELATING TO CRIMINAL PROCEDURE"), the words in brackets
behind it say what it does and are its abstract here; a substitute ("Sub A") keeps the number; "held
for further study" is the usual end and none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spiders.aggregators.open_states_state import KEY, QUOTA, OpenStatesLegislature
from spiders.calendars import TUESDAY, nth
from tracker.runs import Requests, SourceFacts


class RhodeIsland(OpenStatesLegislature):
    facts = SourceFacts(
        code="ri",
        jurisdiction="us-ri",
        name="Rhode Island General Assembly, by Open States",
        kind="legislature",
        home="https://www.rilegislature.gov",
        key=KEY,
        robots="status.rilegislature.gov refuses its lists: read from Open States instead",
        requests=Requests(first=47, quiet=6, busy=12),
        quota=QUOTA,
    )
    hosts = ("v3.openstates.org", "webserver.rilegislature.gov")
    text_hosts = ("webserver.rilegislature.gov",)

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session a year, from the first Tuesday of January."""
        return [str(today.year if today >= nth(1, TUESDAY, 1, today.year) else today.year - 1)]
