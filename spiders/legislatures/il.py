"""Illinois General Assembly, by its file repository: https://ftp.ilga.gov/Legislation/

What it is: the repository, copied from the assembly's own data each night, to which the site
(https://www.ilga.gov) sends programs: it answers them that automated requests are blocked. One small
XML for each bill and resolution has short title, a synopsis of the bill and of each amendment,
sponsors of both houses, the whole history and the next hearing; texts are HTML beside it.

What it is not: a list with titles. The folder names its 12,800 files and says when each was written,
and no more, and robots.txt asks for ten seconds between two requests, so that not all can be read in
a day: a crawl reads the wanted measures that were written in the last two days or have their turn
(each asked "has it changed?") and up to 100 others, the newest not yet read first, then those that
were written in the last two days, since a bill filed empty gets its subject by amendment. After some
80 days every measure has been looked at; what a second source finds before is watched, and so read at
once. Members' votes are left out, and agendas.

Certificates: the server sends only its own (from Sectigo Public Server Authentication CA OV R40),
without the intermediate one that links it to a root. It is read verified or not at all: where the
machine's own store of certificates does not hold the intermediate, the run is `failed` and says so.

Requests: robots.txt, the folder, one for each wanted measure that was just written, of about seven
others in turn and of new texts, and up to 100 of what is not wanted. With 2,000 listed, of which a
day reads 100, 104 the first time, 106 on a quiet day and 115 on a busy one; once all was read, with
40 on topic, 9 on a quiet day and 19 when five moved.

Quirks: file names have codes of their own (HJ, HC for HJR, HJRCA); a file may declare another
encoding and hold bytes that XML forbids; "Rule 19(a) / Re-referred to Rules Committee" is a missed
deadline, no death: a bill lives until "Session Sine Die" in January of the next odd year; an
amendatory veto rewrites the bill; the governor acts until August and later; appointments (AM) and
executive orders (EO) lie in the same folder.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.il_status import (
    JURISDICTION,
    REPOSITORY,
    TIMEZONE,
    Name,
    measure,
    name,
    next_hearing,
    ordinal,
    plain,
    status,
)
from spiders.reading import PageChanged, day, match
from spiders.turns import in_turn
from tracker.model import VersionText, measure_key
from tracker.runs import Requests, SourceFacts

_OTHERS_A_DAY, _LOOKS = 100, 7
_JUST_WRITTEN = dt.timedelta(days=2)
_SIGNED_MONTH = 4
_WRITTEN = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s+\d{1,2}:\d\d [AP]M\s+\d+\s*\Z")
_NOTES = {"": "Introduced", "eng": "Engrossed", "enr": "Enrolled"}


class File(NamedTuple):
    told: Name
    url: str
    written: dt.date

    @property
    def key(self) -> str:
        return measure_key(JURISDICTION, self.told.session, self.told.identifier)


class Illinois(LegislatureSpider):
    facts = SourceFacts(
        code="il",
        jurisdiction=JURISDICTION,
        name="Illinois General Assembly",
        kind="legislature",
        home="https://www.ilga.gov",
        robots="asks for ten seconds between two requests, so a crawl reads few files",
        requests=Requests(first=104, quiet=106, busy=115),
    )
    hosts = ("ftp.ilga.gov",)
    timezone = TIMEZONE
    complete_list = True
    delay_seconds = 10.0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        prefixes = tuple(f"{JURISDICTION}/{session}" for session in self.sessions(self.today))
        mine = {key for key in self.known.watched if key.startswith(prefixes)}
        self.turn = frozenset(in_turn(mine, self.today, _LOOKS, self.known.lively))

    def sessions(self, today: dt.date) -> Sequence[str]:
        return [ordinal(number) for number in _assemblies(today)]

    def begin(self) -> Iterator[Request]:
        for number in _assemblies(self.today):
            yield self.fresh(f"{REPOSITORY}/Legislation/{number}/BillStatus/XML/")

    # -- the folder ----------------------------------------------------------------------------

    @page(
        r"/Legislation/\d+/BillStatus/XML/$",
        landmark=r"(?is)\d{5}[A-Z]{2}\d{4}\.xml.*</pre>",
        absent=True,
    )
    def folder(self, answer: Answer) -> Things:
        """The next assembly's is made when its first bills are filed."""
        number = int(match(r".*/Legislation/(\d+)/.*", answer.url)[1])
        if answer.status != 200:
            if number == _assemblies(self.today)[0]:
                raise PageChanged("the folder of bill status files", f"HTTP {answer.status}")
            self.empty_proof = f"no folder of the assembly that is to come: HTTP {answer.status}"
            return
        files = list(self._files(answer, number))
        self.listed.update(file.key for file in files)
        due = [file for file in files if self._is_asked(file) and self._is_due(file)]
        for file in (*due, *self._others(files)[: self._share(number)]):
            yield self.get(file.url)

    def _share(self, assembly: int) -> int:
        """How many others are read of an assembly: none of one that is over."""
        current, *beside = _assemblies(self.today)
        return _OTHERS_A_DAY // (2 if current + 1 in beside else 1) if assembly >= current else 0

    def _files(self, answer: Answer, assembly: int) -> Iterator[File]:
        for link in answer.soup().select("a[href]"):
            stem, dot, ending = link.get_text(strip=True).partition(".")
            if (dot, ending.lower()) != (".", "xml"):
                continue
            told, written = name(stem), _WRITTEN.search(str(link.previous_sibling or ""))
            if told is None:
                self.reject("appointment or executive order")
            elif told.assembly != assembly or written is None:
                raise PageChanged(f"a file of {assembly} with the day it was written", f"{link}")
            else:
                url = f"{answer.url}{told.stem}.xml"
                yield File(told, url, day(written[1], "%m/%d/%Y"))

    def _is_asked(self, file: File) -> bool:
        return self.is_wanted(file.key) or file.key == self.known.canary

    def _is_due(self, file: File) -> bool:
        """A day on which no run succeeded is made up for by the turn."""
        asked = file.key in self.known.asked or file.key == self.known.canary
        unread = file.key not in self.known.texts
        return asked or unread or file.key in self.turn or self._is_new(file)

    def _is_new(self, file: File) -> bool:
        return file.written >= self.today - _JUST_WRITTEN

    def _others(self, files: Sequence[File]) -> Sequence[File]:
        """Those never read, newest first; then what was just written, whatever it was before."""
        others = sorted(
            (file for file in files if not self._is_asked(file)),
            key=lambda file: (-file.written.toordinal(), file.told),
        )
        new = [file for file in others if file.key not in self.known.prints]
        again = [one for one in others if one.key in self.known.prints and self._is_new(one)]
        return new + again

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/BillStatus/XML/\d{5}[A-Z]{2}\d{4}\.xml$", landmark="Bill Status for ")
    def status(self, answer: Answer) -> Things:
        told = name(match(r".*/(\w+)\.xml", answer.url)[1])
        if told is None:
            raise PageChanged("the status of a measure", answer.url)
        root = status(answer.body)
        yield measure(root, told)
        hearing = next_hearing(root, told)
        if hearing and hearing.on >= self.today:
            yield hearing

    @page(
        r"/Legislation/\d+/[A-Z]+/\d{5}[A-Z]{2}\d{4}(?:eng|enr)?\.htm$",
        landmark=r"(?is)LRB\d{3}.*</(?:html|body|table|div|pre)>\s*\Z",
    )
    def text(self, answer: Answer) -> Things:
        stem, form = match(r".*/(\d{5}[A-Z]{2}\d{4})(eng|enr|)\.htm", answer.url).groups()
        yield self._read(answer, stem, _NOTES[form])

    @page(
        r"/Public%20Acts/\d+/\d{3}-\d{4}\.htm$",
        landmark=r"(?is)Public Act.*</(?:html|body|table|div|pre)>\s*\Z",
    )
    def law(self, answer: Answer) -> Things:
        yield self.version_text(replace(answer, body=_cleaned(answer)), media_type="text/plain")

    @page(
        r"//(?:www\.)?ilga\.gov/Legislation/BillStatus/FullText\?",
        landmark=r'(?is)id="billtextanchor".*</html>\s*\Z',
    )
    def page_of_a_text(self, answer: Answer) -> Things:
        """As the site shows it to people; read where somebody saved it."""
        stem, form = match(r"(\d{5}[A-Z]{2}\d{4})(eng|enr|)", answer.asked("DocName")).groups()
        yield self._read(answer, stem, _NOTES[form])

    def _read(self, answer: Answer, stem: str, note: str) -> VersionText:
        told = name(stem)
        if told is None:
            raise PageChanged("the text of a measure", stem)
        context: Mapping[str, Any] = {**told.about, "note": note, "url": answer.url}
        cleaned = replace(answer, context=context, body=_cleaned(answer))
        return self.version_text(cleaned, media_type="text/plain")


def _cleaned(answer: Answer) -> bytes:
    return plain(answer.soup()).encode()


def _assemblies(today: dt.date) -> list[int]:
    """The one that sits, first; the last one's, while the governor may still act on what it passed;
    from December the next one's, whose bills are filed before it meets.

    One is of two years from the second Wednesday of January in the odd one; the 104th began in
    2025. The governor has sixty days from the thirtieth after a bill was passed.
    """
    year = today.year - (today.year + 1) % 2
    if today < nth(2, WEDNESDAY, 1, year):
        year -= 2
    current = 104 + (year - 2025) // 2
    if today >= dt.date(year + 1, 12, 1):
        return [current, current + 1]
    return [current, *([current - 1] if today < dt.date(year, _SIGNED_MONTH, 15) else [])]
