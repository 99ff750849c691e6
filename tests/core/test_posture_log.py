"""Where a state stands, as the log tells it. Every measure is fictional, of states for which the
shipped list has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.core.desk import BANS, MANDATES, Desk, acts, day
from tracker.digest import compose
from tracker.mail import render
from tracker.model import Measure, Relation, RelationKind
from tracker.posture import posture
from tracker.readers.changes import changes

FILED, SIGNED = ("2026-01-12", "Introduced in House"), ("2026-03-02", "Signed by the Governor")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def bill(*history: tuple[str, str], title: str = BANS, **facts: Any) -> Measure:
    return Measure(
        jurisdiction="us-oh", session="136", identifier="HB 9001", title=title,
        actions=acts(*history), url="https://oh.example/bill", **facts,
    )  # fmt: skip


def order(identifier: str, issued: str, **facts: Any) -> Measure:
    given: dict[str, Any] = {"title": MANDATES} | facts
    return Measure(
        jurisdiction="us-oh", session=issued[:4], identifier=identifier, kind="executive_order",
        issued_on=day(issued), url="https://oh.example/order", **given,
    )  # fmt: skip


def injunction(on: str, relation: RelationKind) -> Measure:
    return Measure(
        jurisdiction="us-oh", session="2026", identifier="Plaintiffs v. Example",
        kind="court_ruling", title=BANS, actions=acts((on, "Blocked by a court")), issued_on=day(on),
        relations=[Relation(kind=relation, identifier="HB 9001", session="136")],
    )  # fmt: skip


def moves(desk: Desk) -> list[tuple[str, str, str, str | None]]:
    """(field, old, new, happened_on) of Ohio's posture in the last run that was kept."""
    return desk.rows(
        "SELECT field, old, new, happened_on FROM changes WHERE kind = 'posture_changed'"
        " AND jurisdiction = 'us-oh' AND run = (SELECT max(id) FROM runs) ORDER BY id"
    )


def test_the_first_look_is_no_news(desk: Desk) -> None:
    desk.keep(bill(FILED, SIGNED, effective_on=day("2026-03-02")), at="2026-03-03T12:00:00Z")
    assert moves(desk) == []
    assert desk.one("SELECT posture FROM postures WHERE jurisdiction = 'us-oh'") == "ban"


def test_a_law_moves_it_on_the_day_it_is_signed_and_again_when_it_takes_effect(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    law = bill(FILED, SIGNED, effective_on=day("2026-06-30"))
    desk.keep(law, at="2026-03-03T12:00:00Z")
    assert moves(desk) == [
        ("posture", "no_statewide_policy", "ban", "2026-03-02"),
        ("takes_effect", "", "2026-06-30", "2026-03-02"),
    ]
    desk.keep(law, at="2026-06-29T12:00:00Z")
    assert moves(desk) == []
    desk.keep(law, at="2026-07-02T12:00:00Z")
    assert moves(desk) == [("takes_effect", "2026-06-30", "", "2026-06-30")]


def test_an_order_moves_it_until_another_rescinds_it(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    desk.keep(order("EO 1", "2026-03-02"), at="2026-03-03T12:00:00Z")
    assert moves(desk) == [("posture", "no_statewide_policy", "permissive", "2026-03-02")]
    ends = Relation(kind="rescinds", identifier="EO 1", session="2026")
    ending = order("EO 2", "2026-04-06", title="Fictional: an earlier order ends", relations=[ends])
    desk.keep(ending, at="2026-04-08T12:00:00Z")
    assert moves(desk) == [("posture", "permissive", "no_statewide_policy", "2026-04-06")]


def test_an_order_moves_it_until_its_term_ends(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    term = order("EO 1", "2026-03-02", expires_on=day("2026-04-30"))
    desk.keep(term, at="2026-03-03T12:00:00Z")
    desk.keep(term, at="2026-04-30T12:00:00Z")
    assert moves(desk) == []
    desk.keep(term, at="2026-05-04T12:00:00Z")
    assert moves(desk) == [("posture", "permissive", "no_statewide_policy", "2026-05-01")]


def test_a_law_that_a_court_blocks_in_whole_moves_it_back(desk: Desk) -> None:
    law = bill(FILED, SIGNED, effective_on=day("2026-03-02"))
    desk.keep(law, at="2026-03-03T12:00:00Z")
    desk.keep(injunction("2026-04-09", "blocks"), at="2026-04-10T12:00:00Z")
    assert desk.one("SELECT stage FROM measures WHERE kind = 'court_ruling'") == "enjoined"
    assert moves(desk) == [
        ("posture", "ban", "no_statewide_policy", "2026-04-09"),
        ("contested", "", "contested", "2026-04-09"),
    ]
    before = next(o for o in posture(desk.db, day("2026-04-08")) if o.jurisdiction == "us-oh")
    assert (before.posture, before.contested) == ("ban", False)


def test_a_ruling_that_does_not_say_how_far_it_goes_contests_it(desk: Desk) -> None:
    desk.keep(bill(FILED, SIGNED, effective_on=day("2026-03-02")), at="2026-03-03T12:00:00Z")
    desk.keep(injunction("2026-04-09", "about"), at="2026-04-10T12:00:00Z")
    assert moves(desk) == [("contested", "", "contested", "2026-04-09")]


def test_a_conflict_is_left_to_a_person(desk: Desk) -> None:
    desk.keep(bill(FILED, SIGNED, effective_on=day("2026-03-02")), at="2026-03-03T12:00:00Z")
    other = bill(FILED, ("2026-04-02", "Signed by the Governor"), title=MANDATES)
    desk.keep(_renumbered(other), at="2026-04-03T12:00:00Z")
    assert ("posture", "ban", "undecided", "2026-04-02") in moves(desk)


def _renumbered(one: Measure) -> Measure:
    return Measure(
        jurisdiction=one.jurisdiction, session=one.session, identifier="HB 9002", title=one.title,
        actions=one.actions, url=one.url,
    )  # fmt: skip


def test_a_late_run_of_an_earlier_day_moves_nothing(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-10T12:00:00Z")
    desk.keep(bill(FILED, SIGNED), at="2026-03-03T12:00:00Z")
    assert moves(desk) == []


def test_what_only_the_shipped_list_decides_is_no_news_of_a_run(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-02-16T12:00:00Z")
    desk.keep(bill(FILED), at="2026-02-18T12:00:00Z")
    sql = "SELECT count(*) FROM changes WHERE kind = 'posture_changed' AND jurisdiction = 'us-md'"
    assert desk.one(sql) == 0
    assert desk.one(
        "SELECT posture FROM postures WHERE jurisdiction = 'us-md' ORDER BY on_date DESC LIMIT 1"
    ) == "ban"  # fmt: skip


def test_the_log_and_the_digest_tell_it_with_the_page_that_moved_it(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    cursor = desk.one("SELECT max(id) FROM changes")
    desk.keep(bill(FILED, SIGNED, effective_on=day("2026-03-02")), at="2026-03-03T12:00:00Z")
    (row,) = changes(desk.db, kinds=["posture_changed"], jurisdictions=["us-oh"])
    assert (row.measure, row.agreement, row.jurisdiction) == (None, None, "us-oh")
    (line,) = compose(desk.db, after_id=cursor).postures
    assert (line.place, line.text, line.happened_on) == (
        "Ohio",
        "Where it stands: Bans 287(g) (before: No statewide policy)",
        "2026-03-02",
    )


def test_that_a_law_is_taken_to_be_in_effect_after_a_year_is_no_news(desk: Desk) -> None:
    law = bill(FILED, SIGNED)
    desk.keep(law, at="2026-03-03T12:00:00Z")
    assert desk.one("SELECT takes_effect FROM postures WHERE jurisdiction = 'us-oh'") == "unknown"
    desk.keep(law, at="2027-03-10T12:00:00Z")
    assert moves(desk) == []
    assert (
        desk.one("SELECT takes_effect FROM postures WHERE run = 2 AND jurisdiction = 'us-oh'") == ""
    )


def test_both_parts_of_a_mail_tell_it(desk: Desk) -> None:
    desk.keep(bill(FILED), at="2026-03-01T12:00:00Z")
    cursor = desk.one("SELECT max(id) FROM changes")
    desk.keep(bill(FILED, SIGNED, effective_on=day("2026-06-30")), at="2026-03-03T12:00:00Z")
    mail = render(compose(desk.db, after_id=cursor))
    lines = mail.text.splitlines()
    begin = lines.index("Where states stand (2)")
    assert lines[begin + 3 : begin + 6] == [
        "Ohio (Mar 2, 2026)",
        "  Where it stands: Bans 287(g) (before: No statewide policy)",
        "  Seen Mar 3, 2026, 12:00 UTC · archived copy aaaaaaaaaaaa",
    ]
    assert "Where it stands: Bans 287(g) (before: No statewide policy)" in mail.html
    assert "What decides where it stands takes effect on Jun 30, 2026" in mail.html
