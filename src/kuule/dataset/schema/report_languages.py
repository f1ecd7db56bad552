"""What a dataset knows of the languages of its report: how far their words are, and the report's text in them.

`report.languages.json` stands beside report.md. A dataset that was opened before there was such a file has none of it:
its report can be made in the source language, and in another with its own words only, whose makers nobody can name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.report_translations import ReportTexts, report_texts_from_table, table_from_report_texts

REPORT_LANGUAGES_FILE = "report.languages.json"


@dataclass(frozen=True, slots=True)
class ReportLanguage:
    """`state` and `origin` are those of the survey's words (questions, answers, names of groups) in this language, of
    which a report shows many; `texts` is report.md in it."""

    state: State
    origin: TextOrigin
    texts: ReportTexts = field(default_factory=dict)


ReportLanguages = Mapping[str, ReportLanguage]
UNKNOWN_LANGUAGE = ReportLanguage(State.DRAFT_ONE, TextOrigin.MACHINE)
"""What is said of a language whose makers the dataset does not name: the least."""


def report_languages(edition: Edition) -> ReportLanguages:
    """Of every language of an edition."""
    return {
        tag: ReportLanguage(status.state, status.origin, edition.report_texts.get(tag, {}))
        for tag, status in edition.statuses.items()
    }


def languages_table(languages: ReportLanguages) -> dict[str, object]:
    """For JSON."""
    return {
        tag: {"state": str(one.state), "origin": str(one.origin), "texts": table_from_report_texts(one.texts)}
        for tag, one in languages.items()
    }


def languages_from_table(table: Mapping[str, Any]) -> ReportLanguages:
    """The reverse. Raises ValueError, KeyError or TypeError where it is no such table."""
    return {
        tag: ReportLanguage(State(one["state"]), TextOrigin(one["origin"]), report_texts_from_table(one["texts"]))
        for tag, one in table.items()
    }
