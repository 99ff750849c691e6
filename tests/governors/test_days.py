"""Sources of the table over whole days: crawled by the real engine, kept in a real store.

Pages are those of the recorded cases; the texts are fictional and say so.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

from sqlite_utils import Database

from spiders.governors.table import SOURCES
from tracker.config import Settings, load_settings
from tracker.crawl import run_job
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.known_file import write_known
from tracker.readers.coverage import coverage
from tracker.site import build
from tracker.store import open_store

RECORDINGS = Path(__file__).parents[1] / "recordings"
MORNING = dt.datetime(2026, 9, 21, 15, tzinfo=dt.UTC)


class Days:
    """The days of one source. `pages` are recorded cases, or HTML, by the address they answer here;
    what has no page is not there (404)."""

    def __init__(self, code: str, folder: Path, pages: dict[str, str]) -> None:
        self.code, self.folder = code, folder
        self.settings: Settings = load_settings(
            runs=folder / "runs", db=folder / "tracker.db", contact="tests"
        )
        self.db: Database = open_store(folder / "tracker.db", create=True)
        self.pages = pages

    def live(self, day: int) -> tuple[Outcome, dict[str, int], int]:
        """The outcome, what was left out, and the number of answers, robots.txt being one."""
        facts = SOURCES[self.code].facts
        known = self.folder / f"known-{day}.json"
        write_known(self.db, known, source=self.code, jurisdiction=facts.jurisdiction)
        crawled = run_job(
            facts,
            self.settings,
            runs=self.settings.runs,
            known=known,
            replay=self._answers(self.folder / f"answers-{day}"),
            now=MORNING + dt.timedelta(days=day),
        )
        outcome = ingest(self.db, crawled.folder, Knowledge.shipped())
        return outcome, crawled.record.rejected, crawled.record.requests

    def _answers(self, folder: Path) -> Path:
        folder.mkdir()
        answers = [self._answer(folder, *page) for page in enumerate(self.pages.items())]
        (folder / "answers.json").write_text(json.dumps(answers))
        return folder

    def _answer(self, folder: Path, number: int, page: tuple[str, str]) -> dict[str, str]:
        url, case = page
        if case.startswith("<"):
            (folder / f"{number}.html").write_text(case)
            return {"url": url, "file": f"{number}.html", "media_type": "text/html"}
        told = json.loads((RECORDINGS / self.code / case / "case.json").read_text())
        shutil.copy(RECORDINGS / self.code / case / told["file"], folder / str(number))
        media_type = told.get("media_type", "text/html; charset=utf-8")
        return {"url": url, "file": str(number), "media_type": media_type}

    def orders(self) -> dict[str, tuple[str, str, str]]:
        rows = self.db.conn.execute(
            "SELECT key, coalesce(issued_on, ''), issuer, stage FROM measures ORDER BY key"
        )
        return {key: (issued, issuer, stage) for key, issued, issuer, stage in rows}


def test_a_register_of_pdfs_day_by_day(tmp_path: Path) -> None:
    """Days and relations come from the PDFs; a text is asked for until it was read, then never."""
    site = "https://www.in.gov"
    days = Days(
        "governor-in",
        tmp_path,
        {
            f"{site}/gov/newsroom/executive-orders/": "list",
            f"{site}/gov/files/EO-26-22.pdf": "text",
        },
    )
    outcome, left_out, asked = days.live(0)
    assert (outcome.verdict, left_out) == ("ok", {"text that the site does not have": 3})
    assert asked == 6
    assert days.orders() == {
        "us-in/2023/EO 23-06": ("", "", "unknown"),
        "us-in/2026/EO 26-01": ("", "", "unknown"),
        "us-in/2026/EO 26-21": ("", "", "unknown"),
        "us-in/2026/EO 26-22": ("2026-09-09", "Mike Braun", "in_force"),
    }
    outcome, _, asked = days.live(1)
    assert (outcome.verdict, outcome.changes, asked) == ("ok", 0, 5)
    assert [state.verified for state in coverage(days.db)] == [True]
    assert days.orders()["us-in/2026/EO 26-22"] == ("2026-09-09", "Mike Braun", "in_force")


def test_a_feed_of_announcements_day_by_day(tmp_path: Path) -> None:
    """An order is read once, and named again on each day that the feed announces it."""
    cases = RECORDINGS / "governor-ca"
    post = json.loads((cases / "post/case.json").read_text())["url"]
    (pdf,) = (json.loads(line) for line in (cases / "post/expected.jsonl").open())
    days = Days(
        "governor-ca",
        tmp_path,
        {
            "https://www.gov.ca.gov/category/executive-orders/feed/": "feed",
            "https://www.gov.ca.gov/2026/05/21/governor-newsom-signs-executive-order-on-responsible-ai/": (
                "<html><body><article>[Fictional] No PDF yet</article></body></html>"
            ),
            post: "post",
            pdf["request"]: "text",
        },
    )
    outcome, left_out, asked = days.live(0)
    assert outcome.verdict == "ok"
    assert left_out == {
        "news that announces no order": 1,
        "a post without one PDF of its order": 1,
    }
    read = {"us-ca/2026/EO N-99-26": ("2026-03-02", "Gavin Newsom", "in_force")}
    assert (days.orders(), asked) == (read, 5)
    outcome, _, asked = days.live(1)
    assert (outcome.verdict, outcome.changes, asked) == ("ok", 0, 4)
    assert days.orders() == read


def test_coverage_says_what_is_not_verified(tmp_path: Path) -> None:
    years = [f"https://www.colorado.gov/governor/{year}-executive-orders" for year in (2025, 2026)]
    days = Days("governor-co", tmp_path, dict.fromkeys(years, "list"))
    days.live(0)
    assert [(state.code, state.verified) for state in coverage(days.db)] == [("governor-co", False)]
    build(days.db, tmp_path / "site")
    assert "form not verified" in (tmp_path / "site/coverage/index.html").read_text()
