"""One translated text held to its source by every check: what they say of it, shortly."""

from __future__ import annotations

from kuule.errors import Severity
from kuule.languages.catalogue import Entry, Source, translated, untranslated
from kuule.languages.checks.registry import entry_problems
from kuule.languages.checks.spoken import Spoken
from kuule.languages.states import Origin, State

LABEL = "form:/data/a:label"


def entry(source: str, text: str, key: str = LABEL) -> Entry:
    return translated(untranslated(Source(key, source)), text, state=State.REVIEWED, origin=Origin.PERSON)


def said_of(source: str, text: str, *, key: str = LABEL, spoken: Spoken | None = None) -> list[str]:
    """`error CODE` or `warning CODE`, in the order of the checks."""
    found = entry_problems(entry(source, text, key), "sv.po", spoken or Spoken("sv"))
    return [f"{'error' if problem.severity is Severity.ERROR else 'warning'} {problem.code}" for problem in found]
