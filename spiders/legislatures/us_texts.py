"""What bill and version a text is, by its address: `BILLS-119hr32ih` is H.R. 32, introduced.

Names of the versions are those that BILLSTATUS gives them; a file of a later printing of the same
version ends in a number (`119hr1rh2`).
"""

from __future__ import annotations

import re

from spiders.legislatures.us_billstatus import SLUGS

_KINDS = "|".join(sorted((kind.lower() for kind in SLUGS), key=len, reverse=True))
_ADDRESS = re.compile(rf".*/BILLS-(\d+)({_KINDS})(\d+)([a-z]+)\d*\.xml")
VERSIONS = {
    "as": "Amendment Ordered to be Printed (Senate)",
    "ath": "Agreed to House",
    "ats": "Agreed to Senate",
    "cdh": "Committee Discharged House",
    "cds": "Committee Discharged Senate",
    "cph": "Considered and Passed House",
    "cps": "Considered and Passed Senate",
    "eah": "Engrossed Amendment House",
    "eas": "Engrossed Amendment Senate",
    "eh": "Engrossed in House",
    "enr": "Enrolled Bill",
    "es": "Engrossed in Senate",
    "ih": "Introduced in House",
    "is": "Introduced in Senate",
    "lth": "Laid on Table in House",
    "pch": "Placed on Calendar House",
    "pcs": "Placed on Calendar Senate",
    "rch": "Reference Change House",
    "rcs": "Reference Change Senate",
    "rdh": "Received in House",
    "rds": "Received in Senate",
    "rfh": "Referred in House",
    "rfs": "Referred in Senate",
    "rh": "Reported in House",
    "rhuc": "Returned to the House by Unanimous Consent",
    "ris": "Referral Instructions Senate",
    "rs": "Reported to Senate",
}


def named_in_address(url: str) -> dict[str, str]:
    """Empty where the address does not tell: public laws, and versions not seen before."""
    found = _ADDRESS.fullmatch(url)
    if found is None or found[4] not in VERSIONS:
        return {}
    return {
        "jurisdiction": "us",
        "session": found[1],
        "identifier": f"{found[2].upper()} {found[3]}",
        "note": VERSIONS[found[4]],
    }
