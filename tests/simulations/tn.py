"""Tennessee, by Open States."""

from __future__ import annotations

from tests.simulations.open_states_api import OpenStatesSite


class Simulated(OpenStatesSite):
    state = "tn"
    session = "114"
    sentences = ("Filed for introduction", "Passed on First Consideration")
