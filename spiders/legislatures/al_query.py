"""What Alabama's GraphQL service is asked: its current session, a list, one instrument, meetings.

Fields come back in the order they are asked in, so that "none" always reads `"count":0,"data":[]`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

PAGE = 500

_INSTRUMENT = """
  sessionAbbreviation instrumentNbr instrumentType body shortTitle subject sponsor
  assignedCommittee prefiledDate currentStatus lastAction lastActionDate actSummary
"""
_SESSION = "query { currentSession: session(where: {current: {eq: true}}) { abbreviation } }"
_LIST = f"""
query ($session: String, $type: InstrumentType, $offset: Int) {{
  instruments(
    where: [{{sessionAbbreviation: {{eq: $session}}, instrumentType: {{eq: $type}}}}]
    order: ["instrumentNbr", "ASC"] limit: {PAGE} offset: $offset
  ) {{ count data {{ {_INSTRUMENT} }} }}
}}
"""
_OF_ONE = "where: {sessionAbbreviation: {eq: $session}, instrumentNbr: {eq: $number}}"
_DETAIL = f"""
query ($session: String, $number: String, $type: InstrumentType) {{
  instrument(where: {{
    sessionAbbreviation: {{eq: $session}}, instrumentNbr: {{eq: $number}},
    instrumentType: {{eq: $type}}
  }}) {{
    {_INSTRUMENT}
    introducedFileUrl engrossedFileUrl enrolledFileUrl reenrolledFileUrl
    viewEnacted actNbr companionInstrumentNbr effectiveDateCertain
  }}
  fiscalNotes({_OF_ONE}) {{ data {{ description fileUrl sortOrder }} }}
  histories: instrumentHistories({_OF_ONE}) {{
    data {{ instrumentNbr calendarDate body matter committee amdSubFileUrl rollCallNbr yeas nays }}
  }}
}}
"""
# The site's own page writes the day into the query: the name of its type is not known.
_MEETINGS = """
query {
  meetings(where: {startDate: {gte: "%s"}}) {
    count
    data {
      startDate startTime location title description body committeeName agendaUrl
      agendaItems { instrumentNbr }
    }
  }
}
"""


def current_session() -> dict[str, Any]:
    return {"query": _SESSION, "variables": {}}


def instruments(session: str, kind: str, offset: int) -> dict[str, Any]:
    """Instruments of a session; `kind` is B for bills, R for resolutions."""
    return {"query": _LIST, "variables": {"session": session, "type": kind, "offset": offset}}


def detail(session: str, number: str, kind: str) -> dict[str, Any]:
    return {"query": _DETAIL, "variables": {"session": session, "number": number, "type": kind}}


def meetings(since: dt.date) -> dict[str, Any]:
    return {"query": _MEETINGS % since.isoformat(), "variables": {}}
