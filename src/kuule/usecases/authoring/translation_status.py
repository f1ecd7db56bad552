"""How far the translation of a study into each language has come, and what keeps the language from opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.languages.workflow.states import State
from kuule.translation.text_sets.package_text_set import is_package_folder
from kuule.translation.translation_progress import TranslationProgress, measure_progress

COLUMNS = ("language", "texts", *map(str, State), "stale", "failing", "by a machine")


@dataclass(frozen=True, slots=True)
class TranslationStatus:
    """The progress of the study's texts in each language and, separately, of Kuule's own words and the texts of the
    report, which a survey can open without. `of_package` says that the folder is that of Kuule's own words."""

    surveys: tuple[TranslationProgress, ...]
    words: tuple[TranslationProgress, ...]
    reports: tuple[TranslationProgress, ...]
    of_package: bool

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """A table with a heading: a row for each language, for Kuule's words in it, and for its report."""
        return [COLUMNS, *(_row(one) for one in (*self.surveys, *self.words, *self.reports))]


def translation_status(study: Path) -> TranslationStatus:
    """Measure how far a study is, or a folder with an interface.pot. Raises StudyError like `measure_progress`."""
    surveys = measure_progress(study)
    return TranslationStatus(
        tuple(surveys),
        tuple(replace(one.words, tag=f"{one.tag}, Kuule") for one in surveys if one.words is not None),
        tuple(replace(one.report, tag=f"{one.tag}, report") for one in surveys if one.report is not None),
        is_package_folder(study),
    )


def _row(one: TranslationProgress) -> Sequence[str]:
    states = [one.states.get(state, 0) for state in State]
    return [str(cell) for cell in (one.tag, one.texts, *states, one.stale, len(one.refused_keys), one.machine)]
