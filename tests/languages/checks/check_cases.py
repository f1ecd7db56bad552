"""One translated text held to its source by every check: what they say of it, shortly."""

from __future__ import annotations

from kuule.core.problems import Severity
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import entry_problems
from kuule.languages.workflow.entries import Entry, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin

LABEL = "form:/data/a:label"


def entry(source: str, text: str, key: str = LABEL) -> Entry:
    return with_translation(
        untranslated_entry(SourceText(key, source)), text, state=State.REVIEWED, origin=TextOrigin.PERSON
    )


def said_of(source: str, text: str, *, key: str = LABEL, spoken: CheckContext | None = None) -> list[str]:
    """`error CODE` or `warning CODE`, in the order of the checks."""
    found = entry_problems(entry(source, text, key), "sv.po", spoken or CheckContext("sv"))
    return [f"{'error' if problem.severity is Severity.ERROR else 'warning'} {problem.code}" for problem in found]
