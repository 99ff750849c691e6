"""Texas, by Open States."""

from __future__ import annotations

import datetime as dt

from tests.simulations.open_states_api import OpenStatesSite


class Simulated(OpenStatesSite):
    state = "tx"
    session = "89R"
    sentences = ("Filed", "Read first time")
    today = dt.date(2025, 3, 4)
