"""The second study that ships, help-us-to-know, and what somebody says in it who answers everything."""

from __future__ import annotations

from tests.studies.shipped_study import STUDIES

STUDY = STUDIES / "help-us-to-know"
WAYS = {"first": "way_first", "children": "way_children", "wellbeing": "way_wellbeing"}
"""Sections that begin with a notice and a way round."""

EVERYTHING = {
    "consent": ("yes",),
    "adult": ("yes",),
    "path": ("long",),
    **dict.fromkeys(WAYS.values(), ("go_on",)),
    "tried": ("several",),
    "sought": ("yes",),
    "got_help": ("partly",),
    "wish": ("Say first that nobody has to give a name.",),
}
SHORT = {**EVERYTHING, "path": ("short",)}
SAME = {"es": {"No"}, "sv": {"Man", "Under 13", "Under 18"}, "fr": {"Europe"}}
"""Texts that are the same as in English, where both languages have the word."""
