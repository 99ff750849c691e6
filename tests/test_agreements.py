"""What happened between two 287(g) lists: nothing lost, nothing invented, renames paired."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ice_lists import CATALOG, catalog, recorded
from tests.shared import needs_shared
from tracker.agreements import (
    TERRITORIES,
    AgreementChange,
    Comparison,
    Count,
    Known,
    agency_key,
    compare,
    count,
    match,
    plausible,
)
from tracker.model import Agreement, AgreementListName, AgreementModel
from tracker.pairing import alike, distinctive

JAIL: AgreementModel = "Jail Enforcement Model"
TASK: AgreementModel = "Task Force Model"
WARRANT: AgreementModel = "Warrant Service Officer"
MONDAY, TUESDAY = dt.date(2026, 2, 16), dt.date(2026, 2, 17)
SIGNED = dt.date(2026, 1, 26)


def row(
    agency: str = "Example County Sheriff's Office",
    model: AgreementModel = TASK,
    state: str = "tx",
    on: dt.date | None = SIGNED,
    *,
    listed: AgreementListName = "participating",
    **more: str,
) -> Agreement:
    return Agreement(
        list=listed, as_of=TUESDAY, state=state, agency=agency, model=model, signed_on=on, **more
    )


def pending(agency: str, model: AgreementModel = TASK, state: str = "tx") -> Agreement:
    return row(agency, model, state, None, listed="pending")


def as_known(
    agreement: Agreement, number: int, occurrence: int = 0, ended_on: dt.date | None = None
) -> Known:
    return Known(
        id=number,
        list=agreement.list,
        state=agreement.state,
        agency=agreement.agency,
        agency_key=agency_key(agreement.agency),
        model=agreement.model,
        occurrence=occurrence,
        agency_type=agreement.agency_type,
        county=agreement.county,
        signed_on=agreement.signed_on,
        signed_as_printed=agreement.signed_as_printed,
        moa_url=agreement.moa_url,
        addendum_url=agreement.addendum_url,
        first_seen=MONDAY,
        last_seen=MONDAY,
        ended_on=ended_on,
    )


def kept(agreements: Iterable[Agreement]) -> list[Known]:
    """What the store holds after a first list."""
    changes = compare([], list(agreements))
    return [
        as_known(change.agreement, number, change.occurrence)
        for number, change in enumerate(changes, 1)
        if change.agreement is not None
    ]


def told(changes: Iterable[AgreementChange]) -> list[tuple[str, str, str, str]]:
    return [(c.kind.removeprefix("agreement_"), c.field, c.old, c.new) for c in changes]


def applied(old: Sequence[Known], found: Comparison) -> list[Known]:
    """The store after the comparison, as its fields are documented."""
    now = {known.id: known for known in old}
    fresh = itertools.count(max(now, default=0) + 1)
    for known, agreement in found.listed:
        now[known.id] = as_known(agreement, known.id, known.occurrence)
    for known in found.closed:
        now[known.id] = known._replace(ended_on=TUESDAY)
    for change in found.changes:
        known, agreement = change.known, change.agreement
        if change.kind == "agreement_ended":
            assert known is not None
            now[known.id] = known._replace(ended_on=TUESDAY)
        elif change.kind == "agreement_new" and known is not None:
            assert agreement is not None
            now[known.id] = as_known(agreement, known.id, change.occurrence)
        elif change.kind in ("agreement_new", "agreement_activated"):
            assert agreement is not None
            number = next(fresh)
            now[number] = as_known(agreement, number, change.occurrence)
        elif change.kind == "agreement_renamed":
            assert known is not None
            now[known.id] = now[known.id]._replace(occurrence=change.occurrence)
    return list(now.values())


def live(known: Iterable[Known]) -> list[Known]:
    return [one for one in known if one.ended_on is None]


# -- single happenings -----------------------------------------------------------------------------


def test_the_same_list_is_no_news() -> None:
    agreements = [row(), row(model=JAIL), row(state="ok"), pending("Other Police Department")]
    found = match(kept(agreements), agreements)
    assert found.changes == []
    assert len(found.listed) == 4


def test_typing_is_no_news() -> None:
    old = kept([row("St. Mary’s  County Sheriff's\xa0Office", county="A")])
    new = row("ST. MARY'S COUNTY SHERIFF’S OFFICE", county="A ")
    assert list(compare(old, [new])) == []


def test_new_and_ended() -> None:
    old = kept([row("Adams Police Department"), row("Zion Police Department", WARRANT)])
    changes = list(compare(old, [row("Adams Police Department"), row("Baker", JAIL, "ok")]))
    assert told(changes) == [
        ("ended", "", "Zion Police Department", ""),
        ("new", "", "", "Baker"),
    ]
    ended, new = changes
    assert (ended.known, ended.agreement) == (old[1], None)
    assert (new.known, new.occurrence) == (None, 0)


def test_one_agency_ending_one_of_two_models_ends_that_agreement_only() -> None:
    old = kept([row(model=JAIL), row(model=TASK)])
    [change] = compare(old, [row(model=TASK)])
    assert change.kind == "agreement_ended"
    assert change.known is not None
    assert change.known.model == JAIL


def test_a_second_agreement_of_one_agency_under_one_model() -> None:
    first, second = row(on=dt.date(2025, 3, 1)), row(on=SIGNED)
    [change] = compare(kept([first]), [first, second])
    assert (change.kind, change.agreement, change.occurrence) == ("agreement_new", second, 1)
    [change] = compare(kept([first, second]), [second])
    assert change.known is not None
    assert (change.kind, change.known.signed_on) == ("agreement_ended", first.signed_on)


def test_a_row_listed_twice_is_two_agreements() -> None:
    old = kept([row(), row()])
    assert [known.occurrence for known in old] == [0, 1]
    assert list(compare(old, [row(), row()])) == []
    [change] = compare(old, [row()])
    assert (change.kind, change.occurrence) == ("agreement_ended", 1)


def test_a_renamed_agency_has_not_ended() -> None:
    [change] = compare(
        kept([row("Dogulas County Sheriff's Office")]), [row("Douglas County Sheriff's Office")]
    )
    assert told([change]) == [
        (
            "renamed",
            "agency",
            "Dogulas County Sheriff's Office",
            "Douglas County Sheriff's Office",
        )
    ]


def test_a_wholly_unlike_name_with_the_same_day_is_the_same_agreement() -> None:
    old = kept([row("Florida Department of Agriculture", county="Leon")])
    [change] = compare(old, [row("Office of Agricultural Law Enforcement", county="Leon")])
    assert change.kind == "agreement_renamed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (row("Adams Police Department", county="Bell"), row("Zion City Marshal", county="Webb")),
        (row("Constable District 1"), row("Constable District 6")),
        (row("Adams Police Department"), row("Adams Police Department", state="ok")),
        (row("Adams Police Department"), row("Adams Police Dept", state="ok")),
        (row("Adams Police Department"), row("Adams Police Dept.", JAIL)),
        (row("Adams Police Department"), row("Adams Police Dept.", on=dt.date(2026, 1, 27))),
        (pending("Clay County Sheriff's Office"), pending("Cass County Sheriff's Office")),
        (pending("Harris County Sheriff's Office"), pending("Harrison County Sheriff's Office")),
        (pending("Constable District 1"), pending("Constable District 6")),
    ],
)
def test_what_is_never_paired(before: Agreement, after: Agreement) -> None:
    kinds = [change.kind for change in compare(kept([before]), [after])]
    assert kinds == ["agreement_ended", "agreement_new"]


def test_pending_agencies_are_paired_by_a_slip_of_the_pen_only() -> None:
    old = kept([pending("Spaulding County Sheriff's Office"), pending("Kenneth City PD")])
    new = [pending("Spalding County Sheriff's Office"), pending("Kenneth City Police Department")]
    kinds = [change.kind for change in compare(old, new)]
    assert kinds == ["agreement_renamed", "agreement_renamed"]


def test_ambiguous_renames_go_by_the_likest_name() -> None:
    before = ("Gulfport PD", "Kenneth City PD", "Panama City Police Dept.", "Tampa PD")
    after = (
        "Tampa Police Department",
        "Panama City Police Department",
        "Gulfport Police Department",
        "Kenneth City Police Department",
        "Pinellas Park Police Department",
    )
    changes = list(compare(kept(map(row, before)), list(map(row, after))))
    assert {(c.old, c.new) for c in changes if c.kind == "agreement_renamed"} == {
        ("Gulfport PD", "Gulfport Police Department"),
        ("Kenneth City PD", "Kenneth City Police Department"),
        ("Panama City Police Dept.", "Panama City Police Department"),
        ("Tampa PD", "Tampa Police Department"),
    }
    assert [c.new for c in changes if c.kind == "agreement_new"] == [after[-1]]


def test_the_same_memorandum_under_another_name_and_day() -> None:
    paper = "https://www.ice.gov/doclib/287gMOA/a.pdf"
    old = kept([row("Ft. Myers Police Department", moa_url=paper)])
    new = row("Fort Myers Police Department", on=dt.date(2026, 1, 27), moa_url=paper)
    kinds = [(c.kind, c.field) for c in compare(old, [new])]
    assert kinds == [("agreement_renamed", "agency"), ("agreement_corrected", "signed_on")]
    twice = [new, row("Fort Myers Beach Marshal", on=dt.date(2026, 1, 28), moa_url=paper)]
    assert [c.kind for c in compare(old, twice)].count("agreement_renamed") == 0
    mislinked = row("Zephyrhills Marshal", on=dt.date(2026, 1, 27), moa_url=paper)
    assert [c.kind for c in compare(old, [mislinked])] == ["agreement_ended", "agreement_new"]


def test_corrections_tell_field_old_and_new() -> None:
    old = kept([row(agency_type="County", moa_url="https://www.ice.gov/a.pdf")])
    new = row(
        on=dt.date(2026, 1, 27),
        agency_type="State Agency",
        moa_url="https://www.ice.gov/b.pdf",
        addendum_url="https://www.ice.gov/c.pdf",
    )
    assert told(compare(old, [new])) == [
        ("corrected", "signed_on", "2026-01-26", "2026-01-27"),
        ("corrected", "moa_url", "https://www.ice.gov/a.pdf", "https://www.ice.gov/b.pdf"),
        ("corrected", "addendum_url", "", "https://www.ice.gov/c.pdf"),
        ("corrected", "agency_type", "County", "State Agency"),
    ]


def test_what_a_list_does_not_say_corrects_nothing() -> None:
    old = kept([row(agency_type="County", moa_url="https://www.ice.gov/a.pdf")])
    assert list(compare(old, [row(on=None, signed_as_printed="7/72025")])) == []
    assert list(compare(kept([row()]), [row(agency_type="County")])) == []


def test_a_day_that_could_not_be_read_is_corrected() -> None:
    old = kept([row(on=None, signed_as_printed="05/082025")])
    assert told(compare(old, [row(on=dt.date(2025, 5, 8))])) == [
        ("corrected", "signed_on", "05/082025", "2025-05-08")
    ]


def test_a_renewed_day_is_paired_with_the_nearest() -> None:
    old = kept([row(on=dt.date(2020, 6, 8)), row(on=dt.date(2025, 3, 1))])
    new = [row(on=dt.date(2025, 3, 4)), row(on=dt.date(2020, 6, 9))]
    assert sorted(told(compare(old, new))) == [
        ("corrected", "signed_on", "2020-06-08", "2020-06-09"),
        ("corrected", "signed_on", "2025-03-01", "2025-03-04"),
    ]


# -- pending to participating ----------------------------------------------------------------------


def test_activation_from_lists_read_together() -> None:
    old = kept([pending("Adams Police Department"), pending("Zion Police Department")])
    found = match(old, [row("ADAMS POLICE DEPARTMENT")], lists=("pending", "participating"))
    assert told(found.changes) == [
        ("ended", "", "Zion Police Department", ""),
        ("activated", "list", "pending", "participating"),
    ]
    assert found.changes[1].known == old[0]
    assert found.closed == [old[0]]


def test_activation_while_still_on_the_pending_list() -> None:
    both = [pending("Adams Police Department"), row("Adams Police Department")]
    old = kept(both[:1])
    found = match(old, both)
    assert [change.kind for change in found.changes] == ["agreement_activated"]
    assert found.closed == []
    later = applied(old, found)
    assert match(later, both).changes == []
    last = match(later, both[1:], lists=("pending", "participating"))
    assert (last.changes, [one.list for one in last.closed]) == ([], ["pending"])


def test_the_pending_list_alone_knows_who_has_joined() -> None:
    both = kept([pending("Adams Police Department"), row("Adams Police Department")])
    found = match(both, [], lists=("pending",))
    assert found.changes == []
    assert [one.list for one in found.closed] == ["pending"]


def test_activation_after_a_gap() -> None:
    old = [as_known(pending("Adams Police Department"), 1, ended_on=MONDAY)]
    [change] = compare(old, [row("Adams Police Department")])
    assert (change.kind, change.known) == ("agreement_activated", old[0])


def test_a_pending_row_activates_once() -> None:
    old = [
        as_known(pending("Adams Police Department"), 1, ended_on=MONDAY),
        as_known(row("Adams Police Department", on=dt.date(2025, 3, 1)), 2, ended_on=MONDAY),
    ]
    [change] = compare(old, [row("Adams Police Department")])
    assert (change.kind, change.known, change.occurrence) == ("agreement_new", None, 1)


def test_another_model_or_state_activates_nothing() -> None:
    old = kept([pending("Adams Police Department")])
    new = [row("Adams Police Department", JAIL), row("Adams Police Department", state="ok")]
    assert [change.kind for change in compare(old, new)] == ["agreement_new"] * 2


# -- lists that were not read, and rows that come back ---------------------------------------------


def test_a_list_that_was_not_read_is_not_missed() -> None:
    old = kept([row(), pending("Zion Police Department")])
    found = match(old, [row()])
    assert (found.changes, found.closed, len(found.listed)) == ([], [], 1)
    assert [c.kind for c in compare(old, [], lists=("pending",))] == ["agreement_ended"]
    assert list(compare(old, [], lists=())) == []


def test_an_ended_agreement_listed_again_is_the_same_row() -> None:
    old = [as_known(row(), 7, ended_on=MONDAY)]
    [change] = compare(old, [row()])
    assert (change.kind, change.known, change.occurrence) == ("agreement_new", old[0], 0)


def test_a_row_that_comes_back_is_not_taken_for_a_rename() -> None:
    old = [
        as_known(row("Adams Police Department"), 1, ended_on=MONDAY),
        as_known(row("Zion Police Department"), 2),
    ]
    changes = list(compare(old, [row("Adams Police Department")]))
    assert [(c.kind, c.known and c.known.id) for c in changes] == [
        ("agreement_ended", 2),
        ("agreement_new", 1),
    ]


# -- counts and plausibility -----------------------------------------------------------------------


def test_agreements_and_agencies_are_counted_apart() -> None:
    rows = [
        row(model=JAIL),
        row("EXAMPLE COUNTY SHERIFF’S OFFICE"),
        row(),
        row(state="ok"),
        pending("Example County Sheriff's Office"),
    ]
    assert count(rows, ()) == [
        Count("participating", "", "", 4, 2),
        Count("pending", "", "", 1, 1),
    ]
    assert count(rows, ("state",)) == [
        Count("participating", "ok", "", 1, 1),
        Count("participating", "tx", "", 3, 1),
        Count("pending", "tx", "", 1, 1),
    ]
    assert count(kept(rows), ("state", "model"))[1:3] == [
        Count("participating", "tx", JAIL, 1, 1),
        Count("participating", "tx", TASK, 2, 1),
    ]
    assert count([], ("state",)) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (0, 0, None),
        (0, 150, None),
        (1000, 1200, None),
        (1000, 800, None),
        (1000, 799, "201 of 1000 agreements gone at once (20%)"),
        (1000, 42, "958 of 1000 agreements gone at once (96%)"),
        (1, 0, "1 of 1 agreements gone at once (100%)"),
    ],
)
def test_plausible(old: int, new: int, reason: str | None) -> None:
    assert plausible(old, new) == reason


def test_names() -> None:
    assert (
        agency_key("St. Mary’s  County\xa0Sheriff`s Oﬀice") == "ST. MARY'S COUNTY SHERIFF'S OFFICE"
    )
    assert distinctive("CLAY COUNTY SHERIFF'S OFFICE") == "CLAY"
    assert distinctive("DEPARTMENT OF STATE POLICE") == "DEPARTMENT OF STATE POLICE"
    assert alike("KENNETH CITY PD", "KENNETH CITY POLICE DEPARTMENT") == 1
    assert alike("CLAY COUNTY SHERIFF'S OFFICE", "CASS COUNTY SHERIFF'S OFFICE") == 0.5


# -- any two lists ---------------------------------------------------------------------------------

_AGENCIES = st.sampled_from(
    ["Adams PD", "Adams Police Department", "ADAMS PD", "Baker County Jail", "Constable 1", "Zion"]
)
_DAYS = st.sampled_from([None, SIGNED, dt.date(2025, 3, 1)])
_PARTICIPATING = st.builds(
    row,
    _AGENCIES,
    st.sampled_from([JAIL, TASK]),
    st.sampled_from(["tx", "ok"]),
    _DAYS,
    county=st.sampled_from(["", "Bell", "Webb"]),
    moa_url=st.sampled_from(["", "https://www.ice.gov/a", "https://www.ice.gov/b"]),
)
_PENDING = st.builds(
    pending, _AGENCIES, st.sampled_from([JAIL, TASK]), st.sampled_from(["tx", "ok"])
)
_LISTS = st.lists(st.one_of(_PARTICIPATING, _PENDING), max_size=14)
BOTH: tuple[AgreementListName, ...] = ("participating", "pending")


def identity(one: Agreement | Known) -> tuple[str, str, str, str]:
    return one.list, one.state, agency_key(one.agency), one.model


@given(_LISTS, _LISTS)
def test_after_any_comparison_exactly_the_new_list_is_live(
    first: list[Agreement], second: list[Agreement]
) -> None:
    old = kept(first)
    found = match(old, second, lists=BOTH)
    now = applied(old, found)
    assert Counter(map(identity, live(now))) == Counter(map(identity, second))
    numbered = Counter((*identity(one), one.occurrence) for one in live(now))
    assert all(times == 1 for times in numbered.values())
    assert match(now, second, lists=BOTH).changes == []
    for change in found.changes:
        if change.known and change.agreement and change.kind != "agreement_activated":
            assert change.known.list == change.agreement.list
        if change.known and change.agreement:
            assert change.known.state == change.agreement.state
            assert change.known.model == change.agreement.model


@given(_LISTS, _LISTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    first: list[Agreement], second: list[Agreement], random: object
) -> None:
    old = kept(first)
    changes = list(compare(old, second, lists=BOTH))
    random.shuffle(old)  # type: ignore[attr-defined]
    random.shuffle(second)  # type: ignore[attr-defined]
    assert list(compare(old, second, lists=BOTH)) == changes


@given(_LISTS, _LISTS, _LISTS)
def test_every_row_is_told_once_over_three_lists(
    first: list[Agreement], second: list[Agreement], third: list[Agreement]
) -> None:
    known: list[Known] = []
    for agreements in (first, second, third):
        found = match(known, agreements, lists=BOTH)
        came = Counter(
            c.agreement.list
            for c in found.changes
            if c.agreement and c.kind in ("agreement_new", "agreement_activated")
        )
        left = Counter(
            c.known.list for c in found.changes if c.kind == "agreement_ended" and c.known
        )
        left += Counter(one.list for one in found.closed)
        before = Counter(one.list for one in live(known))
        known = applied(known, found)
        for name in BOTH:
            assert before[name] + came[name] - left[name] == sum(a.list == name for a in agreements)


# -- the recorded lists ----------------------------------------------------------------------------

PAIRS = [
    ("participatingAgencies-20250221214937.xlsx", "participatingAgencies-20250308103021.xlsx"),
    ("participatingAgencies-20250308103021.xlsx", "participatingAgencies-20250327140009.xlsx"),
    ("participatingAgencies-20250327140009.xlsx", "participatingAgencies05292025am.xlsx"),
    ("participatingAgencies05292025am.xlsx", "participatingAgencies07082025pm.xlsx"),
    ("participatingAgencies07082025pm.xlsx", "participatingAgencies07242025pm_b.xlsx"),
    ("participatingAgencies07242025pm_b.xlsx", "participatingAgencies08062025pm.xlsx"),
    ("participatingAgencies08062025pm.xlsx", "pendingAgencies09222025pm.xlsx"),
    ("pendingAgencies09222025pm.xlsx", "participatingAgencies11192025pm.xlsx"),
    ("participatingAgencies11192025pm.xlsx", "participatingAgencies01062025pm.xlsx"),
    ("participatingAgencies01062025pm.xlsx", "participatingAgencies01262026pm.xlsx"),
    ("participatingAgencies01262026pm.xlsx", "participatingAgencies02172026pm.xlsx"),
    ("participatingAgencies02172026pm.xlsx", "participatingAgencies02272026am.xlsx"),
    ("participatingAgencies02272026am.xlsx", "participatingAgencies03022026am.xlsx"),
    ("participatingAgencies03022026am.xlsx", "participatingAgencies05182026am.xlsx"),
]


def catalogued_renames() -> list[tuple[str, str, str]]:
    """State, name before and name after; those that went back say so and are both ways."""
    renames = []
    for entry in catalog()["renames_seen_between_consecutive_lists"]:
        before, after = agency_key(entry["from"]), agency_key(entry["to"].split(" (")[0])
        renames.append((entry["state"], before, after))
    return renames


def changes_of(pair: tuple[str, str]) -> list[AgreementChange]:
    return list(compare(kept(recorded(pair[0])[1]), recorded(pair[1])[1]))


@needs_shared(CATALOG)
@pytest.mark.parametrize("pair", PAIRS, ids=[new for _, new in PAIRS])
def test_no_catalogued_rename_is_told_as_an_end(pair: tuple[str, str]) -> None:
    """Both names of a rename can be on the lists: only an agency that has wholly gone counts."""
    changes = changes_of(pair)
    ended = {agency_key(c.known.agency) for c in changes if c.kind == "agreement_ended" and c.known}
    new = {
        agency_key(c.agreement.agency) for c in changes if c.kind == "agreement_new" and c.agreement
    }
    told_wrong = [(a, b) for _, a, b in catalogued_renames() if a in ended and b in new]
    assert told_wrong == []


@needs_shared(CATALOG)
def test_the_catalogued_renames_that_the_recorded_lists_hold_are_told() -> None:
    told_renames = {
        (agency_key(c.old), agency_key(c.new))
        for pair in PAIRS
        for c in changes_of(pair)
        if c.kind == "agreement_renamed"
    }
    wanted = {(before, after) for _, before, after in catalogued_renames()}
    # The other names came and went, or came on, between two of the recorded lists.
    assert wanted - told_renames == {
        ("MACRO ISLAND POLICE DEPARTMENT", "MARCO ISLAND POLICE DEPARTMENT"),
        ("CITY OF MELBOURNE POLICE DEPARTMENT", "MELBOURNE POLICE DEPARTMENT"),
        ("ARKANSAS STATE POLICE DEPARTMENT", "ARKANSAS STATE POLICE"),
        ("HOPEWELL COUNTY SHERIFF'S OFFICE", "HOPEWELL SHERIFF'S OFFICE"),
        (
            "DEPARTMENT OF PUBLIC SAFETY - TEXAS HIGHWAY PATROL",
            "TEXAS DEPARTMENT OF PUBLIC SAFETY - TEXAS HIGHWAY PATROL",
        ),
        ("CALACASIEU PARISH SHERIFF'S OFFICE", "CALCASIEU PARISH SHERIFF'S OFFICE"),
        ("OKFUSFEE COUNTY SHERIFF'S OFFICE", "OKFUSKEE COUNTY SHERIFF'S OFFICE"),
    }


@needs_shared(CATALOG)
def test_mid_winter_of_2026_in_full() -> None:
    changes = changes_of(
        ("participatingAgencies01262026pm.xlsx", "participatingAgencies02172026pm.xlsx")
    )
    assert Counter((c.kind, c.field) for c in changes) == {
        ("agreement_renamed", "agency"): 2,
        ("agreement_corrected", "moa_url"): 56,
        ("agreement_ended", ""): 7,
        ("agreement_new", ""): 60,
    }
    assert sorted(c.old for c in changes if c.kind == "agreement_ended") == [
        "Batesville Police Department",
        "Eufaula Police Department",
        "Frederick County Sheriff's Office",
        "Pike County Sheriff's Office",
        "Virginia Department of State Police",
        "Virginia Department of Wildlife Resources",
        "Virginia Marine Resources Commission",
    ]
    # 1,372 agreements less 7 and with 60 more are the 1,425 of the later list.
    assert len(recorded("participatingAgencies02172026pm.xlsx")[1]) == 1372 - 7 + 60


@needs_shared(CATALOG)
@pytest.mark.parametrize("pair", PAIRS, ids=[new for _, new in PAIRS])
def test_recorded_lists_follow_plausibly(pair: tuple[str, str]) -> None:
    old = kept(recorded(pair[0])[1])
    found = match(old, recorded(pair[1])[1])
    assert plausible(len(old), len(found.listed)) is None
    assert plausible(len(old), 42) is not None


@needs_shared(CATALOG)
def test_recorded_counts_by_state_and_model() -> None:
    agreements = recorded("participatingAgencies02172026pm.xlsx")[1]
    assert count(agreements, ()) == [Count("participating", "", "", 1425, 1195)]
    by_state = {one.state: one for one in count(agreements, ("state",))}
    assert len(set(by_state) - TERRITORIES) == 39
    assert (by_state["fl"].agreements, by_state["fl"].agencies) == (342, 279)
    assert {one.model: one.agreements for one in count(agreements, ("model",))} == {
        JAIL: 152,
        TASK: 808,
        WARRANT: 465,
    }
