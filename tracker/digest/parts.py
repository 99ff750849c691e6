"""What a digest is made of. All of it is plain values: rendering decides nothing but looks."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from tracker.model import slug
from tracker.words import JURISDICTIONS, label

Group = Literal["decisive", "passed", "movement", "new", "backlog", "record"]
# In the order in which they matter and are shown.
GROUPS: dict[Group, str] = {
    "decisive": "Decided",
    "passed": "Passed a chamber or the legislature",
    "movement": "Movement by state",
    "new": "New measures",
    "backlog": "New to our records, introduced earlier",
    "record": "Texts, versions and corrections of the record",
}


class Filters(Struct, frozen=True, kw_only=True):
    """What one reader wants to be told; an empty tuple filters nothing.

    `jurisdictions` are codes (`us-va`), `stances` and `scopes` words of the model. A stance filter
    does not reach agreements, which have none; `agreements` leaves them out altogether.
    """

    jurisdictions: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("core", "related")
    stances: tuple[str, ...] = ()
    agreements: bool = True


class Line(Struct, frozen=True):
    """One thing that happened: our words, the official ones, and the day of the event itself."""

    change: int
    kind: str
    text: str
    quote: str = ""
    happened_on: str | None = None


class Sighting(Struct, frozen=True):
    """Lines read from one page at one moment. Without a capture `url` is the measure's own page."""

    seen_at: str
    url: str
    sha256: str
    lines: tuple[Line, ...]


class About(Struct, frozen=True):
    """The measure that an entry is about; stance is the machine's proposal, as of today."""

    key: str
    jurisdiction: str
    identifier: str
    title: str
    stance: str
    scope: str
    url: str

    @property
    def place(self) -> str:
        return label(JURISDICTIONS, self.jurisdiction)

    @property
    def slug(self) -> str:
        return slug(self.key)


class Entry(Struct, frozen=True):
    """All changes of one measure. `headline` says the step that put it into its group, in words;
    `short` the same for a subject line; both are empty where there was no step. A step that is
    neither recent nor late has no day."""

    about: About
    group: Group
    headline: str
    short: str
    recent: bool
    late: bool
    sightings: tuple[Sighting, ...]

    @property
    def changes(self) -> int:
        return len({line.change for one in self.sightings for line in one.lines})


class Section(Struct, frozen=True):
    name: Group
    title: str
    entries: tuple[Entry, ...]


class Ahead(Struct, frozen=True):
    """A coming day. `when` carries the hour and zone if known; `news` is what the window changed."""

    kind: str
    on: str
    when: str
    what: str
    news: Literal["", "new", "changed", "cancelled"]
    about: About
    seen_at: str
    url: str
    sha256: str


class AgreementLine(Struct, frozen=True):
    """One agreement of one agency under one model: `what` happened to it, and more in `text`."""

    kind: str
    what: str
    agency: str
    model: str
    text: str


class AgreementState(Struct, frozen=True):
    """One state's agreements. `earlier` were on the first list ever read, so they are no news;
    `links` counts replaced links to memoranda. Totals are of the newest participating list."""

    jurisdiction: str
    new: tuple[AgreementLine, ...]
    ended: tuple[AgreementLine, ...]
    pending: tuple[AgreementLine, ...]
    other: tuple[AgreementLine, ...]
    earlier: int
    links: int
    agreements: int
    agencies: int

    @property
    def place(self) -> str:
        return label(JURISDICTIONS, self.jurisdiction)

    @property
    def lines(self) -> tuple[AgreementLine, ...]:
        return self.new + self.ended + self.pending + self.other


class AgreementList(Struct, frozen=True):
    """The newest list of a kind in its own words: its day, its counts, where and when it was read."""

    list: str
    as_of: str
    agreements: int
    agencies: int
    seen_at: str
    url: str
    sha256: str


class AgreementNews(Struct, frozen=True):
    lists: tuple[AgreementList, ...]
    states: tuple[AgreementState, ...]

    @property
    def changes(self) -> int:
        return sum(len(state.lines) for state in self.states)


class PostureLine(Struct, frozen=True):
    """One move of a state's posture; the page is that of the measure that moved it, if known."""

    jurisdiction: str
    text: str
    happened_on: str | None
    seen_at: str
    url: str
    sha256: str

    @property
    def place(self) -> str:
        return label(JURISDICTIONS, self.jurisdiction)


class Unread(Struct, frozen=True):
    """A source the digest can say nothing about. `last_success` is None where it was never read."""

    code: str
    name: str
    jurisdiction: str
    last_success: str | None
    state: str
    reason: str


class Earlier(Struct, frozen=True):
    """How many measures and agreements are new to our records and no news."""

    measures: int
    agreements: int


class Digest(Struct, frozen=True):
    """Everything that one mail says, for the changes with `after_id` < id <= `next_cursor`.

    `written_at` is the end of the newest run at `as_of`: there is no clock in a digest. `quiet` are
    jurisdictions whose sources were all read and that had no change.
    """

    after_id: int
    next_cursor: int
    filters: Filters
    as_of: dt.date
    written_at: dt.datetime
    subject: str
    summary: str
    changes: int
    earlier: Earlier
    sections: tuple[Section, ...]
    ahead: tuple[Ahead, ...]
    agreements: AgreementNews | None
    related: tuple[Entry, ...]
    unread: tuple[Unread, ...]
    quiet: tuple[str, ...]
    postures: tuple[PostureLine, ...]

    @property
    def empty(self) -> bool:
        """No news; what is new to our records, lies ahead or was not read may still be there."""
        return self.changes == 0
