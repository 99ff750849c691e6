"""What the generated pages say that stands in no other place of the code."""

from __future__ import annotations

STAGES = {
    "introduced": "filed or read for the first time",
    "in_committee": "referred to a committee",
    "passed_committee": "reported by a committee of the first or second chamber",
    "passed_chamber": "passed by one chamber",
    "passed_legislature": "passed by both chambers in the same form",
    "to_governor": "sent to the governor; also while the governor's amendments are considered",
    "enacted": "law: signed, without signature, by override, by voters, or given a chapter",
    "adopted": "a resolution that is final",
    "vetoed": "vetoed; stays until an override",
    "dead": "failed, withdrawn, postponed for good, or its last session is over",
    "carried_over": "waits for the next session of the same legislature",
    "in_force": "an order, directive or guidance that stands",
    "rescinded": "ended by a later instrument",
    "superseded": "replaced by a later instrument",
    "expired": "past the last day it states",
    "in_court": "challenged in court and still in force",
    "enjoined": "all or part of it is stopped by a court",
    "struck_down": "ended by a court",
    "unknown": "no rule knows its action sentences; counted and shown, never guessed",
}

TABLES = {
    "sources": "One row for each watched site.",
    "runs": "One reading of one source. `folder` is below the folder of runs.",
    "captures": "One archived answer; the body is in the run's WARC under its SHA-256.",
    "second_opinions": "What a second source says of a measure; it decides nothing.",
    "postures": "Where each jurisdiction stood, from the day it was last told.",
    "validators": "What a server gave to ask whether a page has changed.",
    "measures": "A bill, resolution, order or other measure. `key` is jurisdiction/session/identifier.",
    "actions": "The official history of a measure, oldest first.",
    "sponsors": "Who brought a measure in.",
    "versions": "The texts of a measure that the source names.",
    "documents": "Papers beside the text, such as fiscal notes and veto messages.",
    "votes": "Counts of votes.",
    "relations": "What a measure is or does to another of the same jurisdiction.",
    "texts": "Plain texts, compressed, each kept once.",
    "version_texts": "Which text a version has.",
    "hearings": "Scheduled public events on a measure.",
    "absences": "Days on which a measure's own page was looked for and was not there.",
    "agreements": "287(g) agreements: one memorandum of one agency under one model.",
    "agreement_lists": "The 287(g) lists that were read.",
    "agreement_counts": "How many agreements and agencies a list had, by state and model.",
    "judgements": "What a person says a measure does, and the source that was read. It stands above the"
    " machine's reading.",
    "classifications": "Topic, stance and evidence of a measure, as the rules of today say.",
    "changes": "The change log. Triggers refuse updates and deletions.",
    "search": "Full-text index over measures, without contents of its own.",
}
