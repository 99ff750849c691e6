"""Oklahoma Legislature: https://www.oklegislature.gov

What it is: Open States' record of the session's measures that its search of whole texts finds
(API v3, key by environment).

What it is not: the legislature's own lists and texts. robots.txt of webapps.oklegislature.gov
refuses the only list of bills there is, and that of the document host refuses texts; so Open States,
whose action sentences are the legislature's, decides here, and the coverage page says so. Versions
are named with their addresses and not read. Hearings are missing.

Requests: two and one for each twenty measures that the search finds: 6 where it finds eighty.

Quirks: the House's policy committees are not the last step ("Policy recommendation to the … Oversight
committee"); "Fourth Reading" is passage after amendments of the other house; titles are rewritten
when a bill is taken for another subject.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spiders.aggregators.open_states_state import KEY, QUOTA, OpenStatesLegislature
from spiders.calendars import MONDAY, nth
from tracker.runs import Requests, SourceFacts


class Oklahoma(OpenStatesLegislature):
    facts = SourceFacts(
        code="ok",
        jurisdiction="us-ok",
        name="Oklahoma Legislature, by Open States",
        kind="legislature",
        home="https://www.oklegislature.gov",
        key=KEY,
        robots="webapps.oklegislature.gov refuses its lists, the document host its texts:"
        " read from Open States instead",
        requests=Requests(first=6, quiet=6, busy=6),
        quota=QUOTA,
    )
    timezone = "America/Chicago"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session a year, from the first Monday of February; bills are filed from December on."""
        opening = nth(1, MONDAY, 2, today.year)
        year = today.year if today >= opening else today.year - 1
        filed_before = today.month == 12 or today < opening
        return [str(year), *([str(year + 1)] if filed_before else [])]
