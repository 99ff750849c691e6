"""Iowa General Assembly: https://www.legis.iowa.gov

What it is: the table of all bills of a General Assembly (whole titles, sponsors, companions), the
actions of each bill with the subcommittee meetings they announce, and its texts as HTML.

What it is not: prefiled drafts of agencies, which have no number yet; amendments, which are PDF of
their own; votes by member, which stand in the journals; tagged topics, a request more for each bill
that tells no more than its title.

Requests: robots.txt and the table, which does not tell that a bill moved. So from January to June the
actions of wanted ones are asked for too, of about ten in turn; where one moved the page of its texts
and the new ones. With 2,000 listed and 40 on topic 11 on a quiet day, 13 when five moved and one or
two of them had their turn, 122 the first time.

Quirks: a study bill (`HSB`, `SSB`) goes on as `HF` or `SF` under a new number, which titles tell
("Formerly HSB 285", "See HF 946") and actions too ("renumbered as HF 946"); "HF 1 substituted" gives
a bill's place away, "Substituted for SF 2" takes one; deadlines called funnels kill most bills without
a word; lists and actions are answers to a script and are asked for as it asks; connections are dropped
under load, so three seconds lie between requests.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.ia_history import actions_of, hearings, papers, relations_told, votes_of
from spiders.legislatures.ia_rows import (
    SITE,
    assembly_of,
    kind_of,
    measure_of,
    session_of,
    versions,
)
from spiders.legislatures.ia_text import lines_of, named_in_text_url, same_text
from spiders.reading import PageChanged, measure_number, one, table
from spiders.turns import in_turn, since_last_turn
from tracker.model import Measure, VersionText
from tracker.runs import Requests, SourceFacts

_BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
_COLUMNS = ("Bill", "Bill Title", "Companion", "Similar", "Sponsor")
_LAST_MONTH, _LOOKS = 6, 10


class Iowa(LegislatureSpider):
    facts = SourceFacts(
        code="ia",
        jurisdiction="us-ia",
        name="Iowa General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=122, quiet=11, busy=13),
    )
    hosts = ("www.legis.iowa.gov",)
    timezone = "America/Chicago"
    complete_list = True
    delay_seconds = 3.0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        prefixes = tuple(f"{self.facts.jurisdiction}/{one}/" for one in self.sessions(self.today))
        self.watched = {key for key in self.known.watched if key.startswith(prefixes)}
        turn = in_turn(self.watched, self.today, _LOOKS, self.known.lively)
        self.turn = frozenset(turn if self.today.month <= _LAST_MONTH else ())

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A General Assembly begins on the second Monday of January in the odd year (Iowa Code 2.1);
        bills carry over to its second year, special sessions are part of it."""
        year = today.year - (today.year % 2 == 0)
        opening = nth(2, MONDAY, 1, year)
        return [session_of(year if today >= opening else year - 2)]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            url = f"{SITE}/legislation/findLegislation/allbills?ga={assembly_of(session)}"
            yield self.ask(url, {}, headers=_BY_SCRIPT)

    @page(
        r"/legislation/findLegislation/allbills\?ga=\d+$",
        landmark=r'(?s)id="sortableTable".*</table>',
    )
    def all_bills(self, answer: Answer) -> Things:
        session = session_of(answer.asked("ga"))
        found = one(answer.soup(whole=False), "table#sortableTable")
        rows = list(table(found, *_COLUMNS))
        if not rows:
            raise PageChanged("rows of bills", "none")
        for row in rows:
            measure = measure_of(row, session)
            yield measure
            if self.wants(measure.key, measure.title or "") and self._is_read(measure.key):
                yield self._actions(measure)

    def _is_read(self, key: str) -> bool:
        """The table is the same whether or not a bill moved; after June none does."""
        known = self.known
        asked = key in known.asked or key == known.canary
        return asked or key in self.turn or key not in known.texts

    def _actions(self, measure: Measure) -> Request:
        form = {
            "ga": assembly_of(measure.session),
            "billName": measure.identifier,
            "action": "getBillAction",
            "bl": "false",
        }
        return self.ask(
            f"{SITE}/legislation/BillBook",
            named(measure),
            method="POST",
            body=urlencode(form).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", **_BY_SCRIPT},
        )

    @page(
        r"/legislation/BillBook$",
        landmark=r"(?s)billActionTable.*</table>",
        empty=r"Data not available for the selected bill|No history is recorded at this time",
    )
    def actions(self, answer: Answer) -> Things:
        about, found = answer.named(), one(answer.soup(whole=False), "table.billActionTable")
        actions = actions_of(found)
        measure = Measure(
            **about,
            kind=kind_of(about["identifier"]),
            actions=actions,
            committees=_committees([action.text for action in actions]),
            documents=list(papers(found, answer.url)),
            votes=votes_of(actions),
            relations=list(relations_told(actions)),
        )
        yield measure
        yield from hearings(measure, self.today, self.timezone)
        moved = since_last_turn(actions[-1].on, self.watched, self.today, _LOOKS)
        if moved or measure.key not in self.known.texts:
            ga, number = assembly_of(measure.session), quote(measure.identifier)
            yield self.get(f"{SITE}/legislation/BillBook?ga={ga}&ba={number}", **about)

    @page(r"/legislation/BillBook\?ga=\d+&ba=[A-Z]+(?:%20|\+| )?\d+$", landmark="selectedBill")
    def bill(self, answer: Answer) -> Things:
        session, identifier = session_of(answer.asked("ga")), measure_number(answer.asked("ba"))
        soup = answer.soup()
        printed = one(soup, "input[name=selectedBill]").get("value")
        if measure_number(str(printed)) != identifier:
            raise PageChanged(identifier, str(printed))
        yield Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=identifier,
            kind=kind_of(identifier),
            versions=versions(soup, session, identifier),
        )

    @page(r"/docs/publications/LG[A-Z]+/\d+/attachments/\w+\.html$", landmark=r"<div class='p'")
    def text(self, answer: Answer) -> Things:
        about = {**named_in_text_url(answer.url), **answer.context}
        told = lines_of(answer.soup())
        same_text(told, about["identifier"])
        asked = replace(answer, context=about)
        yield VersionText(
            url=asked.carried("url"), text=told, note=asked.carried("note"), **asked.named()
        )


def _committees(sentences: Sequence[str]) -> list[str]:
    found = (re.search(r"\breferred to ([A-Z][\w ,&]+?)\.?$", sentence) for sentence in sentences)
    return list(dict.fromkeys(one[1] for one in found if one))
