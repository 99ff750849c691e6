"""Pennsylvania: one ZIP of a session's bills with their history, feeds of committee meetings."""

from __future__ import annotations

import io
import zipfile

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site
from tests.simulations.world import Bill

_FEEDS = {f"/{chamber}/rss/committee/schedule": chamber for chamber in ("house", "senate")}
_SENTENCES = ("Referred to JUDICIARY", "Reported as amended")
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


class Simulated(Site):
    """Texts are where robots.txt refuses."""

    has_texts = False

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply("User-agent: *\nDisallow: /legislation/bills/\n", "text/plain")
        if asked.path in _FEEDS:
            return Reply(_feed(_FEEDS[asked.path]), XML)
        wanted = {"documentType": "BillHistoryData", "session": "2025_0"}
        if asked.path == "/data/file" and asked.query == wanted:
            return Reply(self._history(), "application/zip")
        return NOTHING

    def _history(self) -> bytes:
        bills = "".join(map(_bill, self.world.bills()))
        exported = self.world.today.strftime("%B %d, %Y 7:30:08 AM EST")
        whole = (
            f'{_DECLARED}<historyExport exportDate="{exported}" totalDocuments='
            f'"{self.world.listed:,}"><session year="2025" session="0">{bills}</session>'
            "</historyExport>"
        )
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("PA-Bill-History-2025-RegularSession.xml", whole)
        return packed.getvalue()


def _bill(bill: Bill) -> str:
    body = "S" if bill.upper else "H"
    name = f"{body}B{bill.number:04}"
    first = 2 * bill.number + 5000 * bill.upper
    texts = "".join(
        f'<number sequence="{place:02}" billTextPdfUrl="https://www.palegis.us/legislation/bills/text'
        f'/PDF/2025/0/{name}/PN{first + nth:04}">{first + nth:04}</number>'
        for place, nth in enumerate(reversed(range(len(bill.steps))), start=1)
    )
    actions = "".join(
        f'<action sequence="{nth + 1:02}" actionChamber="{body}"><verb>{_SENTENCES[nth]}</verb>'
        f"<committee>JUDICIARY</committee><date>{day:%m/%d/%y}</date>"
        f"<printersNumber>{first + nth:04}</printersNumber><rollCallVote></rollCallVote>"
        f"<fullAction>{_SENTENCES[nth]}, {day:%B} {day.day}, {day.year}</fullAction></action>"
        for nth, day in enumerate(bill.steps)
    )
    return (
        f'<bill id="20250{body}B{bill.number}" lastUpdate="Feb 2, 2026 7:30:04 AM EST">'
        f"<sessionYear>2025</sessionYear><session>0</session><body>{body}</body>"
        f'<type description="Bill">B</type><subType>B</subType><number>{bill.number}</number>'
        f"<shortTitle>{bill.title}</shortTitle>"
        f'<sponsors><sponsor sequenceNumber="01" body="{body}">FICTIONAL</sponsor></sponsors>'
        f"<printersNumberHistory>{texts}</printersNumberHistory>"
        f"<actionHistory>{actions}</actionHistory></bill>"
    )


def _feed(chamber: str) -> str:
    """As it stands while no committee meets."""
    return (
        f'{_DECLARED}<rss version="2.0" xmlns:parss="https://www.legis.state.pa.us/RSS"><channel>'
        f"<title>PA {chamber.title()} Committee Meeting Schedule</title>"
        f"<link>https://www.palegis.us/{chamber}/committees/meeting-schedule</link>"
        "</channel></rss>"
    )
