"""A text that is ours has no stray brace: the page, or the report, could not be made with it."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.checks.markup_checks.placeholders import OWN_PREFIXES, has_leftover_braces
from kuule.languages.workflow.entries import Entry

CODE = "LANG_014"


def check(entry: Entry) -> Iterator[Finding]:
    """A brace that is left when the placeholders are taken away."""
    if entry.key.startswith(OWN_PREFIXES) and has_leftover_braces(entry.text):
        yield Finding("it has a brace { or } that belongs to no placeholder", "take the brace out")
