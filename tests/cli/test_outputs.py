"""`digest preview`, `site build`, `site serve`, `export`, `sources`, `doctor` on the demo's store."""

from __future__ import annotations

import csv
import email
import email.policy
import json
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Demo, Run, environment


def test_a_digest_is_written_three_times(run: Run, demo: Demo, tmp_path: Path) -> None:
    ran = run("digest", "preview", "--state", "va", "--out", "mail", "--db", demo.db)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        f"Wrote mail/digest.{kind}" for kind in ("html", "txt", "eml")
    ]
    assert re.search(r"^The next digest begins after change \d+\.$", ran.out, re.MULTILINE)
    assert "SB 783" in (tmp_path / "mail" / "digest.txt").read_text()
    message = email.message_from_bytes(
        (tmp_path / "mail" / "digest.eml").read_bytes(), policy=email.policy.default
    )
    assert message.get_content_type() == "multipart/alternative"
    assert message["Subject"] == ran.out.splitlines()[3]


def test_the_same_store_gives_the_same_bytes(run: Run, demo: Demo, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("digest", "preview", "--out", name, "--db", demo.db).status == 0
        assert run("site", "build", "--out", f"{name}/site", "--db", demo.db).status == 0
    one, two = tmp_path / "one", tmp_path / "two"
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(files) > 100
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    differ = [str(f) for f in files if (one / f).read_bytes() != (two / f).read_bytes()]
    assert differ == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--after", "999999"], "no changes after 999999"),
        (["--state", "zz"], "'zz': no such state."),
    ],
)
def test_a_digest_that_can_not_be(run: Run, demo: Demo, args: list[str], says: str) -> None:
    ran = run("digest", "preview", *args, "--db", demo.db)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


def test_a_site_is_built(run: Run, demo: Demo, tmp_path: Path) -> None:
    ran = run("site", "build", "--out", "pages", "--db", demo.db)
    assert ran.status == 0
    pages = sum(1 for path in (tmp_path / "pages").rglob("*.html"))
    assert ran.out == (
        f"pages: {pages} pages, as of 2026-05-22.\n"
        "Look at them: tracker site serve --folder pages\n"
    )


def test_a_site_never_replaces_something_else(run: Run, demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mine.html").write_text("mine")
    ran = run("site", "build", "--out", "pages", "--db", demo.db)
    assert (ran.status, ran.out) == (1, "")
    assert "pages: holds something that is not a built site; name another folder." in ran.err
    assert (tmp_path / "pages" / "mine.html").read_text() == "mine"


def test_serving_without_a_site(run: Run) -> None:
    ran = run("site", "serve")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "tracker: site: no built site here. Run `tracker site build` first.\n"


def test_serving_on_a_taken_port(run: Run, demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("site", "serve", "--folder", str(demo.folder / "site"), "--port", str(port))
    assert ran.status == 1
    assert f"port {port} of this machine: " in ran.err


def test_serving(demo: Demo, tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "tracker.cli", "site", "serve", "--port", "0", "--folder",
         str(demo.folder / "site")],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}va/", timeout=10) as answer:
            assert b"SB 783" in answer.read()
    finally:
        server.kill()
        server.communicate()


def test_export_for_spreadsheets(run: Run, demo: Demo, tmp_path: Path) -> None:
    ran = run("export", "csv", "--out", "files", "--db", demo.db)
    assert (ran.status, ran.err) == (0, "")
    told = dict(re.findall(r"^Wrote files/(\w+)\.csv: (\d+) rows$", ran.out, re.MULTILINE))
    assert told.keys() >= {
        "measures", "actions", "versions", "sponsors", "documents", "votes", "relations",
        "hearings", "changes", "agreements", "agreement_lists", "agreement_counts", "sources",
        "captures", "runs",
    }  # fmt: skip
    for name, count in told.items():
        with (tmp_path / "files" / f"{name}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == int(count)
    assert int(told["runs"]) == 16


def test_export_for_programs(run: Run, demo: Demo, tmp_path: Path) -> None:
    assert run("export", "json", "--out", "files", "--db", demo.db).status == 0
    lines = (tmp_path / "files" / "measures.jsonl").read_text().splitlines()
    by_key = {row["key"]: row for row in map(json.loads, lines)}
    law = by_key["us-va/2026/SB 783"]
    assert (law["stage"], law["stage_on"]) == ("enacted", "2026-04-22")


def test_export_of_another_kind(run: Run, demo: Demo) -> None:
    ran = run("export", "xml", "--db", demo.db)
    assert (ran.status, ran.err) == (1, "tracker: 'xml': exports are csv or json.\n")


def test_every_source_has_a_line(run: Run, demo: Demo) -> None:
    ran = run("sources", "--db", demo.db)
    assert ran.status == 0
    lines = [line.split() for line in ran.out.splitlines() if line.strip()]
    told = {words[0]: words[1:5] for words in lines if len(words) > 4}
    assert told["pa"] == ["legislature", "2026-01-26", "blocked", "0"]
    assert told["va"] == ["legislature", "2026-05-22", "ok", "2"]
    assert told["governor-ar"][:2] == ["orders", "never"]


def test_sources_for_programs(run: Run, demo: Demo) -> None:
    rows = {row["code"]: row for row in run("sources", "--json", "--db", demo.db).rows}
    assert rows["pa"]["state"] == "blocked"
    assert rows["pa"]["last_success"].startswith("2026-01-26T14:00:00")
    assert rows["governor-ar"]["state"] == "never read"
    assert rows["governor-ar"]["kind"] == "orders"
    assert rows["az"]["key"] == "OPENSTATES_API_KEY"
    assert rows["az"]["robots"].startswith("apps.azleg.gov refuses its API")
    assert rows["az"]["requests"].keys() == {"first", "quiet", "busy"}


def test_sources_say_what_they_need(run: Run, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENSTATES_API_KEY", raising=False)
    said = " ".join(run("sources", "--db", demo.db).out.split())
    assert "Key OPENSTATES_API_KEY: not set" in said
    monkeypatch.setenv("OPENSTATES_API_KEY", "fictional")
    said = " ".join(run("sources", "--db", demo.db).out.split())
    assert "Key OPENSTATES_API_KEY: set" in said
    assert "fictional" not in said


def test_sources_before_the_first_crawl(run: Run, tmp_path: Path) -> None:
    ran = run("sources", "--json")
    assert ran.status == 0
    assert {row["state"] for row in ran.rows} == {"never read"}
    assert list(tmp_path.iterdir()) == []


def test_doctor_names_what_is_wrong(run: Run, demo: Demo) -> None:
    ran = run("doctor", "--db", demo.db)
    assert ran.status == 1
    said = " ".join(ran.out.split())
    assert "pa blocked since 2026-05-22; see `tracker doctor pa`" in said
    assert "settings `contact` is not set: nothing can be crawled" in said


def test_doctor_of_a_blocked_source(run: Run, demo: Demo) -> None:
    ran = run("doctor", "pa", "--db", demo.db)
    assert ran.status == 1
    said = "".join(ran.out.split())  # however wide the terminal is
    for words in (
        "last good run 2026-01-26 14:00 UTC",
        "not good since 2026-05-22 13:00 UTC",
        "address https://www.palegis.us/data/file?documentType=BillHistoryData&session=2025_0",
        "expected an answer",
        "found HTTP 403:",
        "What to do: Walls are not evaded.",
    ):
        assert "".join(words.split()) in said


def test_doctor_of_a_sound_source(run: Run, demo: Demo) -> None:
    ran = run("doctor", "va", "--db", demo.db)
    assert ran.status == 0
    assert "Nothing wrong was found." in ran.out


def test_doctor_of_a_source_never_read(run: Run, demo: Demo) -> None:
    ran = run("doctor", "governor-ar", "--db", demo.db)
    assert (ran.status, ran.out) == (
        1,
        "governor-ar: never read. Try: tracker crawl governor-ar\n",
    )


def test_doctor_without_a_store(run: Run) -> None:
    ran = run("doctor")
    assert ran.status == 1
    assert "tracker.db is not here: run `tracker init`" in " ".join(ran.out.split())


def test_a_store_in_which_nothing_was_read(run: Run) -> None:
    assert run("init").status == 0
    assert "2026-05-18" in run("agreements").out, "the counts that ship with the product"
    assert run("export", "json").status == 0
    ran = run("digest", "preview")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        "tracker: the store holds no run yet: `tracker crawl` reads the sources first.\n"
    )


@pytest.mark.parametrize("args", [["export", "csv"], ["digest", "preview"]])
def test_a_file_where_a_folder_is_wanted(
    run: Run, demo: Demo, tmp_path: Path, args: list[str]
) -> None:
    (tmp_path / "taken").write_text("mine")
    ran = run(*args, "--out", "taken", "--db", demo.db)
    assert (ran.status, ran.out, ran.err) == (1, "", "tracker: taken: File exists.\n")
    assert (tmp_path / "taken").read_text() == "mine"
