"""Reading the translations of an XLSForm: the columns of every language but the source, in the survey, the choices and
our sheet of other texts. The questionnaire itself is not changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem, Severity, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.forms.model.text_keys import choice_text_key, form_text_key
from kuule.forms.xlsform.sheet_grid import SheetGrid, UnreadableWorkbook
from kuule.forms.xlsform.workbook import Workbook, read_workbook
from kuule.languages.gettext.po_comments import origin_of
from kuule.languages.workflow.entries import text_hash
from kuule.study.folder.language_columns import language_column_remedy, tag_of_column
from kuule.translation.formats.returned_texts import ReturnedFile, ReturnedText
from kuule.translation.formats.xlsform_columns import (
    EMPTY_CELL,
    RECORD_SHEET,
    TEXT_COLUMNS,
    TEXTS_SHEET,
    parse_heading,
)
from kuule.translation.formats.xlsform_export import named_rows
from kuule.translation.formats.xlsform_workbook import text_in_cell
from kuule.translation.text_sets.study_text_set import StudyTextSet


@dataclass(frozen=True, slots=True)
class _Cell:
    key: str
    written: str
    """The language as its column names it."""
    text: str


def import_xlsform(path: Path, texts: StudyTextSet) -> list[ReturnedFile]:
    """Read the texts of each language. Raises StudyError FORM_032 to FORM_035 (not a workbook, or a broken one),
    LANG_055 (no column of a language of the study, or one of a language that the study does not offer)."""
    workbook = read_workbook(path)
    wrong = [one for one in workbook.problems if one.severity is Severity.ERROR]
    if wrong:
        raise StudyError(*wrong)
    own = _own_sheets(path)
    cells = [*_survey(workbook), *_choices(workbook), *_others(own.get(TEXTS_SHEET))]
    tags = _tags(path, cells, texts)
    record = _record(own.get(RECORD_SHEET))
    countries = {key for name in texts.settings.answers.territories for key in _country_keys(name, workbook, texts)}
    sources = {source.key: source.text for source in texts.sources}
    by_tag: dict[str, list[ReturnedText]] = {}
    for cell in cells:
        tag = tags[cell.written]
        if tag != texts.settings.source_language and cell.key not in countries:
            by_tag.setdefault(tag, []).append(_given(cell, record.get((cell.key, tag), {}), sources, texts, tag))
    return [ReturnedFile(path.name, tag, tuple(given)) for tag, given in by_tag.items()]


def _given(
    cell: _Cell, record: Mapping[str, str], sources: Mapping[str, str], texts: StudyTextSet, tag: str
) -> ReturnedText:
    """A cell loses spaces and invisible characters: if a text differs from ours only in these, nobody has changed
    it."""
    source = sources.get(cell.key, "")
    text = "" if cell.text == EMPTY_CELL else cell.text
    base = record.get("text", "")
    entry = texts.catalogues[tag].entries.get(cell.key)
    ours = "" if entry is None else entry.text
    untouched = base == text_hash(text) or not base
    if untouched and ours and text_in_cell(ours) == text:
        text, base = ours, text_hash(ours) if base else ""
    elif base and text_hash(text_in_cell(ours)) == base:
        base = text_hash(ours)
    now = text_hash(source) if source else ""
    seen = record.get("source", "") or now
    return ReturnedText(
        key=cell.key,
        text=text,
        sent_hash=base,
        translated_source_hash=record.get("made_for", ""),
        seen_source_hash=seen,
        source=source if seen == now else "",
        origin=origin_of(record),
    )


def _tags(path: Path, cells: list[_Cell], texts: StudyTextSet) -> dict[str, str]:
    """The tag of each language that a column names. A column without a language belongs to the source."""
    offered = tuple(texts.settings.languages)
    source = texts.settings.source_language
    names = dict.fromkeys(cell.written for cell in cells)
    tags = {name: source if name in {"", texts.xlsform.language} else tag_of_column(name, offered) for name in names}
    unknown = [name for name, tag in tags.items() if not tag]
    if unknown:
        raise StudyError(*(_not_offered(path, name, offered) for name in unknown))
    if not set(tags.values()) - {source}:
        cause = "none of its columns is in a language to translate into"
        raise StudyError(Problem("LANG_055", path.name, cause, 'name them like "label::Svenska (sv)"'))
    return tags


def _not_offered(path: Path, name: str, offered: tuple[str, ...]) -> Problem:
    cause = f"study.toml offers no language that is called {name!r}"
    return Problem("LANG_055", path.name, cause, language_column_remedy(name, offered))


def _survey(workbook: Workbook) -> Iterator[_Cell]:
    rows = workbook.rows("survey")
    for row in named_rows(workbook):
        for name, text in rows[row.position].items():
            kind, language = parse_heading(name)
            if kind:
                yield _Cell(form_text_key(row.path, kind), language, text)


def _choices(workbook: Workbook) -> Iterator[_Cell]:
    for cells in workbook.rows("choices"):
        list_name = cells.get("list_name") or cells.get("list name", "")
        for name, text in cells.items():
            kind, language = parse_heading(name)
            if kind == TEXT_COLUMNS[0]:
                yield _Cell(choice_text_key(list_name, cells.get("name", "")), language, text)


def _country_keys(list_name: str, workbook: Workbook, texts: StudyTextSet) -> set[str]:
    """CLDR names countries in every language, so their names in a file are ignored."""
    known = {source.key for source in texts.sources}
    keys = {
        choice_text_key(list_name, cells.get("name", ""))
        for cells in workbook.rows("choices")
        if (cells.get("list_name") or cells.get("list name", "")) == list_name
    }
    return keys - known


def _own_sheets(path: Path) -> dict[str, SheetGrid]:
    if path.suffix.lower() != ".xlsx":
        return {}
    from kuule.forms.xlsform.xlsx_workbook import read_sheets  # slow: openpyxl, which only a spreadsheet needs

    try:
        return {grid.name: grid for grid in read_sheets(read_regular_file(path))}
    except (OSError, UnreadableWorkbook):
        return {}


def _others(grid: SheetGrid | None) -> Iterator[_Cell]:
    if grid is None or "key" not in grid.header:
        return
    for row in grid.rows:
        cells = dict(zip(grid.header, row, strict=False))
        for name, text in cells.items():
            if name not in {"key", "note", ""} and text.strip():
                yield _Cell(cells["key"], name, text_in_cell(text))


def _record(grid: SheetGrid | None) -> dict[tuple[str, str], Mapping[str, str]]:
    rows = [] if grid is None else [dict(zip(grid.header, row, strict=False)) for row in grid.rows]
    return {(row.get("key", ""), row.get("language", "")): row for row in rows}
