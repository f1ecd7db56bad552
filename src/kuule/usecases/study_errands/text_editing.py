"""Changing one text of the source language for the lead's desk: its cell in the questionnaire, and nothing else.

What was written is read back before anything is handed over: the study has to be read as well as before, and no other
text may have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.regular_files import read_regular_file
from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.xlsform.cell_writing import CellNotWritten, write_markdown_cell, write_workbook_cell
from kuule.forms.xlsform.workbook import Workbook
from kuule.study.folder.questionnaire import Questionnaire, plain_column, questionnaire_from_workbook
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.study_errands.text_writing import (
    check_only_change,
    refuse_control_characters,
    refused_text,
    source_texts,
)

_KINDS = {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
_IN_A_SPREADSHEET = "change it in the questionnaire's file, and send that"


@dataclass(frozen=True, slots=True)
class _CellPlace:
    sheet: str
    row: int
    column: int


def change_text(study: Path, key: str, text: str) -> bytes:
    """The questionnaire's file with another text at this key. Raises WorkbenchError WORKBENCH_023 if the text cannot be
    changed alone, and the problems that the study would have with it."""
    refuse_control_characters(text)
    gathered = read_study_folder(study, languages=())
    before = source_texts(gathered)
    if gathered.xlsform is None or key not in before:
        raise refused_text(
            "the questionnaire has no such text any more, or cannot be read", "go back to the list of texts"
        )
    workbook = gathered.xlsform.workbook
    content = _written(read_regular_file(study / workbook.file), workbook, _place_of(workbook, key), text)
    check_only_change(gathered, content, workbook.file, key, _IN_A_SPREADSHEET)
    return content


def _written(content: bytes, workbook: Workbook, place: _CellPlace, text: str) -> bytes:
    try:
        if workbook.file.endswith(".xlsx"):
            return write_workbook_cell(content, place.sheet, place.row, place.column, text)
        return write_markdown_cell(content, workbook.sheets[place.sheet], place.row, place.column, text)
    except CellNotWritten as error:
        raise refused_text(str(error), _IN_A_SPREADSHEET) from None


def _place_of(workbook: Workbook, key: str) -> _CellPlace:
    written = questionnaire_from_workbook(workbook)
    kind = key.rpartition(":")[2]
    if written is not None and kind in _KINDS:
        sheet, rows = _rows_of(written, key)
        column = _column_of(workbook, written, sheet, kind)
        if len(rows) == 1 and column is not None:
            return _CellPlace(sheet, rows[0], column)
    raise refused_text("it is in no single cell of the questionnaire", _IN_A_SPREADSHEET)


def _rows_of(written: Questionnaire, key: str) -> tuple[str, list[int]]:
    """The sheet of a text and the rows that have it, as a spreadsheet numbers them."""
    if key.startswith("choice:"):
        return "choices", [
            _number(row.place) for row in written.choices if choice_text_key(row.list_name, row.name) == key
        ]
    path = key.removeprefix("form:").rpartition(":")[0]
    rows = (row for row in written.rows if row.path == path and row.name and not row.type.startswith("end"))
    return "survey", [row.position + 2 for row in rows if not row.is_generated]


def _column_of(workbook: Workbook, written: Questionnaire, sheet: str, kind: str) -> int | None:
    """The column of texts of this kind in the source language."""
    columns = workbook.sheets[sheet].columns
    fitting = [
        place
        for place, heading in enumerate(columns)
        if plain_column(heading).replace(" ", "_") == kind and _language_in(heading) == written.language
    ]
    return fitting[0] if len(fitting) == 1 else None


def _language_in(heading: str) -> str:
    parts = [part.strip() for part in heading.split("::")]
    return parts[-1] if len(parts) > 1 else ""


def _number(place: str) -> int:
    return int(place.rpartition(" ")[2])
