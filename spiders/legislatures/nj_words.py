"""The codes of New Jersey's bill history in the words that the site prints for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS = {
    "INT 1RA AWR 2RA": "Introduced, 1st Reading without Reference, 2nd Reading",
    "INT 1RS SWR 2RS": "Introduced, 1st Reading without Reference, 2nd Reading",
    "REP 2RA": "Reported out of Assembly Committee, 2nd Reading",
    "REP 2RS": "Reported out of Senate Committee, 2nd Reading",
    "REP/ACA 2RA": "Reported out of Assembly Committee with Amendments, 2nd Reading",
    "REP/SCA 2RS": "Reported out of Senate Committee with Amendments, 2nd Reading",
    "REP/ACS 2RA": "Reported from Assembly Committee as a Substitute, 2nd Reading",
    "REP/SCS 2RS": "Reported from Senate Committee as a Substitute, 2nd Reading",
    "R/S SWR 2RS": "Received in the Senate without Reference, 2nd Reading",
    "R/A AWR 2RA": "Received in the Assembly without Reference, 2nd Reading",
    "R/A 2RAC": "Received in the Assembly, 2nd Reading on Concurrence",
    "R/S 2RSC": "Received in the Senate, 2nd Reading on Concurrence",
    "R/A": "Received in the Assembly",
    "AA 2RA": "Assembly Floor Amendment Passed",
    "SA 2RS": "Senate Amendment",
    "AS 2RA": "Assembly Substitution",
    "SS 2RS": "Senate Substitution",
    "SUB FOR": "Substituted for",
    "SUB BY": "Substituted by",
    "COMB/W": "Combined with",
    "PA": "Passed Assembly",
    "PS": "Passed Senate",
    "PA PBH": "Passed Assembly (Passed Both Houses)",
    "PS PBH": "Passed Senate (Passed Both Houses)",
    "CONCUR AA": "Concurred by Assembly Amendments",
    "CONCUR SA": "Concurred by Senate Amendments",
    "LSTA": "Lost in the Assembly",
    "LSTS": "Lost in the Senate",
    "RSND/V": "Rescind Vote",
    "RSND/ACT OF": "Rescind Action",
    "RCON/V": "Reconsidered Vote",
    "APP": "Approved",
    "APP W/LIV": "Approved with Line Item Veto",
    "AV R/A": "Absolute Veto, Received in the Assembly",
    "AV R/S": "Absolute Veto, Received in the Senate",
    "CV R/A": "Conditional Veto, Received in the Assembly",
    "CV R/S": "Conditional Veto, Received in the Senate",
    "CV R/A 1RAG": "Conditional Veto, Received in the Assembly, 1st Reading/Governor Recommendation",
    "CV R/S 1RSG": "Conditional Veto, Received, 1st Reading on Concur with Governor's Recommendations",
    "CV R/S 2RSG": "Conditional Veto, Received, 2nd Reading on Concur with Governor's Recommendations",
    "1RAG": "First Reading/Governor Recommendations Only",
    "2RAG": "2nd Reading in the Assembly on Concur. w/Gov's Recommendations",
    "2RSG": "2nd Reading on Concur with Governor's Recommendations",
    "R/A 2RAG": "Received in the Assembly, 2nd Reading - Concur. w/Gov's Recommendations",
    "R/S 2RSG": "Received in the Senate, 2nd Reading - Concur. w/Gov's Recommendations",
    "PV": "Pocket Veto - Bill not acted on by Governor-end of Session",
    "FSS": "Filed with Secretary of State",
    "W": "Withdrawn from Consideration",
    "ER": "Emergency Resolution",
    "MOTION": "Motion",
    "SEN COPY ON DESK": "Placed on Desk in Senate",
    "ASM COPY ON DESK": "Placed on Desk in Assembly",
    "PUBLIC HEARING": "Public Hearing Held",
    "SUTC REVIEWED": "Reviewed by the Sales Tax Review Commission",
    "PHBC REVIEWED": "Reviewed by the Pension and Health Benefits Commission",
}
_REFERRALS = {
    "INT 1RA REF": "Introduced in the Assembly, Referred to",
    "INT 1RS REF": "Introduced in the Senate, Referred to",
    "R/A REF": "Received in the Assembly, Referred to",
    "R/S REF": "Received in the Senate, Referred to",
    "REP REF": "Reported and Referred to",
    "REP/ACA REF": "Reported out of Assembly Committee with Amendments and Referred to",
    "REP/SCA REF": "Reported out of Senate Committee with Amendments and Referred to",
    "REP/ACS REF": "Reported from Assembly Committee as a Substitute and Referred to",
    "REP/SCS REF": "Reported from Senate Committee as a Substitute and Referred to",
    "REF": "Referred to",
    "TRANS": "Transferred to",
    "RCM": "Recommitted to",
}
_TALLY = re.compile(r"\((\d+)-(\d+)(?:-\d+)?\)")


def words_of(code: str, committees: Mapping[str, str]) -> tuple[str, str]:
    """The words of a code, and the committee it refers to, if any; an unknown code is left as is."""
    if code in _WORDS:
        return _WORDS[code], ""
    said, _, letters = code.rpartition(" ")
    if said in _REFERRALS and letters in committees:
        return f"{_REFERRALS[said]} {committees[letters]}", committees[letters]
    return code, ""


def tally(code: str, comment: str) -> tuple[int, int] | None:
    """Ayes and noes that stand beside a passage or a concurrence."""
    found = _TALLY.search(comment)
    voted = code.startswith(("PA", "PS", "CONCUR", "LST"))
    return (int(found[1]), int(found[2])) if found and voted else None
