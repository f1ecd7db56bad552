"""Names of XLIFF 1.2 (OASIS Standard, February 2008), and our own names in it."""

from __future__ import annotations

from kuule.languages.workflow.states import State

CORE_12 = "urn:oasis:names:tc:xliff:document:1.2"
OWN = "urn:kuule:translation"
"""The namespace of our record, at the place that the schema leaves to others. No document has to be there."""
OWN_NOTE = "kuule"
"""`from` of the notes that translators are to read; all others were written by people."""
COMMENT_NOTE = "comment"
"""`from` of what people wrote before."""
CHARACTER_TYPE = "x-kuule-character"
"""`ctype` of a placeholder for a character that XML does not allow, by its number: version 1.2 has no other way."""
STATES_12 = {
    State.UNTRANSLATED: "needs-translation",
    State.DRAFT_ONE: "translated",
    State.DRAFT_TWO: "translated",
    State.REVIEWED: "signed-off",
    State.ADJUDICATED: "signed-off",
    State.PRETESTED: "final",
}
UNSURE_STATES = frozenset(
    {"new", "needs-translation", "needs-adaptation", "needs-l10n"}
    | {"needs-review-translation", "needs-review-adaptation", "needs-review-l10n"}
)
"""States of a target with which an editor says that it needs more work."""


def name_12(name: str) -> str:
    return f"{{{CORE_12}}}{name}"


def own_name(name: str) -> str:
    return f"{{{OWN}}}{name}"
