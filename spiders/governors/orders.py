"""What the sources of all governors share: who governed when, and what an order's text states."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, NamedTuple

from spiders.answer import Answer
from spiders.base import OrdersSpider, Things
from spiders.governors.order_days import attested_on, expires_on
from spiders.governors.order_names import OrderForm
from spiders.governors.relations import statements
from spiders.reading import PageChanged
from tracker.model import Action, Chamber, Measure, VersionText
from tracker.plain_text import UnreadableText, plain_text

SIGNED = "Signed by the governor"
EXECUTIVE: Chamber = "executive"


class Term(NamedTuple):
    """One governor's time in office: from `begin` to the day before `end`."""

    governor: str
    begin: dt.date
    end: dt.date


class GovernorOrders(OrdersSpider):
    """`form` is how the orders are numbered, `terms` the governors, one after the other."""

    form: ClassVar[OrderForm]
    terms: ClassVar[tuple[Term, ...]]
    signed_text: ClassVar[str] = SIGNED

    def governor_on(self, day: dt.date) -> str | None:
        """None on a day the table does not cover: a governor is never guessed."""
        for term in self.terms:
            if term.begin <= day < term.end:
                return term.governor
        self.reject("an order of a day for which no governor is known (its order is kept)")
        return None

    def signed(self, day: dt.date) -> list[Action]:
        return [Action(on=day, text=self.signed_text, chamber=EXECUTIVE)]

    def stated(self, answer: Answer, words: str) -> Things:
        """What the text of the order named in the request says: its relations, the day it ends
        and, where the list does not tell it (`day` in the context), the day of signature."""
        yield self._facts(answer, words)
        yield VersionText(
            note=answer.carried("note"),
            url=answer.carried("url"),
            text=words,
            **answer.named(),
        )

    def _facts(self, answer: Answer, words: str) -> Measure:
        signed = self._signed_on(answer, words)
        return Measure(
            **answer.named(),
            kind=answer.context["kind"],
            chamber=EXECUTIVE,
            issuer=self.governor_on(signed) if signed else None,
            issued_on=signed,
            actions=self.signed(signed) if signed else None,
            expires_on=expires_on(words),
            relations=[one.relation() for one in statements(words, self.form)],
        )

    def _signed_on(self, answer: Answer, words: str) -> dt.date | None:
        """None where the list told the day, or where the text has none that can be right."""
        if answer.context.get("signed"):
            return None
        day = attested_on(words)
        if day is None:
            self.reject("an order whose text attests no day of signature (its order is kept)")
        elif str(day.year) != answer.carried("session"):
            self.reject(
                "an order signed in another year than its number or post says (its day is left out)"
            )
            day = None
        return day

    def readable(self, body: bytes, media_type: str) -> str:
        """The words of a document; "" for a scan, of which only its address is kept.

        Raises PageChanged where the document is broken or of another type.
        """
        try:
            return plain_text(body, media_type)
        except UnreadableText as error:
            if "holds no words" not in str(error):
                raise PageChanged("a readable text", str(error)) from error
            self.reject("text that is a scan without words")
            return ""

    def in_office(self, governor: str) -> None:
        """Raises PageChanged where a site bears the name of a governor whose term is over."""
        last = max((term.end for term in self.terms if term.governor == governor), default=None)
        if last is None or last <= self.today:
            ended = f"whose term ended on {last}" if last else "of whom the table has no term"
            raise PageChanged(
                "the site of the governor in office, in db/governors.yaml",
                f"one named after {governor}, {ended}",
                self.facts.home,
            )
