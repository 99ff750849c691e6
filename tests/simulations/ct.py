"""Connecticut: three data files for all measures, a page for each, texts in PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.simulations.site import CSV, NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_TEXT = re.compile(r"/2026/(?:TOB/[HS]|FC)/PDF/2026([HS])B-(\d{5})-(R00-[HS]B|R000508-FC)\.PDF")
_SENTENCES = (
    ("REF. TO JOINT COMM. ON", "JUD", "Referred to Joint Committee on Judiciary"),
    ("JOINT FAVORABLE", "", "Joint Favorable"),
)


class Simulated(Site):
    """Bills of the House are numbered from 5001, as there."""

    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/ftp/pub/data/bill_history.csv":
                return self._history()
            case "/ftp/pub/data/subject.csv":
                return _file("bill_num,subj_desc", [f'"{_name(self.world.bill(1))}","BRIDGES"'])
            case "/ftp/pub/data/bill_info.csv":
                rows = (
                    f'"{_name(b)}","{b.number}","2026","0","{b.title}"' for b in self.world.bills()
                )
                return _file("bill_num,lco_num,sess_year,sess_num,bill_title", rows)
            case "/asp/cgabillstatus/cgabillstatus.asp" if asked.query["which_year"] == "2026":
                return Reply(_page(self._bill(asked.query["bill_num"])))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found[1] + "B" + found[2]).words(2 if "FC" in found[3] else 1))
        return NOTHING

    def _bill(self, name: str) -> Bill:
        upper, number = name.startswith("S"), int(name[2:])
        return self.world.bill(number if upper else number - 5000, upper=upper)

    def _history(self) -> Reply:
        rows = (
            f'"{_name(bill)}","{day} 00:00:00","{_SENTENCES[nth][0]}","{_SENTENCES[nth][1]}",'
            for bill in self.world.bills()
            for nth, day in enumerate(bill.steps)
        )
        return _file("bill_num,act_date,act_desc,qual1,qual2", rows)


def _page(bill: Bill) -> str:
    house, number = ("S" if bill.upper else "H"), _name(bill)[2:]
    papers = (
        ("Raised Bill", f"/2026/TOB/{house}/PDF/2026{house}B-{number}-R00-{house}B.PDF"),
        ("File No. 508", f"/2026/FC/PDF/2026{house}B-{number}-R000508-FC.PDF"),
    )
    texts = "".join(
        f'<tr><td>&nbsp;</td><td><a href="{url}">{label}</a>'
        ' <a href="https://search.cga.state.ct.us/x?u=0">[doc]</a></td></tr>'
        for label, url in reversed(papers[: len(bill.steps)])
    )
    history = "".join(
        f"<tr><td>&nbsp;</td><td>{day.month}/{day.day}/{day.year}</td><td></td>"
        f"<td>{_SENTENCES[nth][2]}</td></tr>"
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    return (
        "<html><head><title>Bill Status</title></head><body>"
        f'<h3 class="text-center"><strong>Raised {house}.B. No. {int(number)} </strong><br>'
        f'Session Year 2026</h3><div class="large-12 columns"><h4>{bill.title}</h4>'
        '<p class="text-justify"></p><h5>Introduced by: </h5>Judiciary Committee</div>'
        '<table summary="Status of bills" class="footable table"><thead><tr><td>&nbsp;</td>'
        f"<td>&nbsp;&nbsp;Text of Bill</td></tr></thead><tbody>{texts}</tbody></table>"
        '<h4>Bill History</h4><table summary="Bill history" class="footable table"><thead><tr>'
        "<th>&nbsp;</th><th>Date</th><th>&nbsp;</th><th>Action Taken</th></tr></thead>"
        f"<tbody>{history}</tbody></table></body></html>"
    )


def _name(bill: Bill) -> str:
    return f"SB{bill.number:05}" if bill.upper else f"HB{bill.number + 5000:05}"


def _file(head: str, rows: Iterable[str]) -> Reply:
    return Reply("\n".join((head, *rows, "")), CSV)
