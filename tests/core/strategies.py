"""Hypothesis strategies for everything a spider may yield."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import strategies as st

from tracker.model import (
    STAGES,
    Absence,
    Action,
    Agreement,
    AgreementList,
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

__all__ = ["STAGES", "items", "measures", "parts_of"]

_ANY = st.characters(exclude_categories=["Cs"])
_lines = st.text(_ANY, max_size=40)
_names = st.text(_ANY, min_size=1, max_size=20)
_urls = st.just("") | st.from_regex(re.compile(r"https?://[!-~]{1,30}"), fullmatch=True)
_days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
_maybe_days = st.none() | _days
_chambers = st.sampled_from(["lower", "upper", "legislature", "executive", ""])
_kinds = st.sampled_from(["bill", "resolution", "executive_order", "guidance", "court_ruling"])
_counts = st.integers(0, 10_000)
_hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
_moments = st.datetimes(
    dt.datetime(1990, 1, 1),  # noqa: DTZ001
    dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-5))]),
)
_about = {
    "jurisdiction": st.sampled_from(["us", "us-va", "us-pr"]),
    "session": _names,
    "identifier": _names,
}

actions = st.builds(Action, on=_days, text=_lines, chamber=_chambers)
sponsors = st.builds(Sponsor, name=_names, role=st.sampled_from(["primary", "cosponsor"]))
versions = st.builds(
    Version, note=_names, url=_urls, published_on=_maybe_days, media_type=st.just("text/html")
)
documents = st.builds(
    Document, kind=st.sampled_from(["fiscal_note", "memo", "other"]), note=_names, url=_urls
)
votes = st.builds(
    Vote, on=_days, chamber=_chambers, motion=_lines, yes=_counts, no=_counts, url=_urls
)
relations = st.builds(
    Relation,
    kind=st.sampled_from(["companion", "rescinds", "amends"]),
    identifier=_names,
    session=st.just("") | _names,
)
parts_of = {
    "actions": actions,
    "sponsors": sponsors,
    "versions": versions,
    "documents": documents,
    "votes": votes,
    "relations": relations,
}


def _maybe(things: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | st.lists(things, max_size=4)


measures = st.builds(
    Measure,
    **_about,
    kind=_kinds,
    chamber=_chambers,
    title=st.none() | _lines,
    abstract=st.none() | _lines,
    url=st.none() | _urls,
    issuer=st.none() | _lines,
    issued_on=_maybe_days,
    effective_on=_maybe_days,
    expires_on=_maybe_days,
    subjects=_maybe(_names),
    committees=_maybe(_names),
    **{name: _maybe(strategy) for name, strategy in parts_of.items()},
)
items: st.SearchStrategy[AnyItem] = st.one_of(
    measures,
    st.builds(
        Listing,
        **_about,
        title=_lines,
        kind=_kinds,
        last_action=_lines,
        last_action_on=_maybe_days,
        url=_urls,
    ),
    st.builds(VersionText, **_about, note=_names, url=_urls, text=_names),
    st.builds(
        Hearing,
        **_about,
        on=_days,
        starts_at=st.none() | _moments,
        committee=_lines,
        place=_lines,
        status=st.sampled_from(["scheduled", "cancelled"]),
        url=_urls,
    ),
    st.builds(Absence, **_about, url=_urls, status=st.integers(100, 599)),
    st.builds(
        AgreementList,
        list=st.sampled_from(["participating", "pending"]),
        as_of=_days,
        file_name=_lines,
        sha256=_hashes,
        rows=_counts,
    ),
    st.builds(
        Agreement,
        list=st.sampled_from(["participating", "pending"]),
        as_of=_days,
        state=st.sampled_from(["va", "gu"]),
        agency=_names,
        model=st.sampled_from(["Jail Enforcement Model", "Task Force Model"]),
        signed_on=_maybe_days,
        signed_as_printed=_lines,
        moa_url=_urls,
    ),
)
