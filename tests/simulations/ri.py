"""Rhode Island, by Open States."""

from __future__ import annotations

from tests.simulations.open_states_api import OpenStatesSite


class Simulated(OpenStatesSite):
    state = "ri"
    session = "2026"
    sentences = (
        "Introduced, referred to House Judiciary",
        "Scheduled for hearing and/or consideration",
    )
    texts = "https://webserver.rilegislature.gov/BillText/BillText26/"
