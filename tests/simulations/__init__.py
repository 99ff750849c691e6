"""Legislatures that answer in the form of the real ones, with fictional measures.

`world` holds the measures and what happens to them on three days; a module for each source, named as
its own is, puts them into that site's pages; `days` lets the real spider read them, and keeps what it
reads, as a day's run does.
"""
