"""Checking the study for the lead's desk: what `kuule check` finds, and which editions are otherwise than it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.freeze import is_asked_as_frozen
from kuule.usecases.authoring.study_problems import check_one_study
from kuule.workbench.errands.problem_tables import without_place
from kuule.workbench.study_desk.study_findings import StudyFindings, cut_problems, found_languages, found_problems


def check_for_desk(study: Path, editions: Iterable[Path], today: date) -> StudyFindings:
    """Check the study. An edition that cannot be read is left out; the page of editions says why."""
    gathered = read_study_folder(study)
    found = check_one_study(gathered, today=today)
    problems = tuple(without_place(one, (study,)) for one in found.problems)
    shown, cut = cut_problems(found_problems(problems, problems))
    return StudyFindings(shown, found_languages(found.languages), tuple(_changed(gathered, editions)), cut)


def can_be_shown(gathered: FolderReading) -> bool:
    """Whether the questionnaire of a folder can be shown, whatever else is wrong there."""
    return None not in (gathered.settings, gathered.form, gathered.xlsform, gathered.support)


def _changed(gathered: FolderReading, editions: Iterable[Path]) -> Iterator[str]:
    for path in editions:
        try:
            edition = read_edition(path)
        except StudyError:
            continue
        if not can_be_shown(gathered) or not is_asked_as_frozen(gathered, path):
            yield edition.id
