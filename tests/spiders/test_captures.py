"""Captures: what an archive tool reads, and what the spiders of today read from them again."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from spiders.archive import read_warc
from spiders.known import Known
from tests.spiders.fictional import BRIDGES, DETAINERS, bill_list, bill_page, history
from tests.spiders.loopback import JSON, TEXT, Asked, Crawl, Reply, crawl, site, unless_changed
from tracker.errors import DamagedRun
from tracker.runs import CAPTURES, ITEMS, KNOWN, read_items

ENACTED = "BE IT ENACTED. Sheriffs shall honor detainers."


def found(asked: Asked) -> Reply:
    number = 3 if b"detainer" in asked.body else 4
    return Reply(f'{{"bills": [["HB {number}", "{BRIDGES}"]]}}', media_type=JSON)


def whole_site() -> dict:
    """Every way in which an answer comes: pages, texts, POSTs, a redirect, a retry, an absence."""
    return {
        "/robots.txt": Reply("User-agent: *\nDisallow: /private\n", media_type=TEXT),
        "/list": unless_changed(
            bill_list(
                (1, DETAINERS, "x"), (2, DETAINERS, "x"), (5, DETAINERS, "x"), (9, BRIDGES, "x")
            )
        ),
        "/bill/1": bill_page(1, DETAINERS, texts=2),
        "/history/1": [Reply("Busy", 503), Reply(history("2027-01-05", "2027-01-06"))],
        "/text/1/1": Reply(ENACTED, media_type=TEXT),
        "/text/1/2": Reply(ENACTED, media_type=TEXT, headers={"Content-Encoding": "identity"}),
        "/bill/2": Reply(status=302, headers={"Location": "/bill/22"}),
        "/bill/22": Reply(
            gzip.compress(bill_page(2, DETAINERS).encode()), headers={"Content-Encoding": "gzip"}
        ),
        "/history/2": history("2027-01-07"),
        "/bill/5": Reply("Gone", 410),
        "/search": "form",
        "/found": found,
    }


BEGINS = {"begins": ("/list", "/search", "/hearings")}
HEARINGS = {
    "/hearings": Reply("bill,on\nHB 1,2027-02-01\nHB 9,2027-02-01\n", media_type="text/csv")
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    folder = tmp_path_factory.mktemp("captures") / "fictional" / "20270111T150000Z"
    known = Known(watched=frozenset({"us-mt/2027/HB 1"}))
    with site(whole_site() | HEARINGS) as server:
        return crawl(server.url, folder, known, facts=BEGINS)


def test_the_run_is_good_and_has_all(first: Crawl) -> None:
    assert first.ended == ("ok", "6 listed, 6 read")
    assert first.record.items == {
        "absence": 1,
        "hearing": 1,
        "listing": 6,
        "measure": 2,
        "version_text": 2,
    }


def test_an_archive_tool_reads_the_captures(first: Crawl) -> None:
    with (first.folder / CAPTURES).open("rb") as file:
        records = [
            (
                record.rec_headers.get_header("WARC-Target-URI"),
                int(record.http_headers.get_statuscode()),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        ]
    digests = {sha256(body).hexdigest() for _, _, body in records}
    assert digests == {capture.sha256 for capture in first.record.captures}
    by_path = {url.partition("/bill")[2]: (status, body) for url, status, body in records}
    assert by_path["/22"] == (200, bill_page(2, DETAINERS).encode())
    assert by_path["/5"] == (410, b"Gone")


def test_each_item_names_captures_that_are_kept(first: Crawl) -> None:
    kept = {capture.sha256: capture for capture in first.record.captures}
    for seen in read_items(first.folder):
        assert set(seen.captures.values()) <= set(kept)
    for recorded, body in read_warc(first.folder / CAPTURES):
        capture = kept[sha256(body).hexdigest()]
        assert (capture.bytes, capture.media_type) == (
            len(body),
            recorded.media_type.partition(";")[0],
        )


def again(run: Crawl, folder: Path, known: Known | None = None) -> Crawl:
    """The captures read again; the server they came from is closed."""
    url = next(c.url for c in run.record.captures if c.url.endswith("/robots.txt"))
    known = known or Known.load(run.folder / KNOWN)
    site_url = url.removesuffix("/robots.txt")
    return crawl(site_url, folder, known, facts=BEGINS, replay=str(run.folder))


def test_a_replay_gives_the_same_items_byte_for_byte(first: Crawl, tmp_path: Path) -> None:
    replayed = again(first, tmp_path / "again")
    assert replayed.ended == first.ended
    assert (replayed.folder / ITEMS).read_bytes() == (first.folder / ITEMS).read_bytes()
    assert replayed.record.items_sha256 == first.record.items_sha256
    assert replayed.record.rejected == first.record.rejected


def test_a_replay_can_be_replayed(first: Crawl, tmp_path: Path) -> None:
    second = again(first, tmp_path / "2")
    third = again(second, tmp_path / "3")
    assert (third.folder / ITEMS).read_bytes() == (first.folder / ITEMS).read_bytes()


def test_a_replay_knows_what_had_not_moved(tmp_path: Path) -> None:
    pages = whole_site() | HEARINGS
    with site(pages) as server:
        one = crawl(server.url, tmp_path / "1", facts=BEGINS)
        known = Known(validators=one.record.validators)
        two = crawl(server.url, tmp_path / "2", known, facts=BEGINS)
    replayed = again(two, tmp_path / "again")
    assert two.record.not_modified == replayed.record.not_modified == 1
    assert (replayed.folder / ITEMS).read_bytes() == (two.folder / ITEMS).read_bytes()


def test_what_was_not_captured_is_no_absence(first: Crawl, tmp_path: Path) -> None:
    """A reader of today may ask for a page that the old run had not read."""
    known = Known(watched=frozenset({"us-mt/2027/HB 1", "us-mt/2027/HB 9"}))
    replayed = again(first, tmp_path / "again", known)
    assert replayed.record.verdict == "failed"
    assert replayed.record.reason.endswith(
        "/bill/9: expected a captured answer, found not among the captures of the run"
    )
    assert replayed.record.items["absence"] == 1


def test_a_replay_asks_nobody(first: Crawl, tmp_path: Path) -> None:
    """The server of the first run is closed; the addresses are of nobody now."""
    assert again(first, tmp_path / "again", None).record.verdict == "ok"


@pytest.mark.parametrize(
    "damaged",
    [
        lambda whole: b"not a WARC",
        lambda whole: whole[:-12],
        lambda whole: whole[:20] + b"\x00" * 40 + whole[60:],
        lambda whole: gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\nnothing"),
        lambda whole: gzip.compress(b"\x00" * 100_000),
        lambda whole: gzip.compress(gzip.decompress(whole).replace(b"HTTP/1.1", b"GARBAGE")),
        lambda whole: gzip.compress(gzip.decompress(whole).replace(b"WARC-Target-URI", b"Nothing")),
    ],
    ids=["text", "cut off", "zeros inside", "no length", "zeros", "no status", "no address"],
)
def test_a_damaged_warc_is_told(first: Crawl, tmp_path: Path, damaged) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / CAPTURES
    path.write_bytes(damaged((first.folder / CAPTURES).read_bytes()))
    with pytest.raises(DamagedRun, match="not a readable WARC"):
        list(read_warc(path))


def test_a_warc_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedRun, match="no such file"):
        list(read_warc(tmp_path / CAPTURES))
