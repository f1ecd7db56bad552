"""The text of the report in one language, as an edition and a dataset keep it: each text with its author and state.

Stale texts are left out: they may say what the report no longer says, and a report says the same in every language.
Decision 0026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kuule.languages.workflow.entries import Catalogue
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_text import is_report_key


@dataclass(frozen=True, slots=True)
class ReportText:
    """One text of report.md in a language."""

    text: str
    state: State
    origin: TextOrigin


ReportTexts = Mapping[str, ReportText]
"""By the key of the source text (`report_text.block_key`)."""


def report_translations(catalogue: Catalogue) -> ReportTexts:
    """The translated texts of the report in a language."""
    return {
        key: ReportText(entry.text, entry.state, entry.origin)
        for key, entry in catalogue.entries.items()
        if is_report_key(key) and entry.text and not entry.stale
    }


def table_from_report_texts(texts: ReportTexts) -> dict[str, object]:
    """For JSON."""
    return {key: {"text": one.text, "state": str(one.state), "origin": str(one.origin)} for key, one in texts.items()}


def report_texts_from_table(table: Mapping[str, Any]) -> ReportTexts:
    """The reverse. Raises ValueError, KeyError or TypeError if the table is not one of these."""
    found = {key: ReportText(one["text"], State(one["state"]), TextOrigin(one["origin"])) for key, one in table.items()}
    if not all(isinstance(one.text, str) for one in found.values()):
        raise TypeError("a text is not a text")
    return found
