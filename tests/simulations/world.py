"""The fictional measures of a simulated legislature: most off topic, some on it, a few of them moving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Bill:
    """`number` counts within its house, from 1. Each step is a day with an action and a new text."""

    number: int
    upper: bool
    on_topic: bool
    steps: tuple[dt.date, ...]

    @property
    def title(self) -> str:
        about = (
            "sheriffs shall honor immigration detainers"
            if self.on_topic
            else "bridges, width of the roadway"
        )
        return f"Fictional {'Senate' if self.upper else 'House'} bill {self.number}: {about}"

    def words(self, version: int) -> str:
        """The text of a version, counted from 1."""
        return f"{self.title}. Be it enacted. As of {self.steps[version - 1].isoformat()}."


@dataclass(frozen=True)
class World:
    """`listed` measures, half of each house; one of every so many is on topic.

    On the busy day `moving` of those on topic, and as many of the others, have a second action and a
    second text. `day` counts the days since the first.
    """

    listed: int
    on_topic: int
    moving: int
    today: dt.date
    busy: bool = False
    day: int = 0

    def bills(self) -> Iterator[Bill]:
        for nth in range(1, self.listed + 1):
            yield self._bill(nth)

    def _bill(self, nth: int) -> Bill:
        """Of each stretch of measures the last is on topic, or the one before, so that both houses
        have some; a few before it is another that moves with it."""
        every = self.listed // self.on_topic
        stretch = -(-nth // every)
        last = stretch * every - stretch % 2
        on_topic = nth == last and stretch <= self.on_topic
        moves = self.busy and stretch <= self.moving and nth in {last, last - 3}
        introduced = self.today - dt.timedelta(days=5 + self.day)
        return Bill(
            number=(nth + 1) // 2,
            upper=nth % 2 == 0,
            on_topic=on_topic,
            steps=(introduced, self.today) if moves else (introduced,),
        )

    def bill(self, number: int, *, upper: bool = False) -> Bill:
        """Raises LookupError for a number that no measure has."""
        nth = number * 2 - (not upper)
        if not 1 <= nth <= self.listed:
            raise LookupError(f"no {'upper' if upper else 'lower'} bill {number}")
        return self._bill(nth)

    def next_day(self, *, busy: bool) -> World:
        """`today` a day later; what was introduced stays so."""
        tomorrow = self.today + dt.timedelta(days=1)
        return replace(self, today=tomorrow, busy=busy, day=self.day + 1)


def pdf(words: str) -> bytes:
    """A PDF of one page that says the words, which are of ASCII without brackets."""
    shown = f"BT /F1 11 Tf 36 720 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
        % (
            count,
            table,
            count,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )
