"""A questionnaire as it is written (form.xlsx, or form.md) to an XForm. Alone in this package it knows pyxform.

Only the source language is converted: translations come from the PO files. What pyxform says is wrong, and what it
warns of, becomes Problems with sheet and row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform
from pyxform.xls2xform import convert

from kuule.errors import Problem, Severity
from kuule.forms.grids import without_table_lists
from kuule.forms.xform_files import with_files

ROOT = "data"
"""The name of the form's root node, whatever the file is called: keys of texts and paths begin with /data."""
_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET = re.compile(
    r"\b(survey|choices|settings|entities|osm|external_choices)\b(?:'|\") (?:sheet|worksheet)|On the '(\w+)' sheet"
)
_TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image"}
)
_OR_OTHER = re.compile(r"\bor[_ ]other\b")
_MARKUP = re.compile(r"\s+")
_SHEETS = ("survey", "choices", "settings", "entities", "osm", "external_choices")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row of the survey sheet, as written. `row` is the number that a spreadsheet shows (the header is 1)."""

    row: int
    type: str
    name: str
    label: str
    relevant: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class XlsForm:
    """`xform` is "" where the form cannot be converted; `problems` then say why. `language` is the source's, as the
    sheet names it, or "" where its columns name none."""

    xform: str
    problems: tuple[Problem, ...]
    rows: tuple[SurveyRow, ...]
    language: str
    places: Mapping[str, str] = field(default_factory=dict)
    """Each path of the form → its row, for the problems of `compile_form`."""


def read_xlsform(path: Path) -> XlsForm:
    """Read and convert a questionnaire, with the files beside it that it names. Raises nothing for what an author can
    mend: FORM_030 (errors), FORM_031 (warnings), FORM_032 (no workbook), FORM_040-043 (files)."""
    try:
        sheets = get_xlsform(str(path))
    except (PyXFormError, OSError, ValueError, KeyError) as error:
        cause = f"it cannot be read as a questionnaire: {_sentence(str(error))}"
        problem = Problem("FORM_032", path.name, cause, "save it as .xlsx, or as .md with one table a sheet")
        return XlsForm("", (problem,), (), "")
    language = _language(sheets)
    read = {sheet: _one_language(getattr(sheets, sheet) or [], language) for sheet in _SHEETS}
    read["survey"] = without_table_lists(read["survey"])
    workbook = {**read, **{f"{sheet}_header": _header(rows) for sheet, rows in read.items()}}
    warnings: list[str] = []
    rows = tuple(_rows(read["survey"]))
    try:
        converted = convert(workbook, warnings=warnings, form_name=ROOT)
    except PyXFormError as error:
        return XlsForm("", (_problem("FORM_030", path.name, str(error)),), rows, language)
    problems = tuple(_problem("FORM_031", path.name, text) for text in dict.fromkeys(warnings))
    xform, wrong = with_files(converted.xform, lambda name: _beside(path, name), path.name)
    problems += (*wrong, *_external(path.name, rows))
    return XlsForm(xform, problems, rows, language, dict(_places(path.name, rows)))


def _beside(path: Path, name: str) -> bytes | None:
    """A file in the questionnaire's own folder; never one that a link leads to elsewhere."""
    file = path.parent / name
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def _external(file: str, rows: Sequence[SurveyRow]) -> Iterator[Problem]:
    for row in rows:
        if row.type.startswith(("select_one_external", "select one external")):
            cause = "select_one_external reads a sheet that only a collecting app has"
            remedy = "use select_one with a choice_filter, or select_one_from_file"
            yield Problem("FORM_043", f"{file}, survey, row {row.row}", cause, remedy)


def _language(sheets: DefinitionData) -> str:
    """The language that `settings` names as the default, else that of the first label column that has one."""
    named = [str(row.get("default_language", "")).strip() for row in sheets.settings or []]
    found = [
        parts[1]
        for row in sheets.survey or []
        for header in row
        if len(parts := _parts(header)) > 1 and parts[0] == "label"
    ]
    wanted = next((one for one in named if one), "")
    return next((one for one in found if one == wanted), next(iter(found), ""))


def _parts(header: str) -> list[str]:
    """`label::English (en)` as ["label", "English (en)"]; media columns without their first part."""
    parts = [part.strip() for part in str(header).split("::")]
    return parts[1:] if parts[0] == "media" else parts


def _one_language(rows: Sequence[Mapping[str, object]], language: str) -> list[dict[str, str]]:
    """Each row with the plain column in the source language's words and the other languages' columns left out."""
    return [_cells(row, language) for row in rows]


def _cells(row: Mapping[str, object], language: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for header, cell in row.items():
        parts = _parts(header)
        if parts[0] not in _TRANSLATED or len(parts) == 1:
            cells.setdefault(str(header), str(cell))
        elif parts[1] == language:
            cells[parts[0]] = str(cell)
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
    around = [ROOT]
    for row in rows:
        kind = row.type.replace("_", " ").split()
        if kind[0] == "end" and len(kind) > 1 and len(around) > 1:
            around.pop()
            continue
        path = "/".join(["", *around, row.name])
        place = f"{file}, survey, row {row.row}"
        yield path, place
        yield f"{path}_count", place  # what pyxform makes of repeat_count
        if _OR_OTHER.search(row.type):
            yield f"{path}_other", place
        if kind[0] == "begin":
            around.append(row.name)


def _problem(code: str, file: str, message: str) -> Problem:
    row, sheet = _ROW.search(message), _SHEET.search(message)
    place = file
    if sheet is not None or row is not None:
        place = f"{place}, {(sheet.group(1) or sheet.group(2)) if sheet is not None else 'survey'}"
    if row is not None:
        place = f"{place}, row {row.group(1)}"
    cause, _, remedy = _sentence(_ROW.sub("", message)).partition(". ")
    severity = Severity.ERROR if code == "FORM_030" else Severity.WARNING
    return Problem(code, place, cause.rstrip("."), remedy.rstrip(".") or "mend this row", severity)


def _sentence(message: str) -> str:
    return _MARKUP.sub(" ", message).strip()
