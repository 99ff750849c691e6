"""The Cooperation Tracker: understanding and keeping what the spiders read."""

__version__ = "0.1.0"
