"""Illinois: a folder that says when each file was written, one XML for each measure, texts as HTML."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site
from tests.simulations.world import Bill

_FOLDER = "/Legislation/104/BillStatus/XML/"
_STATUS = re.compile(rf"{_FOLDER}10400([HS])B(\d{{4}})\.xml")
_TEXT = re.compile(r"/Legislation/104/[HS]B/10400([HS])B(\d{4})(eng)?\.htm")
_SENTENCES = ("First Reading", "Third Reading - Passed; 040-010-000")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == _FOLDER:
            return Reply(self._folder())
        if found := _STATUS.fullmatch(asked.path):
            return Reply(_status(self._bill(found)), XML)
        if found := _TEXT.fullmatch(asked.path):
            return Reply(_text(self._bill(found), 2 if found[3] else 1))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _folder(self) -> str:
        """What happens on a day is written at night, which here is the same day's."""
        head = f"ftp.ilga.gov - {_FOLDER}"
        rows = "".join(
            f" {bill.steps[-1].month}/{bill.steps[-1].day}/{bill.steps[-1].year}   4:20 AM"
            f'         1234 <A HREF="{_FOLDER}{_stem(bill)}.xml">{_stem(bill)}.xml</A><br>'
            for bill in self.world.bills()
        )
        return (
            f"<html><head><title>{head}</title></head><body><H1>{head}</H1><hr>\r\n\r\n"
            '<pre><A HREF="/Legislation/104/BillStatus/">[To Parent Directory]</A><br><br>'
            f"{rows}</pre><hr></body></html>"
        )


def _letters(bill: Bill) -> str:
    return "SB" if bill.upper else "HB"


def _stem(bill: Bill) -> str:
    return f"10400{_letters(bill)}{bill.number:04}"


def _status(bill: Bill) -> str:
    house = "Senate" if bill.upper else "House"
    steps = "".join(
        f"<statusdate>{day.month}/{day.day}/{day.year}</statusdate><chamber>{house}</chamber>"
        f"<action>{words}</action>"
        for day, words in zip(bill.steps, _SENTENCES, strict=False)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<BillStatus>'
        f"<title>Illinois General Assembly - Bill Status for {_letters(bill)} {bill.number}</title>"
        f"<shortdesc>{bill.title.upper()}</shortdesc><sponsor><sponsorhead>{house} Sponsors"
        "</sponsorhead><sponsors>Rep. Nobody</sponsors></sponsor><synopsis><SynopsisText>"
        f"{bill.title}.</SynopsisText></synopsis><actions>{steps}</actions></BillStatus>\n"
    )


def _text(bill: Bill, version: int) -> str:
    cells = ("", "", bill.words(version))
    rows = "".join(
        f'<tr><td class="number">{line}</td><td class="junk"></td><td class="xsl"><code>{words}'
        "</code></td></tr>"
        for line, words in enumerate(cells)
        if words
    )
    head = f'<td class="xsl">{_stem(bill)[5:]}</td><td class="xsl">LRB104 00000 XXX 00000 b</td>'
    return (
        f'<html><body><table class="xsl" width="578"><pre><tr>{head}</tr>{rows}</pre></table>'
        "</body></html>"
    )
