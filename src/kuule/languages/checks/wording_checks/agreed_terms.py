"""A translation uses the terms that its language has agreed on for what matters: violence, consent, age
(glossary.csv)."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Severity
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.glossary import Term, contains_term, terms_within
from kuule.languages.workflow.entries import Entry

CODE = "LANG_034"


def check(entry: Entry, spoken: CheckContext) -> Iterator[Finding]:
    """Terms whose source occurs in the source text. Warnings, because a sentence can express something without naming
    it."""
    named = terms_within(spoken.source_terms, entry.source)
    for term in spoken.terms if named else ():
        if term.source in named:
            yield from _of_term(entry, term)


def _of_term(entry: Entry, term: Term) -> Iterator[Finding]:
    why = f" ({term.note})" if term.note else ""
    agreed = " or ".join(repr(word) for word in term.agreed)
    for word in term.avoid:
        if contains_term(word, entry.text):
            remedy = f"write {agreed}{why}" if agreed else f"say it another way{why}"
            yield Finding(f"it says {word!r} for {term.source!r}", remedy, Severity.WARNING)
            return
    if term.agreed and not any(contains_term(word, entry.text) for word in term.agreed):
        cause = f"its source says {term.source!r}, and it does not say {agreed}"
        yield Finding(cause, f"use the agreed term{why}, or add this one to glossary.csv", Severity.WARNING)
