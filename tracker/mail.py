"""A digest as a mail: HTML for mail programs, text complete by itself, and the message of both.

Nothing in a mail is fetched from elsewhere: no images, no script, no tracking of links. The same
digest gives the same bytes; the day in the header is that of the newest run.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import css_inline
from msgspec import Struct

from tracker.digest import Digest
from tracker.digest.parts import Earlier
from tracker.errors import TrackerError
from tracker.mail_cut import Caps, View
from tracker.mail_words import html_mails, text_mails
from tracker.model import to_json
from tracker.templating import href
from tracker.words import JURISDICTIONS, STANCES, label

# Gmail clips beyond about 102 kB.
MOST_BYTES = 98_000
_SHARE_KEPT = 0.8
_LEADS = {
    "backlog": "Measures the tracker had not seen before; they were introduced earlier"
    " or the day is not stated.",
    "related": "About immigration enforcement, but not about cooperation itself.",
}
_NOTHING = "No change on topic in the sources that were read."
_ONLY_EARLIER = "No news: what follows was decided, introduced or signed before."


class MailError(TrackerError):
    """A mail that can't be made from these settings."""


class Letterhead(Struct, frozen=True, kw_only=True):
    """Who writes to whom. `base_url` is where the status site is; without it, links lead to the
    sources only. `list_id` and `unsubscribe` (https) give headers only where they are set."""

    sender: str = "Cooperation Tracker <digest@localhost>"
    recipient: str = "Preview <preview@localhost>"
    base_url: str = ""
    list_id: str = ""
    unsubscribe: str = ""
    postal_address: str = ""


class Rendered(NamedTuple):
    html: str
    text: str


_PREVIEW = Letterhead()
_NO_EARLIER = Earlier(0, 0)


def render(digest: Digest, letterhead: Letterhead = _PREVIEW) -> Rendered:
    """Both parts show the same. Raises MailError where the address of the site is no address."""
    site = letterhead.base_url.rstrip("/")
    if site and not href(site):
        raise MailError(f"not the address of a site: {letterhead.base_url!r}; give https://…")
    caps = Caps(digest)
    while True:
        view = caps.view(digest)
        values = _values(digest, letterhead, view, site)
        html = _inliner().inline(html_mails().get_template("digest.html").render(values))
        if len(html.encode()) <= MOST_BYTES or not caps.tighten(_SHARE_KEPT):
            text = text_mails().get_template("digest.txt").render(values)
            return Rendered(html, text.strip("\n") + "\n")


def message(digest: Digest, letterhead: Letterhead = _PREVIEW) -> EmailMessage:
    """Raises MailError where an address of the letterhead is none, or holds a line break."""
    return _message(digest, letterhead, render(digest, letterhead))


def _message(digest: Digest, letterhead: Letterhead, rendered: Rendered) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    fingerprint = _fingerprint(digest, letterhead)
    for name, value in _headers(digest, letterhead):
        try:
            mail[name] = value
        except ValueError as error:
            raise MailError(f"{name}: {error}: {value!r}") from error
    mail["Message-ID"] = f"<{fingerprint}@{_domain(mail)}>"
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # Content headers set before go with the first part, not with the whole.
    mail["Content-Language"] = "en"
    # A boundary drawn by lot would make each rendering differ.
    mail.set_boundary(f"=_{fingerprint}")
    return mail


def _headers(digest: Digest, letterhead: Letterhead) -> Iterator[tuple[str, str]]:
    yield "From", letterhead.sender
    yield "To", letterhead.recipient
    yield "Subject", digest.subject
    yield "Date", format_datetime(digest.written_at)
    if letterhead.list_id:
        yield "List-Id", letterhead.list_id
    if letterhead.unsubscribe:
        if not letterhead.unsubscribe.startswith("https://") or not href(letterhead.unsubscribe):
            raise MailError(f"not an https address to unsubscribe: {letterhead.unsubscribe!r}")
        yield "List-Unsubscribe", f"<{letterhead.unsubscribe}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "Auto-Submitted", "auto-generated"


def write_preview(
    digest: Digest, out: Path, *, sender: str = _PREVIEW.sender, base_url: str = ""
) -> list[Path]:
    """Writes `digest.html`, `digest.txt` and `digest.eml` into `out`; returns their paths.

    Raises MailError where `sender` or `base_url` is no address; then nothing is written.
    """
    letterhead = Letterhead(sender=sender, base_url=base_url)
    rendered = render(digest, letterhead)
    bodies = {
        "digest.html": rendered.html.encode(),
        "digest.txt": rendered.text.encode(),
        "digest.eml": _message(digest, letterhead, rendered).as_bytes(),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, body in bodies.items():
        (out / name).write_bytes(body)
    return [out / name for name in bodies]


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
        "nothing": _ONLY_EARLIER if digest.earlier != _NO_EARLIER else _NOTHING,
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
def _inliner() -> css_inline.CSSInliner:
    """Rules that only some programs know (dark mode, narrow screens) stay in the head."""
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False, minify_css=True
    )
