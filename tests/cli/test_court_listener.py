"""A crawl of CourtListener over recorded answers, from the search to the change log."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from spiders.federal.court_listener import CourtListener
from tests.cli.conftest import ROOT, Run

CASES = ROOT / "tests" / "recordings" / "court-listener"
TODAY = dt.date(2026, 2, 2)


def test_a_whole_run_over_recorded_answers(run: Run, tmp_path: Path) -> None:
    """Search, docket, two pages of rows: kept, proposed nothing, and asked once more for nothing."""
    answers = []
    for name in ("docket", "rows-first-page", "rows-last-page"):
        case = json.loads((CASES / name / "case.json").read_text())
        answers.append({"url": case["url"], "file": f"{name}.json"})
    first, *_, topic = (
        request.url for request in CourtListener(today=TODAY, replayed=True).begin()
    )
    hits = json.loads((CASES / "search/answer.json").read_text())
    hits |= {"next": None, "results": hits["results"][:1]}
    none = (CASES / "search-none/answer.json").read_text()
    recorded = tmp_path / "recorded" / "court-listener"
    recorded.mkdir(parents=True)
    for name in ("docket", "rows-first-page", "rows-last-page"):
        (recorded / f"{name}.json").write_text((CASES / name / "answer.json").read_text())
    (recorded / "topic.json").write_text(json.dumps(hits))
    (recorded / "none.json").write_text(none)
    answers += [{"url": first, "file": "none.json"}, {"url": topic, "file": "topic.json"}]
    told = [{**answer, "media_type": "application/json"} for answer in answers]
    (recorded / "answers.json").write_text(json.dumps(told))
    command = ("crawl", "court-listener", "--json", "--replay", str(tmp_path / "recorded"))
    run("init")
    ran = run(*command, "--now", "2026-02-02T12:00:00Z")
    assert (ran.status, ran.rows[0]["verdict"], ran.rows[0]["changes"]) == (0, "ok", 1)
    assert ran.rows[0]["requests"] == 6  # with robots.txt
    (shown,) = [r for r in run("changes", "--json").rows if r["kind"] == "measure_new"]
    assert shown["measure"] == "us-nj/2026/NJD 3:26-cv-90001"
