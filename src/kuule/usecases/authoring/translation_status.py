"""How far the translation of a study into each language has come, and what keeps the language from opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.languages.workflow.states import State
from kuule.translation.text_sets.package_text_set import is_package_folder
from kuule.translation.translation_progress import TranslationProgress, measure_progress

_STATES = ("empty", "draft1", "draft2", "reviewed", "decided", "tried")
COLUMNS = ("language", "texts", *_STATES, "stale", "refused", "machine")
"""The columns of a row, with short names so that a row fits a terminal. The states are in their order."""
LEGEND = (
    "texts: the survey's and Kuule's own words; decided: adjudicated; tried: pretested; refused: by a check; "
    "machine: worded by a machine"
)


@dataclass(frozen=True, slots=True)
class TranslationStatus:
    """The progress of each language: of the study's texts and Kuule's own words, for both of which it waits, and
    separately of the texts of the report, which a survey can open without. `of_package` says that the folder is that of
    Kuule's own words."""

    surveys: tuple[TranslationProgress, ...]
    reports: tuple[TranslationProgress, ...]
    of_package: bool

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """A table with a heading, and a row for each language."""
        return [COLUMNS, *map(_row, self.surveys)]


def translation_status(study: Path) -> TranslationStatus:
    """Measure how far a study is, or a folder with an interface.pot. Raises StudyError like `measure_progress`."""
    surveys = measure_progress(study)
    return TranslationStatus(
        tuple(surveys),
        tuple(one.report for one in surveys if one.report is not None),
        is_package_folder(study),
    )


def _row(one: TranslationProgress) -> Sequence[str]:
    parts = [one] if one.words is None else [one, one.words]
    states = [sum(part.states.get(state, 0) for part in parts) for state in State]
    counts = (
        sum(part.texts for part in parts),
        *states,
        sum(part.stale for part in parts),
        sum(len(part.refused_keys) for part in parts),
        sum(part.machine for part in parts),
    )
    return [one.tag, *map(str, counts)]
