"""Rules and notices of federal agencies: what is asked for, what is read, how it is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec

from spiders.federal.agency_document import FIELDS
from spiders.federal.federal_rules import SURE, WIDE, FederalRules, search_url
from tests.core.desk import Desk
from tests.factory import source
from tests.test_recordings import ROOT, load
from tracker.model import Listing, Measure
from tracker.readers.ahead import ahead

TODAY = dt.date(2026, 8, 12)


def listed() -> dict[str, Measure]:
    reader, answer, _ = load(ROOT / "federal-rules" / "list")
    return {one.identifier: one for one in reader.read(answer) if isinstance(one, Measure)}


def test_what_is_asked_for() -> None:
    (request,) = FederalRules(today=TODAY).begin()
    asked = parse_qsl(urlsplit(request.url).query)
    assert dict(asked)["conditions[term]"] == SURE == '"287(g)"'
    assert dict(asked)["conditions[publication_date][gte]"] == "2025-01-01"
    wide = parse_qsl(urlsplit(search_url(WIDE, TODAY, FIELDS)).query)
    assert [value for name, value in wide if name == "conditions[type][]"] == [
        "RULE",
        "PRORULE",
        "NOTICE",
    ]
    assert [value for name, value in wide if name == "fields[]"] == list(FIELDS)


def test_what_is_on_topic_is_read_whole_and_the_rest_kept_light() -> None:
    reader, answer, _ = load(ROOT / "federal-rules" / "list")
    kept = [thing for one in reader.read(answer) for thing in reader.sift(one)]
    assert {one.identifier for one in kept if isinstance(one, Measure)} == {
        "FR 2026-99901",  # its title says so
        "FR 2026-99903",  # named by the search for 287(g)
    }
    assert {one.identifier for one in kept if isinstance(one, Listing)} == {
        "FR 2026-16313",
        "FR 2026-16231",
        "FR 2026-99902",
    }
    assert [one.url for one in kept if hasattr(one, "callback")] == [
        "https://www.federalregister.gov/documents/full_text/text/2026/08/04/2026-99901.txt"
    ]
    assert reader.rejected == {"a notice about a form (Paperwork Reduction Act)": 1}


def test_days_and_stages(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    found = listed()
    proposed = found["FR 2026-99901"]
    final = Measure(
        jurisdiction="us", session="2026", identifier="FR 2026-99909", kind="rule",
        title=proposed.title, issued_on=dt.date(2026, 8, 11), effective_on=dt.date(2026, 9, 9),
        actions=found["FR 2026-16231"].actions,
    )  # fmt: skip
    withdrawn = Measure(
        jurisdiction="us", session="2026", identifier="FR 2026-99902", kind="proposed_rule",
        title=proposed.title, actions=found["FR 2026-99902"].actions,
    )  # fmt: skip
    at = "2026-08-12T12:00:00Z"
    desk.keep(
        proposed, final, withdrawn, at=at, facts=source("federal-rules", "us", kind="federal")
    )
    assert desk.rows("SELECT identifier, kind, stage, stage_on FROM measures ORDER BY key") == [
        ("FR 2026-99901", "proposed_rule", "introduced", "2026-08-04"),
        ("FR 2026-99902", "proposed_rule", "dead", "2026-08-03"),
        ("FR 2026-99909", "rule", "in_force", "2026-08-11"),
    ]
    assert [(one.kind, one.on_date, one.identifier) for one in ahead(desk.db, as_of=TODAY)] == [
        ("effective", "2026-09-09", "FR 2026-99909"),
        ("comments", "2026-10-05", "FR 2026-99901"),
    ]


def test_a_longer_time_for_comments_is_a_change(tmp_path: Path) -> None:
    desk, proposed = Desk(tmp_path), listed()["FR 2026-99901"]
    facts = source("federal-rules", "us", kind="federal")
    desk.keep(proposed, at="2026-08-12T12:00:00Z", facts=facts)
    longer = msgspec.structs.replace(proposed, comments_close_on=dt.date(2026, 11, 4))
    desk.keep(longer, at="2026-08-13T12:00:00Z", facts=facts)
    assert desk.log() == [("comments_close_on_changed", "2026-10-05", "2026-11-04", None)]
