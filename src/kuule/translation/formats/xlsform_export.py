"""The questionnaire as an XLSForm with columns for every language, for ODK and KoboToolbox.

What the author wrote is kept cell by cell. Only the columns of texts are written anew: one for each language, even if
it has no texts yet, because the next tool loses a language whose column is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kuule.forms.model.text_keys import choice_text_key, form_text_key
from kuule.forms.xlsform.workbook import SHEET_NAMES, Workbook
from kuule.languages.cldr.territories import territory_names
from kuule.languages.workflow.entries import Catalogue, text_hash
from kuule.study.folder.questionnaire import QuestionnaireRow as SurveyRow
from kuule.study.folder.questionnaire import questionnaire_from_workbook
from kuule.study.folder.report_text import is_survey_key
from kuule.translation.formats.returned_texts import BLANK_HASH
from kuule.translation.formats.xlsform_columns import (
    RECORD_SHEET,
    TEXT_COLUMNS,
    TEXTS_SHEET,
    column_heading,
    parse_heading,
)
from kuule.translation.formats.xlsform_workbook import SheetRow, text_in_cell, workbook_bytes
from kuule.translation.text_sets.study_text_set import StudyTextSet


def export_xlsform(texts: StudyTextSet, catalogues: Mapping[str, Catalogue], *, blank: bool) -> bytes:
    """The bytes of the workbook. Texts of the report are not part of a form. Raises StudyError LANG_059 for a text that
    no cell can hold."""
    texts = replace(texts, sources=tuple(one for one in texts.sources if is_survey_key(one.key)))
    catalogues = {tag: catalogue.select(is_survey_key) for tag, catalogue in catalogues.items()}
    by_language = _by_language(texts, catalogues, blank=blank)
    workbook = texts.xlsform.workbook
    survey, choices = list(_survey(workbook, by_language)), list(_choices(texts, workbook, by_language))
    placed = {key for _, keys in (*survey, *choices) for key in keys}
    sheets = {
        "survey": [row for row, _ in survey],
        "choices": [row for row, _ in choices],
        "settings": _settings(workbook, texts.settings.source_language),
        **{name: [dict(row) for row in workbook.rows(name)] for name in SHEET_NAMES[3:] if name in workbook.sheets},
        TEXTS_SHEET: list(_other_texts(texts, by_language, placed)),
        RECORD_SHEET: list(_record(catalogues, by_language)),
    }
    headings = {
        "survey": _headings(workbook, "survey", TEXT_COLUMNS, by_language, {kind for row, _ in survey for kind in row}),
        "choices": _headings(workbook, "choices", TEXT_COLUMNS[:1], by_language, set()),
    }
    return workbook_bytes({name: rows for name, rows in sheets.items() if rows}, headings)


def _by_language(texts: StudyTextSet, catalogues: Mapping[str, Catalogue], *, blank: bool) -> dict[str, dict[str, str]]:
    """The texts by key of each language that is exported, the source first, with the names of countries."""
    source = {one.key: one.text for one in texts.sources}
    found = {texts.settings.source_language: source}
    for tag, catalogue in catalogues.items():
        found[tag] = {} if blank else dict(catalogue.texts)
    for tag, known in found.items():
        names = territory_names(tag)
        for list_name in texts.settings.answers.territories:
            known |= {choice_text_key(list_name, code): name for code, name in names.items()}
    return found


def _survey(workbook: Workbook, by_language: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[SheetRow, list[str]]]:
    """Each row of the sheet, with the keys of its texts."""
    paths = {row.position: row.path for row in named_rows(workbook)}
    for position, cells in enumerate(workbook.rows("survey")):
        path = paths.get(position)
        keys = {} if path is None else {kind: form_text_key(path, kind) for kind in TEXT_COLUMNS}
        yield _row(cells, keys, by_language)


def named_rows(workbook: Workbook) -> tuple[SurveyRow, ...]:
    """The rows of the survey that an author wrote and named."""
    questionnaire = questionnaire_from_workbook(workbook)
    rows = () if questionnaire is None else questionnaire.rows
    return tuple(row for row in rows if row.name and not row.is_generated)


def _choices(
    texts: StudyTextSet, workbook: Workbook, by_language: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[SheetRow, list[str]]]:
    for cells in workbook.rows("choices"):
        list_name = cells.get("list_name") or cells.get("list name", "")
        yield _row(cells, {"label": choice_text_key(list_name, cells.get("name", ""))}, by_language)


def _row(
    cells: Mapping[str, str], keys: Mapping[str, str], by_language: Mapping[str, Mapping[str, str]]
) -> tuple[SheetRow, list[str]]:
    row = {name: cell for name, cell in cells.items() if not parse_heading(name)[0]}
    for kind, key in keys.items():
        for tag, known in by_language.items():
            if text := known.get(key):
                row[column_heading(kind, tag)] = text
    source = next(iter(by_language.values()))
    return row, [key for key in keys.values() if key in source]


def _headings(
    workbook: Workbook, sheet: str, kinds: tuple[str, ...], by_language: Mapping[str, object], used: set[str]
) -> list[str]:
    """The author's own columns and, at the position of the first text column, those of all languages."""
    found = workbook.sheets.get(sheet)
    written = () if found is None else found.header
    asked = {kind for name in written if (kind := parse_heading(name)[0])} | {name.split("::")[0] for name in used}
    columns = [column_heading(kind, tag) for kind in kinds if kind in asked for tag in by_language]
    before = [name for name in written if not parse_heading(name)[0]]
    at = next((number for number, name in enumerate(written) if parse_heading(name)[0]), len(before))
    return [*before[:at], *columns, *before[at:]]


def _settings(workbook: Workbook, source_language: str) -> list[SheetRow]:
    rows = [dict(row) for row in workbook.rows("settings")] or [{}]
    default = column_heading("", source_language).removeprefix("::")
    return [rows[0] | {"default_language": default}, *rows[1:]]


def _other_texts(
    texts: StudyTextSet, by_language: Mapping[str, Mapping[str, str]], placed: set[str]
) -> Iterator[SheetRow]:
    for source in texts.sources:
        if source.key not in placed:
            row = {"key": source.key, "note": source.note}
            for tag, known in by_language.items():
                row[column_heading("", tag).removeprefix("::")] = known.get(source.key, "")
            yield row


def _record(catalogues: Mapping[str, Catalogue], by_language: Mapping[str, Mapping[str, str]]) -> Iterator[SheetRow]:
    for tag, catalogue in catalogues.items():
        for key, entry in catalogue.entries.items():
            text = by_language[tag].get(key, "")
            yield {
                "key": key,
                "language": tag,
                "text": text_hash(text_in_cell(text)) if text else BLANK_HASH,
                "origin": str(entry.origin) if text else "",
                "made_for": (entry.source_hash if text else "") or text_hash(entry.source),
                "source": text_hash(entry.source),
            }
