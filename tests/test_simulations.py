"""Every source over its simulated site: what is on topic is found, what moved is told, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.registry import source_classes
from tests.simulations.days import Simulation, simulated

LISTED, ON_TOPIC, MOVING = 40, 4, 2


@pytest.mark.parametrize("code", simulated())
def test_three_days(code: str, tmp_path: Path) -> None:
    days = Simulation(code, tmp_path, listed=LISTED, on_topic=ON_TOPIC, moving=MOVING)

    def count(sql: str) -> int:
        found: int = days.db.conn.execute(sql).fetchone()[0]
        return found

    first = days.first()
    assert first.verdict == "ok", first.reason
    on_topic = "SELECT count(*) FROM measures WHERE scope = 'core' AND NOT listed_only"
    assert count(on_topic) == ON_TOPIC
    assert count(f"{on_topic} AND last_action_on IS NOT NULL") == ON_TOPIC
    texts = "SELECT count(*) FROM version_texts"
    assert count(texts) == (ON_TOPIC if days.site.has_texts else 0)
    assert first.unknown_actions == 0

    quiet = days.quiet()
    assert quiet.verdict == "ok", quiet.reason
    assert not quiet.changes
    assert len(quiet.asked) <= len(first.asked)

    busy = days.busy()
    assert busy.verdict == "ok", busy.reason
    assert busy.changes["action_added"] == MOVING
    assert count(texts) == (ON_TOPIC + MOVING if days.site.has_texts else 0)
    assert len(set(busy.asked)) == len(busy.asked), "nothing is asked for twice"


def test_every_legislature_has_a_simulated_site_and_says_what_it_costs() -> None:
    facts = [cls.facts for cls in source_classes().values() if cls.facts.kind == "legislature"]
    assert len(facts) == 53
    assert {one.code for one in facts} == set(simulated())
    assert sum(one.requests.quiet for one in facts if one.requests) <= 1_000
