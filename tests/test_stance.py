"""Stance: verbs and their objects decide, in titles, abstracts and texts."""

import time

import pytest

from tracker.classify_groups import lowered
from tracker.classify_signals import text_windows
from tracker.classify_text import MAX_PASSAGES, passages
from tracker.model import Classification
from tracker.stance import TOO_UNSURE, VersionedText, classify
from tracker.topics import shipped_topics

BANS = "bans_agreements"
MANDATES = "mandates_cooperation"
LIMITS = "limits_cooperation"
PERMITS = "permits_or_funds_cooperation"
UNKNOWN = "unknown"


def said(title: str, abstract: str = "", *texts: str) -> Classification:
    versions = [VersionedText(f"version {n}", text) for n, text in enumerate(texts)]
    return classify(shipped_topics(), title=title, abstract=abstract, texts=versions)


# Invented titles: the same words, put together so that only verb and object tell them apart.
@pytest.mark.parametrize(
    ("title", "stance", "direction"),
    [
        ("An act prohibiting sanctuary policies", MANDATES, "pro"),
        ("An act repealing the prohibition of sanctuary policies", LIMITS, "restrict"),
        ("An act to prohibit 287(g) agreements", BANS, "restrict"),
        ("An act to require 287(g) agreements", MANDATES, "pro"),
        ("An act to authorize 287(g) agreements", PERMITS, "pro"),
        ("No county may forbid a sheriff to enter a 287(g) agreement", PERMITS, "pro"),
        (
            "Prohibits 287(g) agreements unless a public safety need is certified",
            LIMITS,
            "restrict",
        ),
        ("Requires sheriffs to cooperate with federal immigration authorities", MANDATES, "pro"),
        ("Prohibits cooperation with federal immigration authorities", LIMITS, "restrict"),
        ("Authorizes police to cooperate with federal immigration authorities", PERMITS, "pro"),
        (
            "Prohibits localities from refusing to cooperate with immigration authorities",
            MANDATES,
            "pro",
        ),
        ("Requires jails to honor immigration detainers", MANDATES, "pro"),
        ("Prohibits jails from honoring immigration detainers", LIMITS, "restrict"),
        ("Immigration enforcement in schools; judicial warrant required", LIMITS, "restrict"),
        ("Prohibits contracts for immigration detention facilities", BANS, "restrict"),
        ("Repeals the Illinois TRUST Act", PERMITS, "pro"),
        ("Requires a public hearing before agreements with ICE", LIMITS, "restrict"),
        ("Requires police to notify ICE of arrests", MANDATES, "pro"),
        ("Prohíbe la colaboración con agentes de inmigración", LIMITS, "restrict"),
    ],
)
def test_verb_and_object_decide(title: str, stance: str, direction: str) -> None:
    answer = said(title)
    assert (answer.scope, answer.stance, answer.direction) == ("core", stance, direction)


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("Masks worn by immigration enforcement agents", "related"),
        ("Qualified immunity of ICE agents", "related"),
        ("Illegal reentry by deported aliens", "related"),
        ("Threatening to report a tenant to immigration authorities", "related"),
        ("Legal representation of persons in immigration detention", "related"),
        ("Medicaid for noncitizens", "none"),
        ("In-state tuition for undocumented students", "none"),
        ("Relating to law enforcement", "text"),
        ("Immigration", "text"),
    ],
)
def test_scope(title: str, scope: str) -> None:
    assert said(title).scope == scope


def test_the_sponsor_s_words_for_it_do_not_count() -> None:
    name = "Safe Cities Sanctuary of Freedom"
    assert said(f"{name} Act: relating to the pay of librarians").scope == "none"


def test_related_measures_carry_a_direction() -> None:
    answer = said("Facial coverings of law enforcement officers; prohibition")
    assert (answer.stance, answer.direction) == ("related_other", "restrict")


def test_resolutions_bind_nobody() -> None:
    title = "Urging counties to enter into 287(g) agreements"
    assert said(title).nonbinding
    assert classify(shipped_topics(), title="287(g) agreements", kind="resolution").nonbinding
    assert not said("Requires counties to enter into 287(g) agreements").nonbinding


@pytest.mark.parametrize(
    ("title", "binds"),
    [
        ("Requires sheriffs to sign 287(g) agreements", "local_agencies"),
        ("Requires the state police to sign a 287(g) agreement", "state_agencies"),
    ],
)
def test_whom_it_binds(title: str, binds: str) -> None:
    assert said(title).binds == binds


def test_topics_carry_the_names_of_the_taxonomy() -> None:
    answer = said("Requires sheriffs to sign 287(g) agreements and to honor immigration detainers")
    assert answer.topics == ["agreements_287g", "detainers"]


def test_a_digest_is_read_where_it_says_what_the_bill_would_do() -> None:
    digest = (
        "Existing law prohibits police from assisting in immigration enforcement. This bill would "
        "require police to cooperate with federal immigration authorities. "
    )
    assert said("Public safety", digest).stance == MANDATES
    assert said(
        "Public safety", digest.split(". ")[0] + ". This bill would name a road."
    ).scope != ("core")


BILL = """SECTION 1. Definitions. "Immigration detainer" means a request by a federal agency.

SECTION 2. No sheriff or law enforcement agency shall:

(1) inquire into the immigration status of a person;

(2) enter into an agreement under 8 U.S.C. 1357(g); or

(3) detain a person on the basis of a civil immigration detainer."""


def test_the_head_of_a_list_governs_its_items() -> None:
    answer = said("Relating to public safety", "", BILL)
    assert (answer.scope, answer.stance) == ("core", BANS)
    assert answer.evidence[0].quote == "(2) enter into an agreement under 8 U.S.C. 1357(g)"
    assert answer.mixed


def test_quotes_are_the_words_of_their_field() -> None:
    answer = said("287(g)", "Snow and ice. Bans 287(g) agreements.", BILL)
    fields = {"title": "287(g)", "abstract": "Snow and ice. Bans 287(g) agreements.", "text": BILL}
    assert [found.field for found in answer.evidence] == ["abstract", "text"]
    for found in answer.evidence:
        end = found.start + len(found.quote)
        assert fields[found.field][found.start : end] == found.quote
        assert found.version == ("version 0" if found.field == "text" else "")


HEAD = "12.345 Legislative Assembly of Nowhere (fictional) Introduced by Member A BILL for an Act "


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            HEAD
            + "relating to sheriffs. Be it enacted: "
            + "It is so. " * 40
            + "1. No sheriff shall "
            "enter into an agreement under 287(g).",
            "No sheriff shall enter into an agreement under 287(g)",
        ),
        (
            "Indemnification of sheriffs A. No sheriff shall enter into an agreement under 287(g).",
            "A. No sheriff shall enter into an agreement under 287(g)",
        ),
        (
            "[Note: this text is cut short.] No sheriff shall enter into a 287(g) agreement.",
            "No sheriff shall enter into a 287(g) agreement",
        ),
        (
            "287(G) AGREEMENTS PROHIBITED.\n\nNo sheriff shall enter into a 287(g) agreement.",
            "No sheriff shall enter into a 287(g) agreement",
        ),
    ],
)
def test_the_operative_sentence_is_quoted(text: str, quote: str) -> None:
    found = said("Relating to sheriffs", "", text).evidence[0]
    assert found.quote == quote
    assert text[found.start : found.start + len(quote)] == quote


@pytest.mark.parametrize("words", [30, 60, 200])
def test_a_long_sentence_is_cut_at_words(words: int) -> None:
    text = "The sheriff, " + "under this act, " * words + "shall not sign a 287(g) agreement " * 9
    found = said("Relating to sheriffs", "", text).evidence[0]
    assert len(found.quote) <= 300
    assert text[found.start : found.start + len(found.quote)] == found.quote
    around = text[found.start - 1 : found.start] + text[found.start + len(found.quote) :][:1]
    assert around.strip() == ""
    assert "287(g)" in found.quote


def test_the_agency_s_letters_are_enough_once_immigration_is_named() -> None:
    text = "SECTION 1. Each officer shall cooperate with ICE agents."
    named = 'SECTION 9. "ICE" means the federal immigration agency.'
    assert said("Relating to sheriffs", "", text).scope == "none"
    assert said("Relating to sheriffs", "", f"{text}\n\n{named}").stance == MANDATES


def test_a_report_on_agreements_orders_nobody_to_sign() -> None:
    assert said("Requires an annual report on 287(g) agreements").stance == UNKNOWN
    assert said("Requires sheriffs to sign and publish 287(g) agreements").stance == MANDATES


def test_findings_are_not_deeds() -> None:
    text = (
        "SECTION 1. The legislature finds that sheriffs must not sign 287(g) agreements. Agencies "
        "shall not honor immigration detainers. SECTION 2. The road is named."
    )
    assert said("Relating to sheriffs", "", text).scope == "none"


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Agreements for immigration enforcement", "about-agreement-on"),
        ("287(g) Cooperation Act of 2026", "about-agreements"),
        ("Providing for cooperation with Federal immigration authorities", "about-cooperation"),
        ("National Guard at the border", "unsure:guard-sent"),
    ],
)
def test_what_shows_no_side_is_given_none(title: str, rule: str) -> None:
    answer = said(title)
    assert (answer.scope, answer.stance, answer.direction) == ("core", UNKNOWN, UNKNOWN)
    assert answer.confidence < TOO_UNSURE
    assert answer.rule == rule


def test_only_the_newest_text_is_read() -> None:
    older = BILL.replace("No sheriff or", "Each sheriff or")
    assert said("Relating to public safety", "", BILL, older).stance == BANS
    assert said("Relating to public safety", "", older, BILL).stance == MANDATES


def test_a_text_that_was_read_settles_what_the_title_left_open() -> None:
    assert said("Relating to immigration", "", "SECTION 1. The road is named.").scope == "none"


def test_definitions_and_recitals_are_not_deeds() -> None:
    text = "WHEREAS, sheriffs sign 287(g) agreements; now be it RESOLVED, that we thank them."
    assert said("Relating to public safety", "", text).scope == "none"
    text = '"Sanctuary policy" means a policy that limits immigration enforcement.'
    assert list(text_windows(shipped_topics(), text)) == []


def test_a_federal_bill_needs_states_or_localities() -> None:
    page = "118th CONGRESS 1st Session. H. R. 1 (fictional). "
    deed = "No officer of ICE shall enter a warehouse for immigration enforcement. " * 4
    assert said("A bill", "", page + deed).scope == "none"
    deed = "No sheriff or local government shall assist ICE in immigration enforcement. " * 4
    assert said("A bill", "", page + deed).scope == "core"


def test_an_answer_depends_on_nothing_but_its_input() -> None:
    assert said("Sanctuary cities", BILL, BILL) == said("Sanctuary cities", BILL, BILL)


@pytest.mark.parametrize(
    "text",
    [
        "No sheriff shall enter into an agreement under 287(g). " * 20_000,
        "immigration " * 90_000,
        "shall not " * 100_000 + "cooperate with immigration authorities",
        "(" * 500_000 + "immigration" + ")" * 500_000,
        "immigration" + " " * 1_000_000 + "enforcement",
        "İ" * 400_000 + " immigration detainer",
    ],
    ids=["deeds", "anchors", "verbs", "brackets", "spaces", "growing letters"],
)
def test_a_megabyte_is_read_in_bounded_time(text: str) -> None:
    start = time.perf_counter()
    said("Relating to public safety", "", text)
    assert time.perf_counter() - start < 10


def test_passages_are_bounded() -> None:
    found = list(passages("immigration. " * 50_000, ("immigration",)))
    assert len(found) == MAX_PASSAGES
    assert all(end - start <= 1_400 for (start, end), _ in found)


def test_lower_case_keeps_the_length() -> None:
    text = "".join(map(chr, range(0x110000 - 0x800 - 0x2000)))
    assert len(lowered(text)) == len(text)
