"""287(g) lists into the store: agreements and agencies, and lists that can't be true."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.core.desk import Desk, dump
from tests.digest_story import ICE, JAIL, TASK_FORCE, WARRANT, agreement, list_of
from tests.factory import PAGE
from tracker.model import AgreementList, AnyItem

FIRST, SECOND, THIRD = "2026-02-27", "2026-03-06", "2026-03-13"


def town(as_of: str, number: int, **facts: Any) -> AnyItem:
    return agreement(
        as_of, "ga", f"Fictional Town {number} Police", "2025-01-15", TASK_FORCE, **facts
    )


def keep(desk: Desk, *items: AnyItem, at: str) -> Any:
    return desk.keep(*items, at=f"{at}T13:00:00Z", facts=ICE)


def participating(as_of: str, *rows: Any, steady: int = 20) -> list[AnyItem]:
    return list_of("participating", as_of, *[town(as_of, n) for n in range(steady)], *rows)


def log(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows(
        "SELECT kind, field, old, new, happened_on FROM changes"
        " WHERE run = (SELECT max(id) FROM runs) ORDER BY id"
    )


def test_new_and_ended(desk: Desk) -> None:
    gone = agreement(FIRST, "fl", "Fictional County Sheriff", "2025-02-20", JAIL)
    outcome = keep(desk, *participating(FIRST, gone), at=FIRST)
    assert (outcome.status, outcome.changes) == ("ingested", 21)
    come = agreement(SECOND, "tx", "Fictional Hill Sheriff", "2026-03-03", WARRANT)
    keep(desk, *participating(SECOND, come), at=SECOND)
    assert log(desk) == [
        ("agreement_ended", "", "Fictional County Sheriff", "", SECOND),
        ("agreement_new", "", "", "Fictional Hill Sheriff", "2026-03-03"),
    ]
    assert desk.rows(
        "SELECT state, first_seen, last_seen, ended_on FROM agreements WHERE state <> 'ga' ORDER BY 1"
    ) == [("fl", FIRST, FIRST, SECOND), ("tx", SECOND, SECOND, None)]
    assert desk.one("SELECT count(*) FROM changes WHERE capture IS NULL") == 0


def test_the_same_list_again_tells_nothing(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    assert keep(desk, *participating(SECOND), at=SECOND).changes == 0
    assert desk.rows("SELECT DISTINCT first_seen, last_seen FROM agreements") == [(FIRST, SECOND)]


def test_one_that_comes_back_is_the_same_agreement(desk: Desk) -> None:
    def one(as_of: str) -> AnyItem:
        return agreement(as_of, "fl", "Fictional County Sheriff", "2025-02-20", JAIL)

    keep(desk, *participating(FIRST, one(FIRST)), at=FIRST)
    keep(desk, *participating(SECOND), at=SECOND)
    keep(desk, *participating(THIRD, one(THIRD)), at=THIRD)
    assert log(desk) == [("agreement_new", "", "", "Fictional County Sheriff", THIRD)]
    assert desk.rows(
        "SELECT first_seen, last_seen, ended_on FROM agreements WHERE state = 'fl'"
    ) == [(FIRST, THIRD, None)]


def test_renamed_corrected_and_activated(desk: Desk) -> None:
    keep(
        desk,
        *participating(FIRST,
            agreement(FIRST, "tx", "Fictional Creek Police Dept", "2025-04-01", WARRANT),
            agreement(FIRST, "tx", "Fictional Ford Sheriff", "2025-05-01", WARRANT)),
        *list_of("pending", FIRST, agreement(FIRST, "tx", "Fictional Bend Constable", None, TASK_FORCE)),
        at=FIRST,
    )  # fmt: skip
    keep(
        desk,
        *participating(SECOND,
            agreement(SECOND, "tx", "Fictional Creek Police Department", "2025-04-01", WARRANT,
                moa_url="https://ice.example/moa.pdf"),
            agreement(SECOND, "tx", "Fictional Ford Sheriff", "2025-05-02", WARRANT),
            agreement(SECOND, "tx", "Fictional Bend Constable", "2026-03-02", TASK_FORCE)),
        *list_of("pending", SECOND),
        at=SECOND,
    )  # fmt: skip
    assert sorted(log(desk)) == [
        ("agreement_activated", "list", "pending", "participating", "2026-03-02"),
        ("agreement_corrected", "moa_url", "", "https://ice.example/moa.pdf", None),
        ("agreement_corrected", "signed_on", "2025-05-01", "2025-05-02", None),
        ("agreement_renamed", "agency", "Fictional Creek Police Dept",
         "Fictional Creek Police Department", None),
    ]  # fmt: skip
    assert desk.rows(
        "SELECT list, agency, signed_on, ended_on FROM agreements WHERE state = 'tx' ORDER BY id"
    ) == [
        ("participating", "Fictional Creek Police Department", "2025-04-01", None),
        ("participating", "Fictional Ford Sheriff", "2025-05-02", None),
        ("pending", "Fictional Bend Constable", None, SECOND),
        ("participating", "Fictional Bend Constable", "2026-03-02", None),
    ]


def test_what_a_later_list_leaves_out_stays(desk: Desk) -> None:
    given = {"county": "Fictional", "agency_type": "City", "moa_url": "https://ice.example/m.pdf"}
    keep(desk, *list_of("participating", FIRST, town(FIRST, 1, **given)), at=FIRST)
    assert keep(desk, *list_of("participating", SECOND, town(SECOND, 1)), at=SECOND).changes == 0
    assert desk.rows("SELECT county, agency_type, moa_url FROM agreements") == [
        ("Fictional", "City", "https://ice.example/m.pdf")
    ]


def test_a_list_with_other_rows_than_it_says_is_not_believed(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    before = dump(desk.db.conn)
    items = participating(SECOND)
    outcome = keep(desk, *items[:-1], at=SECOND)
    assert (outcome.status, outcome.verdict) == ("refused", "suspect")
    assert outcome.reason == "participating2026-03-06.xlsx: says 20 rows, has 19"
    after = dump(desk.db.conn)
    assert len(after.pop("runs")) == len(before.pop("runs")) + 1
    assert after == before


def test_swapped_lists_are_not_believed(desk: Desk) -> None:
    head = AgreementList(
        list="pending",
        as_of=town(FIRST, 1).as_of,
        file_name="p.xlsx",
        sha256=PAGE,
        rows=1,  # type: ignore[union-attr]
    )
    outcome = keep(desk, head, town(FIRST, 1), at=FIRST)
    assert outcome.verdict == "suspect"
    assert desk.rows("SELECT * FROM agreements") == []


def test_rows_of_no_list_are_not_believed(desk: Desk) -> None:
    outcome = keep(desk, town(FIRST, 1), at=FIRST)
    assert outcome.verdict == "suspect"
    assert outcome.reason == "1 rows of a participating list that the run does not name"


def test_more_than_a_fifth_gone_at_once_is_not_believed(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    before = dump(desk.db.conn)["agreements"]
    outcome = keep(desk, *participating(SECOND, steady=15), at=SECOND)
    assert (outcome.status, outcome.verdict) == ("refused", "suspect")
    assert outcome.reason == ("participating list: 5 of 20 agreements gone at once (25%)")
    assert dump(desk.db.conn)["agreements"] == before
    assert desk.rows("SELECT list, as_of FROM agreement_lists") == [("participating", FIRST)]


def test_the_list_of_an_earlier_day_linked_again_is_not_believed(desk: Desk) -> None:
    def day(as_of: str, steady: int, of: str) -> list[AnyItem]:
        head, *rows = participating(as_of, steady=steady)
        assert isinstance(head, AgreementList)
        return [msgspec.structs.replace(head, sha256=of * 64), *rows]

    keep(desk, *day(FIRST, 20, "a"), at=FIRST)
    keep(desk, *day(SECOND, 21, "b"), at=SECOND)
    outcome = keep(desk, *day(THIRD, 20, "a"), at=THIRD)
    assert (outcome.status, outcome.verdict) == ("refused", "suspect")
    assert outcome.reason == (
        "participating2026-03-13.xlsx: the list of 2026-02-27 again, after 2026-03-06"
    )
    assert desk.one("SELECT count(*) FROM agreements WHERE ended_on IS NULL") == 21
    assert keep(desk, *day("2026-03-14", 21, "b"), at="2026-03-14").status == "ingested"


def test_a_fifth_gone_is_believed(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    outcome = keep(desk, *participating(SECOND, steady=16), at=SECOND)
    assert (outcome.status, outcome.changes) == ("ingested", 4)


def test_gone_are_not_hidden_by_new_ones(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    new = [
        agreement(SECOND, "al", f"Made-up Place {n} Marshal", "2026-03-03", JAIL) for n in range(20)
    ]
    assert keep(desk, *participating(SECOND, *new, steady=10), at=SECOND).verdict == "suspect"


def test_a_pending_list_empties_by_itself(desk: Desk) -> None:
    rows = [agreement(FIRST, "ga", f"Fictional {n}", None, JAIL) for n in range(4)]
    keep(desk, *list_of("pending", FIRST, *rows), at=FIRST)
    outcome = keep(desk, *list_of("pending", SECOND), at=SECOND)
    assert (outcome.status, outcome.changes) == ("ingested", 4)


def test_an_older_list_adds_its_counts_and_nothing_else(desk: Desk) -> None:
    keep(desk, *participating(SECOND), at=SECOND)
    before = dump(desk.db.conn)
    outcome = keep(desk, *participating(FIRST, steady=3), at=THIRD)
    assert (outcome.status, outcome.changes) == ("ingested", 0)
    after = dump(desk.db.conn)
    assert after["agreements"] == before["agreements"]
    assert desk.rows(
        "SELECT as_of, agreements FROM agreement_counts WHERE state = '' AND model = '' ORDER BY 1"
    ) == [(FIRST, 3), (SECOND, 20)]


def test_an_older_run_of_lists_is_read_by_the_day_of_the_lists(desk: Desk) -> None:
    keep(desk, *participating(SECOND), at=SECOND)
    assert keep(desk, *participating(FIRST, steady=3), at=FIRST).status == "ingested"
    assert desk.one("SELECT count(*) FROM agreements WHERE ended_on IS NULL") == 20


def test_agreements_and_agencies_are_counted_apart_at_each_level(desk: Desk) -> None:
    rows = [
        agreement(FIRST, "fl", "Fictional A", "2025-01-01", JAIL),
        agreement(FIRST, "fl", "Fictional A", "2025-01-01", TASK_FORCE),
        agreement(FIRST, "fl", "Fictional A", "2025-06-01", TASK_FORCE),
        agreement(FIRST, "fl", "Fictional B", "2025-01-01", TASK_FORCE),
        agreement(FIRST, "ga", "Fictional A", "2025-01-01", JAIL),
    ]
    keep(desk, *list_of("participating", FIRST, *rows), at=FIRST)
    assert desk.rows(
        "SELECT state, model, agreements, agencies FROM agreement_counts ORDER BY state, model"
    ) == [
        ("", "", 5, 3),
        ("", JAIL, 2, 2),
        ("", TASK_FORCE, 3, 2),
        ("fl", "", 4, 2),
        ("fl", JAIL, 1, 1),
        ("fl", TASK_FORCE, 3, 2),
        ("ga", "", 1, 1),
        ("ga", JAIL, 1, 1),
    ]


def test_a_list_read_twice_on_a_day_replaces_its_counts(desk: Desk) -> None:
    keep(desk, *participating(FIRST), at=FIRST)
    keep(desk, *participating(FIRST, steady=19), at=SECOND)
    assert desk.rows(
        "SELECT as_of, agreements FROM agreement_counts WHERE state = '' AND model = ''"
    ) == [(FIRST, 19)]
    assert desk.rows("SELECT as_of, rows, run FROM agreement_lists") == [(FIRST, 19, 2)]
