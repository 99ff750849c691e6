"""California State Legislature: https://leginfo.legislature.ca.gov

What it is: the public archive at downloads.leginfo.legislature.ca.gov, a ZIP of all tables of a
two-year session with the texts of all bills in XML: versions, authors, history, analyses, veto
messages. Of over a gigabyte only parts are fetched, by HTTP ranges: the list of members at its
end, five tables, and the texts of measures on topic.

What it is not: the calendar of committees (its table has not been seen; hearings are read from the
history, where the Senate announces them), roll calls by member (tallies are read from the history),
the site's own pages, whose search doesn't show what has changed.

Requests: the listing of archives, the end of the newest whole one, six tables: 9 on a quiet day,
about 25 MB; then one for each new text of a measure on topic: 14 on a busy day, 49 the first time
with a text for each measure, and more late in a session, when most have several. A server that
ignores ranges is not downloaded from: the run fails and says so.

Quirks: accounts of the daily archives differ, see `newest`; the host has had certificate problems,
then the run fails; a measure's title is the subject of its latest version; bills are gutted and
amended late, so subjects change; chaptered without approval is law unsigned; a vetoed bill keeps
the state `Enrolled`; numbers restart in an extraordinary session (`202520261SB1`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page, text_context
from spiders.calendars import MONDAY, nth
from spiders.legislatures import ca_caml as caml
from spiders.legislatures import ca_tables as tables
from spiders.legislatures.ca_archive import TAIL_BYTES, Place, byte_range, newest, places, unpacked
from spiders.legislatures.ca_hearings import hearings
from spiders.reading import PageChanged
from tracker.model import Hearing, Measure
from tracker.runs import Requests, SourceFacts

ARCHIVES = "https://downloads.leginfo.legislature.ca.gov/"
# Versions first: they say which measures are on topic.
_VERSIONS = "BILL_VERSION_TBL.dat"
_MORE_TABLES = (
    "BILL_TBL.dat",
    "BILL_HISTORY_TBL.dat",
    "BILL_VERSION_AUTHORS_TBL.dat",
    "VETO_MESSAGE_TBL.dat",
    "BILL_ANALYSIS_TBL.dat",
)
_LISTED = re.compile(
    r'href="(?:[^"]*/)?(?P<name>pubinfo_\w+\.zip)"[\s\S]{0,400}?'
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d)[\s\S]{0,100}?(?P<size>\d[\d.]*)\s*(?P<unit>[KMG])\b"
)
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}
_ROW = r"\A`\d{5}"


class California(LegislatureSpider):
    facts = SourceFacts(
        code="ca",
        jurisdiction="us-ca",
        name="California State Legislature",
        kind="legislature",
        home="https://leginfo.legislature.ca.gov",
        requests=Requests(first=49, quiet=9, busy=14),
    )
    hosts = ("downloads.leginfo.legislature.ca.gov",)
    timezone = "America/Los_Angeles"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._archive = ""
        self._places: dict[str, Place] = {}
        self._lobs: dict[str, str] = {}
        self._latest: set[str] = set()

    def sessions(self, today: dt.date) -> Sequence[str]:
        """Two years run together, from the first Monday of December of the even year before;
        extraordinary sessions lie in the same archive."""
        first = today.year if today.year % 2 else today.year - 1
        if today >= _opening(first + 2):
            first += 2
        return (f"{first}{first + 1}",)

    def begin(self) -> Iterator[Request]:
        yield self.get(ARCHIVES)

    # -- the archive ---------------------------------------------------------------------------

    @page(r"//downloads\.leginfo\.legislature\.ca\.gov/?$", landmark=r'href="[^"]*pubinfo_')
    def archives(self, answer: Answer) -> Things:
        answer.soup()  # a listing cut off would miss the newest
        listed = {
            row["name"]: (row["time"], float(row["size"]) * _UNITS[row["unit"]])
            for row in _LISTED.finditer(answer.text())
        }
        (session,) = self.sessions(self.today)
        name = newest(listed, f"pubinfo_{session[:4]}.zip")
        yield self._part(urljoin(ARCHIVES, name), f"bytes=-{TAIL_BYTES}")

    @page(r"/pubinfo_\w+\.zip$", landmark=r"PK\x05\x06")
    def archive(self, answer: Answer) -> Things:
        """The end of an archive with its list of members; or a whole one that is small."""
        if answer.status != 206:
            yield from self._whole(answer)
            return
        self._archive, self._places = answer.url, places(answer)
        if _VERSIONS not in self._places:
            raise PageChanged(f"{_VERSIONS} in the archive", f"{sorted(self._places)[:5]}")
        yield self._member(_VERSIONS)

    def _whole(self, answer: Answer) -> Things:
        packed = dict(answer.zip_members(".dat"))
        if _VERSIONS not in packed:
            raise PageChanged(f"{_VERSIONS} in the archive", f"{sorted(packed)[:5]}")
        for name in (_VERSIONS, *_MORE_TABLES):
            if packed.get(name):
                yield from self.read(replace(answer, url=f"{answer.url}/{name}", body=packed[name]))
        texts = {lob: url for url, lob in self._lobs.items()}
        for name, body in answer.zip_members(".lob"):
            if name in texts and body:
                url, latest = f"{answer.url}/{name}", texts[name] in self._latest
                part = replace(answer, url=url, body=body, context={"latest": latest})
                yield from filter(self._is_new, self.read(part))

    def _is_new(self, item: Any) -> bool:
        """Whether a text is of a measure we want and was not read before."""
        known = self.known.texts.get(item.key, ())
        return self.is_wanted(item.key) and getattr(item, "url", "") not in known

    @page(r"/pubinfo_\w+\.zip\?member=[\w.]+$", landmark=r"\APK\x03\x04")
    def member(self, answer: Answer) -> Things:
        """One member, as it lies in the archive."""
        name = answer.asked("member")
        body = unpacked(answer, name)
        url = f"{answer.url.partition('?')[0]}/{name}"
        yield from self.read(replace(answer, url=url, body=body))

    def _member(self, name: str, /, **context: Any) -> Request:
        url = f"{self._archive}?member={name}"
        return self._part(url, byte_range(self._places[name]), **context)

    def _part(self, url: str, span: str, /, **context: Any) -> Request:
        request = self.fresh(url, **context)
        request.headers["Range"] = span
        request.headers["Accept-Encoding"] = "identity"
        return request

    # -- tables --------------------------------------------------------------------------------

    @page(rf"^[^?]*\b{_VERSIONS}$", landmark=_ROW)
    def versions(self, answer: Answer) -> Things:
        for bill_id, texts in tables.versions(answer, self.reject).items():
            self._lobs.update({text.version.url: text.lob for text in texts if text.lob})
            self._latest.add(texts[-1].version.url)
            yield from self._measure(
                bill_id, title=texts[-1].subject, versions=[text.version for text in texts]
            )
        for name in _MORE_TABLES:
            if name in self._places:
                yield self._member(name)

    @page(r"^[^?]*\bBILL_TBL\.dat$", landmark=_ROW)
    def bills(self, answer: Answer) -> Things:
        """The measures there are, whether or not a version of them is out."""
        for row in tables.rows(answer, 19):
            yield from self._measure(row[0])

    @page(r"^[^?]*\bBILL_HISTORY_TBL\.dat$", landmark=_ROW)
    def history(self, answer: Answer) -> Things:
        for bill_id, lines in tables.actions(answer, self.reject).items():
            for measure in self._measure(bill_id, actions=lines, votes=tables.votes(lines)):
                yield measure
                yield from self._hearings(measure)

    def _hearings(self, measure: Measure) -> Iterator[Hearing]:
        for heard in hearings(measure.actions or ()):
            yield Hearing(
                jurisdiction=measure.jurisdiction,
                session=measure.session,
                identifier=measure.identifier,
                on=heard.on,
                timezone=self.timezone,
                committee=heard.committee,
                status=heard.status,
                url=measure.url or "",
            )

    @page(r"^[^?]*\bBILL_VERSION_AUTHORS_TBL\.dat$", landmark=_ROW)
    def authors(self, answer: Answer) -> Things:
        for bill_id, sponsors in tables.sponsors(answer, self.reject).items():
            yield from self._measure(bill_id, sponsors=sponsors)

    @page(r"^[^?]*\bVETO_MESSAGE_TBL\.dat$", landmark=_ROW)
    def vetoes(self, answer: Answer) -> Things:
        for bill_id, messages in tables.veto_messages(answer, self.reject).items():
            yield from self._measure(bill_id, documents=messages)

    @page(r"^[^?]*\bBILL_ANALYSIS_TBL\.dat$", landmark=r"\A\d+\t`\d{5}")
    def analyses(self, answer: Answer) -> Things:
        for bill_id, papers in tables.analyses(answer, self.reject).items():
            yield from self._measure(bill_id, documents=papers)

    def _measure(self, bill_id: str, **fields: Any) -> Iterator[Measure]:
        bill = tables.bill(bill_id, self.reject)
        if bill:
            yield Measure(
                jurisdiction=self.facts.jurisdiction,
                session=bill.session,
                identifier=bill.identifier,
                kind=bill.kind,
                chamber=bill.chamber,
                url=bill.url,
                **fields,
            )

    # -- texts ---------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """Texts lie in the archive; those of one read whole have been yielded with it."""
        for version in measure.versions or ():
            lob = self._lobs.get(version.url, "")
            if lob in self._places and self.is_new_text(measure.key, version):
                latest = version.url in self._latest
                yield self._member(lob, latest=latest, **text_context(measure, version))

    @page(r"^[^?]*\bBILL_VERSION_TBL_\d+\.lob$", landmark=r"<caml:MeasureDoc\b")
    def text(self, answer: Answer) -> Things:
        """A text; the digest of the latest is what the measure is about."""
        root = caml.tidied(answer.xml())
        within = caml.named_within(root, self.reject)
        about = {"jurisdiction": self.facts.jurisdiction, **within, **answer.context}
        if answer.context.get("latest", True):
            names = ("jurisdiction", "session", "identifier")
            yield Measure(abstract=caml.digest(root), **{name: about[name] for name in names})
        yield self.version_text(
            replace(answer, body=caml.readable(root), context=about), media_type="text/html"
        )


def _opening(year: int) -> dt.date:
    """The first Monday of the December before a session's odd year."""
    return nth(1, MONDAY, 12, year - 1)
