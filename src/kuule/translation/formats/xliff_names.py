"""Names of XLIFF 2.1 (OASIS Standard, February 2018), and our own names in it."""

from __future__ import annotations

import hashlib
import re

from kuule.languages.checks.markup_checks.placeholders import OWN_PREFIXES as OWN_WORDS
from kuule.languages.workflow.states import State

CORE = "urn:oasis:names:tc:xliff:document:2.0"
"""XLIFF 2.1 keeps the namespace of 2.0."""
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
LENGTHS = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
"""The module for lengths. Its profile `xliff:codepoints` counts characters as we do."""
XML = "http://www.w3.org/XML/1998/namespace"
KUULE_CATEGORY = "kuule"
XLIFF_STATES = {
    State.UNTRANSLATED: "initial",
    State.DRAFT_ONE: "translated",
    State.DRAFT_TWO: "translated",
    State.REVIEWED: "reviewed",
    State.ADJUDICATED: "reviewed",
    State.PRETESTED: "final",
}
"""`subState` has our own state after `kuule:`."""
COMMENT_CATEGORY = "comment"
"""The category of notes that people write; all other notes are for them to read."""
PLACEHOLDER = re.compile(r"\$\{\s*[^{}\s]+\s*\}|\{\{[^{}]*\}\}")
"""An output of the form, or a live number or condition of the report."""
NAMED_PLACEHOLDER = re.compile(r"\{[^{}]+\}")
"""A placeholder in Kuule's own words."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow. XLIFF writes them as <cp hex="…"/>."""


def placeholder_pattern(key: str) -> re.Pattern[str]:
    """The placeholders that a text must keep, depending on whose text it is."""
    return NAMED_PLACEHOLDER if key.startswith(OWN_WORDS) else PLACEHOLDER


def unit_id(key: str) -> str:
    """An id for a unit that XML allows (NMTOKEN). The key itself is in `name`."""
    return f"t{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def core_name(name: str) -> str:
    return f"{{{CORE}}}{name}"


def metadata_name(name: str) -> str:
    return f"{{{METADATA}}}{name}"


def length_name(name: str) -> str:
    return f"{{{LENGTHS}}}{name}"
