"""Negation wherever it stands: verb, negation, object and exception decide together.

All sentences are invented; no measure says them.
"""

import pytest

from tests.test_stance import BANS, LIMITS, MANDATES, PERMITS, UNKNOWN, said

TABLE = {
    "affirmed": [
        ("Every sheriff shall enter into an agreement under 8 U.S.C. 1357(g).", MANDATES),
        ("The sheriff must apply for a 287(g) agreement.", MANDATES),
        ("A county may enter into a 287(g) agreement.", PERMITS),
        (
            "A sheriff is authorized to enter into an agreement with Immigration and Customs "
            "Enforcement.",
            PERMITS,
        ),
        ("Each jail shall comply with immigration detainers.", MANDATES),
        ("A jail may honor an immigration detainer.", PERMITS),
        ("Local agencies shall cooperate with federal immigration authorities.", MANDATES),
        ("Local agencies may cooperate with federal immigration authorities.", PERMITS),
        (
            "The agency shall notify Immigration and Customs Enforcement of the release of a "
            "prisoner.",
            MANDATES,
        ),
    ],
    "no subject": [
        ("No sheriff shall enter into an agreement under 8 U.S.C. 1357(g).", BANS),
        (
            "No agency of the state, police department, or town may enter into a 287(g) agreement.",
            BANS,
        ),
        (
            "No state agency, law enforcement agency, or locality must enter into a contract "
            "for immigration detention.",
            BANS,
        ),
        (
            "Provides that no agency of the state, law-enforcement agency, or locality shall "
            "enter into an agreement authorizing any officer to perform a function of an "
            "immigration officer unless such agreement is in writing and includes certain "
            "conditions.",
            LIMITS,
        ),
        (
            "Provides that no agency of the state shall enter into an agreement with a "
            "federal immigration authority.",
            BANS,
        ),
        (
            "No officer or employee of any county, city, or town of this state, nor any "
            "contractor thereof, may assist in civil immigration enforcement.",
            LIMITS,
        ),
        ("No jail shall honor an immigration detainer.", LIMITS),
        ("No police officer shall inquire into the immigration status of a person.", LIMITS),
        ("No public money may be used to assist in immigration enforcement.", LIMITS),
        ("No person shall be detained on the basis of an immigration detainer.", LIMITS),
        (
            "No state or local agency shall disclose personal information to Immigration and "
            "Customs Enforcement.",
            LIMITS,
        ),
    ],
    "neither nor": [
        ("Neither the state police nor any sheriff shall enter into a 287(g) agreement.", BANS),
        ("Neither a county nor a city may cooperate with federal immigration authorities.", LIMITS),
        (
            "Police shall not ask about immigration status, nor shall they honor an "
            "immigration detainer.",
            LIMITS,
        ),
        (
            "A county shall not house immigration detainees, nor may it sign a 287(g) agreement.",
            BANS,
        ),
    ],
    "shall not": [
        ("A sheriff shall not enter into an agreement under 287(g).", BANS),
        ("A local government may not contract for immigration detention.", BANS),
        ("A county must not sign an agreement with Immigration and Customs Enforcement.", BANS),
        ("An officer shall not detain a person on the basis of an immigration detainer.", LIMITS),
        ("A school may not allow immigration enforcement agents to enter nonpublic areas.", LIMITS),
        ("A jail shall not transfer a person to federal immigration authorities.", LIMITS),
        ("A city cannot use public funds to assist immigration enforcement.", LIMITS),
        ("A sheriff is prohibited from entering into a 287(g) agreement.", BANS),
        (
            "Law enforcement agencies are prohibited from cooperating with federal "
            "immigration authorities.",
            LIMITS,
        ),
        ("It is unlawful for a sheriff to enter into a 287(g) agreement.", BANS),
        (
            "A sheriff shall neither honor an immigration detainer nor notify immigration "
            "authorities of a release.",
            LIMITS,
        ),
        ("A sheriff shall refuse to honor immigration detainers.", LIMITS),
        ("A sheriff shall decline to enter into a 287(g) agreement.", BANS),
    ],
    "saving": [
        (
            "Nothing in this section shall be construed to require an officer to enforce "
            "federal immigration law.",
            UNKNOWN,
        ),
        (
            "Nothing in this section shall be construed to authorize a sheriff to honor an "
            "immigration detainer.",
            UNKNOWN,
        ),
        (
            "This section shall not be construed to require a sheriff to enter into a 287(g) "
            "agreement.",
            UNKNOWN,
        ),
        (
            "This act does not require or authorize cooperation with federal immigration "
            "authorities.",
            UNKNOWN,
        ),
        (
            "Nothing in this act requires a county to enter into an agreement with "
            "Immigration and Customs Enforcement.",
            UNKNOWN,
        ),
        (
            "Nothing in this section shall be construed to prohibit an officer from "
            "cooperating with federal immigration authorities.",
            PERMITS,
        ),
    ],
    "not required": [
        ("A sheriff shall not be required to honor an immigration detainer.", LIMITS),
        ("No county shall be required to cooperate with federal immigration authorities.", LIMITS),
        ("A local agency is not required to assist in immigration enforcement.", LIMITS),
        ("No sheriff may be compelled to enter into a 287(g) agreement.", LIMITS),
        ("Authorizes a sheriff to decline to honor an immigration detainer.", LIMITS),
    ],
    "double": [
        (
            "No city shall prohibit an officer from cooperating with federal immigration "
            "authorities.",
            MANDATES,
        ),
        ("No county may limit or restrict the enforcement of federal immigration law.", MANDATES),
        (
            "A municipality may not adopt a policy that restricts cooperation with federal "
            "immigration authorities.",
            MANDATES,
        ),
        (
            "A local government shall not prevent its officers from honoring immigration "
            "detainers.",
            MANDATES,
        ),
        ("A city is prohibited from limiting cooperation with immigration authorities.", MANDATES),
        (
            "Neither a city nor a county may restrict the sharing of information with "
            "immigration authorities.",
            MANDATES,
        ),
        ("A sheriff may not refuse to honor an immigration detainer.", MANDATES),
        ("No agency shall fail to comply with an immigration detainer.", MANDATES),
        (
            "No official shall interfere with the enforcement of immigration law by a local "
            "agency.",
            MANDATES,
        ),
        ("No one may forbid an agency to enter into a 287(g) agreement.", PERMITS),
        (
            "No county may prohibit a sheriff from entering into an agreement under 8 U.S.C. "
            "1357(g).",
            PERMITS,
        ),
        ("A city shall not prevent a police department from signing a 287(g) agreement.", PERMITS),
        ("It is unlawful for a city to refuse to honor an immigration detainer.", MANDATES),
    ],
    "exceptions": [
        (
            "A sheriff shall not enter into a 287(g) agreement unless the governor approves it.",
            LIMITS,
        ),
        (
            "A county may not enter into an agreement with Immigration and Customs "
            "Enforcement without a public hearing.",
            LIMITS,
        ),
        (
            "No agency shall sign a 287(g) agreement without the approval of the county board.",
            LIMITS,
        ),
        ("No officer may honor an immigration detainer without a judicial warrant.", LIMITS),
        (
            "A school shall not admit immigration enforcement agents except with a judicial "
            "warrant.",
            LIMITS,
        ),
        ("A jail may honor an immigration detainer only if a judge has signed a warrant.", LIMITS),
        (
            "Agreements with Immigration and Customs Enforcement are prohibited unless a "
            "public safety need is certified.",
            LIMITS,
        ),
        (
            "Except as required by federal law, no sheriff shall enter into a 287(g) agreement.",
            BANS,
        ),
        ("Unless required by federal law, a county may not enter into a 287(g) agreement.", BANS),
    ],
    "no negation": [
        ("No later than July 1, each sheriff shall enter into a 287(g) agreement.", MANDATES),
        (
            "Not later than 30 days after arrest, the jail shall notify Immigration and "
            "Customs Enforcement.",
            MANDATES,
        ),
        (
            "A person who has no lawful status shall be transferred to Immigration and "
            "Customs Enforcement.",
            MANDATES,
        ),
        (
            "If no agreement exists, the sheriff shall request an agreement with Immigration "
            "and Customs Enforcement.",
            MANDATES,
        ),
        (
            "No less than once a year the sheriff shall report noncitizen inmates to "
            "Immigration and Customs Enforcement.",
            MANDATES,
        ),
        ("A sheriff who does not enter into a 287(g) agreement is liable for a fine.", MANDATES),
        ("A county that fails to honor an immigration detainer loses state funds.", MANDATES),
        (
            "A jail that has custody of a person who cannot prove lawful presence shall "
            "notify Immigration and Customs Enforcement.",
            MANDATES,
        ),
    ],
    "repeal": [
        ("Repeals the prohibition on 287(g) agreements.", PERMITS),
        ("Repeals the requirement that sheriffs enter into 287(g) agreements.", LIMITS),
        ("Repeals the requirement to cooperate with federal immigration authorities.", LIMITS),
        ("Removes the prohibition on cooperation with immigration authorities.", PERMITS),
    ],
    "spanish": [
        ("Se prohíbe a los municipios colaborar con agentes de inmigración.", LIMITS),
        ("Ningún municipio podrá colaborar con autoridades federales de inmigración.", LIMITS),
        ("La policía municipal no podrá colaborar con agentes de inmigración.", LIMITS),
        ("La policía municipal deberá cooperar con las autoridades de inmigración.", MANDATES),
        ("La policía estatal podrá cooperar con autoridades de inmigración.", PERMITS),
        ("Se prohíben los acuerdos 287(g).", BANS),
        ("Ninguna agencia firmará acuerdos 287(g).", BANS),
        (
            "Ningún municipio prohibirá a su policía cooperar con autoridades de inmigración.",
            MANDATES,
        ),
    ],
    "verbless": [
        ("agreements for immigration enforcement", UNKNOWN),
        ("287(g) Cooperation Act of 2026", UNKNOWN),
        ("An act providing for cooperation with Federal immigration authorities", UNKNOWN),
        (
            "Law-enforcement agencies; agreements with federal authority for immigration "
            "enforcement.",
            UNKNOWN,
        ),
        ("Relating to immigration detainers", UNKNOWN),
    ],
    "other words": [
        ("Under no circumstances shall a sheriff enter into a 287(g) agreement.", BANS),
        ("In no event may a county jail hold a person on an immigration detainer.", LIMITS),
        (
            "At no time shall an officer inquire about immigration status for the purpose of "
            "immigration enforcement.",
            LIMITS,
        ),
        (
            "None of the funds appropriated may be used to assist in federal immigration "
            "enforcement.",
            LIMITS,
        ),
        (
            "No funds appropriated by this act shall be expended to carry out a 287(g) agreement.",
            BANS,
        ),
        ("Law enforcement agencies shall not, for any reason, collaborate with ICE.", LIMITS),
        (
            "An agency shall only cooperate with federal immigration authorities pursuant to "
            "a judicial warrant.",
            LIMITS,
        ),
        (
            "The sheriff may not, except upon a judicial warrant, deliver any person to "
            "federal immigration authorities.",
            LIMITS,
        ),
        (
            "A state agency may share information with ICE only with the written consent of "
            "the person.",
            LIMITS,
        ),
        ("Nobody may require a sheriff to honor an immigration detainer.", LIMITS),
        ("Nothing in this act prevents a sheriff from entering into a 287(g) agreement.", PERMITS),
        (
            "The county commission shall not withhold funds from a sheriff who cooperates "
            "with federal immigration authorities.",
            PERMITS,
        ),
        ("A local government may not punish an officer for cooperating with ICE.", PERMITS),
        (
            "A municipality shall not adopt, enforce, or endorse a policy that prohibits "
            "cooperation with ICE.",
            MANDATES,
        ),
        (
            "It shall be unlawful for any official to prevent the enforcement of federal "
            "immigration law.",
            MANDATES,
        ),
        (
            "No policy may limit the ability of officers to communicate with federal "
            "immigration authorities.",
            MANDATES,
        ),
        ("A sheriff who refuses to sign a 287(g) agreement may be removed from office.", MANDATES),
        ("Requires that jails not release inmates subject to immigration detainers.", MANDATES),
        (
            "Prohibits the release of a prisoner who is subject to an immigration detainer.",
            MANDATES,
        ),
        ("Ends participation in the 287(g) program.", BANS),
        ("Terminates all 287(g) agreements by January 1.", BANS),
        ("Withdraws the state police from its 287(g) agreement.", BANS),
        ("Voids existing agreements with Immigration and Customs Enforcement.", BANS),
        ("Encourages sheriffs to enter into 287(g) agreements.", PERMITS),
        ("Appropriates money for sheriffs who enter into 287(g) agreements.", PERMITS),
        ("Creates a grant program for agencies participating in 287(g).", PERMITS),
        ("Directs the superintendent of state police to apply for a 287(g) agreement.", MANDATES),
        (
            "Requires every sheriff to make a reasonable attempt to enter into an agreement "
            "with ICE.",
            MANDATES,
        ),
        (
            "Requires a county to obtain the governor's approval before entering into a "
            "287(g) agreement.",
            LIMITS,
        ),
        ("Requires public hearings before a local agency may sign an agreement with ICE.", LIMITS),
        (
            "Prohibits schools from granting immigration agents access without a warrant "
            "signed by a judge.",
            LIMITS,
        ),
        (
            "Hospitals must deny immigration agents entry to nonpublic areas absent a "
            "judicial warrant.",
            LIMITS,
        ),
        (
            "Requires hospitals to ask patients about immigration status and report it to ICE.",
            MANDATES,
        ),
        ("Bars the use of state property for civil immigration enforcement.", LIMITS),
        ("Authorizes the National Guard to assist federal immigration enforcement.", PERMITS),
        ("Repeals the act limiting cooperation with federal immigration authorities.", PERMITS),
        ("Repeals the Trust Act and requires cooperation with immigration detainers.", MANDATES),
        ("Removes the ban on entering into 287(g) agreements.", PERMITS),
        ("Allows but does not require sheriffs to enter into 287(g) agreements.", PERMITS),
        ("A sheriff may, but is not required to, honor an immigration detainer.", PERMITS),
        ("Sheriffs are not prohibited from entering into 287(g) agreements.", PERMITS),
        ("A jail may not be prohibited from honoring immigration detainers.", PERMITS),
        ("Local agencies shall not be precluded from cooperating with ICE.", PERMITS),
        (
            "The agency shall not assist in immigration enforcement, provided that it may "
            "honor a judicial warrant.",
            LIMITS,
        ),
        ("Restricts use of license plate reader data for immigration enforcement.", LIMITS),
        (
            "Requires law enforcement agencies to share license plate reader data with ICE.",
            MANDATES,
        ),
        (
            "Se prohíbe a las escuelas permitir la entrada de agentes de inmigración sin "
            "orden judicial.",
            LIMITS,
        ),
        (
            "Ninguna agencia estatal deberá compartir información con las autoridades de "
            "inmigración.",
            LIMITS,
        ),
        ("Se autoriza a los municipios a firmar acuerdos 287(g).", PERMITS),
        ("Se ordena a la Policía cooperar con las autoridades federales de inmigración.", MANDATES),
        ("Immigration enforcement; agreements; sheriffs", UNKNOWN),
        ("287(g) agreements; law enforcement", UNKNOWN),
        ("Concerning information sharing with federal immigration authorities", UNKNOWN),
        ("Relative to detainers issued by ICE", UNKNOWN),
        ("Relative to local participation in immigration enforcement", UNKNOWN),
        ("287(g) agreements authorized", PERMITS),
        ("Sheriffs required to enter into agreements with ICE", MANDATES),
    ],
    "who and what is named": [
        ("Immigration detainers may not be honored by any county jail.", LIMITS),
        (
            "Agreements under section 287(g) may not be entered into by a political subdivision.",
            BANS,
        ),
        (
            "State funds shall not be expended for the enforcement of federal immigration law.",
            LIMITS,
        ),
        (
            "A person shall not be arrested by a local officer solely on an administrative "
            "warrant issued by ICE.",
            LIMITS,
        ),
        (
            "Courthouses shall not be entered by immigration agents without a judicial warrant.",
            LIMITS,
        ),
        ("A law enforcement agency shall not be permitted to enter into a 287(g) agreement.", BANS),
        (
            "A school is not obligated to admit an immigration agent who has no judicial warrant.",
            LIMITS,
        ),
        (
            "Unless presented with a judicial warrant, a hospital may not give information "
            "to immigration authorities.",
            LIMITS,
        ),
        (
            "Absent a court order, jails shall release persons notwithstanding an "
            "immigration detainer.",
            LIMITS,
        ),
        (
            "Sheriffs must not be prevented by a county from entering into a 287(g) agreement.",
            PERMITS,
        ),
        (
            "A local entity shall not adopt or enforce any rule that limits the sharing of "
            "immigration status with federal authorities.",
            MANDATES,
        ),
        (
            "No local entity shall refuse to transfer a prisoner to federal immigration custody.",
            MANDATES,
        ),
        (
            "Agencies that do not comply with immigration detainers are ineligible for state "
            "grants.",
            MANDATES,
        ),
        (
            "Any jurisdiction that prohibits its officers from cooperating with ICE shall "
            "lose state funding.",
            MANDATES,
        ),
        (
            "The attorney general may sue a county that refuses to enter into a 287(g) agreement.",
            MANDATES,
        ),
        ("Deletes the requirement that jails notify ICE before release of an inmate.", LIMITS),
        ("Eliminates the duty of sheriffs to honor immigration detainers.", LIMITS),
        (
            "Deletes the requirement for a judicial warrant before a jail may honor an "
            "immigration detainer.",
            PERMITS,
        ),
        (
            "Prohibits jails from transferring individuals to immigration authorities; "
            "provides exceptions for serious felonies.",
            LIMITS,
        ),
        ("Extends the ban on 287(g) agreements to cities.", BANS),
        ("Clarifies that officers may assist federal immigration authorities.", PERMITS),
        (
            "Prohibits state agencies from requiring local police to enforce federal "
            "immigration law.",
            LIMITS,
        ),
        ("Prohibits the state from compelling sheriffs to enter into 287(g) agreements.", LIMITS),
        ("Voluntary participation in 287(g) agreements is permitted.", PERMITS),
        (
            "Requires agencies to adopt policies limiting assistance with immigration enforcement.",
            LIMITS,
        ),
        (
            "Officers shall not be disciplined for refusing to assist in immigration enforcement.",
            LIMITS,
        ),
        ("An officer who assists in immigration enforcement is subject to discipline.", UNKNOWN),
        ("A sheriff who enters into a 287(g) agreement is guilty of misconduct.", UNKNOWN),
        ("Any 287(g) agreement entered into after this date is void.", BANS),
        ("Sheriffs shall terminate all agreements with ICE.", BANS),
        ("The department shall not renew its contract for immigration detention.", BANS),
        ("Requires ICE to obtain a judicial warrant before entering schools.", LIMITS),
        ("Judicial warrant required before immigration enforcement at a courthouse", LIMITS),
        (
            "Not to exceed 48 hours, a jail shall hold a person subject to an immigration "
            "detainer.",
            MANDATES,
        ),
        (
            "Regardless of any policy to the contrary, an officer shall cooperate with ICE.",
            MANDATES,
        ),
        ("Not only shall agencies cooperate with ICE, they shall report noncitizens.", MANDATES),
        ("A jail shall not delay compliance with an immigration detainer.", MANDATES),
        ("A jail shall not fail to notify ICE.", MANDATES),
        ("Whether or not a detainer exists, no officer shall hold a person for ICE.", LIMITS),
        ("If there is no judicial warrant, the jail may not hold a person for ICE.", LIMITS),
        ("If no warrant is presented, the school shall deny entry to immigration agents.", LIMITS),
        ("There shall be no cooperation with immigration authorities by city employees.", LIMITS),
        ("City employees shall have no duty to cooperate with immigration authorities.", LIMITS),
        ("There is no prohibition on cooperation with immigration authorities.", PERMITS),
        ("No provision of law prohibits a sheriff from signing a 287(g) agreement.", PERMITS),
    ],
    "what is told, and to whom": [
        (
            "No liability shall lie against a county for complying with an immigration detainer.",
            PERMITS,
        ),
        ("A county shall not be liable for honoring an immigration detainer.", PERMITS),
        (
            "Each agency shall report to the legislature the number of immigration detainers.",
            UNKNOWN,
        ),
        ("A jail shall provide a copy of the immigration hold to the individual.", LIMITS),
        (
            "A state that has in effect a policy against immigration detainers is ineligible.",
            MANDATES,
        ),
    ],
    "what an agreement says": [
        ("An agreement under 287(g) shall not exceed two years.", UNKNOWN),
        ("A 287(g) agreement shall not authorize an officer to wear a mask.", UNKNOWN),
        ("An agreement under 287(g) shall describe the training of officers.", UNKNOWN),
        ("287(g) agreements must be entered into by all sheriffs.", MANDATES),
        ("Existing 287(g) agreements are void.", BANS),
        ("Discontinues a program that authorizes agreements with ICE.", BANS),
    ],
}
SENTENCES = [(sentence, stance) for rows in TABLE.values() for sentence, stance in rows]
DIRECTION = {
    BANS: "restrict",
    LIMITS: "restrict",
    MANDATES: "pro",
    PERMITS: "pro",
    UNKNOWN: "unknown",
}


@pytest.mark.parametrize(("sentence", "stance"), SENTENCES)
def test_as_a_title_and_as_a_summary(sentence: str, stance: str) -> None:
    for answer in (said(sentence), said("Public safety", sentence)):
        assert (answer.stance, answer.direction) == (stance, DIRECTION[stance])
        assert (answer.confidence >= 0.6) is (stance != UNKNOWN)


@pytest.mark.parametrize(("sentence", "stance"), SENTENCES)
def test_in_a_text(sentence: str, stance: str) -> None:
    text = (
        f"SECTION 1. The code is amended to read:\n\nA. {sentence}\n\nB. This act is an emergency."
    )
    answer = said("Relating to immigration", "", text)
    assert answer.stance in (stance, UNKNOWN)
    if answer.stance != UNKNOWN:
        assert answer.evidence[0].quote.removeprefix("A. ") in sentence


@pytest.mark.parametrize(
    ("title", "stance"),
    [
        ("Law enforcement; 287(g) agreements; prohibition", BANS),
        ("Law enforcement; 287(g) agreements; requirement", MANDATES),
        ("Immigration detainers; compliance required", MANDATES),
        ("Immigration enforcement; prohibition on use of state resources", LIMITS),
    ],
)
def test_a_caption_in_parts_is_read_in_one(title: str, stance: str) -> None:
    assert said(title).stance == stance


def test_the_table_is_wide() -> None:
    assert len(SENTENCES) == len(dict(SENTENCES)) == 208
    assert {stance for _, stance in SENTENCES} == set(DIRECTION)


def test_conditions_that_a_real_summary_sets_for_agreements() -> None:
    """Virginia's SB 783 of 2026: "no agency ... shall enter ... unless" limits, and orders nobody."""
    answer = said(
        "Law-enforcement agencies; agreements with federal authority for immigration enforcement.",
        "Provides that no agency of the Commonwealth, law-enforcement agency, or locality shall "
        "enter into an agreement authorizing any law-enforcement officer to perform a function of "
        "an immigration officer unless such agreement is in writing and includes certain "
        "provisions and conditions.",
    )
    assert (answer.scope, answer.stance, answer.direction) == ("core", LIMITS, "restrict")
    assert answer.rule == "conditions-of-agreement-with"
    assert answer.evidence[0].quote.startswith("Provides that no agency of the Commonwealth")
