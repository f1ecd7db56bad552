"""A study's files read in one step, where the product reads, checks and completes one after the other."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem, StudyError, raise_errors
from kuule.forms.xlsform.workbook import read_workbook
from kuule.study.check import check_folder
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.questionnaire import Questionnaire, questionnaire_from_workbook
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder


def check_study(path: Path, against: Edition | None = None) -> list[Problem]:
    """Every problem of a study folder; `against` is the edition that came before."""
    return check_folder(read_study_folder(path), against)


def read_complete_folder(path: Path) -> StudyFolder:
    """The whole study. Raises StudyError with every problem that keeps it from being read (not those of the rules)."""
    gathered = read_study_folder(path)
    raise_errors(gathered.problems, StudyError)
    return complete_study_folder(gathered)


def read_questionnaire(path: Path) -> Questionnaire | None:
    """The rows of form.md or form.xlsx; None where the file is not a workbook at all."""
    return questionnaire_from_workbook(read_workbook(path))
