"""What a history's own sentences tell beside the action: votes and hours, by patterns of a state."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from spiders.reading import PageChanged
from tracker.model import Action, Vote


def told_votes(actions: Iterable[Action], tally: re.Pattern[str]) -> Iterator[Vote]:
    """Votes whose totals stand in the action; `tally` matches it whole, with the groups `motion`,
    `yes` and `no`."""
    for action in actions:
        if count := tally.fullmatch(action.text):
            yield Vote(
                on=action.on,
                chamber=action.chamber,
                motion=count["motion"],
                yes=int(count["yes"]),
                no=int(count["no"]),
            )


def told_hour(printed: str) -> dt.time:
    """An hour printed as `10:30 AM`."""
    try:
        return dt.datetime.strptime(printed, "%I:%M %p").time()  # noqa: DTZ007 - an hour alone
    except ValueError as error:
        raise PageChanged("an hour of the day", printed) from error


def hour_if_told(printed: str, *forms: str) -> dt.time | None:
    """An hour printed in one of those `strptime` forms; None where it is said in words ("upon
    adjournment")."""
    for form in forms:
        try:
            return dt.datetime.strptime(printed.upper(), form).time()  # noqa: DTZ007 - an hour alone
        except ValueError:
            continue
    return None


def told_moment(printed: str, form: str, timezone: str) -> dt.datetime:
    """Day and hour of a meeting, printed in that `strptime` form, in the legislature's zone."""
    try:
        moment = dt.datetime.strptime(printed, form)  # noqa: DTZ007 - the zone is given below
    except ValueError as error:
        raise PageChanged(f"day and hour of a meeting as {form}", printed) from error
    return moment.replace(tzinfo=ZoneInfo(timezone))
