"""Converts a questionnaire (form.xlsx or form.md) to an XForm. No other module of this package calls pyxform.

Only the source language is converted, because translations come from the PO files. Each error and warning of pyxform
becomes a Problem with sheet and row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kuule.core.passed_over_modules import pass_over_module
from kuule.core.problems import Problem
from kuule.core.recent import Recent
from kuule.core.regular_files import read_regular_file
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION
from kuule.forms.xform.external_instances import embed_files
from kuule.forms.xform.image_descriptions import (
    choice_descriptions_by_itext_id,
    embed_descriptions,
    extract_descriptions,
)
from kuule.forms.xlsform.converter_messages import join_lines, problem_from_message, problems_from_message
from kuule.forms.xlsform.repeat_limits import mark_repeat_limits
from kuule.forms.xlsform.table_lists import rewrite_table_lists
from kuule.forms.xlsform.workbook import SHEET_NAMES, Workbook, read_workbook

ROOT_NAME = "data"
"""The name of the form's root node, whatever the file is called: text keys and paths begin with /data."""
CONVERTER_ERROR = "FORM_030"
"""The code of what pyxform says where it stops."""
CONVERTER_WARNING = "FORM_031"
"""The code of what pyxform warns of."""
_CONVERTED: Recent[tuple[str, tuple[str, ...]]] = Recent(8)
"""The last forms that this process converted, by the digest of their sheets: a preview, a workbench and a desk read a
form again each time that something beside it was saved."""
_SELECT_FROM_ANSWERS = re.compile(r"select[ _](?:multiple|all that apply)(?: from)?\s+\$\{")
_TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
    | {"image", "audio", "video", "big-image", IMAGE_DESCRIPTION}
)
_OWN_SETTINGS = frozenset({"name", "instance_name"})
"""Settings that are left out: Kuule names the root itself, and responses have no names."""
_PLAIN = re.compile(r"\s*(?:(?:begin|end)[ _]|[a-z-]+\s*$)", re.IGNORECASE)
_OR_OTHER = re.compile(r"\bor[_ ]other\b")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row of the survey sheet, as written. `row` is the number that a spreadsheet shows (the header is row 1)."""

    row: int
    type: str
    name: str
    label: str
    relevant: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConvertedForm:
    """The result of a conversion. `xform` is "" if the form cannot be converted; `problems` then say why. `language` is
    the source language as the sheet names it, or "" if its columns name none."""

    xform: str
    problems: tuple[Problem, ...]
    rows: tuple[SurveyRow, ...]
    language: str
    places: Mapping[str, str] = field(default_factory=dict)
    """The row of each path of the form, for the problems of `compile_form`."""
    workbook: Workbook = field(default_factory=lambda: Workbook(""))
    """The file as it was read, for rules that look at its rows."""


def read_xlsform(path: Path) -> ConvertedForm:
    """Read and convert a questionnaire and the files beside it that it names. An author's mistakes are not raised but
    become problems: FORM_030 (errors), FORM_031 (warnings), FORM_032-035 (the workbook), FORM_040-043 (files), FORM_047
    (choices made of answers)."""
    return convert_workbook(read_workbook(path), path)


def convert_workbook(workbook: Workbook, path: Path) -> ConvertedForm:
    """The same for a workbook that was read already. `path` says where the files beside it are."""
    with pass_over_module("numpy"):  # which openpyxl would take, for a third of what importing both takes
        from pyxform.errors import PyXFormError  # slow to import, and every command would wait for it

    language = _language(workbook)
    read = {sheet: _one_language(workbook.rows(sheet), language) for sheet in SHEET_NAMES}
    rows = tuple(_rows(read["survey"]))
    if workbook.broken:
        return ConvertedForm("", workbook.problems, rows, language, workbook=workbook)
    read["survey"] = [_with_plain_type(row) for row in read["survey"]]
    read["survey"], row_descriptions = extract_descriptions(rewrite_table_lists(read["survey"]))
    read["choices"], choice_descriptions = extract_descriptions(read["choices"])
    read["survey"], limits = mark_repeat_limits(read["survey"], path.name)
    read["settings"] = [
        {name: cell for name, cell in row.items() if name.lower() not in _OWN_SETTINGS} for row in read["settings"]
    ]
    try:
        converted, warnings = _converted({**_columns(workbook, read), "sheet_names": workbook.names})
    except PyXFormError as error:
        messages = problems_from_message(CONVERTER_ERROR, path.name, str(error), rows)
        return ConvertedForm("", (*workbook.problems, *limits, *messages), rows, language, workbook=workbook)
    except Exception as error:  # noqa: BLE001 - pyxform meets mistakes that it did not foresee with any exception
        found = tuple(_selects_many_from_answers(path.name, rows)) or (_unforeseen_problem(path.name, error),)
        return ConvertedForm("", (*workbook.problems, *limits, *found), rows, language, workbook=workbook)
    problems = tuple(problem_from_message(CONVERTER_WARNING, path.name, text, rows) for text in dict.fromkeys(warnings))
    xform, wrong = embed_files(converted, lambda name: _file_beside(path, name), path.name)
    problems = (*workbook.problems, *limits, *problems, *wrong, *_external(path.name, rows))
    places = dict(_places(path.name, rows))
    descriptions = {
        f"{path}:label": row_descriptions[row] for path, row in _rows_of(places).items() if row in row_descriptions
    }
    xform = embed_descriptions(
        xform, descriptions | choice_descriptions_by_itext_id(read["choices"], choice_descriptions)
    )
    return ConvertedForm(xform, problems, rows, language, places, workbook)


def _converted(sheets: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """What pyxform makes of the sheets, and its warnings. Raises PyXFormError, and whatever it did not foresee."""

    def convert_now() -> tuple[str, tuple[str, ...]]:
        from pyxform.xls2xform import convert  # slow, as above

        warnings: list[str] = []
        return convert(dict(sheets), warnings=warnings, form_name=ROOT_NAME).xform, tuple(warnings)

    # The order of rows and columns counts, and so it does in the JSON.
    written = json.dumps(sheets, ensure_ascii=False)
    return _CONVERTED.get_or_make(sha256(written.encode("utf-8", "surrogatepass")).hexdigest(), convert_now)


def _with_plain_type(row: dict[str, str]) -> dict[str, str]:
    """The row with a type that names no list in small letters. pyxform knows no others, and would take an `End_group`
    for a question."""
    types = {head: cell.lower() for head, cell in row.items() if head.strip().lower() == "type" and _PLAIN.match(cell)}
    return {**row, **types}


def _rows_of(places: Mapping[str, str]) -> dict[str, int]:
    """The index of the row of each path, from 0."""
    return {path: int(place.rpartition(" ")[2]) - 2 for path, place in places.items()}


def _columns(workbook: Workbook, read: Mapping[str, list[dict[str, str]]]) -> dict[str, object]:
    """The sheets in pyxform's form. Sheets that the file lacks are left out, so that pyxform reports them."""
    found: dict[str, object] = {}
    for sheet in SHEET_NAMES:
        if sheet in workbook.sheets:
            found |= {sheet: read[sheet], f"{sheet}_header": _header(read[sheet])}
    return found


def _selects_many_from_answers(file: str, rows: Sequence[SurveyRow]) -> Iterator[Problem]:
    """FORM_047: pyxform 4 would look for a list with the name of the question, and find none."""
    for row in rows:
        if _SELECT_FROM_ANSWERS.match(row.type):
            cause = f"{row.name!r} offers answers of a repeat, and the converter takes that for select_one alone"
            remedy = "use select_one, or ask it inside the repeat, once for each"
            yield Problem("FORM_047", f"{file}, survey, row {row.row}", cause, remedy)


def _unforeseen_problem(file: str, error: Exception) -> Problem:
    said = f"{type(error).__name__}: {join_lines(str(error))}"
    cause = f"the converter stopped at something that it does not foresee ({said})"
    return Problem(CONVERTER_ERROR, file, cause, "mend what else is named; then take rows out until it converts")


def _file_beside(path: Path, name: str) -> bytes | None:
    """The content of a file in the questionnaire's own folder, or None. Links are not followed, as they may lead
    elsewhere."""
    file = path.parent / name
    return read_regular_file(file) if file.is_file() and not file.is_symlink() else None


def _external(file: str, rows: Sequence[SurveyRow]) -> Iterator[Problem]:
    for row in rows:
        if row.type.startswith(("select_one_external", "select one external")):
            cause = "select_one_external reads a sheet that only a collecting app has"
            remedy = "use select_one with a choice_filter, or select_one_from_file"
            yield Problem("FORM_043", f"{file}, survey, row {row.row}", cause, remedy)


def _language(workbook: Workbook) -> str:
    """The language that `settings` names as the default, or else that of the first label column that names one."""
    named = [str(row.get("default_language", "")).strip() for row in workbook.rows("settings")]
    found = [
        parts[1]
        for row in workbook.rows("survey")
        for header in row
        if len(parts := _header_parts(header)) > 1 and parts[0] == "label"
    ]
    wanted = next((one for one in named if one), "")
    return next((one for one in found if one == wanted), next(iter(found), ""))


def _header_parts(header: str) -> list[str]:
    """`label::English (en)` as ["label", "English (en)"]. Media columns lose their first part."""
    parts = [part.strip() for part in str(header).split("::")]
    if len(parts) > 1:
        parts[0] = parts[0].lower().replace(" ", "_")
    return parts[1:] if parts[0] == "media" else parts


def _one_language(rows: Sequence[Mapping[str, str]], language: str) -> list[dict[str, str]]:
    """Each row in the source language: its texts are in the plain column, and columns of other languages are left
    out."""
    return [_cells(row, language) for row in rows]


def _cells(row: Mapping[str, str], language: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for header, cell in row.items():
        parts = _header_parts(header)
        if parts[0] not in _TRANSLATED or len(parts) == 1:
            cells.setdefault(header, cell)
        elif parts[1] == language:
            cells[parts[0]] = cell
    return cells


def _header(rows: Sequence[Mapping[str, str]]) -> list[dict[str, None]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return [names] if names else []


def _rows(survey: Sequence[Mapping[str, str]]) -> Iterator[SurveyRow]:
    for number, cells in enumerate(survey, 2):
        if cells.get("type"):
            yield SurveyRow(
                row=number,
                type=cells["type"].strip(),
                name=cells.get("name", "").strip(),
                label=cells.get("label", ""),
                relevant=cells.get("relevant", cells.get("relevance", "")),
                cells=cells,
            )


def _places(file: str, rows: Sequence[SurveyRow]) -> Iterator[tuple[str, str]]:
    around = [ROOT_NAME]
    for row in rows:
        kind = row.type.replace("_", " ").split()
        if kind[0] == "end" and len(kind) > 1 and len(around) > 1:
            around.pop()
            continue
        path = "/".join(["", *around, row.name])
        place = f"{file}, survey, row {row.row}"
        yield path, place
        yield f"{path}_count", place  # the node that pyxform adds for repeat_count
        if _OR_OTHER.search(row.type):
            yield f"{path}_other", place
        if kind[0] == "begin":
            around.append(row.name)
