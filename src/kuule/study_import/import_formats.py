"""The formats that are read, by the endings of their files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kuule.core.problems import Problem
from kuule.study_import.form_readers.limesurvey_table import read_limesurvey_table
from kuule.study_import.form_readers.limesurvey_xml import read_limesurvey_xml
from kuule.study_import.form_readers.qualtrics_reader import read_qualtrics_survey
from kuule.study_import.form_readers.redcap_reader import read_redcap_dictionary
from kuule.study_import.form_readers.xlsform_reader import read_xlsform_file
from kuule.study_import.import_files import read_imported_file
from kuule.study_import.imported_form import FormImportError, ImportedForm, check_size


class FormReader(Protocol):
    """Reads a file. `language` is the tag of the language that its texts are in, where it does not say itself."""

    def __call__(self, path: Path, *, language: str) -> ImportedForm: ...


READERS: Mapping[str, FormReader] = {
    ".xlsx": read_xlsform_file,
    ".md": read_xlsform_file,
    ".lss": read_limesurvey_xml,
    ".txt": read_limesurvey_table,
    ".csv": read_redcap_dictionary,
    ".qsf": read_qualtrics_survey,
}
OTHER_ENDINGS: Mapping[str, str] = {
    ".xls": "open it in a spreadsheet program and save it as .xlsx",
    ".ods": "open it in a spreadsheet program and save it as .xlsx",
    ".lsa": "export the structure alone: Export, Survey structure (.lss)",
    ".lsg": "export the whole survey: Export, Survey structure (.lss)",
    ".lsq": "export the whole survey: Export, Survey structure (.lss)",
    ".zip": "unpack it, and import the file that is in it",
    ".json": "export the questionnaire as .xlsx, .lss, .qsf or .csv",
    ".docx": "copy the questions into a form: kuule new --template empty",
    ".pdf": "copy the questions into a form: kuule new --template empty",
}
"""Endings that people try, and what to do with them."""


def read_imported_form(path: Path, *, language: str = "") -> ImportedForm:
    """Read a questionnaire of another program.

    Raises FormImportError IMPORT_001 to IMPORT_008 and IMPORT_010; for a workbook, FORM_032 to FORM_035 and FORM_048.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        remedy = OTHER_ENDINGS.get(path.suffix.lower(), f"export the questionnaire as one of {known}")
        cause = f"a file that ends in {path.suffix or 'nothing'!r} is not read"
        raise FormImportError(Problem("IMPORT_002", path.name, cause, remedy))
    read_imported_file(path)
    form = reader(path, language=language)
    check_size(form.members, path.name, form.not_taken)
    return form
