"""Discovery: of a list of thousands, only what is wanted and has moved is read."""

from __future__ import annotations

from pathlib import Path

from spiders.known import Known
from tests.spiders.fictional import BRIDGES, DETAINERS, bill_list, bill_page, history
from tests.spiders.loopback import JSON, Asked, Reply, crawl, site
from tracker.canonical import listing_print
from tracker.model import Absence, Hearing, Listing, Measure, VersionText

KEYS = {number: f"us-mt/2027/HB {number}" for number in range(1, 10)}
CSV = "text/csv"


def pages(*numbers: int, title: str = DETAINERS) -> dict:
    found: dict = {}
    for number in numbers:
        found[f"/bill/{number}"] = bill_page(number, title)
        found[f"/history/{number}"] = history("2027-01-05")
    return found


def prints(items: list) -> dict[str, str]:
    return {item.key: listing_print(item).hex() for item in items if isinstance(item, Listing)}


def test_only_what_is_on_topic_is_followed(tmp_path: Path) -> None:
    rows = [(number, BRIDGES, "First Reading") for number in (1, 3, 4)]
    with site({"/list": bill_list(*rows, (2, DETAINERS, "First Reading")), **pages(2)}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert server.paths() == ["/list", "/bill/2", "/history/2"]
    assert done.ended == ("ok", "4 listed, 1 read")
    assert done.record.items == {"listing": 4, "measure": 1}


def test_only_what_moved_is_followed_and_kept(tmp_path: Path) -> None:
    before = bill_list(
        (1, DETAINERS, "x"), (2, DETAINERS, "x"), (3, BRIDGES, "x"), (4, BRIDGES, "x")
    )
    after = bill_list(
        (1, DETAINERS, "x"), (2, DETAINERS, "y"), (3, BRIDGES, "x"), (4, BRIDGES, "y")
    )
    with site({"/list": [Reply(before), Reply(after)], **pages(1, 2)}) as server:
        first = crawl(server.url, tmp_path / "1")
        server.asked.clear()
        second = crawl(server.url, tmp_path / "2", Known(prints=prints(first.items)))
    assert server.paths() == ["/list", "/bill/2", "/history/2"]
    assert second.ended == ("ok", "4 listed, 1 read")
    assert sorted(item.key for item in second.items if isinstance(item, Listing)) == [
        KEYS[2],
        KEYS[4],
    ]


def test_what_is_watched_is_followed_whatever_its_title(tmp_path: Path) -> None:
    with site({"/list": bill_list((1, BRIDGES, "x")), **pages(1, title=BRIDGES)}) as server:
        done = crawl(server.url, tmp_path / "run", Known(watched=frozenset({KEYS[1]})))
    assert server.paths() == ["/list", "/bill/1", "/history/1"]
    assert done.ended == ("ok", "1 listed, 1 read")


def test_what_is_asked_for_is_followed_though_it_did_not_move(tmp_path: Path) -> None:
    with site({"/list": bill_list((1, BRIDGES, "x"), (2, DETAINERS, "x")), **pages(1)}) as server:
        first = crawl(server.url, tmp_path / "1", facts={"begins": ("/list",)})
        server.asked.clear()
        known = Known(prints=prints(first.items), asked=frozenset({KEYS[1]}))
        crawl(server.url, tmp_path / "2", known)
    assert server.paths() == ["/list", "/bill/1", "/history/1"]


def test_the_canary_is_followed_though_it_did_not_move(tmp_path: Path) -> None:
    listed = bill_list((1, DETAINERS, "x"), (2, DETAINERS, "x"))
    with site({"/list": [Reply(listed), Reply(listed)], **pages(1, 2)}) as server:
        first = crawl(server.url, tmp_path / "1")
        server.asked.clear()
        known = Known(prints=prints(first.items), canary=KEYS[2])
        second = crawl(server.url, tmp_path / "2", known)
    assert server.paths() == ["/list", "/bill/2", "/history/2"]
    assert second.record.canary == KEYS[2]


def test_pages_of_a_list_are_all_read(tmp_path: Path) -> None:
    with site(
        {
            "/list": bill_list((1, BRIDGES, "x"), more='<a class="next" href="/list/2">Next</a>'),
            "/list/2": bill_list((2, BRIDGES, "x")),
        }
    ) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.listed == 2


BULK = {
    "/bulk": Reply(
        "bill,title,on,action\n"
        f'HB 1,"{DETAINERS}",2027-01-05,First Reading\n'
        f'HB 2,"{BRIDGES}",2027-01-06,Referred\n',
        media_type=CSV,
    ),
    "/patrons": Reply("bill,chamber\nHB 1,lower\nHB 2,upper\n", media_type=CSV),
}


def test_of_a_bulk_file_the_unwanted_becomes_light_and_its_parts_are_dropped(
    tmp_path: Path,
) -> None:
    with site(BULK) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/bulk",)})
    assert done.ended == ("ok", "2 listed, 1 read")
    listing, measure = done.items
    assert listing == Listing(
        jurisdiction="us-mt",
        session="2027",
        identifier="HB 2",
        title=BRIDGES,
        last_action="Referred",
        last_action_on=measure.actions[0].on.replace(day=6),
    )
    assert (measure.key, measure.chamber, len(measure.actions)) == (KEYS[1], "lower", 1)


def test_every_listed_measure_is_kept_light_or_whole(tmp_path: Path) -> None:
    """Promise 6: what is listed is kept, or left out with a reason."""
    pages = BULK | {"/hearings": Reply("bill,on\nHB 1,2027-02-01\nHB 2,2027-02-01\n")}
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/bulk",)})
    kept = {item.key for item in done.items}
    assert len(kept) == done.record.listed == sum(done.record.items.values())


def test_hearings_of_what_is_not_watched_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"HB {number},2027-02-01\n" for number in range(1, 6))
    known = Known(watched=frozenset({KEYS[2]}))
    with site({"/hearings": Reply(f"bill,on\n{rows}", media_type=CSV)}) as server:
        done = crawl(server.url, tmp_path / "run", known, facts={"begins": ("/hearings",)})
    assert [(type(item), item.key) for item in done.items] == [(Hearing, KEYS[2])]
    assert done.record.rejected == {"hearing of a measure that is not watched": 4}
    assert done.record.kept + sum(done.record.rejected.values()) == 5


def test_a_calendar_read_before_the_bills_it_names_is_kept(tmp_path: Path) -> None:
    pages_ = {
        "/hearings": Reply("bill,on\nHB 1,2027-02-01\nHB 3,2027-02-01\n", media_type=CSV),
        "/list": bill_list((1, DETAINERS, "x"), (3, BRIDGES, "x")),
        **pages(1),
    }
    with site(pages_) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/hearings", "/list")})
    assert [item.key for item in done.items if isinstance(item, Hearing)] == [KEYS[1]]
    assert done.record.rejected == {"hearing of a measure that is not watched": 1}


def test_a_text_is_read_once(tmp_path: Path) -> None:
    text = Reply("BE IT ENACTED. Sheriffs shall honor detainers.", media_type="text/plain")
    whole = {
        "/list": bill_list((1, DETAINERS, "x")),
        "/bill/1": bill_page(1, DETAINERS, texts=2),
        "/history/1": history("2027-01-05"),
        "/text/1/1": text,
        "/text/1/2": text,
    }
    with site(whole) as server:
        first = crawl(server.url, tmp_path / "1")
        known = Known(texts={KEYS[1]: [f"{server.url}/text/1/1"]})
        server.asked.clear()
        second = crawl(server.url, tmp_path / "2", known)
    read = [[i.note for i in c.items if isinstance(i, VersionText)] for c in (first, second)]
    assert [sorted(notes) for notes in read] == [["Version 1", "Version 2"], ["Version 2"]]
    assert "/text/1/1" not in server.paths()


def test_one_missing_text_costs_no_run(tmp_path: Path) -> None:
    whole = {
        "/list": bill_list((1, DETAINERS, "x")),
        "/bill/1": bill_page(1, DETAINERS, texts=2),
        "/history/1": history("2027-01-05"),
        "/text/1/1": Reply("Not found", 404),
        "/text/1/2": Reply("BE IT ENACTED.", media_type="text/plain"),
    }
    with site(whole) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == "ok"
    assert done.record.rejected == {"text that the site does not have": 1}
    assert [item.note for item in done.items if isinstance(item, VersionText)] == ["Version 2"]


def test_most_texts_missing_at_once_are_a_changed_site(tmp_path: Path) -> None:
    whole = {
        "/list": bill_list((1, DETAINERS, "x")),
        "/bill/1": bill_page(1, DETAINERS, texts=6),
        "/history/1": history("2027-01-05"),
    }
    whole |= {f"/text/1/{nth}": Reply("Not found", 404) for nth in range(1, 7)}
    with site(whole) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended[0] == "changed"
    assert "expected texts where they were, found 6 of 6 missing" in done.ended[1]


def test_a_watched_measure_whose_page_is_gone_is_an_absence(tmp_path: Path) -> None:
    with site({"/list": bill_list((1, DETAINERS, "x")), "/bill/1": Reply("Gone", 410)}) as server:
        done = crawl(server.url, tmp_path / "run")
    url = f"{server.url}/bill/1"
    absence = Absence(jurisdiction="us-mt", session="2027", identifier="HB 1", url=url, status=410)
    assert absence in done.items
    assert done.record.verdict == "ok"


# -- joining -----------------------------------------------------------------------------------


def test_the_parts_of_a_measure_are_joined_and_each_names_its_page(tmp_path: Path) -> None:
    from hashlib import sha256

    from tracker.runs import read_items

    whole = {"/list": bill_list((1, DETAINERS, "x")), **pages(1)}
    with site(whole) as server:
        done = crawl(server.url, tmp_path / "run")
    (measure,) = [item for item in done.items if isinstance(item, Measure)]
    assert (measure.title, measure.chamber, len(measure.actions)) == (DETAINERS, "lower", 1)
    (captures,) = [
        seen.captures for seen in read_items(done.folder) if b'"measure"' in bytes(seen.item)
    ]
    page, its_history = (
        sha256(whole[path].encode()).hexdigest() for path in ("/bill/1", "/history/1")
    )
    assert captures == {"": page, "chamber": its_history, "actions": its_history}


def test_parts_that_contradict_each_other_are_not_believed(tmp_path: Path) -> None:
    two = bill_page(1, DETAINERS).replace(
        "</html>", '<a class="history" href="/history/2">Senate</a></html>'
    )
    with site(
        {
            "/list": bill_list((1, DETAINERS, "x")),
            "/bill/1": two,
            "/history/1": history("2027-01-05"),
            "/history/2": history("2027-01-06", chamber="upper"),
        }
    ) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == (
        "changed",
        "us-mt/2027/HB 1: expected one chamber, found 'lower' on one page and 'upper' on another",
    )


def test_a_measure_without_a_title_is_not_believed(tmp_path: Path) -> None:
    asked = Known(asked=frozenset({KEYS[1]}))
    with site({"/patrons": Reply("bill,chamber\nHB 1,lower\n", media_type=CSV)}) as server:
        done = crawl(server.url, tmp_path / "run", asked, facts={"begins": ("/patrons",)})
    assert done.ended == (
        "changed",
        "us-mt/2027/HB 1: expected a title for each measure, found none on any page",
    )
    assert done.items == []


def test_many_contradictions_leave_a_finished_run(tmp_path: Path) -> None:
    rows = "".join(f"HB {number},lower\nHB {number},upper\n" for number in range(1, 301))
    asked = Known(asked=frozenset(f"us-mt/2027/HB {number}" for number in range(1, 301)))
    with site({"/patrons": Reply(f"bill,chamber\n{rows}", media_type=CSV)}) as server:
        done = crawl(server.url, tmp_path / "run", asked, facts={"begins": ("/patrons",)})
    assert (done.record.verdict, len(done.record.problems)) == ("changed", 100)


def test_posts_are_told_apart_by_what_they_ask(tmp_path: Path) -> None:
    def found(asked: Asked) -> Reply:
        number = 1 if b"detainer" in asked.body else 2
        return Reply(f'{{"bills": [["HB {number}", "{BRIDGES}"]]}}', media_type=JSON)

    with site({"/search": "form", "/found": found}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/search",)})
    assert sorted(item.key for item in done.items) == [KEYS[1], KEYS[2]]
    assert {asked.headers["content-type"] for asked in server.asked if asked.body} == {JSON}
