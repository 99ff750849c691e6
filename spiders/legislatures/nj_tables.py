"""New Jersey's bill tracking database: tables of quoted text in one ZIP, in Windows-1252."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

from spiders.answer import Answer
from spiders.legislatures.nj_words import tally, words_of
from spiders.reading import PageChanged, day, match, measure_number
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Measure,
    Relation,
    RelationKind,
    Sponsor,
    Version,
    Vote,
)

FILES = "https://pub.njleg.state.nj.us"
SITE = "https://www.njleg.state.nj.us"

Row = dict[str, str]
_KEY = ("BillType", "BillNumber")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "MAINBILL.TXT": (*_KEY, "Synopsis", "IdenticalBillNumber"),
    "BILLHIST.TXT": (*_KEY, "DateAction", "House", "Action", "Comment"),
    "BILLSPON.TXT": (*_KEY, "Sponsor", "Type"),
    "BILLSUBJ.TXT": (*_KEY, "SubjectKey"),
    "BILLWP.TXT": (*_KEY, "Document", "DocType", "Comment"),
    "COMMITTEE.TXT": ("Code", "House", "Description"),
    "AGENDAS.TXT": ("CommHouse", "Date", "Time", "Type", "Location", "Status"),
    "BAGENDA.TXT": ("CommHouse", "Date", "Time", *_KEY),
}
# Before a session sits and in its recesses there are no agendas.
_MAY_BE_EMPTY = frozenset({"AGENDAS.TXT", "BAGENDA.TXT"})
_KINDS: dict[str, Kind] = {"": "bill", "R": "resolution", "JR": "resolution", "CR": "resolution"}
_ACTORS: dict[str, Chamber] = {"A": "lower", "S": "upper", "G": "executive"}
_HOUSES = {"A": "Assembly", "S": "Senate", "": ""}
_NUMBER = re.compile(r"\b[AS](?:CR|JR|R)?\d+\b")
_SWAPS: dict[str, RelationKind] = {"SUB BY": "substituted_by", "SUB FOR": "substitutes"}
_TEXTS = {
    "I": (0, "Introduced Version"),
    "ACS": (1, "Assembly Committee Substitute"),
    "SCS": (1, "Senate Committee Substitute"),
    "AS": (2, "Assembly Substitute"),
    "SS": (2, "Senate Substitute"),
    "R": (3, "Reprint"),
    "RS": (3, "Reprint of Substitute"),
    "AL": (4, "Advance Law"),
    "PL": (5, "Pamphlet Law"),
}
_PAPERS = {
    "S": ("analysis", "Statement"),
    "FS": ("analysis", "Floor Statement"),
    "FE": ("fiscal_note", "Legislative Fiscal Estimate"),
    "FN": ("fiscal_note", "Fiscal Note"),
    "F": ("fiscal_note", "Fiscal Note"),
    "V": ("veto_message", "Veto"),
    "GS": ("other", "Governor's Statement"),
    "TR": ("other", "Technical Report"),
}
_DOCUMENT = re.compile(r"(?:.*\\)?([A-Z]+\d*)\\(\w+)\.(?:DOCX?|HTML?|PDF)", re.IGNORECASE)


def session_name(year: str) -> str:
    """The number of the legislature: the 222nd sits in 2026 and 2027."""
    return str(209 + (int(year) - 2000) // 2)


def identifier_of(row: Row) -> str:
    return measure_number(f"{row['BillType']} {int(match(r'[0-9]+', row['BillNumber'])[0])}")


class Tables:
    """The tables of one ZIP, by bill. `reject` counts the rows that are left out."""

    def __init__(self, answer: Answer, year: str, reject: Callable[[str], None]) -> None:
        self._year, self._reject = year, reject
        self._rows = {name: list(rows) for name, rows in _tables(answer)}
        missing = [name for name in _COLUMNS if name not in self._rows]
        empty = [name for name, rows in self._rows.items() if not rows]
        if missing or set(empty) - _MAY_BE_EMPTY:
            raise PageChanged("the tables of the database, with rows", f"none in {missing + empty}")
        self.committees = dict(_committee(row) for row in self._rows["COMMITTEE.TXT"])

    def rows(self, name: str) -> list[Row]:
        return self._rows[name]

    def measures(self) -> Iterator[Measure]:
        main = {identifier_of(row): row for row in self.rows("MAINBILL.TXT")}
        history, sponsors, subjects, papers = (
            self._by_bill(name, main)
            for name in ("BILLHIST.TXT", "BILLSPON.TXT", "BILLSUBJ.TXT", "BILLWP.TXT")
        )
        for key, row in main.items():
            if not row["Synopsis"] or not (history[key] or papers[key]):
                self._reject("bill without synopsis, or without action and text")
                continue
            yield self._measure(key, row, history[key], sponsors[key], subjects[key], papers[key])

    def _by_bill(self, name: str, main: dict[str, Row]) -> defaultdict[str, list[Row]]:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            identifier = identifier_of(row)
            if identifier in main:
                found[identifier].append(row)
            else:
                self._reject(f"row of {name} of a bill that is not listed")
        return found

    def _measure(
        self,
        identifier: str,
        row: Row,
        history: list[Row],
        sponsors: list[Row],
        subjects: list[Row],
        papers: list[Row],
    ) -> Measure:
        letters, number = identifier.split()
        lines = sorted(
            ((day(line["DateAction"].split(" ")[0], "%m/%d/%Y"), line) for line in history),
            key=lambda dated: dated[0],
        )
        said = [words_of(line["Action"], self.committees) for _, line in lines]
        return Measure(
            jurisdiction="us-nj",
            session=session_name(self._year),
            identifier=identifier,
            kind=_KINDS[letters[1:]],
            chamber=_ACTORS[letters[0]],
            title=row["Synopsis"],
            url=f"{SITE}/bill-search/{self._year}/{letters}{number}",
            subjects=[subject["SubjectKey"] for subject in subjects],
            committees=list(dict.fromkeys(name for _, name in said if name)),
            sponsors=[_sponsor(sponsor) for sponsor in sponsors],
            actions=[
                Action(on=on, text=f"{text} {line['Comment']}".strip(), chamber=_actor(line))
                for (on, line), (text, _) in zip(lines, said, strict=True)
            ],
            versions=self._versions(papers),
            documents=list(self._documents(papers)),
            votes=[
                Vote(on=on, chamber=_actor(line), motion=text, yes=found[0], no=found[1])
                for (on, line), (text, _) in zip(lines, said, strict=True)
                if (found := tally(line["Action"], line["Comment"]))
            ],
            relations=list(_relations(row, history)),
        )

    def _versions(self, papers: list[Row]) -> list[Version]:
        texts = sorted(
            (paper for paper in papers if paper["DocType"] in _TEXTS),
            key=lambda paper: (_TEXTS[paper["DocType"]][0], paper["Document"]),
        )
        return [
            Version(
                note=f"{_TEXTS[paper['DocType']][1]} {paper['Comment']}".strip(),
                url=self._address(paper),
                media_type="text/html",
            )
            for paper in texts
        ]

    def _documents(self, papers: list[Row]) -> Iterator[Document]:
        for paper in papers:
            kind, name = _PAPERS.get(paper["DocType"], ("", ""))
            match kind:
                case "analysis" | "fiscal_note" | "veto_message" | "other":
                    note = f"{name} {paper['Comment']}".strip()
                    yield Document(kind=kind, note=note, url=self._address(paper))
                case _ if paper["DocType"] not in _TEXTS:
                    self._reject(f"paper of a type that is not known: {paper['DocType']}")

    def _address(self, paper: Row) -> str:
        folder, name = match(_DOCUMENT, paper["Document"]).groups()
        return f"{FILES}/Bills/{self._year}/{folder}/{name}.HTM"


def _tables(answer: Answer) -> Iterator[tuple[str, Iterator[Row]]]:
    for path, body in answer.zip_members(".txt"):
        name = path.rpartition("/")[2].upper()
        if name in _COLUMNS:
            if body.count(b'"') % 2:
                raise PageChanged(f"{name} whose last quote is closed", repr(body[-80:]))
            yield name, replace(answer, body=body).rows(_COLUMNS[name], encoding="cp1252")


def _committee(row: Row) -> tuple[str, str]:
    if row["House"] not in _HOUSES:
        raise PageChanged("A, S or nothing as the house of a committee", row["House"])
    return row["Code"], f"{_HOUSES[row['House']]} {row['Description']} Committee".strip()


def _actor(row: Row) -> Chamber:
    if row["House"] not in _ACTORS:
        raise PageChanged("A, S or G as the house of an action", row["House"] or "nothing")
    return _ACTORS[row["House"]]


def _sponsor(row: Row) -> Sponsor:
    return Sponsor(name=row["Sponsor"], role="primary" if row["Type"] == "P" else "cosponsor")


def _relations(row: Row, history: list[Row]) -> Iterator[Relation]:
    """The twin of the other house, and what was taken up in a bill's place."""
    for twin in _NUMBER.findall(row["IdenticalBillNumber"]):
        yield Relation(kind="companion", identifier=measure_number(twin))
    for line in history:
        if line["Action"] in _SWAPS:
            for other in _NUMBER.findall(line["Comment"])[:1]:
                kind = _SWAPS[line["Action"]]
                yield Relation(kind=kind, identifier=measure_number(other))
