"""The page of one matter for people, https://malegislature.gov/Bills/194/H4844, with its votes in
committee where that tab is open. The crawl reads the data behind it; this reads one page by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.ma_rows import SITE, about, court_name, kind_of, text_of
from spiders.reading import PageChanged, day, match, measure_number, one, some, text
from tracker.model import Chamber, Measure, Sponsor, Vote

_ADDRESS = re.compile(r".*/Bills/(\d+)/([HS]D?\d+)(/CommitteeVote)?/?")
_HEADING = re.compile(r"\w+ (?P<number>[HS]D?\.\d+) (?P<court>\d+[a-z]+)(?: \(.*\))?")
_FILED_BY = ("Presenter:", "Sponsor:")
_COUNTS = ("Favorable", "Adverse", "Reserve Right", "No Action")


def bill_page(answer: Answer) -> Measure:
    court, number, opened = match(_ADDRESS, answer.url).groups()
    soup = answer.soup()
    heading = match(_HEADING, text(one(soup, ".followable h1")))
    if measure_number(heading["number"]) != measure_number(number):
        raise PageChanged(f"{number}, as its address says", heading["number"])
    if heading["court"] != court_name(court):
        raise PageChanged(f"court {court}, as its address says", heading["court"])
    title = text(some(soup, "#contentContainer h2")[0])
    return Measure(
        **about(court, number),
        kind=kind_of(title),
        chamber="lower" if number.startswith("H") else "upper",
        title=title,
        abstract=" ".join(text(slip) for slip in soup.select("p#pinslip")) or None,
        url=f"{SITE}/Bills/{court}/{number}",
        sponsors=list(_sponsors(soup)) or None,
        versions=[text_of(court, number)],
        votes=[_vote(panel) for panel in some(soup, "div.committeeVote")] if opened else None,
    )


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    facts = one(soup, "dl.billInfo")
    for label, value in zip(facts.select("dt"), facts.select("dd"), strict=True):
        if text(label) in _FILED_BY:
            for link in some(value, "a"):
                yield Sponsor(name=text(link), role="primary")


def _vote(panel: Tag) -> Vote:
    committee = text(one(panel, ".panel-heading h4"))
    question = match(r"Question: (.+)", text(one(panel, "p.question")))[1]
    told = (match(r"(\D+): (\d+)", text(count)).groups() for count in some(panel, "h5"))
    counts = {name: int(count) for name, count in told}
    if tuple(counts) != _COUNTS:
        raise PageChanged(f"counts of {', '.join(_COUNTS)}", ", ".join(counts))
    return Vote(
        on=day(text(one(panel, "small")), "%B %d, %Y"),
        chamber=_chamber(committee),
        motion=f"{committee}: {question}",
        yes=counts["Favorable"],
        no=counts["Adverse"],
    )


def _chamber(committee: str) -> Chamber:
    """A committee is of one branch or joint."""
    whose = committee.partition(" ")[0]
    known: dict[str, Chamber] = {"House": "lower", "Senate": "upper", "Joint": "legislature"}
    if whose not in known:
        raise PageChanged(f"a committee of {', '.join(known)}", committee)
    return known[whose]
