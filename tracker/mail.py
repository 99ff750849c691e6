"""A digest as a mail: HTML for mail programs, text complete by itself, and the message of both.

Nothing in a mail is fetched from elsewhere: no images, no script, no tracking of links. The same
digest gives the same bytes; the day in the header is that of the newest run.
"""

from __future__ import annotations

import textwrap
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import css_inline
from jinja2 import Environment
from msgspec import Struct

from tracker.digest import Digest
from tracker.digest.parts import Unread
from tracker.errors import TrackerError
from tracker.mail_cut import Caps, View
from tracker.model import fold, to_json
from tracker.templating import day, href, html_environment, shown, text_environment
from tracker.words import AGREEMENT_LISTS, JURISDICTIONS, STANCES, VERDICTS, label

# Gmail clips beyond about 102 kB.
MOST_BYTES = 98_000
_SHARE_KEPT = 0.8
_COLUMNS = 76
_LONGEST_ADDRESS = 500
_LEADS = {
    "backlog": "Measures the tracker had not seen before; they were introduced earlier"
    " or the day is not stated.",
    "related": "About immigration enforcement, but not about cooperation itself.",
}
_NOTHING = "No change on topic in the sources that were read."


class MailError(TrackerError):
    """A mail that can't be made from these settings."""


class Letterhead(Struct, frozen=True, kw_only=True):
    """Who writes to whom. `site` is the address of the status site; without it, links lead to the
    sources only. `list_id` and `unsubscribe` (https) give headers only where they are set."""

    sender: str = "Cooperation Tracker <digest@tracker.invalid>"
    recipient: str = "Preview <preview@tracker.invalid>"
    site: str = ""
    list_id: str = ""
    unsubscribe: str = ""
    postal_address: str = ""


class Rendered(NamedTuple):
    html: str
    text: str


_PREVIEW = Letterhead()


def render(digest: Digest, letterhead: Letterhead = _PREVIEW) -> Rendered:
    """Both parts show the same. Raises MailError where the address of the site is no address."""
    site = letterhead.site.rstrip("/")
    if site and not href(site):
        raise MailError(f"not the address of a site: {letterhead.site!r}; give https://…")
    caps = Caps(digest)
    while True:
        view = caps.view(digest)
        values = _values(digest, letterhead, view, site)
        html = _inliner().inline(_html().get_template("digest.html").render(values))
        if len(html.encode()) <= MOST_BYTES or not caps.tighten(_SHARE_KEPT):
            text = _text().get_template("digest.txt").render(values)
            return Rendered(html, text.strip("\n") + "\n")


def message(digest: Digest, letterhead: Letterhead = _PREVIEW) -> EmailMessage:
    """Raises ValueError where an address or header holds a line break."""
    rendered = render(digest, letterhead)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = letterhead.sender
    mail["To"] = letterhead.recipient
    mail["Subject"] = digest.subject
    mail["Date"] = format_datetime(digest.written_at)
    mail["Message-ID"] = f"<{_fingerprint(digest, letterhead)}@{_domain(mail)}>"
    if letterhead.list_id:
        mail["List-Id"] = letterhead.list_id
    if letterhead.unsubscribe:
        mail["List-Unsubscribe"] = f"<{letterhead.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "en"
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # A drawn boundary would make each rendering differ.
    mail.set_boundary(f"=_{_fingerprint(digest, letterhead)}")
    return mail


def write_preview(digest: Digest, out: Path, letterhead: Letterhead = _PREVIEW) -> list[Path]:
    """Writes `digest.html`, `digest.txt` and `digest.eml` into `out`; returns their paths."""
    mail = message(digest, letterhead)
    rendered = render(digest, letterhead)
    out.mkdir(parents=True, exist_ok=True)
    paths = [out / f"digest.{ending}" for ending in ("html", "txt", "eml")]
    for path, body in zip(
        paths, (rendered.html.encode(), rendered.text.encode(), mail.as_bytes()), strict=True
    ):
        path.write_bytes(body)
    return paths


def _fingerprint(digest: Digest, letterhead: Letterhead) -> str:
    key = [digest.after_id, digest.next_cursor, digest.as_of, digest.filters, letterhead.recipient]
    return sha256(to_json(key)).hexdigest()[:32]


def _domain(mail: EmailMessage) -> str:
    """Raises MailError where From is not one address."""
    addresses = mail["From"].addresses
    if len(addresses) != 1 or not addresses[0].domain:
        raise MailError(f"From must be one address, not {mail['From']!s}")
    domain: str = addresses[0].domain
    return domain


def _values(digest: Digest, letterhead: Letterhead, view: View, site: str) -> dict[str, object]:
    return {
        "digest": digest,
        "letterhead": letterhead,
        "view": view,
        "site": site,
        "page": lambda path: f"{site}/{path}/",
        "changes_page": f"{site}/changes/" if site else "",
        "coverage_page": f"{site}/coverage/" if site else "",
        "leads": _LEADS,
        "nothing": _NOTHING,
        "foot": list(_foot(digest, letterhead)),
    }


def _foot(digest: Digest, letterhead: Letterhead) -> list[str]:
    paragraphs = [
        "A stance is proposed by a machine from the measure’s own words until a person confirms it."
        " “Seen” is the moment the tracker read the page; the archived copy is named by the start"
        " of its SHA-256.",
        f"Changes {digest.after_id + 1:,} to {digest.next_cursor:,} of the log{_filtered(digest)}.",
    ]
    if digest.next_cursor == digest.after_id:
        paragraphs[1] = f"No changes after {digest.after_id:,} in the log{_filtered(digest)}."
    return [*paragraphs, letterhead.postal_address] if letterhead.postal_address else paragraphs


def _filtered(digest: Digest) -> str:
    filters = digest.filters
    parts = [
        ", ".join(label(JURISDICTIONS, code) for code in filters.jurisdictions),
        ", ".join(label(STANCES, stance) for stance in filters.stances),
        "" if filters.agreements else "without 287(g) agreements",
    ]
    asked = "; ".join(part for part in parts if part)
    return f", filtered: {asked}" if asked else ""


@lru_cache(maxsize=1)
def _html() -> Environment:
    return _with_filters(html_environment("mail"))


@lru_cache(maxsize=1)
def _text() -> Environment:
    return _with_filters(text_environment("mail"))


def _with_filters(environment: Environment) -> Environment:
    environment.filters |= {
        "count": _count,
        "link": _link,
        "list_name": lambda name: label(AGREEMENT_LISTS, name),
        "short": short,
        "stance": lambda stance: label(STANCES, stance),
        "unread": unread_words,
        "wrap": wrap,
    }
    return environment


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    """Rules that only some programs know (dark mode, narrow screens) stay in the head."""
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False, minify_css=True
    )


def _link(address: str) -> str:
    """An address too long for a mail is left out like one that is not http or https."""
    return href(address) if len(address) <= _LONGEST_ADDRESS else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(text: str, most: int) -> str:
    """At most `most` characters, cut between words where there are any, on one line."""
    text = fold(str(shown(text)))
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > most // 2 else cut).rstrip(" ,;:") + "…"


def unread_words(one: Unread) -> str:
    """`Ohio Legislature: not read since Feb 2, 2026 (blocked by the site: a challenge page)`."""
    since = f"not read since {day(one.last_success[:10])}" if one.last_success else "never read"
    state = label(VERDICTS, one.state) if one.state and one.state not in {"ok", "ok-empty"} else ""
    why = ": ".join(part for part in (state, short(one.reason, 160)) if part)
    return f"{short(one.name, 80)}: {since} ({why})"


def wrap(text: str, first: str = "", rest: str = "") -> str:
    """Lines of at most 76 columns; long words and addresses stay whole."""
    return textwrap.fill(
        fold(str(shown(text))),
        _COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
