"""Arizona, by Open States."""

from __future__ import annotations

from tests.simulations.open_states_api import OpenStatesSite


class Simulated(OpenStatesSite):
    state = "az"
    session = "57th-2nd-regular"
    sentences = ("Senate First Reading", "Senate Second Reading")
    texts = "https://www.azleg.gov/legtext/57leg/2R/bills/"
