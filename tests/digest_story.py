"""A small store with two weeks of news. Every measure and agency in it is fictional.

The words of actions have the form of the real ones, so that the shipped tables read them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlite_utils import Database

from tests.factory import PAGE, make_run, source
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.model import (
    Action,
    Agreement,
    AgreementList,
    AgreementModel,
    AnyItem,
    Hearing,
    Measure,
    Relation,
    Sponsor,
    Version,
)
from tracker.runs import SourceFacts, Verdict
from tracker.store import open_store

LIMITS = (
    "Fictional: prohibiting local police from honoring immigration detainers without a judicial"
    " warrant"
)
BANS = (
    "Fictional: sheriffs and local police prohibited from entering into 287(g) agreements with"
    " U.S. Immigration and Customs Enforcement"
)
MANDATES = (
    "Fictional: requiring sheriffs to enter into 287(g) agreements with U.S. Immigration and"
    " Customs Enforcement and to honor immigration detainers"
)
RELATED = "Fictional: prohibiting federal immigration agents from wearing masks or facial coverings"
OFF_TOPIC = "Fictional: ice cream parlors; licensing"

VIRGINIA = source("va", "us-va")
WASHINGTON = source("wa", "us-wa")
MICHIGAN = source("mi", "us-mi")
FLORIDA = source("fl-orders", "us-fl", kind="orders")
ICE = SourceFacts(
    code="ice-287g",
    jurisdiction="us",
    name="ICE 287(g) lists",
    kind="agreements",
    home="https://ice.example/287g",
)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def steps(*pairs: tuple[str, str]) -> list[Action]:
    return [Action(on=on(day), text=text) for day, text in pairs]


def bill(
    jurisdiction: str, identifier: str, title: str, *actions: tuple[str, str], **facts: object
) -> Measure:
    number = identifier.replace(" ", "").lower()
    return Measure(
        jurisdiction=jurisdiction,
        session="2026",
        identifier=identifier,
        title=title,
        url=f"https://leg.example/{jurisdiction}/{number}",
        actions=steps(*actions),
        **facts,  # type: ignore[arg-type]
    )


def order(identifier: str, title: str, issued: str, **facts: object) -> Measure:
    return Measure(
        jurisdiction="us-fl",
        session="2026",
        identifier=identifier,
        kind="executive_order",
        title=title,
        issued_on=on(issued),
        url=f"https://gov.example/{identifier.replace(' ', '').lower()}",
        **facts,  # type: ignore[arg-type]
    )


def list_of(name: str, as_of: str, *rows: Agreement) -> list[AnyItem]:
    head = AgreementList(
        list=name,  # type: ignore[arg-type]
        as_of=on(as_of),
        file_name=f"{name}{as_of}.xlsx",
        sha256=PAGE,
        rows=len(rows),
    )
    return [head, *rows]


def agreement(
    as_of: str, state: str, agency: str, signed: str | None, model: AgreementModel, **facts: object
) -> Agreement:
    return Agreement(
        list="participating" if signed else "pending",
        as_of=on(as_of),
        state=state,
        agency=agency,
        model=model,
        signed_on=on(signed) if signed else None,
        signed_as_printed=signed or "",
        **facts,  # type: ignore[arg-type]
    )


TASK_FORCE: AgreementModel = "Task Force Model"
WARRANT: AgreementModel = "Warrant Service Officer"
JAIL: AgreementModel = "Jail Enforcement Model"
COUNTY = "Fictional County Sheriff's Office"
FILED = ("2026-01-14", "Prefiled and ordered printed; Offered 01-14-2026")
PASSED_SENATE = ("2026-02-10", "Read third time and passed Senate (21-Y 19-N)")
SENT = ("2026-02-27", "Enrolled Bill communicated to Governor on February 27, 2026")
WA_FILED = ("2026-01-12", "First reading, referred to Law & Justice.")


def steady(as_of: str) -> list[Agreement]:
    """Agreements that stay, so that one that ends is not a third of the list."""
    return [
        agreement(as_of, "ga", f"Fictional Town {number} Police", "2025-01-15", "Task Force Model")
        for number in range(1, 41)
    ]


class Story:
    """Runs put into one store, in the order they are told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db: Database = open_store(folder / "t.db", create=True)
        self.knowledge = Knowledge.shipped()

    def run(
        self,
        facts: SourceFacts,
        at: str,
        items: list[AnyItem],
        verdict: Verdict = "ok",
        reason: str = "made by hand",
    ) -> Outcome:
        folder = make_run(
            self.folder / "runs", items, at=at, facts=facts, verdict=verdict, reason=reason
        )
        outcome = ingest(self.db, folder, self.knowledge)
        assert outcome.status == ("ingested" if verdict in {"ok", "ok-empty"} else "refused"), (
            outcome
        )
        return outcome

    def last(self) -> int:
        found: int = self.db.conn.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
        return found


def first_week(story: Story) -> int:
    """What is known before; the cursor after it."""
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", [
        bill("us-va", "SB 9001", LIMITS, FILED, PASSED_SENATE, SENT),
        bill("us-va", "HB 9002", BANS, FILED, SENT),
        bill("us-va", "HB 9010", LIMITS, FILED, versions=[Version(note="Introduced")]),
        bill("us-va", "HB 9099", OFF_TOPIC, FILED),
    ])  # fmt: skip
    story.run(WASHINGTON, "2026-03-01T12:10:00Z", [bill("us-wa", "HB 9003", MANDATES, WA_FILED)])
    story.run(MICHIGAN, "2026-03-01T12:20:00Z", [], verdict="ok-empty")
    story.run(FLORIDA, "2026-03-01T12:30:00Z", [order("EO 26-901", MANDATES, "2025-06-01")])
    story.run(ICE, "2026-03-01T13:00:00Z", [
        *list_of("participating", "2026-02-27",
            agreement("2026-02-27", "fl", COUNTY, "2025-02-20", TASK_FORCE),
            agreement("2026-02-27", "fl", "Fictional Springs Police Department", "2025-03-01", TASK_FORCE),
            agreement("2026-02-27", "tx", "Fictional Creek Police Dept", "2025-04-01", WARRANT),
            *steady("2026-02-27")),
        *list_of("pending", "2026-02-27",
            agreement("2026-02-27", "tx", "Fictional Bend Constable", None, TASK_FORCE)),
    ])  # fmt: skip
    return story.last()


def second_week(story: Story) -> None:
    """One of everything that a digest tells."""
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [
        bill("us-va", "SB 9001", LIMITS, FILED, PASSED_SENATE, SENT,
            ("2026-03-05", "Approved by Governor-Chapter 12 (effective 7/1/26)"),
            effective_on=on("2026-07-01")),
        bill("us-va", "HB 9002", BANS, FILED, SENT, ("2026-03-06", "Vetoed by Governor")),
        bill("us-va", "HB 9010", LIMITS, ("2026-01-15", FILED[1]),
            versions=[Version(note="Introduced"),
                Version(note="Substitute H1", published_on=on("2026-03-04"))]),
        bill("us-va", "HB 9020", BANS, ("2026-03-03", FILED[1])),
        bill("us-va", "HB 9021", LIMITS, FILED),
        bill("us-va", "HB 9030", RELATED, ("2026-03-02", FILED[1])),
        bill("us-va", "HB 9099", OFF_TOPIC, FILED, ("2026-03-03", "Reported from Rules (15-Y 0-N)")),
    ])  # fmt: skip
    story.run(WASHINGTON, "2026-03-08T12:10:00Z", [
        bill("us-wa", "HB 9003", MANDATES, WA_FILED,
            ("2026-03-03", "LAW - Majority; do pass."),
            sponsors=[Sponsor(name="Fictional One"), Sponsor(name="Fictional Two")]),
        bill("us-wa", "HB 9004", MANDATES, ("2026-03-02", WA_FILED[1]),
            ("2026-03-04", "Third reading, passed; yeas, 97; nays, 0; absent, 0; excused, 1.")),
        Hearing(jurisdiction="us-wa", session="2026", identifier="HB 9003", on=on("2026-03-12"),
            starts_at=dt.datetime.fromisoformat("2026-03-12T21:30:00+00:00"),
            timezone="America/Los_Angeles", committee="Law & Justice", place="Hearing Room 2",
            url="https://leg.example/us-wa/hearings"),
    ])  # fmt: skip
    story.run(MICHIGAN, "2026-03-08T12:20:00Z", [], verdict="blocked", reason="a challenge page")
    story.run(FLORIDA, "2026-03-08T12:30:00Z", [
        order("EO 26-901", MANDATES, "2025-06-01"),
        order("EO 26-902", LIMITS, "2026-03-04",
            relations=[Relation(kind="rescinds", identifier="EO 26-901")]),
    ])  # fmt: skip
    story.run(ICE, "2026-03-08T13:00:00Z", [
        *list_of("participating", "2026-03-06",
            agreement("2026-03-06", "fl", COUNTY, "2025-02-20", TASK_FORCE),
            agreement("2026-03-06", "fl", COUNTY, "2026-03-03", WARRANT),
            agreement("2026-03-06", "tx", "Fictional Creek Police Department", "2025-04-01", WARRANT),
            agreement("2026-03-06", "tx", "Fictional Bend Constable", "2026-03-02", TASK_FORCE),
            *steady("2026-03-06")),
        *list_of("pending", "2026-03-06",
            agreement("2026-03-06", "tx", "Fictional Hill Sheriff", None, JAIL)),
    ])  # fmt: skip
