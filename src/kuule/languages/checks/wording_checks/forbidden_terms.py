"""A translation contains no word that this study avoids in the language: rows of glossary.csv without a source term."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.glossary import contains_term
from kuule.languages.workflow.entries import Entry

CODE = "LANG_035"


def check(entry: Entry, spoken: CheckContext) -> Iterator[Finding]:
    """An error: these words were listed because they hurt or judge."""
    for word, term in spoken.forbidden:
        if contains_term(word, entry.text):
            why = f" ({term.note})" if term.note else ""
            yield Finding(f"it says {word!r}, which this language never says here{why}", "say it another way")
