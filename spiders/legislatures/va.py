"""Virginia General Assembly, by the data files of https://lis.virginia.gov/.

The Legislative Information System writes a session's bills, history, patrons, summaries and
dockets into CSV files in public storage (https://lis.virginia.gov/data-files, no key), rebuilt
hourly in session; names are case-sensitive. Sessions before 2025 lie in the older form on
legacylis.virginia.gov and are read by the same methods.

Texts are not in the files. They are told by the API, which asks for a key (free, by registration,
personal and non-commercial use: https://lis.virginia.gov/developers). Where `VA_API_KEY` is in the
environment each new text is one call; where it is not, versions are listed with the address of
their page for people, a script that is not read, and the run counts them as left out.

Quirks: a bill continued from an even year stands in the next session's files with its whole
history; a session's folder appears with its first prefiled bill (July); a special session has a
folder only if it is held; the governor's recommendation is an amendment, not a veto; dockets are
the Senate's only and name no hour.

A crawl asks, of each session, each only if changed:
* `lisfiles/20261/Summaries.csv`, then `BILLS.CSV` (with what the summaries say, as a summary can
  put a bill on topic), then `HISTORY.CSV`, `Sponsors.csv`, `FiscalImpactStatements.csv`;
* from January to April `Committees.csv` and then `DOCKET.CSV`;
* with a key `LegislationText/api/GetLegislationTextByIDAsync?sessionCode=20261&documentNumber=…`.
With `robots.txt`: 10 requests on a quiet day of a session, and with a key one more for each new text:
16 on a day with five of them, 51 the first time with 40.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page, text_context
from spiders.legislatures import va_files as files
from spiders.legislatures.numbered_sessions import session_code, session_name
from spiders.legislatures.va_addresses import (
    SITE,
    Text,
    Texts,
    beside,
    code_of,
    file_url,
    is_special,
    text_page,
)
from spiders.reading import PageChanged, SourceError, measure_number
from tracker.model import (
    Action,
    Document,
    Hearing,
    Measure,
    Relation,
    Sponsor,
    Vote,
)
from tracker.runs import Requests, SourceFacts

_TEXT_CALL = f"{SITE}/LegislationText/api/GetLegislationTextByIDAsync"
_KEY = "VA_API_KEY"
_FOLDER = r"/(?:lisfiles|csv)/\d+/"
_PREFILING_MONTH = 7
_SITTING_MONTHS = range(1, 5)


class Virginia(LegislatureSpider):
    facts = SourceFacts(
        code="va",
        jurisdiction="us-va",
        name="Virginia General Assembly",
        kind="legislature",
        home="https://lis.virginia.gov/",
        key=_KEY,
        requests=Requests(first=51, quiet=10, busy=16),
    )
    hosts = ("lis.blob.core.windows.net", "lis.virginia.gov")
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year's regular session, its first special one if held, next year's once prefiled.

        Whether a special session is held only its folder tells; a second one is looked for where
        there is a first.
        """
        year = today.year
        following = [f"{year + 1}1"] if today.month >= _PREFILING_MONTH else []
        return [f"{year}1", f"{year}2", *following]

    def begin(self) -> Iterator[Request]:
        for code in self.sessions(self.today):
            yield self.get(file_url(code, "Summaries.csv"))

    def unmodified(
        self,
        url: str,
        context: Mapping[str, Any],  # noqa: ARG002 - the address says all
    ) -> Iterator[Request]:
        if url.endswith("/Summaries.csv"):
            yield self.get(beside(url, "BILLS.CSV"))
        elif url.endswith("/BILLS.CSV"):
            yield from self._after_bills(url, self.get)

    # -- files of a session --------------------------------------------------------------------

    @page(_FOLDER + r"(?i:summaries\.csv)$", landmark="SUMMARY_TEXT", absent=True)
    def summaries(self, answer: Answer) -> Things:
        if self._is_there(answer):
            abstracts = self._abstracts(answer)
            for identifier, abstract in abstracts.items():
                yield self._part(answer, identifier, abstract=abstract)
            yield self.fresh(beside(answer.url, "BILLS.CSV"), abstracts=abstracts)
        else:
            yield self.get(beside(answer.url, "BILLS.CSV"))

    def _abstracts(self, answer: Answer) -> dict[str, str]:
        """The last summary of each bill."""
        last: dict[str, tuple[int, files.Row]] = {}
        for row in files.rows(answer, ("SUM_BILNO", "SUMMARY_TYPE", "SUMMARY_TEXT")):
            rank, identifier = files.summary_rank(row), measure_number(row["SUM_BILNO"])
            if rank is None:
                self.reject(f"summary of a kind not known: {row['SUMMARY_TYPE']}")
            elif not row["SUMMARY_TEXT"]:
                self.reject("empty summary")
            elif identifier not in last or rank >= last[identifier][0]:
                last[identifier] = rank, row
        return {identifier: files.summary_text(row) for identifier, (_, row) in last.items()}

    @page(
        _FOLDER + r"(?i:bills\.csv)$",
        landmark="Bill_description",
        empty=r'\A"Bill_id",[^\r\n]*"Last_actid"\s*\Z',
        absent=True,
    )
    def bills(self, answer: Answer) -> Things:
        if not self._is_there(answer):
            return
        code, abstracts = code_of(answer.url), answer.context.get("abstracts", {})
        for row in files.rows(answer, ("Bill_id", "Bill_description", *files.text_columns())):
            identifier = measure_number(row["Bill_id"])
            yield self._part(
                answer,
                identifier,
                kind=files.kind_of(identifier),
                chamber=files.chamber_of(identifier),
                title=row["Bill_description"],
                abstract=abstracts.get(identifier),
                url=f"{SITE}/bill-details/{code}/{identifier.replace(' ', '')}",
                versions=files.versions(row, code, identifier),
            )
        yield from self._after_bills(answer.url, self.fresh)
        if is_special(code):
            yield self.get(file_url(str(int(code) + 1), "Summaries.csv"))

    def _after_bills(self, url: str, ask: Callable[[str], Request]) -> Iterator[Request]:
        """The other files: afresh where the list moved, as it may want measures never kept."""
        for name in ("HISTORY.CSV", "Sponsors.csv", "FiscalImpactStatements.csv"):
            yield ask(beside(url, name))
        if self.today.month in _SITTING_MONTHS and not is_special(code_of(url)):
            yield self.fresh(beside(url, "Committees.csv"))

    @page(_FOLDER + r"(?i:history\.csv)$", landmark="History_description", absent=True)
    def history(self, answer: Answer) -> Things:
        if not self._is_there(answer):
            return
        told: dict[str, tuple[list[Action], list[Vote], list[Relation]]]
        told = defaultdict(lambda: ([], [], []))
        columns = ("Bill_id", "History_date", "History_description", "History_refid")
        for row in files.rows(answer, columns):
            acted = files.action(row)
            if acted is None:
                self.reject("line of history without words")
                continue
            actions, votes, relations = told[measure_number(row["Bill_id"])]
            actions.append(acted)
            votes.extend(filter(None, [files.vote(row, acted)]))
            relations.extend(filter(None, [files.relation(acted)]))
        for identifier, (actions, votes, relations) in told.items():
            actions.sort(key=lambda acted: acted.on)
            yield self._part(
                answer,
                identifier,
                actions=actions,
                votes=votes,
                relations=relations,
                effective_on=files.effective_on(actions),
            )

    @page(_FOLDER + r"(?i:sponsors\.csv)$", landmark="PATRON_TYPE", absent=True)
    def sponsors(self, answer: Answer) -> Things:
        if not self._is_there(answer):
            return
        patrons: dict[str, list[tuple[int, Sponsor]]] = defaultdict(list)
        for row in files.rows(answer, ("MEMBER_NAME", "BILL_NUMBER", "PATRON_TYPE")):
            patrons[measure_number(row["BILL_NUMBER"])].append(files.sponsor(row))
        for identifier, ranked in patrons.items():
            in_order = [patron for _, patron in sorted(ranked, key=lambda patron: patron[0])]
            yield self._part(answer, identifier, sponsors=in_order)

    @page(_FOLDER + r"(?i:fiscalimpactstatements\.csv)$", landmark="HST_URL", absent=True)
    def fiscal_statements(self, answer: Answer) -> Things:
        if answer.status != 200:
            self.reject("file that the session has not published yet")
            return
        found: dict[str, list[Document]] = defaultdict(list)
        for row in files.rows(answer, ("HST_BILNO", "HST_REFID", "HST_URL")):
            if row["HST_URL"]:
                note = Document(kind="fiscal_note", note=row["HST_REFID"], url=row["HST_URL"])
                found[measure_number(row["HST_BILNO"])].append(note)
            else:
                self.reject("fiscal statement without an address")
        for identifier, documents in found.items():
            yield self._part(answer, identifier, documents=documents)

    # -- dockets -------------------------------------------------------------------------------

    @page(_FOLDER + r"Committees\.csv$", landmark="COM_NAME", absent=True)
    def committees(self, answer: Answer) -> Things:
        if self._is_there(answer):
            known = files.rows(answer, ("COM_NAME", "COM_COMNO"))
            names = {row["COM_COMNO"]: row["COM_NAME"] for row in known}
            yield self.get(beside(answer.url, "DOCKET.CSV"), committees=names)

    @page(
        _FOLDER + r"DOCKET\.CSV$",
        landmark="Doc_date",
        empty=r'\A"Com_no",[^\r\n]*"Bill_no"\s*\Z',
        absent=True,
    )
    def docket(self, answer: Answer) -> Things:
        if answer.status != 200:
            self.reject("file that the session has not published yet")
            return
        names = answer.context.get("committees", {})
        for row in files.rows(answer, ("Com_no", "Doc_date", "Bill_no")):
            yield Hearing(
                jurisdiction=self.facts.jurisdiction,
                session=session_name(code_of(answer.url)),
                identifier=measure_number(row["Bill_no"]),
                on=files.read_day(row["Doc_date"]),
                timezone=self.timezone,
                committee=f"Senate {names.get(row['Com_no'], row['Com_no'])}",
                note="docket",
            )

    # -- texts ---------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        for version in measure.versions or ():
            if not self.is_new_text(measure.key, version):
                continue
            if not self.key:
                self.reject(f"text that is told only to a holder of {_KEY}")
                continue
            code = session_code(measure.session)
            asked = urlencode({"sessionCode": code, "documentNumber": version.note})
            request = self.get(f"{_TEXT_CALL}?{asked}", **text_context(measure, version))
            request.headers["WebAPIKey"] = self.key
            request.meta["dont_redirect"] = True  # the key is for this host alone
            yield request

    @page(
        r"/LegislationText/api/(?i:getlegislationtextbyidasync)\?",
        landmark='"TextsList"',
        absent=True,
    )
    def texts(self, answer: Answer) -> Things:
        """One text by its document's number, or all texts of a bill."""
        if answer.status != 200:
            self.reject("text that the API does not have")
            return
        told = answer.json(Texts)
        if not told.success:
            raise PageChanged("a successful answer", told.failure_message or "no reason")
        for text in told.texts_list:
            yield from self._text(text, answer)

    def _text(self, text: Text, answer: Answer) -> Things:
        document, identifier = text.document_code.strip(), measure_number(text.legislation_number)
        if answer.context.get("note", document) != document:
            raise PageChanged(f"the text {answer.context['note']}", document)
        if not text.draft_text:
            self.reject("text without words")
            return
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": session_name(text.session_code),
            "identifier": identifier,
            "note": document,
            "url": text_page(text.session_code, identifier, document),
        }
        body = text.draft_text.encode()
        draft = Answer(answer.url, body, headers={"content-type": "text/html"}, context=about)
        yield self.version_text(draft)

    @page(r"//lis\.blob\.core\.windows\.net/files/\d+\.HTML$", landmark=r"<p class=")
    def textfile_url(self, answer: Answer) -> Things:
        """A text as the public store keeps it; only the API tells under which number."""
        if not answer.body.rstrip().endswith(b"</p>"):
            raise PageChanged("a whole text, ended by </p>", repr(answer.body[-80:]))
        yield self.version_text(answer, media_type="text/html")

    # -- small parts ---------------------------------------------------------------------------

    def _part(self, answer: Answer, identifier: str, **fields: Any) -> Measure:
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(code_of(answer.url)),
            identifier=identifier,
            **fields,
        )

    def _is_there(self, answer: Answer) -> bool:
        """Whether the file exists; it must, unless the session is special or yet to come."""
        if answer.status == 200:
            return True
        code = code_of(answer.url)
        if not is_special(code) and int(code[:4]) <= self.today.year:
            raise SourceError("HTTP 200", f"HTTP {answer.status}")
        self.reject("file of a session that is not held, or not begun")
        return False
