"""Tennessee General Assembly: https://www.capitol.tn.gov

What it is: Open States' record of the Assembly's measures that its search of whole texts finds
(API v3, key by environment).

What it is not: the Assembly's own lists and texts. robots.txt of wapp.capitol.tn.gov refuses the
lists, that of the document host refuses texts; so Open States, whose action sentences are the
Assembly's, decides here, and the coverage page says so. Versions are named with their addresses and
not read. Hearings are missing.

Requests: two and one for each twenty measures that the search finds: 6 where it finds eighty, and
this Assembly has more: some 15.

Quirks: every bill has a companion in the other house, and one is substituted for the other just
before the vote; "Passed on First Consideration" is no passage; "Comp. became Pub. Ch." ends the
companion of a law; a bill of the first year goes on in the second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spiders.aggregators.open_states_state import KEY, QUOTA, OpenStatesLegislature
from spiders.calendars import TUESDAY, nth
from tracker.runs import Requests, SourceFacts


class Tennessee(OpenStatesLegislature):
    facts = SourceFacts(
        code="tn",
        jurisdiction="us-tn",
        name="Tennessee General Assembly, by Open States",
        kind="legislature",
        home="https://www.capitol.tn.gov",
        key=KEY,
        robots="wapp.capitol.tn.gov refuses its lists, www.capitol.tn.gov its texts:"
        " read from Open States instead",
        requests=Requests(first=6, quiet=6, busy=6),
        quota=QUOTA,
    )
    timezone = "America/Chicago"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A General Assembly opens on the second Tuesday of January of an odd year."""
        first = today.year - (today.year % 2 == 0)
        if today < nth(2, TUESDAY, 1, first):
            first -= 2
        return self.regular_session(first, first + 1)
