"""What a dataset knows about the languages of its report: the state of their words, and the report's text in them.

`report.languages.json` is beside report.md. A dataset that was opened before that file existed does not have it: its
report can be made in the source language, and in another with Kuule's own words only, without saying who translated
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_translations import ReportTexts, report_texts_from_table, table_from_report_texts

if TYPE_CHECKING:
    from kuule.study.edition.study_edition import Edition

REPORT_LANGUAGES_FILE = "report.languages.json"


@dataclass(frozen=True, slots=True)
class ReportLanguage:
    """One language. `state` and `origin` are those of the survey's words (questions, answers, names of groups), many of
    which a report shows; `texts` is report.md in this language."""

    state: State
    origin: TextOrigin
    texts: ReportTexts = field(default_factory=dict)


ReportLanguages = Mapping[str, ReportLanguage]
UNKNOWN_LANGUAGE = ReportLanguage(State.DRAFT_ONE, TextOrigin.MACHINE)
"""What is assumed of a language if the dataset does not say who translated it: the least."""


def report_languages(edition: Edition) -> ReportLanguages:
    """The languages of an edition."""
    return {
        tag: ReportLanguage(status.state, status.origin, edition.report_texts.get(tag, {}))
        for tag, status in edition.statuses.items()
    }


def languages_table(languages: ReportLanguages) -> dict[str, object]:
    """The languages as a table for JSON."""
    return {
        tag: {"state": str(one.state), "origin": str(one.origin), "texts": table_from_report_texts(one.texts)}
        for tag, one in languages.items()
    }


def languages_from_table(table: Mapping[str, Any]) -> ReportLanguages:
    """The languages from a table. Raises ValueError, KeyError or TypeError if it is not such a table."""
    return {
        tag: ReportLanguage(State(one["state"]), TextOrigin(one["origin"]), report_texts_from_table(one["texts"]))
        for tag, one in table.items()
    }
