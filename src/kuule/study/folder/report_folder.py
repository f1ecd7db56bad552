"""The text of a report and its translations as a study folder has them now, for a report of which the dataset is older.

What reads a folder is loaded when somebody asks: a dataset has the words of its report itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kuule.core.problems import Problem, Severity
from kuule.study.folder.report_text import is_report_key
from kuule.study.settings.adaptations import adaptations_in_language

if TYPE_CHECKING:
    from kuule.study.folder.folder_reading import FolderReading


def read_report_folder(folder: Path) -> FolderReading:
    """The whole folder, as `read_study_folder` reads it."""
    from kuule.study.folder.study_folder import read_study_folder  # slow: see above

    return read_study_folder(folder)


def refused_report_texts(gathered: FolderReading) -> tuple[Problem, ...]:
    """The errors from reading the text and its translations, and from checking the texts of the report."""
    from kuule.languages.checks.check_context import CheckContext  # slow, as above
    from kuule.languages.checks.text_checks import entry_problems  # slow, as above

    read = [one for one in gathered.problems if one.file == "report.md" or one.file.startswith("languages/")]
    found = [one for one in read if one.severity is Severity.ERROR and one.code != "STUDY_005"]
    for tag, catalogue in gathered.catalogues.items():
        adaptations = gathered.settings.adaptations if gathered.settings else {}
        spoken = CheckContext(tag, gathered.glossary, adaptations_in_language(adaptations, tag))
        for entry in catalogue.select(is_report_key).entries.values():
            problems = entry_problems(entry, f"languages/{tag}.po", spoken) if entry.text and not entry.stale else ()
            found += [one for one in problems if one.severity is Severity.ERROR]
    return tuple(found)
