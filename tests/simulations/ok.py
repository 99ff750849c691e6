"""Oklahoma, by Open States."""

from __future__ import annotations

from tests.simulations.open_states_api import OpenStatesSite


class Simulated(OpenStatesSite):
    state = "ok"
    session = "2026"
    sentences = ("First Reading", "Second Reading referred to Judiciary")
