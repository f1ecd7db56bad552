"""REDCap's data dictionary as CSV: each instrument a section, each field a page of its own, a matrix one page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from kuule.core.problems import Problem
from kuule.study_import.condition_parsing import AnswerWord, ConditionDialect, parse_condition
from kuule.study_import.conditions import Condition, Unsayable
from kuule.study_import.html_text import TextCleaner
from kuule.study_import.import_files import decoded_text, other_kind, read_imported_file
from kuule.study_import.imported_form import (
    LABEL,
    FormImportError,
    ImportedChoice,
    ImportedForm,
    ImportedGroup,
    ImportedItem,
    ImportedQuestion,
)
from kuule.study_import.list_register import ListRegister
from kuule.study_import.not_taken import NotTakenNotes, Reason

PROGRAM = "a data dictionary of REDCap"
_PIPING = re.compile(r"(?:\[[a-z][a-z0-9_]*(?:\([^()\]]*\))?(?::[a-z_]+)*\])+")
_COLUMNS: Mapping[str, str] = {
    "variable / field name": "field_name",
    "form name": "form_name",
    "section header": "section_header",
    "field type": "field_type",
    "field label": "field_label",
    "choices, calculations, or slider labels": "choices",
    "select_choices_or_calculations": "choices",
    "choices or calculations": "choices",
    "field note": "field_note",
    "text validation type or show slider number": "validation",
    "text_validation_type_or_show_slider_number": "validation",
    "text validation min": "text_validation_min",
    "text validation max": "text_validation_max",
    "identifier?": "identifier",
    "branching logic (show field only if...)": "branching_logic",
    "required field?": "required_field",
    "matrix group name": "matrix_group_name",
    "matrix ranking?": "matrix_ranking",
    "field annotation": "field_annotation",
}
"""Headings as the website writes them, and as its API does."""
_NEEDED = ("field_name", "form_name", "field_type", "field_label", "choices")
_REMEDY = "in REDCap: Designer or Data Dictionary, Download the current Data Dictionary"
_TYPES: Mapping[str, str] = {
    "radio": "select_one", "dropdown": "select_one", "checkbox": "select_multiple", "yesno": "select_one",
    "truefalse": "select_one", "notes": "text", "text": "text", "descriptive": "note", "slider": "range",
}  # fmt: skip
_NOT_ASKED: Mapping[str, Reason] = {
    "file": Reason.UPLOAD, "signature": Reason.UPLOAD, "calc": Reason.EXPRESSION, "sql": Reason.FILE,
}  # fmt: skip
_OWN_CHOICES = {"yesno": "1, Yes | 0, No", "truefalse": "1, True | 0, False"}
_VALIDATIONS: Mapping[str, str] = {
    "integer": "integer", "number": "decimal", "time": "time", "time_hh_mm_ss": "time",
    "date_dmy": "date", "date_mdy": "date", "date_ymd": "date", "datetime_dmy": "datetime", "datetime_mdy": "datetime",
    "datetime_ymd": "datetime", "datetime_seconds_ymd": "datetime",
}  # fmt: skip
_IDENTIFYING = frozenset({"email", "phone", "ssn", "mrn_10d", "mrn_generic", "zipcode", "postalcode_canada", "vmrn"})
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
_MOST_PROBLEMS = 20
FieldRow = Mapping[str, str]


def read_redcap_dictionary(path: Path, *, language: str = "") -> ImportedForm:
    """Read the file. `language` is the tag of its texts, en by default: REDCap does not say it.

    Raises FormImportError IMPORT_001, IMPORT_003, IMPORT_004, IMPORT_005 (rows of another length, all of them) and
    IMPORT_006 (no data dictionary).
    """
    rows = _field_rows(decoded_text(read_imported_file(path), path.name), path.name)
    return _DictionaryReader(rows, language or "en").form()


def _field_rows(text: str, file: str) -> list[FieldRow]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[Problem] = []
    rows: list[FieldRow] = []
    try:
        columns = [_COLUMNS.get(one.strip().lower(), one.strip().lower()) for one in next(reader, [])]
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            raise other_kind(file, f"it is no data dictionary of REDCap: it has no column {missing[0]}", _REMEDY)
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(columns):
                cause = f"it has {len(cells)} cells, and the table {len(columns)} columns"
                place = f"{file}, line {reader.line_num}"
                problems.append(Problem("IMPORT_005", place, cause, "export it again; nothing was taken in"))
            rows.append({name: _cell(name, cell) for name, cell in zip(columns, cells, strict=False)})
    except csv.Error as error:
        cause = f"it is not whole: {error}"
        place = f"{file}, line {reader.line_num}"
        problems.append(Problem("IMPORT_005", place, cause, "export it again; nothing was taken in"))
    if problems:
        raise FormImportError(*problems[:_MOST_PROBLEMS])
    return rows


def _cell(column: str, written: str) -> str:
    """The cell; "" for the NA that R writes where nothing is."""
    said = written.strip()
    return "" if said == "NA" and column != "field_label" else said


class _DictionaryReader:
    def __init__(self, rows: Sequence[FieldRow], language: str) -> None:
        self._rows, self._language = rows, language
        self._notes = NotTakenNotes()
        self._cleaner = TextCleaner(_PIPING, self._notes)
        self._lists = ListRegister()
        self._fields = {row["field_name"]: row for row in rows}
        self._dialect = ConditionDialect(r"(?:\[[^\[\]]+\])+", self._answer_word)

    def form(self) -> ImportedForm:
        members = tuple(
            self._section(number, name, list(rows))
            for number, (name, rows) in enumerate(groupby(self._rows, key=lambda row: row.get("form_name", "")), 1)
        )
        return ImportedForm(PROGRAM, "", self._language, (), members, self._lists.lists(), self._notes.entries())

    def _section(self, number: int, name: str, rows: Sequence[FieldRow]) -> ImportedGroup:
        members: list[ImportedItem] = []
        pages = groupby(rows, key=lambda row: row.get("matrix_group_name") or row["field_name"])
        for page, (matrix, fields) in enumerate(pages, 1):
            of_page = list(fields)
            items = [item for row in of_page for item in self._items(row, first=row is self._rows[0])]
            if len(items) < 2:
                members += items
                continue
            place = f"form {name}, page {page}"
            cells = {"appearance": "field-list"}
            members.append(ImportedGroup(f"page_{matrix}", place, tuple(items), cells=cells))
        label = {LABEL: {self._language: name.replace("_", " ").capitalize() or str(number)}}
        return ImportedGroup(f"form_{name}", f"form {name} ({number})", tuple(members), texts=label)

    def _text(self, written: str, place: str) -> dict[str, str]:
        text = self._cleaner.plain_text(written, place)
        return {self._language: text} if text else {}

    def _items(self, row: FieldRow, *, first: bool) -> Iterator[ImportedQuestion]:
        name, place = row["field_name"], f"field {row['field_name']}"
        condition = self._condition(row.get("branching_logic", ""), place)
        header = self._text(row.get("section_header", ""), f"{place}, section header")
        if header:
            yield ImportedQuestion(f"{name}_header", "note", f"{place}, section header", {LABEL: header})
        reason = self._reason(row, first=first)
        if reason is not None:
            self._notes.add(place, f"{row['field_label']} ({row['field_type']} {row.get('validation', '')})", reason)
            return
        self._note_settings(row, place)
        texts = {LABEL: self._text(row["field_label"], place) or {self._language: name}}
        hint = self._text(row.get("field_note", ""), f"{place}, note")
        texts |= {"hint": hint} if hint else {}
        kind, list_name, cells = self._kind(row, place)
        yield ImportedQuestion(name, kind, place, texts, list_name, condition, cells)

    def _reason(self, row: FieldRow, *, first: bool) -> Reason | None:
        """Why a field is not asked. The first of a project is the number of a record."""
        kind, validation = row["field_type"].lower(), row.get("validation", "").lower()
        if first and kind == "text":
            return Reason.IDENTITY
        if row.get("identifier", "").lower() in {"y", "1"} or validation in _IDENTIFYING:
            return Reason.IDENTITY
        if validation == "signature":
            return Reason.UPLOAD
        if kind in _NOT_ASKED:
            return _NOT_ASKED[kind]
        return None if kind in _TYPES else Reason.TYPE

    def _note_settings(self, row: FieldRow, place: str) -> None:
        if row.get("required_field", "").lower() in {"y", "1"}:
            self._notes.add(place, "required", Reason.REQUIRED)
        if row.get("matrix_ranking", "").lower() in {"y", "1"}:
            self._notes.add(place, "each answer of the matrix once", Reason.EXPRESSION)
        if row.get("field_annotation"):
            self._notes.add(place, row["field_annotation"], Reason.SETTING)

    def _kind(self, row: FieldRow, place: str) -> tuple[str, str, dict[str, str]]:
        """The type, its list and its further cells."""
        written = row["field_type"].lower()
        kind = _TYPES[written]
        if kind in {"select_one", "select_multiple"}:
            choices = self._choices(_OWN_CHOICES.get(written, row["choices"]), place)
            if written in _OWN_CHOICES and self._language != "en":
                self._notes.add(place, _OWN_CHOICES[written], Reason.OWN_WORDS)
            cells = {"appearance": "minimal"} if written == "dropdown" else {}
            cells = {"appearance": "list-nolabel"} if row.get("matrix_group_name") else cells
            return kind, self._lists.name_of(choices, row["field_name"]), cells
        if kind == "range":
            return self._slider(row, place)
        if written == "notes":
            return kind, "", {"appearance": "multiline"}
        validation = row.get("validation", "").lower() if kind == "text" else ""
        kind = _VALIDATIONS.get(validation, "integer" if validation.startswith("integer") else kind)
        kind = "decimal" if validation.startswith("number") else kind
        if validation and kind == "text":
            self._notes.add(place, f"validation {validation}", Reason.EXPRESSION)
        return kind, "", self._limits(row, place) if kind in {"integer", "decimal"} else {}

    def _limits(self, row: FieldRow, place: str) -> dict[str, str]:
        limits = []
        for column, operator in (("text_validation_min", ">="), ("text_validation_max", "<=")):
            said = row.get(column, "")
            if _NUMBER.fullmatch(said):
                limits.append(f". {operator} {said}")
            elif said:
                self._notes.add(place, f"{column} {said}", Reason.EXPRESSION)
        return {"constraint": " and ".join(limits)} if limits else {}

    def _choices(self, written: str, place: str) -> list[ImportedChoice]:
        """`1, Yes | 2, No` as choices."""
        choices = []
        for part in written.split("|"):
            value, _, label = part.strip().partition(",")
            if value.strip():
                text = self._text(label.strip(), f"{place}, answer {value.strip()}")
                choices.append(ImportedChoice(value.strip(), text or {self._language: value.strip()}))
        return choices

    def _slider(self, row: FieldRow, place: str) -> tuple[str, str, dict[str, str]]:
        """A scale from 0 to 100, or what its validation says, with words at its ends and its middle."""
        low, high = row.get("text_validation_min") or "0", row.get("text_validation_max") or "100"
        ends = [one.strip() for one in row["choices"].split("|")]
        parameters = f"start={low} end={high} step=1"
        if not (low.isdigit() and high.isdigit() and int(low) < int(high) <= int(low) + 100) or len(ends) < 2:
            low, high = (low, high) if low.isdigit() and high.isdigit() else ("0", "100")
            return "range", "", {"parameters": f"start={low} end={high} step=1"}
        at = [low, high] if len(ends) == 2 else [low, str((int(low) + int(high)) // 2), high]
        words = [
            ImportedChoice(value, self._text(text, place))
            for value, text in zip(at, (ends[0], *ends[1:-1][:1], ends[-1]), strict=False)
            if text
        ]
        name = self._lists.name_of(words, row["field_name"])
        return "range", "", {"parameters": f"{parameters} tick_labelset={name}"}

    def _condition(self, written: str, place: str) -> Condition | None:
        try:
            return parse_condition(written, self._dialect)
        except Unsayable as error:
            self._notes.add(place, written, Reason.CONDITION, why=f"{error}, so everyone is asked now")
            return None

    def _answer_word(self, word: str) -> AnswerWord | None:
        """What `[sex]` and `[race(2)]` mean. Of another event, as in `[visit_2][sex]`, nothing is known."""
        match = re.fullmatch(r"\[\s*(\w+)(?:\((\S+)\))?\s*\]", word)
        if match is None or match[1] not in self._fields:
            return None
        return AnswerWord(match[1], match[2] or "", frozenset({"1"}))
