"""The status site: what it says, how it is built, and that nothing on it runs."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.digest_story import VIRGINIA, Story, bill, first_week, second_week
from tracker import words
from tracker.model import STAGES
from tracker.paths import shipped
from tracker.readers.changes import changes
from tracker.site import Download, SiteError, build
from tracker.site.measure_page import quotes, track
from tracker.site.publish import check_links
from tracker.site.render import CSP, environment, known_day, sentences
from tracker.store import open_store
from tracker.topics import shipped_topics

DEMO = "Fictional measures, March 2026"
TEMPLATES = shipped("templates") / "site"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("site"))
    first_week(told)
    second_week(told)
    return told


@pytest.fixture(scope="module")
def site(story: Story) -> Path:
    out = story.folder / "site"
    build(story.db, out, demo=DEMO)
    return out


def soup(site: Path, path: str = "") -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text(), "lxml")


def told(site: Path, path: str = "", within: str = "main") -> str:
    found = soup(site, path).select_one(within)
    assert found is not None
    return " ".join(found.get_text(" ").split())


def all_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


# -- what it says ----------------------------------------------------------------------------------


def test_the_report_counts_what_was_built(story: Story, site: Path) -> None:
    report = build(story.db, story.folder / "again")
    assert report.measures == len(set(site.glob("*/2026/*/index.html"))) == 10
    assert report.pages == len(all_pages(story.folder / "again"))
    assert report.as_of == dt.date(2026, 3, 8)


def test_first_page_tells_where_states_stand(site: Path) -> None:
    text = told(site)
    assert "On Mar 8, 2026" in text
    assert "10 ban 287(g) agreements" in text
    assert "ICE lists 44 agreements with 43 agencies (list of Mar 6, 2026)" in text
    tiles = soup(site).select("svg.map a")
    assert len(tiles) == 52
    assert "Maryland: Bans 287(g)" in {tile["aria-label"] for tile in tiles}


def test_first_page_tells_what_was_decided_this_week(site: Path) -> None:
    text = told(site)
    assert "Enacted (before: on the governor’s desk)" in text
    assert "Vetoed (before: on the governor’s desk)" in text
    assert "EO 26-902" in text
    assert "287(g) agreement went from pending to participating: 1" in text
    assert "HB 9030" not in text  # related subjects are not decisions on cooperation


def test_a_source_that_was_not_read_is_named(site: Path) -> None:
    assert "Source mi (Michigan): Not read since Mar 1, 2026" in told(site)
    row = next(row for row in soup(site, "coverage").select("tr.bad"))
    assert "Blocked by the site" in row.get_text()
    assert "a challenge page" in row.get_text()


def test_state_page(site: Path) -> None:
    text = told(site, "fl")
    assert "Requires cooperation" in text
    assert "2 agreements, 1 agency ICE’s participating list of Mar 6, 2026" in text
    assert "Fictional County Sheriff's Office" in text
    orders = soup(site, "fl").select_one("section[aria-labelledby=orders]")
    assert orders is not None
    assert [a.get_text() for a in orders.select("th a")] == ["EO 26-901", "EO 26-902"]


def test_measures_of_a_state_stand_by_stage(site: Path) -> None:
    section = soup(site, "va").select_one("section[aria-labelledby=measures]")
    assert section is not None
    found = {
        head.get_text(): [a.get_text() for a in head.find_next("table").select("th a")]  # type: ignore[union-attr]
        for head in section.select("h3")
    }
    assert found["Decided"] == ["SB 9001"]
    assert found["Vetoed, dead or ended"] == ["HB 9002"]
    assert set(found["Pending"]) == {"HB 9010", "HB 9020", "HB 9021"}


def test_measure_page(site: Path) -> None:
    page = soup(site, "va/2026/sb-9001")
    now = page.select_one("ol.track li[aria-current=step]")
    assert now is not None
    assert "Enacted" in now.get_text()
    assert "Machine-proposed" in page.get_text()
    marked = page.select_one(".evidence mark")
    assert marked is not None
    assert marked.get_text() in page.select_one("h1 .title").get_text()  # type: ignore[union-attr]
    assert page.select_one(".copies code").get_text() == "a" * 64  # type: ignore[union-attr]
    assert "https://va.example/page" in {a["href"] for a in page.select(".copies a")}
    history = told(site, "va/2026/sb-9001", ".log")
    assert "seen Mar 8, 2026" in history


def test_every_change_is_on_the_page_of_its_week(story: Story, site: Path) -> None:
    weeks = [told(site, f"changes/{day}") for day in ("2026-02-23", "2026-03-02")]
    for row in changes(story.db):
        if row.measure and row.new:
            assert any(row.identifier in week for week in weeks)
    assert "Fictional Bend Constable" in weeks[1]


def test_agreements_page_says_its_unit_and_day(site: Path) -> None:
    text = told(site, "agreements")
    assert "Participating: 44 agreements with 43 agencies, in ICE’s list of Mar 6, 2026" in text
    assert "Pending: 1 agreement with 1 agency, in ICE’s list of Mar 6, 2026" in text
    rows = {
        row.select_one("th").get_text(): [cell.get_text() for cell in row.select("td")]  # type: ignore[union-attr]
        for row in soup(site, "agreements").select("section[aria-labelledby=state] tbody tr")
    }
    assert rows["Florida"] == ["2", "1", "1", "1", "0"]
    assert rows["Texas"] == ["2", "2", "1", "1", "1"]


def test_the_share_of_machine_proposals_is_told(site: Path) -> None:
    assert "Of 10 measures on topic, the stance of 10 is machine-proposed" in told(site, "method")


def test_demonstration_data_is_marked_on_every_page(site: Path) -> None:
    for page in all_pages(site):
        banner = BeautifulSoup(page.read_text(), "lxml").select_one("p.demo")
        assert banner is not None
        assert banner.get_text() == f"Demonstration data {DEMO}"


def test_the_banner_does_not_say_it_twice(story: Story, tmp_path: Path) -> None:
    build(story.db, tmp_path / "site", demo="Demonstration data: two days of March")
    assert told(tmp_path / "site", within="p.demo") == "Demonstration data: two days of March"


def test_a_state_without_a_source_of_its_own_says_so(site: Path) -> None:
    assert "No source of this state has been read yet" in told(site, "tx")
    assert "No source of this state has been read yet" not in told(site, "va")


def test_an_earlier_day_shows_what_was_known_then(story: Story) -> None:
    out = story.folder / "earlier"
    build(story.db, out, as_of=dt.date(2026, 3, 1))
    assert "On the governor’s desk" in told(out, "va/2026/sb-9001", "ol.track li[aria-current]")
    assert not (out / "va/2026/hb-9020").exists()
    assert "43 agreements" in told(out)


def test_a_day_before_anything_was_read(story: Story, tmp_path: Path) -> None:
    report = build(story.db, tmp_path / "site", as_of=dt.date(2020, 1, 1))
    assert (report.measures, report.as_of) == (0, dt.date(2020, 1, 1))


def test_an_empty_store_shows_the_shipped_measures(tmp_path: Path) -> None:
    report = build(open_store(tmp_path / "e.db", create=True), tmp_path / "site")
    assert (report.measures, report.as_of) == (0, dt.date(2026, 5, 26))
    assert "Nothing has been read yet" in told(tmp_path / "site", within="footer")
    assert "Requires cooperation" in told(tmp_path / "site", "tx")


# -- how it is built -------------------------------------------------------------------------------


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_the_same_store_gives_the_same_bytes(story: Story, site: Path, tmp_path: Path) -> None:
    build(story.db, tmp_path / "other", demo=DEMO)
    assert files(tmp_path / "other") == files(site)


def test_a_failed_build_leaves_the_old_site(story: Story, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(story.db, out)
    before = files(out)

    def broken(folder: Path) -> list[Download]:
        return [Download("feeds/none.xml", "A feed", "that was not written")]

    with pytest.raises(SiteError, match="lead nowhere"):
        build(story.db, out, extra=broken)
    assert files(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_other_files_join_the_site(story: Story, tmp_path: Path) -> None:
    def feed(folder: Path) -> list[Download]:
        (folder / "feed.xml").write_text("<feed/>")
        return [Download("feed.xml", "Feed", "The newest changes")]

    build(story.db, tmp_path / "site", extra=feed)
    assert (tmp_path / "site/feed.xml").read_text() == "<feed/>"
    assert "The newest changes" in told(tmp_path / "site", "data")


def test_a_folder_of_something_else_is_not_replaced(story: Story, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("mine")
    with pytest.raises(SiteError, match="not a built site"):
        build(story.db, tmp_path)
    assert (tmp_path / "keep.txt").read_text() == "mine"


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="a/">a</a><a href="#top">b</a>')
    with pytest.raises(SiteError, match=r"2 links lead nowhere, first index\.html: a/"):
        check_links(tmp_path)


def test_served_pages_have_bare_addresses_and_a_canonical_one(story: Story, tmp_path: Path) -> None:
    build(story.db, tmp_path / "site", base_url="https://tracker.example/map/")
    page = soup(tmp_path / "site", "va")
    canonical = page.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == "https://tracker.example/map/va/"
    assert not [a for a in page.select("a[href]") if "index.html" in a["href"]]
    missing = (tmp_path / "site/404.html").read_text()
    assert 'href="https://tracker.example/map/style.' in missing


# -- that nothing on it runs -----------------------------------------------------------------------


def test_every_page_has_the_policy_and_nothing_inline(site: Path) -> None:
    assert CSP == (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src"
        " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    for page in all_pages(site):
        found = BeautifulSoup(page.read_text(), "lxml")
        meta = found.select_one("head meta[http-equiv=Content-Security-Policy]")
        assert meta is not None
        assert meta["content"] == CSP
        _assert_nothing_runs(found)


def _assert_nothing_runs(found: BeautifulSoup) -> None:
    scripts = found.find_all("script")
    assert [
        re.fullmatch(r"(\.\./)*app\.[0-9a-f]{8}\.js", s["src"]) is not None for s in scripts
    ] == [True]
    assert scripts[0].get_text() == ""
    assert not found.find_all(
        ["style", "iframe", "object", "embed", "form", "base", "img", "foreignobject"]
    )
    for element in found.find_all(True):
        assert not [name for name in element.attrs if name == "style" or name.startswith("on")]
        for name in ("href", "src", "xlink:href"):
            if name in element.attrs:
                assert re.match(r"https?://|[^:]*$", element[name]), element


def test_headers_file(site: Path) -> None:
    text = (site / "_headers").read_text()
    assert f"Content-Security-Policy: {CSP}\n" in text
    assert "X-Content-Type-Options: nosniff" in text
    assert "Referrer-Policy: no-referrer" in text


def test_no_markup_passes_unescaped() -> None:
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text()
        assert not re.search(r"\|\s*safe|Markup|autoescape", text), path
        assert not re.search(r"""href="\{\{(?!\s*(to\(|root|safe|canonical\|href))""", text), path
    code = Path(__file__).parents[1] / "tracker"
    for path in (*(code / "site").glob("*.py"), code / "charts.py", code / "nodes.py"):
        assert not re.search(r"\bMarkup\b|\|safe|autoescape=False", path.read_text()), path


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>body{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "</title><script>alert(1)</script>",
    "</q></li></ul><h1>Injected</h1>",
    "<!-- comment",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;script&#x3E;alert(1)",
    "\u202eevil\u202c reversed",
    "zero\u200bwidth and \u00adsoft",
    "nul\x00byte and \x07bell",
    "line one\r\nSet-Cookie: a=b",
    "=HYPERLINK(\"http://evil.example\")",
    "../../../../etc/passwd",
    "%2e%2e%2f%00",
    "A" * 5_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \ufdfd \U000e0041",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
]  # fmt: skip
SUBJECT = "Fictional: prohibiting 287(g) agreements with U.S. Immigration and Customs Enforcement "


def test_hostile_words_are_shown_and_never_run(tmp_path: Path) -> None:
    assert len(HOSTILE) == 30
    story = Story(tmp_path)
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", [
        bill("us-va", f"HB {number}", SUBJECT + hostile, ("2026-01-02", hostile),
             abstract=SUBJECT + hostile, committees=[hostile[:200]])
        for number, hostile in enumerate(HOSTILE, start=1)
    ], reason=HOSTILE[0])  # fmt: skip
    story.run(VIRGINIA, "2026-03-02T12:00:00Z", [
        bill("us-va", f"HB {number}", SUBJECT + hostile + " again", ("2026-01-02", hostile + "!"),
             abstract=hostile)
        for number, hostile in enumerate(HOSTILE, start=1)
    ])  # fmt: skip
    out = tmp_path / "site"
    report = build(story.db, out, demo=HOSTILE[0])
    assert report.measures == 30
    for page in all_pages(out):
        _assert_nothing_runs(BeautifulSoup(page.read_text(), "lxml"))
    for number, hostile in enumerate(HOSTILE, start=1):
        found = soup(out, f"va/2026/hb-{number}").select_one("h1 .title")
        assert found is not None
        assert _folded(found.get_text()) == _folded(SUBJECT + hostile + " again")


_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def _folded(text: str) -> str:
    """White space is folded when stored; what would disturb its surroundings is not printed."""
    return _NOT_SHOWN.sub("", " ".join(text.split()))


@pytest.mark.parametrize("identifier", ["../../../up", "/", "HB 1" + "0" * 290, "<b>1</b>", "…"])
def test_a_hostile_number_stays_within_the_site(tmp_path: Path, identifier: str) -> None:
    story = Story(tmp_path)
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", [bill("us-va", identifier, SUBJECT)])
    report = build(story.db, tmp_path / "deep" / "site")
    assert report.measures == 1
    assert {path.name for path in tmp_path.iterdir()} == {
        "runs",
        "deep",
        "t.db",
        "t.db-wal",
        "t.db-shm",
    }
    assert len(list((tmp_path / "deep/site/va/2026").glob("*/index.html"))) == 1


# -- words and structure ---------------------------------------------------------------------------


def test_every_sentence_is_asked_for_and_there() -> None:
    code = Path(__file__).parents[1] / "tracker" / "site"
    sources = [path.read_text() for path in (*TEMPLATES.glob("*.html"), *code.glob("*.py"))]
    text = "\n".join(sources)
    asked = set(re.findall(r"""\b(?:t|text)\(\s*"([\w./-]+[\w])"(?! ~)""", text))
    assert asked - set(sentences()) == set()
    quoted = set(re.findall(r'"([a-z_]+(?:[.][\w/-]+)*)"', text))
    families = tuple(re.findall(r'"([\w.]+\.)(?:"\s*~|\{)', text))
    unused = {key for key in sentences() if key not in quoted and not key.startswith(families)}
    assert unused == set()


def test_every_stored_value_has_a_label() -> None:
    from tracker.model import Direction, GovernorAction, Kind, Posture, RelationKind, Scope, Stance
    from tracker.runs import Verdict

    for kinds, labels in (
        (STAGES, words.STAGES),
        (GovernorAction.__args__, words.GOVERNOR_ACTIONS),
        (Kind.__args__, words.KINDS),
        (Posture.__args__, words.POSTURES),
        (Posture.__args__, words.POSTURE_MEANINGS),
        (RelationKind.__args__, words.RELATIONS),
        (Scope.__args__, words.SCOPES),
        (Stance.__args__, words.STANCES),
        (Stance.__args__, words.STANCE_MEANINGS),
        (Direction.__args__, words.DIRECTIONS),
        (Verdict.__args__, words.VERDICTS),
    ):
        assert set(kinds) == set(labels)


def test_every_kind_of_change_and_topic_has_a_label() -> None:
    code = Path(__file__).parents[1] / "tracker"
    sources = [*(code / "keep").glob("*.py"), code / "changes.py", code / "agreement_rows.py"]
    text = "\n".join(path.read_text() for path in sources)
    kinds = set(re.findall(r'Change\("(\w+)"', text)) | set(
        re.findall(r'"(agreement_\w+d|agreement_new)"', text)
    )
    assert len(kinds) > 15
    assert kinds <= set(words.CHANGE_KINDS)
    assert set(shipped_topics().topic_rules) <= set(words.TOPICS)


def test_every_page_can_be_walked_by_ear_and_keyboard(site: Path) -> None:
    for page in all_pages(site):
        found = BeautifulSoup(page.read_text(), "lxml")
        assert found.html is not None
        assert found.html["lang"] == "en"
        assert len(found.find_all("h1")) == 1, page
        assert len(found.find_all("main")) == 1
        skip = found.select_one("a.skip")
        assert skip is not None
        assert skip["href"] == "#content"
        ids = [element["id"] for element in found.select("[id]")]
        assert len(ids) == len(set(ids)), page
        for table in found.find_all("table"):
            if not table.find_parent(class_="prose"):
                assert table.caption is not None, page
                assert all(cell.has_attr("scope") for cell in table.find_all("th")), page
        for named in found.select("[aria-labelledby]"):
            assert set(named["aria-labelledby"].split()) <= set(ids), page
        for drawing in found.select("svg"):
            assert drawing.find("title", recursive=False) is not None


def test_headings_never_skip_a_level(site: Path) -> None:
    for page in all_pages(site):
        levels = [
            int(head.name[1])
            for head in BeautifulSoup(page.read_text(), "lxml").select("h1,h2,h3,h4")
        ]
        assert all(after - before <= 1 for before, after in pairwise(levels)), page


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_track(stage: str) -> None:
    for kind in ("bill", "resolution", "executive_order"):
        steps = track(kind, stage)
        assert sum(step.state == "now" for step in steps) == (0 if stage == "unknown" else 1)


def test_a_dead_bill_shows_how_far_it_came() -> None:
    assert [step.label for step in track("bill", "dead", {"in_committee", "introduced"})] == [
        "Introduced",
        "In committee",
        "Dead",
    ]


def test_evidence_that_is_no_longer_in_the_text_is_quoted_without_context(story: Story) -> None:
    from tracker.model import Evidence
    from tracker.readers.measures import measures

    one = next(one for one in measures(story.db) if one.identifier == "SB 9001")
    moved = one._replace(evidence=[Evidence(quote="other words", field="title", start=3)])
    assert [tuple(quote) for quote in quotes(moved, {})] == [("", "other words", "", "title", "")]


def test_a_day_is_no_more_exact_than_it_is_known() -> None:
    assert [known_day(day) for day in ("2011", "2026-01", "2026-02-05")] == [
        "2011",
        "Jan 2026",
        "Feb 5, 2026",
    ]


def test_undefined_names_raise() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing.here }}").render()


# -- 287(g) by month, and what others state -------------------------------------------------------


def test_agreements_by_month_are_of_dated_lists_with_their_source(site: Path) -> None:
    section = soup(site, "agreements").select_one("section[aria-labelledby=months]")
    assert section is not None
    rows = [[c.get_text(" ", strip=True) for c in row("td")] for row in section.select("tbody tr")]
    days = [head.get_text() for head in section.select("tbody th")]
    by_day = dict(zip(days, rows, strict=True))
    assert days[-1] == "Jan 13, 2021"
    assert by_day["Jan 13, 2021"][:2] == ["150", "147"]
    assert by_day["Apr 30, 2025"][:2] == ["517", "not counted"]
    assert by_day["Jan 30, 2026"][:2] == ["1,371", "1,149 list of Jan 26, 2026"]
    links = [[link["href"] for link in row.select("a")] for row in section.select("tbody tr")]
    assert all(found and all(map(href_is_https, found)) for found in links)
    assert len(section.select("svg.chart")) == 2


def href_is_https(href: str | list[str]) -> bool:
    return str(href).startswith("https://")


def test_lists_read_here_join_the_months_unless_they_are_excerpts(
    story: Story, site: Path, tmp_path: Path
) -> None:
    build(story.db, tmp_path / "site")
    months = "section[aria-labelledby=months]"
    whole = soup(tmp_path / "site", "agreements").select(f"{months} tbody tr")
    assert [" ".join(row.get_text(" ").split()) for row in whole[:2]] == [
        "Mar 6, 2026 44 43 participating2026-03-06.xlsx",
        "Feb 27, 2026 43 43 participating2026-02-27.xlsx",
    ]
    excerpts = told(site, "agreements", months)
    assert "The lists read in this demonstration are excerpts" in excerpts
    assert "participating2026-03-06.xlsx" not in excerpts


def test_figures_of_others_stand_beside_the_counts_once_they_were_said(
    story: Story, site: Path, tmp_path: Path
) -> None:
    beside = "section[aria-labelledby=beside]"
    text = told(site, "agreements", beside)
    assert "Up to 25% of yearly salary" in text
    assert "DHS, Sep 2, 2025, as told by EIN Presswire · Source" in text
    assert "Oklahoma: Share of ICE arrests" in text
    build(story.db, tmp_path / "site", as_of=dt.date(2025, 9, 2))
    earlier = told(tmp_path / "site", "agreements", beside)
    assert "Up to 25% of yearly salary" in earlier
    assert "FWD.us" not in earlier
    assert "No 287(g) list has been read yet" in told(tmp_path / "site", "agreements")
    assert "Aug 29, 2025" in told(
        tmp_path / "site", "agreements", "section[aria-labelledby=months]"
    )


def test_a_state_shows_its_months_where_a_list_named_it(site: Path) -> None:
    rows = soup(site, "md").select("section[aria-labelledby=agreements] details tbody tr")
    newest = " ".join(rows[0].get_text(" ").split())
    assert newest == "Mar 2, 2026 3 3 Copy of the list"
    assert not soup(site, "or").select("section[aria-labelledby=agreements] details")
