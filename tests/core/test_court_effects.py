"""What rulings do to a suit, and what of it is proposed for the law. Every suit is fictional."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.core.desk import Desk, day
from tests.core.test_measures_file import as_csv, row
from tests.factory import source
from tracker.measures_file import read_measures
from tracker.model import Action, Measure, Relation
from tracker.readers.court_effects import court_effects

TODAY = dt.date(2026, 2, 2)
COURTS = source("court-listener", "us", kind="courts")
SUIT = {"jurisdiction": "us-va", "session": "2026", "kind": "court_ruling"}
LATER = "2026-02-03T12:00:00Z"


def suit(*rows: tuple[str, str], identifier: str = "NJD 3:26-cv-90001", **more: Any) -> Measure:
    given: dict[str, Any] = SUIT | {"title": "United States v. State of Fictional"} | more
    actions = [Action(on=day(on), text=text) for on, text in rows]
    return Measure(identifier=identifier, actions=actions, **given)


FILED = ("2026-01-05", "COMPLAINT against State of Fictional")
GRANTED = ("2026-01-29", "ORDER granting 3 Motion for Preliminary Injunction.")
CHALLENGES = [Relation(kind="challenges", identifier="EO 901", session="2026")]
EO = Measure(
    jurisdiction="us-va", session="2026", identifier="EO 901", kind="executive_order",
    title="Fictional: no state property for civil immigration enforcement",
    issued_on=day("2026-01-02"),
)  # fmt: skip


def test_a_suit_is_on_topic_and_stands_where_its_rulings_put_it(desk: Desk) -> None:
    desk.keep(suit(FILED), facts=COURTS)
    assert desk.rows("SELECT stage, stage_on, scope FROM measures") == [
        ("in_court", "2026-01-05", "related")
    ]
    desk.keep(suit(FILED, GRANTED), at=LATER, facts=COURTS)
    assert ("stage_changed", "in_court", "enjoined", "2026-01-29") in desk.log()


def test_a_ruling_is_proposed_and_moves_no_law(desk: Desk) -> None:
    desk.keep(EO, facts=source("va-orders", "us-va", kind="orders"))
    desk.keep(suit(FILED, GRANTED, relations=CHALLENGES), at=LATER, facts=COURTS)
    law = "SELECT stage FROM measures WHERE identifier = 'EO 901'"
    assert desk.one(law) == "in_force"
    (effect,) = court_effects(desk.db)
    assert (effect.key, effect.stage, effect.proposed, effect.proposed_on) == (
        "us-va/2026/EO 901", "in_force", "enjoined", "2026-01-29",
    )  # fmt: skip
    assert effect.words == GRANTED[1]


def test_what_an_editor_enters_settles_a_proposal_until_the_next_ruling(desk: Desk) -> None:

    desk.keep(suit(FILED, GRANTED, relations=CHALLENGES), facts=COURTS)
    assert [effect.key for effect in court_effects(desk.db)] == ["us-va/2026/EO 901"]
    entered = row(
        kind="court_ruling", place="", identifier="Fictional ruling", issued_on="2026-01-05",
        decided_on="2026-01-29", source_on="2026-01-30", status="enjoined",
        relations="about: 2026/EO 901",
    )  # fmt: skip
    (one,) = read_measures("m.csv", as_csv(entered), TODAY)
    editors = source("editors", "us", kind="editors")
    desk.keep(one.measure, one.judgement, at=LATER, facts=editors)
    assert list(court_effects(desk.db)) == []
    lifted = ("2026-02-03", "ORDER vacating 22 preliminary injunction")
    moved = suit(FILED, GRANTED, lifted, relations=CHALLENGES)
    desk.keep(moved, at="2026-02-04T12:00:00Z", facts=COURTS)
    assert [effect.proposed for effect in court_effects(desk.db)] == ["in_court"]
