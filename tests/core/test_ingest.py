"""A run into the store: once, whole or not at all, and never a fact lost to what a page leaves out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.core.desk import (
    BANS,
    KEY,
    MANDATES,
    OFF_TOPIC,
    Desk,
    acts,
    aggregator,
    bill,
    day,
    dump,
    official,
)
from tests.factory import PAGE, make_run, source
from tracker.keep.log import ChangeLog
from tracker.model import (
    Absence,
    AnyItem,
    Document,
    Hearing,
    Listing,
    Measure,
    Relation,
    Sponsor,
    Version,
    VersionText,
    Vote,
)
from tracker.runs import Problem, Verdict

ABOUT = {"jurisdiction": "us-va", "session": "2026", "identifier": "HB 9001"}
FILED = ("2026-01-14", "Prefiled and ordered printed; Offered 01-14-2026")
SENT = ("2026-02-27", "Enrolled Bill communicated to Governor on February 27, 2026")
VETOED = ("2026-03-06", "Vetoed by Governor")


def listing(title: str = "A title", **facts: Any) -> Listing:
    return Listing(**ABOUT, title=title, **facts)


def later(number: int) -> str:
    """Noon of the n-th day after the first run of these tests."""
    moment = dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC) + dt.timedelta(days=number)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- runs ----------------------------------------------------------------------------------------


def test_a_run_is_kept_with_its_captures_and_told_once(desk: Desk) -> None:
    folder = make_run(desk.runs, [bill(actions=acts(FILED))])
    first = desk.ingest(folder)
    assert (first.status, first.run, first.verdict, first.changes) == ("ingested", 1, "ok", 1)
    assert (first.tally.new, first.tally.actions) == (1, 1)
    before = dump(desk.db.conn)
    again = desk.ingest(folder)
    assert (again.status, again.run, again.verdict, again.changes) == ("known", 1, "ok", 0)
    assert dump(desk.db.conn) == before
    assert desk.rows("SELECT source, folder, verdict, listed, kept, actions FROM runs") == [
        ("va", f"va/{folder.name}", "ok", 1, 1, 1)
    ]
    assert desk.rows("SELECT run, url, sha256 FROM captures") == [
        (1, "https://va.example/page", PAGE)
    ]
    assert desk.log() == [("measure_new", "", BANS, "2026-01-14")]


def test_a_run_is_one_transaction(desk: Desk) -> None:
    seen: list[str] = []
    desk.db.conn.set_trace_callback(seen.append)
    desk.keep(bill(actions=acts(FILED)), bill("HB 9002", title=OFF_TOPIC))
    desk.db.conn.set_trace_callback(None)
    words = [statement.split()[0].upper() for statement in seen]
    assert [word for word in words if word in {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT"}] == [
        "BEGIN",
        "COMMIT",
    ]
    assert "BEGIN IMMEDIATE" in seen
    began = seen.index("BEGIN IMMEDIATE")
    assert not [word for word in words[:began] if word in {"INSERT", "UPDATE", "DELETE"}]


@pytest.mark.parametrize("verdict", ["suspect", "blocked", "changed", "failed", "skipped"])
def test_a_run_that_is_not_good_is_recorded_and_changes_no_fact(
    desk: Desk, verdict: Verdict
) -> None:
    desk.keep(bill())
    before = dump(desk.db.conn)
    outcome = desk.keep(
        bill(title="A page that was not one"),
        bill("HB 9009"),
        at=later(1),
        verdict=verdict,
        reason="a challenge page",
        problems=[Problem(kind="blocked", url="https://h/", expected="a list", found="a wall")],
    )
    assert (outcome.status, outcome.verdict, outcome.changes) == ("refused", verdict, 0)
    after = dump(desk.db.conn)
    runs = after.pop("runs")
    assert after == {name: rows for name, rows in before.items() if name != "runs"}
    assert len(runs) == 2
    assert desk.rows("SELECT verdict, reason, problems FROM runs WHERE id = 2") == [
        (
            verdict,
            "a challenge page",
            '[{"kind":"blocked","url":"https://h/","expected":"a list","found":"a wall"}]',
        )
    ]


def test_a_good_run_with_nothing_in_it_is_a_success(desk: Desk) -> None:
    outcome = desk.keep(verdict="ok-empty", listed=0)
    assert (outcome.status, outcome.verdict) == ("ingested", "ok-empty")


def test_the_same_moment_told_in_another_offset_is_the_same_run(desk: Desk) -> None:
    desk.keep(bill(), at="2026-02-02T12:00:00Z")
    other = make_run(desk.runs / "other", [bill(title="x")], at="2026-02-02T07:00:00-05:00")
    assert desk.ingest(other).status == "known"
    assert desk.rows("SELECT started_at FROM runs") == [("2026-02-02T12:00:00+00:00",)]


def test_an_older_run_never_replaces_newer_facts(desk: Desk) -> None:
    desk.keep(bill(title="New"), at=later(5))
    outcome = desk.keep(bill(title="Old"), at=later(1))
    assert (outcome.status, outcome.verdict) == ("refused", "skipped")
    assert "older facts never replace newer ones" in outcome.reason
    assert desk.one("SELECT title FROM measures") == "New"
    assert desk.keep(bill(title="Other source"), at=later(2), facts=official("va-b")).status == (
        "ingested"
    )


def test_a_later_bad_run_does_not_keep_an_earlier_good_one_out(desk: Desk) -> None:
    desk.keep(at=later(5), verdict="blocked", reason="a wall")
    assert desk.keep(bill(), at=later(1)).status == "ingested"


# -- facts ---------------------------------------------------------------------------------------


FULL: dict[str, Any] = {
    "chamber": "lower",
    "title": "A title",
    "abstract": "What it does",
    "url": "https://va.example/1",
    "issuer": "The issuer",
    "issued_on": day("2026-01-02"),
    "effective_on": day("2026-07-01"),
    "expires_on": day("2027-07-01"),
    "subjects": ["Police"],
    "committees": ["Courts"],
    "sponsors": [Sponsor(name="One")],
    "actions": acts(FILED),
    "versions": [Version(note="Introduced")],
    "documents": [Document(kind="memo", note="m", url="")],
    "votes": [Vote(on=day("2026-01-02"), chamber="", motion="m", yes=1, no=0)],
    "relations": [Relation(kind="companion", identifier="SB 1")],
}


def _facts(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    all_ = dump(desk.db.conn)
    names = ("actions", "sponsors", "versions", "documents", "votes", "relations", "search")
    found = {name: all_[name] for name in names}
    found["measures"] = desk.rows(
        "SELECT kind, chamber, title, abstract, url, issuer, issued_on, effective_on, expires_on,"
        " subjects, committees, stage, last_action, last_action_on, changed_at FROM measures"
    )
    return found


@pytest.mark.parametrize("unsaid", [*([name] for name in FULL), list(FULL)], ids=str)
def test_what_a_page_leaves_out_stays_and_is_no_news(desk: Desk, unsaid: list[str]) -> None:
    desk.keep(bill(**FULL))
    before = _facts(desk)
    left_out: dict[str, Any] = {name: "" if name == "chamber" else None for name in unsaid}
    outcome = desk.keep(bill(**FULL | left_out), at=later(1))
    assert (outcome.changes, outcome.tally.churned, outcome.tally.changed) == (0, 1, 0)
    assert _facts(desk) == before
    assert desk.keep(bill(**FULL), at=later(2)).changes == 0


def test_what_a_page_says_is_empty_becomes_empty(desk: Desk) -> None:
    desk.keep(bill(**FULL))
    outcome = desk.keep(
        bill(**FULL | {"abstract": "", "sponsors": [], "actions": [], "versions": []}), at=later(1)
    )
    assert outcome.tally.changed == 1
    assert desk.rows("SELECT abstract, last_action, last_action_on FROM measures") == [
        ("", "", None)
    ]
    assert [kind for kind, *_ in desk.log()] == [
        "abstract_changed",
        "action_removed",
        "version_removed",
        "sponsor_removed",
    ]
    for table in ("sponsors", "actions", "versions"):
        assert desk.rows(f"SELECT * FROM {table}") == []


def test_identical_pages_cost_nothing_and_churned_ones_tell_nothing(desk: Desk) -> None:
    one = bill(**FULL, kind="bill")
    desk.keep(one)
    same = desk.keep(one, at=later(1))
    assert (same.tally.unchanged, same.tally.churned, same.changes) == (1, 0, 0)
    churned = desk.keep(bill(**FULL | {"title": " A   title"}), at=later(2))
    assert (churned.tally.unchanged, churned.tally.churned, churned.changes) == (0, 1, 0)
    assert desk.one("SELECT changed_at FROM measures") == "2026-02-02T12:00:00Z"


def test_each_change_names_the_page_that_field_was_read_from(desk: Desk) -> None:
    from tests.core.pages import run_of_pages

    desk.ingest(run_of_pages(desk.runs, later(0), bill(), {"": "a" * 64}))
    moved = bill(title="Another", actions=acts(FILED))
    desk.ingest(run_of_pages(desk.runs, later(1), moved, {"": "a" * 64, "actions": "b" * 64}))
    assert desk.rows(
        "SELECT kind, captures.run, captures.sha256 FROM changes JOIN captures"
        " ON captures.id = capture WHERE changes.run = 2 AND kind LIKE '%ed' AND field <> 'stage'"
        " AND field NOT IN ('scope', 'stance') ORDER BY changes.id"
    ) == [("title_changed", 2, "a" * 64), ("action_added", 2, "b" * 64)]


# -- listings ------------------------------------------------------------------------------------


def test_a_listing_is_kept_light_and_becomes_a_measure_in_one_row(desk: Desk) -> None:
    desk.keep(listing(last_action="Filed", last_action_on=day("2026-01-02")))
    assert desk.log() == []
    assert desk.rows(
        "SELECT title, last_action, last_action_on, listed_only, stage, scope FROM measures"
    ) == [("A title", "Filed", "2026-01-02", 1, "unknown", "none")]
    desk.keep(bill(actions=acts(FILED), sponsors=[Sponsor(name="One")]), at=later(1))
    assert desk.log() == [("measure_new", "", BANS, "2026-01-14")]
    assert desk.rows(
        "SELECT title, last_action, last_action_on, listed_only, stage, scope, first_run"
        " FROM measures"
    ) == [(BANS, FILED[1], FILED[0], 0, "introduced", "core", 1)]


def test_a_listing_of_a_measure_that_is_read_adds_no_fact(desk: Desk) -> None:
    desk.keep(bill(title="From its page"))
    desk.keep(listing("Cut sho…", last_action="Filed"), at=later(1))
    assert desk.log() == []
    assert desk.rows("SELECT title, last_action, listed_only FROM measures") == [
        ("From its page", "", 0)
    ]
    assert desk.one("SELECT listing_print IS NOT NULL FROM measures") == 1


def test_a_title_moves_with_the_list_and_so_does_the_search(desk: Desk) -> None:
    desk.keep(listing("Fictional: parrots"))
    desk.keep(listing("Fictional: peacocks"), at=later(1))
    assert desk.log() == []
    assert (desk.found("parrots"), desk.found("peacocks")) == ([], [1])


def test_a_listing_and_its_measure_in_one_run(desk: Desk) -> None:
    outcome = desk.keep(listing(), bill(actions=acts(FILED)))
    assert (outcome.changes, outcome.tally.new) == (1, 1)
    assert desk.one("SELECT listed_only FROM measures") == 0


# -- texts ---------------------------------------------------------------------------------------


def text(words: str, note: str = "Introduced", url: str = "https://h/1") -> VersionText:
    return VersionText(**ABOUT, note=note, url=url, text=words)


def test_a_text_is_kept_once_and_its_change_is_told(desk: Desk) -> None:
    desk.keep(bill(), text("About pelicans"))
    assert desk.found("pelicans") == [1]
    assert desk.rows("SELECT characters FROM texts") == [(14,)]
    assert desk.keep(text("About pelicans"), at=later(1)).changes == 0
    desk.keep(text("About penguins"), at=later(2))
    assert desk.log() == [("text_changed", "Introduced", "Introduced", None)]
    assert (desk.found("pelicans"), desk.found("penguins")) == ([], [1])
    assert desk.one("SELECT count(*) FROM version_texts") == 1


def test_one_text_of_two_measures_is_stored_once(desk: Desk) -> None:
    other = VersionText(**ABOUT | {"identifier": "HB 9002"}, note="n", url="", text="The words")
    desk.keep(bill(), bill("HB 9002"), text("The words"), other)
    assert desk.one("SELECT count(*) FROM texts") == 1
    assert desk.one("SELECT count(*) FROM version_texts") == 2


def test_things_of_a_measure_that_is_not_kept_are_left_out(desk: Desk) -> None:
    hearing = Hearing(**ABOUT, on=day("2026-02-20"))
    outcome = desk.keep(text("words"), hearing, Absence(**ABOUT, url="", status=404))
    assert (outcome.status, outcome.changes) == ("ingested", 0)
    for table in ("texts", "hearings", "absences", "measures"):
        assert desk.rows(f"SELECT * FROM {table}") == []


# -- hearings ------------------------------------------------------------------------------------


def hearing(**facts: Any) -> Hearing:
    given: dict[str, Any] = {
        "on": day("2026-02-20"),
        "starts_at": dt.datetime.fromisoformat("2026-02-20T15:00:00+00:00"),
        "committee": "Courts",
        "place": "Room 1",
    }
    return Hearing(**ABOUT, **given | facts)


def test_a_hearing_is_added_moved_cancelled_and_held_again(desk: Desk) -> None:
    desk.keep(bill(), hearing())
    when = "2026-02-20T15:00:00+00:00"
    assert desk.log()[-1] == ("hearing_added", "", f"{when} · Courts · Room 1", "2026-02-20")
    assert desk.keep(hearing(), at=later(1)).changes == 0
    desk.keep(hearing(place="Room 2"), at=later(2))
    assert desk.log() == [
        ("hearing_changed", f"{when} · Courts · Room 1", f"{when} · Courts · Room 2", "2026-02-20")
    ]
    desk.keep(hearing(place="Room 2", status="cancelled"), at=later(3))
    assert [kind for kind, *_ in desk.log()] == ["hearing_cancelled"]
    assert desk.keep(hearing(place="Room 2", status="cancelled"), at=later(4)).changes == 0
    desk.keep(hearing(place="Room 2"), at=later(5))
    assert [kind for kind, *_ in desk.log()] == ["hearing_changed"]
    assert desk.rows("SELECT status, place, sequence, starts_at FROM hearings") == [
        ("scheduled", "Room 2", 3, when)
    ]


def test_a_new_address_of_a_hearing_is_no_news(desk: Desk) -> None:
    desk.keep(bill(), hearing(url="https://h/?session=1"))
    assert desk.keep(hearing(url="https://h/?session=2"), at=later(1)).changes == 0
    assert desk.rows("SELECT url, sequence FROM hearings") == [("https://h/?session=2", 0)]


def test_another_day_or_committee_is_another_hearing(desk: Desk) -> None:
    desk.keep(bill(), hearing(), hearing(committee="Rules"), hearing(on=day("2026-02-21")))
    assert desk.one("SELECT count(*) FROM hearings") == 3
    assert [kind for kind, *_ in desk.log()][1:] == ["hearing_added"] * 3


def test_a_calendar_without_a_hearing_is_no_news(desk: Desk) -> None:
    desk.keep(bill(), hearing())
    assert desk.keep(bill(), at=later(1)).changes == 0
    assert desk.one("SELECT status FROM hearings") == "scheduled"


# -- absences ------------------------------------------------------------------------------------

GONE = Absence(**ABOUT, url="https://va.example/bill", status=404)


def test_absence_is_news_on_the_third_day_of_good_runs(desk: Desk) -> None:
    desk.keep(bill())
    for number in (1, 2):
        assert desk.keep(GONE, at=later(number)).changes == 0
        assert desk.one("SELECT withdrawn_on FROM measures") is None
    desk.keep(GONE, at=later(3))
    assert desk.log() == [
        ("withdrawn_from_site", "https://va.example/bill", "HTTP 404", "2026-02-05")
    ]
    assert desk.rows("SELECT withdrawn_on, stage FROM measures") == [("2026-02-05", "unknown")]
    assert desk.keep(GONE, at=later(4)).changes == 0


def test_days_of_bad_runs_and_two_runs_of_a_day_do_not_count(desk: Desk) -> None:
    desk.keep(bill())
    for hour in (13, 14, 15, 16):
        desk.keep(GONE, at=f"2026-02-03T{hour}:00:00Z")
    for number in (2, 3, 4):
        desk.keep(GONE, at=later(number), verdict="suspect", reason="half of the list")
    assert desk.one("SELECT count(*) FROM absences") == 1
    assert desk.one("SELECT withdrawn_on FROM measures") is None


def test_a_measure_that_is_read_between_is_not_absent(desk: Desk) -> None:
    desk.keep(bill())
    for number, item in enumerate([GONE, GONE, bill(), GONE, GONE], start=1):
        assert desk.keep(item, at=later(number)).changes == 0
    assert desk.one("SELECT withdrawn_on FROM measures") is None


def test_a_return_is_told(desk: Desk) -> None:
    desk.keep(bill())
    for number in (1, 2, 3):
        desk.keep(GONE, at=later(number))
    desk.keep(bill(), at=later(9))
    assert desk.log() == [("back_on_site", "2026-02-05", "https://va.example/bill", "2026-02-11")]
    assert desk.one("SELECT withdrawn_on FROM measures") is None
    assert desk.rows("SELECT * FROM absences") == []


# -- two sources ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        bill(title="Theirs", actions=acts(FILED, VETOED)),
        hearing(place="Theirs"),
        text("Theirs"),
        Absence(**ABOUT, url="", status=404),
    ],
    ids=lambda item: type(item).__name__,
)
def test_an_aggregator_never_overwrites_what_an_official_source_says(
    desk: Desk, item: AnyItem
) -> None:
    desk.keep(bill(title="Ours", actions=acts(FILED)), hearing(), text("Ours"))
    of_the_run = {"runs", "sources", "captures", "second_opinions", "postures"}
    before = {k: v for k, v in dump(desk.db.conn).items() if k not in of_the_run}
    for number in (1, 2, 3):
        outcome = desk.keep(item, at=later(number), facts=aggregator())
        assert (outcome.status, outcome.changes) == ("ingested", 0)
    after = {k: v for k, v in dump(desk.db.conn).items() if k not in of_the_run}
    assert after == before


def test_nor_what_its_lists_say(desk: Desk) -> None:
    desk.keep(listing("Ours"))
    before = dump(desk.db.conn)["measures"]
    desk.keep(listing("Theirs"), at=later(1), facts=aggregator())
    assert dump(desk.db.conn)["measures"] == before


def test_an_official_source_overwrites_an_aggregator_and_then_owns_the_measure(desk: Desk) -> None:
    desk.keep(bill(title="Theirs"), facts=aggregator())
    assert desk.keep(bill(title="Theirs, moved"), at=later(1), facts=aggregator()).changes == 1
    desk.keep(bill(title="Ours"), at=later(2))
    assert desk.log()[0] == ("title_changed", "Theirs, moved", "Ours", None)
    assert desk.rows("SELECT source, title FROM measures") == [("va", "Ours")]
    desk.keep(bill(title="Theirs"), at=later(3), facts=aggregator())
    assert desk.one("SELECT title FROM measures") == "Ours"


def test_an_official_source_that_confirms_an_aggregator_owns_the_measure(desk: Desk) -> None:
    desk.keep(bill(title="Same"), facts=aggregator())
    assert desk.keep(bill(title="Same "), at=later(1)).changes == 0
    desk.keep(bill(title="Theirs"), at=later(2), facts=aggregator())
    assert desk.rows("SELECT source, title FROM measures") == [("va", "Same")]


def test_an_official_list_takes_over_an_aggregators(desk: Desk) -> None:
    desk.keep(listing("Theirs"), facts=aggregator())
    desk.keep(listing("Ours"), at=later(1))
    desk.keep(listing("Theirs again"), at=later(2), facts=aggregator())
    assert desk.rows("SELECT source, title FROM measures") == [("va", "Ours")]


def test_of_two_aggregators_the_first_keeps_a_measure(desk: Desk) -> None:
    desk.keep(bill(title="One"), facts=aggregator())
    desk.keep(bill(title="Two"), at=later(1), facts=aggregator("legiscan"))
    assert desk.rows("SELECT source, title FROM measures") == [("open-states", "One")]
    assert desk.rows("SELECT source, title FROM second_opinions") == [("legiscan", "Two")]


# -- what is derived -----------------------------------------------------------------------------


def test_a_stage_moves_with_the_day_and_the_page_of_the_action(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED)))
    desk.keep(bill(actions=acts(FILED, SENT)), at=later(26))
    desk.keep(bill(actions=acts(FILED, SENT, VETOED)), at=later(33))
    assert desk.rows(
        "SELECT run, old, new, happened_on, capture FROM changes WHERE kind = 'stage_changed'"
    ) == [
        (2, "introduced", "to_governor", "2026-02-27", 2),
        (3, "to_governor", "vetoed", "2026-03-06", 3),
    ]
    assert desk.rows("SELECT stage, stage_on, stage_text, governor_action FROM measures") == [
        ("vetoed", "2026-03-06", "Vetoed by Governor", "vetoed")
    ]


def test_a_stance_moves_with_the_words_and_names_their_page(desk: Desk) -> None:
    desk.keep(bill(title=BANS))
    desk.keep(bill(title=MANDATES), at=later(1))
    assert desk.rows("SELECT kind, old, new, capture FROM changes WHERE run = 2 ORDER BY id") == [
        ("title_changed", BANS, MANDATES, 2),
        ("stance_changed", "bans_agreements", "mandates_cooperation", 2),
    ]


def test_what_is_off_topic_is_kept_without_stage_or_stance(desk: Desk) -> None:
    desk.keep(bill(title=OFF_TOPIC, actions=acts(FILED)))
    assert desk.rows("SELECT scope, stage FROM measures") == [("none", "unknown")]
    assert desk.rows("SELECT * FROM classifications") == []


def test_a_measure_that_comes_on_topic_is_told_with_its_page(desk: Desk) -> None:
    desk.keep(bill(title=OFF_TOPIC, actions=acts(FILED)))
    desk.keep(bill(title=BANS, actions=acts(FILED)), at=later(1))
    assert desk.rows("SELECT kind, old, new, capture FROM changes WHERE run = 2 ORDER BY id") == [
        ("title_changed", OFF_TOPIC, BANS, 2),
        ("stage_changed", "unknown", "introduced", 2),
        ("scope_changed", "none", "core", 2),
    ]


def test_the_log_counts_what_it_wrote(desk: Desk) -> None:
    log = ChangeLog(desk.db.conn, 1, "2026-02-02T12:00:00Z", {})
    assert log.written == 0
    assert desk.keep(bill(), bill("HB 9002")).changes == 2


# -- what can't be true --------------------------------------------------------------------------


def _many(count: int, *histories: int, title: str = OFF_TOPIC) -> list[Measure]:
    steps = [(f"2026-01-{number:02}", f"Step {number}") for number in range(1, 11)]
    return [
        bill(f"HB {9100 + number}", title=title, actions=acts(*steps[: histories[number]]))
        for number in range(count)
    ]


def test_many_histories_lost_at_once_are_not_believed(desk: Desk) -> None:
    desk.keep(*_many(10, *[10] * 10))
    before = dump(desk.db.conn)
    outcome = desk.keep(*_many(10, *[2] * 6, *[10] * 4), at=later(1))
    assert (outcome.status, outcome.verdict) == ("refused", "suspect")
    assert outcome.reason == (
        "6 of 6 changed measures would lose most of their actions"
        " (us-va/2026/HB 9100, us-va/2026/HB 9101, us-va/2026/HB 9102, …)"
    )
    after = dump(desk.db.conn)
    assert len(after.pop("runs")) == len(before.pop("runs")) + 1
    assert after == before


def test_a_few_lost_histories_are_told_as_they_are(desk: Desk) -> None:
    desk.keep(*_many(10, *[10] * 10))
    outcome = desk.keep(*_many(10, *[2] * 5, *[10] * 5), at=later(1))
    assert (outcome.status, outcome.changes) == ("ingested", 40)


def test_losses_among_very_many_changes_are_told_as_they_are(desk: Desk) -> None:
    desk.keep(*_many(40, *[9] * 40))
    outcome = desk.keep(*_many(40, *[2] * 6, *[10] * 34), at=later(1))
    assert outcome.status == "ingested"


def test_validators_are_kept_with_the_run(desk: Desk) -> None:
    from tests.core.pages import run_of_pages

    folder = run_of_pages(desk.runs, later(0), bill(), {"": PAGE}, etag='"1"')
    desk.ingest(folder)
    assert desk.rows("SELECT * FROM validators") == [("va", "https://va.example/page", '"1"', "")]


def test_a_source_may_change_its_name_and_home(desk: Desk) -> None:
    desk.keep(bill())
    import msgspec

    moved = msgspec.structs.replace(source(), name="Another", home="https://new.example/")
    desk.keep(bill(), at=later(1), facts=moved)
    assert desk.rows("SELECT code, name, home FROM sources") == [
        ("va", "Another", "https://new.example/")
    ]
    assert desk.one("SELECT key FROM measures") == KEY
