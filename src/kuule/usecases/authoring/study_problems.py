"""Everything that is wrong with one study by itself: in its folder, its report's text, and what its board is told.

Nothing here opens anything, so that the workbench may have a study checked on a machine that people reach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem, PublishingError, Severity, StudyError
from kuule.core.regular_files import read_regular_text
from kuule.ethics.ethics_answers import EthicsError, read_ethics_answers
from kuule.publishing.template.template_reader import read_template, template_warnings
from kuule.study.check import check_folder
from kuule.study.edition.language_readiness import folder_readiness
from kuule.study.edition.readiness import LanguageReadiness
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.quoted_lines import quote_lines


@dataclass(frozen=True, slots=True)
class StudyCheck:
    """What was found: errors first, and of them those of the report's text; and whether each language is ready."""

    problems: tuple[Problem, ...]
    languages: tuple[LanguageReadiness, ...]

    @property
    def errors(self) -> int:
        """How many problems are errors. With any error, the study cannot be frozen."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


def check_one_study(gathered: FolderReading, *, against: Edition | None = None, today: date) -> StudyCheck:
    """Check a study folder that has just been read and, with `against`, also what changed since that edition."""
    study = gathered.path
    found = check_folder(gathered, against)
    languages = folder_readiness(gathered, found, today)
    ethics = _ethics_problems(study) if study.is_dir() else ()
    return StudyCheck(errors_first((*report_text_problems(study, gathered), *found, *ethics)), languages)


def errors_first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems in their order, errors before warnings."""
    return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.WARNING))


def _ethics_problems(study: Path) -> tuple[Problem, ...]:
    """What is wrong in ethics.toml, as warnings: the papers for an ethics board need it, and an edition does not."""
    try:
        read_ethics_answers(study)
    except EthicsError as error:
        return tuple(replace(problem, severity=Severity.WARNING) for problem in error.problems)
    return ()


def report_text_problems(study: Path, gathered: FolderReading | None = None) -> tuple[Problem, ...]:
    """What in a study's report.md cannot be understood or, if all of it can, what may read badly (warnings).

    It is checked before anybody is asked, because it is frozen with the edition and cannot be mended after the opening.
    There are no problems if there is no such text; the check of the study says that.
    """
    try:
        text = read_regular_text(study / "report.md", "utf-8-sig")
    except (OSError, StudyError, UnicodeDecodeError):
        return ()
    try:
        found = template_warnings(read_template(text))
    except PublishingError as error:
        found = error.problems
    return tuple(quote_lines(found, gathered or FolderReading(study)))
