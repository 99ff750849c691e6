"""The words shown to people, in one place: pages, mails and feeds take their labels from here.

Every stored value has a label, in the plain language of the field; a test walks the model and
fails where one is missing.
"""

from __future__ import annotations

from typing import Final

JURISDICTIONS: Final[dict[str, str]] = {
    "us": "United States",
    "us-al": "Alabama",
    "us-ak": "Alaska",
    "us-az": "Arizona",
    "us-ar": "Arkansas",
    "us-ca": "California",
    "us-co": "Colorado",
    "us-ct": "Connecticut",
    "us-de": "Delaware",
    "us-fl": "Florida",
    "us-ga": "Georgia",
    "us-hi": "Hawaii",
    "us-id": "Idaho",
    "us-il": "Illinois",
    "us-in": "Indiana",
    "us-ia": "Iowa",
    "us-ks": "Kansas",
    "us-ky": "Kentucky",
    "us-la": "Louisiana",
    "us-me": "Maine",
    "us-md": "Maryland",
    "us-ma": "Massachusetts",
    "us-mi": "Michigan",
    "us-mn": "Minnesota",
    "us-ms": "Mississippi",
    "us-mo": "Missouri",
    "us-mt": "Montana",
    "us-ne": "Nebraska",
    "us-nv": "Nevada",
    "us-nh": "New Hampshire",
    "us-nj": "New Jersey",
    "us-nm": "New Mexico",
    "us-ny": "New York",
    "us-nc": "North Carolina",
    "us-nd": "North Dakota",
    "us-oh": "Ohio",
    "us-ok": "Oklahoma",
    "us-or": "Oregon",
    "us-pa": "Pennsylvania",
    "us-ri": "Rhode Island",
    "us-sc": "South Carolina",
    "us-sd": "South Dakota",
    "us-tn": "Tennessee",
    "us-tx": "Texas",
    "us-ut": "Utah",
    "us-vt": "Vermont",
    "us-va": "Virginia",
    "us-wa": "Washington",
    "us-wv": "West Virginia",
    "us-wi": "Wisconsin",
    "us-wy": "Wyoming",
    "us-dc": "District of Columbia",
    "us-pr": "Puerto Rico",
    "us-as": "American Samoa",
    "us-gu": "Guam",
    "us-mp": "Northern Mariana Islands",
    "us-vi": "U.S. Virgin Islands",
}

STAGES: Final[dict[str, str]] = {
    "introduced": "Introduced",
    "in_committee": "In committee",
    "passed_committee": "Passed committee",
    "passed_chamber": "Passed one chamber",
    "passed_legislature": "Passed the legislature",
    "to_governor": "On the governor’s desk",
    "enacted": "Enacted",
    "adopted": "Adopted",
    "vetoed": "Vetoed",
    "dead": "Dead",
    "carried_over": "Carried over to the next session",
    "in_force": "In force",
    "rescinded": "Rescinded",
    "superseded": "Superseded",
    "expired": "Expired",
    "in_court": "In court, still in force",
    "enjoined": "Blocked by a court",
    "struck_down": "Struck down",
    "unknown": "Stage unknown",
}

GOVERNOR_ACTIONS: Final[dict[str, str]] = {
    "signed": "Signed by the governor",
    "unsigned": "Law without the governor’s signature",
    "vetoed": "Vetoed",
    "pocket_vetoed": "Pocket veto",
    "overridden": "Veto overridden",
    "amended": "Returned with the governor’s amendments",
    "pending": "Awaiting the governor",
    "unknown": "Governor’s action unknown",
    "n/a": "Does not go to the governor",
}

STANCES: Final[dict[str, str]] = {
    "bans_agreements": "Bans agreements",
    "mandates_cooperation": "Requires cooperation",
    "limits_cooperation": "Limits cooperation",
    "permits_or_funds_cooperation": "Allows or funds cooperation",
    "related_other": "Related",
    "unknown": "Stance not determined",
}

STANCE_MEANINGS: Final[dict[str, str]] = {
    "bans_agreements": (
        "Forbids entering or keeping 287(g) agreements or contracts for civil immigration"
        " detention, with no exception left to an official’s judgement."
    ),
    "mandates_cooperation": (
        "Someone must help federal immigration enforcement, or must not limit help, or is"
        " punished for limiting it."
    ),
    "limits_cooperation": (
        "Help, access, data or the use of property is restricted or made conditional, but"
        " agreements are not banned outright."
    ),
    "permits_or_funds_cooperation": (
        "Help is allowed, urged, protected or paid for, and nobody must give it; or an earlier"
        " limit is repealed."
    ),
    "related_other": (
        "About immigration enforcement but none of the four above: masks of agents, suits"
        " against agents, state immigration crimes, detention operators, reports."
    ),
    "unknown": "What the measure does could not be read from its words.",
}

DIRECTIONS: Final[dict[str, str]] = {
    "pro": "Towards more enforcement",
    "restrict": "Towards less enforcement",
    "neutral": "Neither",
    "unknown": "Direction not determined",
}

BINDS: Final[dict[str, str]] = {
    "local_agencies": "Local agencies",
    "state_agencies": "State agencies",
    "private_actors": "Private actors",
    "federal": "Federal agents",
    "unknown": "Not determined",
}

SCOPES: Final[dict[str, str]] = {
    "core": "Cooperation itself",
    "related": "Related subjects",
    "text": "Text must be read first",
    "none": "Off topic",
}

KINDS: Final[dict[str, str]] = {
    "bill": "Bill",
    "resolution": "Resolution",
    "executive_order": "Executive order",
    "directive": "Directive",
    "proclamation": "Proclamation",
    "guidance": "Guidance",
    "ordinance": "Ordinance",
    "local_policy": "Local policy",
    "ballot_question": "Ballot question",
    "court_ruling": "Court ruling",
    "rule": "Rule",
    "proposed_rule": "Proposed rule",
    "notice": "Notice",
}

POSTURES: Final[dict[str, str]] = {
    "ban": "Bans 287(g)",
    "mandate": "Requires cooperation",
    "limited": "Limits cooperation",
    "permissive": "Allows cooperation",
    "no_statewide_policy": "No statewide policy",
    "undecided": "Laws conflict: under review",
}

POSTURE_MEANINGS: Final[dict[str, str]] = {
    "ban": "A measure in force forbids local agencies 287(g) agreements.",
    "mandate": "A measure in force obliges local agencies to cooperate, or not to limit help.",
    "limited": (
        "A measure in force limits what local agencies may do, or a ban reaches only detention"
        " contracts or state agencies."
    ),
    "permissive": "Cooperation is allowed, urged or paid for, and no statewide measure limits it.",
    "no_statewide_policy": "No statewide measure on cooperation is known to be in force.",
    "undecided": "A ban and a mandate are both in force; a person decides which one prevails.",
}

RELATIONS: Final[dict[str, str]] = {
    "companion": "Companion",
    "substituted_by": "Substituted by",
    "substitutes": "Substitutes",
    "incorporated_into": "Incorporated into",
    "rescinds": "Rescinds",
    "amends": "Amends",
    "extends": "Extends",
    "supersedes": "Supersedes",
    "implements": "Implements",
    "vetoes": "Vetoes",
    "about": "About",
    "blocks": "Blocks in whole",
    "challenges": "Challenges",
}

AGREEMENT_LISTS: Final[dict[str, str]] = {
    "participating": "Participating",
    "pending": "Pending",
}

AGREEMENT_MODELS: Final[dict[str, str]] = {
    "Jail Enforcement Model": "Jail Enforcement",
    "Warrant Service Officer": "Warrant Service Officer",
    "Task Force Model": "Task Force",
    "Tribal Task Force Model": "Tribal Task Force",
}

VERDICTS: Final[dict[str, str]] = {
    "ok": "Read",
    "ok-empty": "Read: the site says there is none",
    "suspect": "Doubtful: not used",
    "blocked": "Blocked by the site",
    "changed": "The site changed: not readable",
    "failed": "Could not be reached",
    "skipped": "Not read this time",
}

SOURCE_KINDS: Final[dict[str, str]] = {
    "legislature": "Legislature",
    "orders": "Governor’s orders",
    "federal": "Federal",
    "agreements": "ICE 287(g) lists",
    "aggregator": "Second source",
    "courts": "Courts",
    "editors": "Entered by editors",
}

# Kinds of change, as a short statement of what happened. `stage_changed` and the agreement kinds
# get a sentence of their own where they are shown.
CHANGE_KINDS: Final[dict[str, str]] = {
    "measure_new": "New measure",
    "stage_changed": "Moved to a new stage",
    "stance_changed": "Stance changed",
    "scope_changed": "Subject changed",
    "text_changed": "Text changed",
    "title_changed": "Title changed",
    "abstract_changed": "Summary changed",
    "issuer_changed": "Issuer corrected",
    "issued_on_changed": "Day of issue corrected",
    "effective_on_changed": "Effective day changed",
    "expires_on_changed": "Last day changed",
    "comments_close_on_changed": "Last day for comments changed",
    "action_added": "Action",
    "action_changed": "Action corrected by the source",
    "action_removed": "Action withdrawn by the source",
    "judgement_changed": "Changed by an editor",
    "version_added": "New version of the text",
    "version_changed": "Version replaced",
    "version_removed": "Version withdrawn",
    "sponsor_added": "Sponsor added",
    "sponsor_removed": "Sponsor removed",
    "document_added": "Document added",
    "document_removed": "Document removed",
    "relation_added": "Linked to another measure",
    "relation_removed": "Link to another measure removed",
    "hearing_added": "Hearing scheduled",
    "hearing_changed": "Hearing moved",
    "hearing_cancelled": "Hearing cancelled",
    "withdrawn_from_site": "No longer on the official site",
    "back_on_site": "On the official site again",
    "identifier_changed": "Got its number",
    "posture_changed": "Where the state stands",
    "agreement_new": "287(g) agreement listed",
    "agreement_activated": "287(g) agreement went from pending to participating",
    "agreement_ended": "287(g) agreement no longer listed",
    "agreement_renamed": "287(g) agency respelled",
    "agreement_corrected": "287(g) entry corrected",
}

TOPICS: Final[dict[str, str]] = {
    "agreements_287g": "287(g) agreements",
    "detainers": "Detainers",
    "jail_access_notification": "Jail access and notification",
    "information_sharing": "Information sharing",
    "detention_facilities": "Detention facilities",
    "plate_driver_data": "Licence plate and driver data",
    "sensitive_locations": "Courthouses, schools and other places",
    "agent_identification": "Masks and identification of agents",
    "state_resources_guard": "State resources and National Guard",
    "sanctuary_preemption": "Bans on local limits",
    "jurisdiction_penalties": "Penalties for jurisdictions",
    "agent_liability": "Liability of agents",
    "funding": "Funding",
    "state_immigration_crimes": "State immigration crimes",
    "state_enforcement_body": "State enforcement bodies",
    "private_actors_bounties": "Private actors and bounties",
    "obstruction": "Obstruction",
    "reporting_transparency": "Reports and transparency",
}

MACHINE_PROPOSED = "Machine-proposed, not yet confirmed by a person"


def label(words: dict[str, str], value: str) -> str:
    """The label of a stored value. Raises KeyError where the value has none."""
    return words[value]
