"""The digest: what it tells, where, and what it never says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.digest_story import (
    BANS,
    FILED,
    FLORIDA,
    LIMITS,
    MANDATES,
    PASSED_SENATE,
    SENT,
    VIRGINIA,
    WA_FILED,
    WASHINGTON,
    Story,
    bill,
    first_week,
    on,
    order,
    second_week,
)
from tracker.digest import Digest, DigestError, Filters, compose
from tracker.digest.lines import told
from tracker.digest.steps import step
from tracker.digest.window import Fact, Window
from tracker.digest.wording import clock, wording
from tracker.model import Action, Hearing, Measure, VersionText
from tracker.readers.changes import ChangeRow
from tracker.words import CHANGE_KINDS


@pytest.fixture(scope="module")
def told_story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, int]:
    """Never written to by a test."""
    story = Story(tmp_path_factory.mktemp("story"))
    cursor = first_week(story)
    second_week(story)
    return story, cursor


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def shape(digest: Digest) -> dict[str, list[str]]:
    return {
        section.name: [entry.about.key for entry in section.entries] for section in digest.sections
    }


def lines(digest: Digest, key: str) -> list[tuple[str, str, str | None]]:
    entries = [entry for section in digest.sections for entry in section.entries]
    return [
        (line.text, line.quote, line.happened_on)
        for entry in (*entries, *digest.related)
        if entry.about.key == key
        for sighting in entry.sightings
        for line in sighting.lines
    ]


def test_everything_is_in_its_place(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, after_id=cursor)
    assert shape(digest) == {
        "decisive": [
            "us-fl/2026/EO 26-901",
            "us-fl/2026/EO 26-902",
            "us-va/2026/HB 9002",
            "us-va/2026/SB 9001",
        ],
        "passed": ["us-wa/2026/HB 9004"],
        "movement": ["us-wa/2026/HB 9003"],
        "new": ["us-va/2026/HB 9020"],
        "backlog": ["us-va/2026/HB 9021"],
        "record": ["us-va/2026/HB 9010"],
    }
    assert [entry.about.key for entry in digest.related] == ["us-va/2026/HB 9030"]
    assert digest.subject == (
        "Florida: EO 26-901 rescinded, EO 26-902 issued;"
        " Virginia: HB 9002 vetoed, SB 9001 signed; 18 changes in 4 states"
    )
    assert digest.summary == (
        "4 decided · 1 passed · 1 hearing ahead · 1 moved · 1 new"
        " · 1 with changes of text or record · 287(g) agreements: 2 new, 1 ended"
    )
    assert digest.as_of == on("2026-03-08")
    assert digest.written_at == dt.datetime(2026, 3, 8, 13, tzinfo=dt.UTC)
    assert digest.next_cursor == story.last()


def test_changes_of_one_measure_are_one_entry(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, after_id=cursor)
    assert lines(digest, "us-va/2026/SB 9001") == [
        (
            "Signed by the governor",
            "Approved by Governor-Chapter 12 (effective 7/1/26)",
            "2026-03-05",
        ),
        ("Effective day: Jul 1, 2026", "", None),
    ]
    assert lines(digest, "us-wa/2026/HB 9003") == [
        ("Passed committee", "LAW - Majority; do pass.", "2026-03-03"),
        ("2 sponsors added: Fictional One, Fictional Two", "", None),
    ]
    assert lines(digest, "us-va/2026/HB 9010") == [
        ("New version of the text: Substitute H1", "", "2026-03-04"),
        (
            "Action corrected by the source: dated Jan 14, 2026 before, now Jan 15, 2026",
            FILED[1],
            "2026-01-15",
        ),
    ]
    assert lines(digest, "us-fl/2026/EO 26-901") == [
        (f"Rescinded by EO 26-902: {LIMITS}", "", "2026-03-04")
    ]


def test_every_line_names_its_page(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, after_id=cursor)
    pages = {
        entry.about.key: [(one.seen_at, one.url, one.sha256[:4]) for one in entry.sightings]
        for section in digest.sections
        for entry in section.entries
    }
    assert pages["us-va/2026/SB 9001"] == [
        ("2026-03-08T12:00:00Z", "https://va.example/page", "aaaa")
    ]
    # An order ended by another one rests on the page of that one.
    assert pages["us-fl/2026/EO 26-901"] == [
        ("2026-03-08T12:30:00Z", "https://fl-orders.example/page", "aaaa")
    ]


def test_ahead(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, after_id=cursor)
    assert [(a.kind, a.when, a.what, a.news, a.about.key) for a in digest.ahead] == [
        (
            "hearing",
            "Thu, Mar 12, 2026, 2:30 PM Pacific",
            "Hearing: Law & Justice, Hearing Room 2",
            "new",
            "us-wa/2026/HB 9003",
        ),
        ("effective", "Wed, Jul 1, 2026", "Takes effect", "", "us-va/2026/SB 9001"),
    ]
    later = compose(story.db, after_id=cursor, as_of=on("2026-03-13"))
    assert [one.kind for one in later.ahead] == ["effective"]
    # The hearing is past, so it is told as something that was scheduled.
    assert (
        "Hearing scheduled: Thu, Mar 12, 2026, 9:30 PM UTC, Law & Justice, Hearing Room 2",
        "",
        "2026-03-12",
    ) in lines(later, "us-wa/2026/HB 9003")


def test_agreements_and_agencies_are_apart(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    news = compose(story.db, after_id=cursor).agreements
    assert news is not None
    assert [(x.list, x.as_of, x.agreements, x.agencies) for x in news.lists] == [
        ("participating", "2026-03-06", 44, 43),
        ("pending", "2026-03-06", 1, 1),
    ]
    found = [
        (state.place, state.agreements, state.agencies, line.what, line.agency, line.text)
        for state in news.states
        for line in state.lines
    ]
    assert found == [
        ("Florida", 2, 1, "New", "Fictional County Sheriff's Office", "signed Mar 3, 2026"),
        (
            "Florida",
            2,
            1,
            "Ended",
            "Fictional Springs Police Department",
            "not on the list of Mar 6, 2026",
        ),
        ("Texas", 2, 2, "New", "Fictional Bend Constable", "signed Mar 2, 2026; was pending"),
        ("Texas", 2, 2, "Pending", "Fictional Hill Sheriff", "asked for, not signed"),
        (
            "Texas",
            2,
            2,
            "Agency respelled",
            "Fictional Creek Police Department",
            "“Fictional Creek Police Dept” before",
        ),
    ]


def test_the_first_digest_calls_nothing_old_new(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, until_id=cursor)
    assert set(shape(digest)) == {"backlog"}
    assert digest.empty
    assert digest.as_of == on("2026-03-01")
    assert digest.subject == "5 measures and 44 agreements new to our records"
    assert digest.agreements is not None
    assert [state.lines for state in digest.agreements.states] == [(), (), ()]
    # Signed later, and shown as it stood at the end of this window.
    assert lines(digest, "us-va/2026/SB 9001") == [
        ("On the governor’s desk", "", None),
        ("New to our records; its first entry is of Jan 14, 2026", "", None),
    ]


def test_each_change_is_told_once_however_the_log_is_cut(told_story: tuple[Story, int]) -> None:
    story, _ = told_story
    seen: list[int] = []
    cursor = 0
    while cursor < story.last():
        digest = compose(story.db, after_id=cursor, until_id=cursor + 7)
        entries = [entry for section in digest.sections for entry in section.entries]
        seen += {
            line.change
            for entry in (*entries, *digest.related)
            for sighting in entry.sightings
            for line in sighting.lines
        }
        assert digest.next_cursor == min(cursor + 7, story.last())
        cursor = digest.next_cursor
    assert len(seen) == len(set(seen))
    wanted = {
        row[0]
        for row in story.db.conn.execute(
            "SELECT c.id FROM changes AS c JOIN measures AS m ON m.id = c.measure"
            " WHERE m.scope <> 'none' AND c.kind NOT IN ('hearing_added', 'sponsor_added',"
            " 'action_added')"
        )
    }
    assert wanted <= set(seen)


def test_nothing_after_the_cursor_is_an_empty_digest(told_story: tuple[Story, int]) -> None:
    story, _ = told_story
    digest = compose(story.db, after_id=story.last())
    assert digest.empty
    assert digest.next_cursor == story.last()
    assert digest.sections == ()


@pytest.mark.parametrize("after", [-1, 10_000])
def test_a_cursor_of_another_log_is_refused(told_story: tuple[Story, int], after: int) -> None:
    with pytest.raises(DigestError, match="Was the store rebuilt"):
        compose(told_story[0].db, after_id=after)


def test_an_empty_store_needs_a_day(story: Story) -> None:
    with pytest.raises(DigestError, match="holds no run yet"):
        compose(story.db)
    digest = compose(story.db, as_of=on("2026-01-01"))
    assert digest.subject == "No change in the sources that were read"
    assert digest.written_at == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


# -- what was read -----------------------------------------------------------------------------


def test_silence_is_told_only_of_what_was_read(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    digest = compose(story.db, after_id=cursor)
    assert [(one.code, one.last_success, one.state, one.reason) for one in digest.unread] == [
        ("mi", "2026-03-01T12:20:00+00:00", "blocked", "a challenge page")
    ]
    assert digest.quiet == ()
    first = compose(story.db, until_id=cursor)
    assert first.quiet == ("Michigan",)
    assert first.unread == ()


def test_a_source_without_a_run_since_the_last_digest_is_not_read(story: Story) -> None:
    cursor = first_week(story)
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [bill("us-va", "HB 9010", LIMITS, FILED)])
    digest = compose(story.db, after_id=cursor)
    assert [(one.code, one.reason) for one in digest.unread] == [
        (code, "no run since the last digest") for code in ("ice-287g", "fl-orders", "mi", "wa")
    ]
    assert digest.quiet == ("Virginia",)
    assert digest.subject == "No change in the sources that were read; 4 sources not read"
    earlier = dt.datetime(2026, 2, 28, tzinfo=dt.UTC)
    assert compose(story.db, after_id=cursor, read_since=earlier).unread == ()


def test_a_jurisdiction_that_no_source_covers_is_named(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story
    filters = Filters(jurisdictions=("us-oh", "us-wa"))
    digest = compose(story.db, after_id=cursor, filters=filters)
    assert [(one.name, one.reason) for one in digest.unread] == [
        ("Ohio", "no source is read for it")
    ]
    assert set(shape(digest)) == {"passed", "movement"}
    assert digest.agreements is None


# -- filters -----------------------------------------------------------------------------------


def test_filters(told_story: tuple[Story, int]) -> None:
    story, cursor = told_story

    def keys(filters: Filters) -> set[str]:
        digest = compose(story.db, after_id=cursor, filters=filters)
        return {key for found in shape(digest).values() for key in found}

    assert keys(Filters(jurisdictions=("us-fl",))) == {
        "us-fl/2026/EO 26-901",
        "us-fl/2026/EO 26-902",
    }
    assert keys(Filters(stances=("bans_agreements",))) == {
        "us-va/2026/HB 9002",
        "us-va/2026/HB 9020",
    }
    without = compose(story.db, after_id=cursor, filters=Filters(agreements=False))
    assert without.agreements is None
    core = compose(story.db, after_id=cursor, filters=Filters(scopes=("core",)))
    assert core.related == ()


def test_off_topic_is_never_shown(told_story: tuple[Story, int]) -> None:
    story, _ = told_story
    digest = compose(story.db)
    assert "us-va/2026/HB 9099" not in {key for found in shape(digest).values() for key in found}


# -- what is new, what is late -----------------------------------------------------------------


def test_old_events_posted_late_are_told_but_lead_no_subject(story: Story) -> None:
    story.run(VIRGINIA, "2026-06-01T12:00:00Z", [bill("us-va", "HB 1", BANS, FILED)])
    cursor = story.last()
    approved = ("2026-02-02", "Approved by Governor-Chapter 12 (effective 7/1/26)")
    story.run(VIRGINIA, "2026-06-08T12:00:00Z", [bill("us-va", "HB 1", BANS, FILED, approved)])
    digest = compose(story.db, after_id=cursor)
    assert shape(digest) == {"decisive": ["us-va/2026/HB 1"]}
    assert digest.subject == "3 changes in Virginia"  # the state's posture moved as well
    assert [entry.late for entry in digest.sections[0].entries] == [True]
    assert lines(digest, "us-va/2026/HB 1") == [
        ("Signed by the governor", approved[1], "2026-02-02")
    ]


def test_a_measure_first_seen_when_decided_of_late_is_decided(story: Story) -> None:
    approved = ("2026-03-05", "Approved by Governor-Chapter 12 (effective 7/1/26)")
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [
        bill("us-va", "HB 1", BANS, FILED, SENT, approved),
        bill("us-va", "HB 2", BANS, ("2025-01-14", FILED[1]), ("2025-03-05", approved[1])),
        bill("us-va", "HB 3", BANS, ("2026-03-02", FILED[1]), ("2026-03-06", PASSED_SENATE[1])),
    ])  # fmt: skip
    digest = compose(story.db)
    assert shape(digest) == {
        "decisive": ["us-va/2026/HB 1"],
        "passed": ["us-va/2026/HB 3"],
        "backlog": ["us-va/2026/HB 2"],
    }
    assert lines(digest, "us-va/2026/HB 1") == [
        ("Signed by the governor", approved[1], "2026-03-05"),
        ("New to our records; its first entry is of Jan 14, 2026", "", None),
    ]


def test_a_measure_without_a_first_day_is_never_called_introduced(story: Story) -> None:
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [bill("us-va", "HB 1", BANS)])
    digest = compose(story.db)
    assert lines(digest, "us-va/2026/HB 1") == [
        ("New to our records; its first day is not stated", "", None)
    ]
    assert shape(digest) == {"backlog": ["us-va/2026/HB 1"]}


def test_a_measure_found_on_topic_by_its_text_is_an_arrival(story: Story) -> None:
    measure = bill("us-va", "HB 1", "Relating to Law Enforcement", ("2026-02-27", FILED[1]))
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", [measure])
    cursor = story.last()
    assert compose(story.db).sections == ()
    text = VersionText(
        jurisdiction="us-va",
        session="2026",
        identifier="HB 1",
        note="Introduced",
        url="https://leg.example/us-va/hb1.txt",
        text="Fictional. No sheriff shall enter into an agreement under section 287(g) with U.S."
        " Immigration and Customs Enforcement.",
    )
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [measure, text])
    digest = compose(story.db, after_id=cursor)
    assert shape(digest) == {"new": ["us-va/2026/HB 1"]}
    assert lines(digest, "us-va/2026/HB 1")[0] == ("Introduced", "", "2026-02-27")


def test_of_a_long_history_the_newest_comes_first(story: Story) -> None:
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", [bill("us-va", "HB 1", BANS, FILED)])
    cursor = story.last()
    acts = [(f"2026-03-0{n}", f"Fictional step {n}") for n in range(2, 7)]
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [bill("us-va", "HB 1", BANS, FILED, *acts)])
    told_acts = [
        quote for _, quote, _ in lines(compose(story.db, after_id=cursor), "us-va/2026/HB 1")
    ]
    assert told_acts[-5:] == [f"Fictional step {n}" for n in range(6, 1, -1)]


def test_an_old_order_says_its_day_once(story: Story) -> None:
    story.run(FLORIDA, "2026-03-01T12:30:00Z", [order("EO 26-901", MANDATES, "2025-06-01")])
    assert lines(compose(story.db), "us-fl/2026/EO 26-901") == [
        ("Issued", "", "2025-06-01"),
        ("New to our records", "", None),
    ]


def test_cancelled_hearings_are_told_once(story: Story) -> None:
    measure = bill("us-wa", "HB 1", MANDATES, WA_FILED)

    def hearing(status: Any) -> Hearing:
        return Hearing(
            jurisdiction="us-wa",
            session="2026",
            identifier="HB 1",
            on=on("2026-03-20"),
            committee="Law & Justice",
            status=status,
        )

    story.run(WASHINGTON, "2026-03-01T12:00:00Z", [measure, hearing("scheduled")])
    cursor = story.last()
    story.run(WASHINGTON, "2026-03-08T12:00:00Z", [measure, hearing("cancelled")])
    digest = compose(story.db, after_id=cursor)
    assert [(one.when, one.news) for one in digest.ahead] == [("Fri, Mar 20, 2026", "cancelled")]
    assert digest.changes == 1
    assert compose(story.db, after_id=story.last()).ahead == ()


def test_orders_expire(story: Story) -> None:
    one = order("EO 26-903", MANDATES, "2026-02-01", expires_on=on("2026-03-04"))
    story.run(FLORIDA, "2026-03-01T12:30:00Z", [one])
    cursor = story.last()
    story.run(FLORIDA, "2026-03-08T12:30:00Z", [one])
    assert compose(story.db, after_id=cursor).subject == (
        "Florida: EO 26-903 expired; 1 change in Florida"
    )


# -- steps and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "governor", "kind", "expected"),
    [
        ("to_governor", "enacted", "signed", "bill", ("decisive", "Signed by the governor", "signed")),
        ("vetoed", "enacted", "overridden", "bill", ("decisive", "Veto overridden", "enacted over veto")),
        ("to_governor", "enacted", "unknown", "bill", ("decisive", "Enacted", "enacted")),
        ("to_governor", "vetoed", "pocket_vetoed", "bill", ("decisive", "Pocket veto", "pocket-vetoed")),
        ("", "in_force", "n/a", "executive_order", ("decisive", "Issued", "issued")),
        ("enjoined", "in_court", "signed", "bill", ("decisive", "In force again", "in force again")),
        ("enacted", "enjoined", "signed", "bill",
         ("decisive", "Blocked by a court", "blocked by a court")),
        ("introduced", "passed_chamber", "n/a", "bill",
         ("passed", "Passed one chamber", "passed one chamber")),
        ("in_committee", "dead", "n/a", "bill", ("movement", "Dead", "")),
        ("vetoed", "dead", "vetoed", "bill", ("movement", "Dead", "")),
        ("to_governor", "passed_chamber", "n/a", "bill",
         ("movement", "Moved back: On the governor’s desk before, now passed one chamber", "")),
        ("enacted", "in_committee", "n/a", "bill",
         ("record", "Correction: Enacted before, now in committee", "")),
        ("enacted", "unknown", "n/a", "bill",
         ("record", "Stage no longer clear from the record; Enacted before", "")),
    ],
)  # fmt: skip
def test_steps(old: str, new: str, governor: str, kind: str, expected: tuple[str, ...]) -> None:
    assert tuple(step(old, new, governor, kind)) == expected


_VALUES = {
    "stance_changed": ("unknown", "bans_agreements"),
    "scope_changed": ("core", "none"),
    "relation_added": ("", "companion HB 2"),
    "relation_removed": ("companion HB 2", ""),
    "document_added": ("", "fiscal_note Impact"),
    "document_removed": ("fiscal_note Impact", ""),
    "hearing_added": ("", "2026-03-12"),
    "hearing_changed": ("2026-03-12", "2026-03-12T09:00:00-05:00 · Courts"),
    "hearing_cancelled": ("2026-03-12", "2026-03-12 · Courts"),
    "issued_on_changed": ("", "2026-03-12"),
    "effective_on_changed": ("2026-03-12", "2026-03-13"),
    "expires_on_changed": ("", "2026-03-12"),
    "comments_close_on_changed": ("", "2026-03-12"),
    "posture_changed": ("limited", "ban"),
    "stage_changed": ("introduced", "enacted"),
}


def _row(kind: str) -> ChangeRow:
    old, new = _VALUES.get(kind, ("was", "now"))
    blank = dict.fromkeys(ChangeRow._fields, "")
    facts: dict[str, Any] = {
        "id": 1,
        "measure": "us-va/2026/HB 1",
        "measure_kind": "bill",
        "happened_on": "2026-03-12",
        "was_on": "2026-03-11",
        "field": kind.removesuffix("_changed"),
        "kind": kind,
        "old": old,
        "new": new,
    }
    return ChangeRow(**{**blank, **facts})


@pytest.mark.parametrize("kind", [k for k in CHANGE_KINDS if not k.startswith("agreement_")])
def test_every_kind_of_change_has_words(kind: str) -> None:
    fact = Fact("signed", "enacted", "2026-03-12", "Approved", "2026-03-01")
    for one in told(_row(kind), fact, Window(0, 9, "2026-03-08T12:00:00Z")):
        assert one.line.text or one.line.quote


def test_words_of_corrections() -> None:
    row = _row("action_changed")
    assert wording(row) == (
        "Action corrected by the source: “was” (Mar 11, 2026) now reads (Mar 12, 2026)",
        "now",
    )
    assert wording(_row("action_removed")) == ("Action withdrawn by the source", "was")
    assert wording(_row("scope_changed")) == (
        "No longer followed: read again, it is not on topic",
        "",
    )
    with pytest.raises(KeyError):
        wording(row._replace(kind="made_up"))


def test_clock() -> None:
    at = dt.datetime(2026, 3, 12, 21, 5, tzinfo=dt.UTC)
    assert clock(at, "America/Los_Angeles") == "Thu, Mar 12, 2026, 2:05 PM Pacific"
    assert clock(at, "America/Phoenix") == "Thu, Mar 12, 2026, 2:05 PM Arizona time"
    assert clock(at, "Mars/Olympus") == "Thu, Mar 12, 2026, 9:05 PM UTC"
    east = at.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    assert clock(east, "") == "Thu, Mar 12, 2026, 4:05 PM UTC-05:00"


# -- the subject -------------------------------------------------------------------------------


def test_the_subject_is_bounded_and_counts_what_it_leaves_out(story: Story) -> None:
    names = [f"HB {n}" for n in range(1, 31)]
    story.run(
        VIRGINIA, "2026-03-01T12:00:00Z", [bill("us-va", n, BANS, FILED, SENT) for n in names]
    )
    cursor = story.last()
    signed = ("2026-03-05", "Approved by Governor-Chapter 12 (effective 7/1/26)")
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [
        bill("us-va", n, BANS, FILED, SENT, signed) for n in names
    ])  # fmt: skip
    digest = compose(story.db, after_id=cursor)
    assert digest.subject.startswith("Virginia: HB 1 signed, HB 2 signed, ")
    assert digest.subject.endswith(" changes in Virginia")
    assert len(digest.subject) <= 120
    named = digest.subject.count(" signed")
    assert f" and {30 - named} more decided; " in digest.subject


def test_a_hostile_identifier_stays_one_short_line(story: Story) -> None:
    name = "HB 1\r\nBcc: all@example.org " + "x" * 200
    before = Measure(
        jurisdiction="us-va",
        session="2026",
        identifier=name,
        title=BANS,
        actions=[Action(on=on("2026-03-06"), text="Vetoed by Governor")],
    )
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [before])
    subject = compose(story.db).subject
    assert subject == "Virginia: HB 1 Bcc: all@example.org xx… vetoed; 1 change in Virginia"
    assert len(subject) <= 120
