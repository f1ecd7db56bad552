"""LimeSurvey's structure as a tab-separated table (`.txt`): groups, questions and answers, a row for each
language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem
from kuule.study_import.form_readers.limesurvey_form import limesurvey_form
from kuule.study_import.form_readers.limesurvey_survey import LimeAnswer, LimeGroup, LimeQuestion, LimeSurvey
from kuule.study_import.import_files import decoded_text, other_kind, read_imported_file
from kuule.study_import.imported_form import FormImportError, ImportedForm
from kuule.study_import.not_taken import Reason

_REMEDY = "in LimeSurvey: Export, Tab-separated-values format (*.txt)"
_NEEDED = ("class", "type/scale", "name", "text", "language")
_CLASSES = frozenset({"S", "SL", "G", "Q", "SQ", "A", "AS", "QTA", "QTALS", "QTAM", "C"})
_READ = frozenset(
    {"id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
     "mandatory", "encrypted", "other", "default", "same_default", "same_script"}
)  # fmt: skip
_YES = frozenset({"Y", "S"})
_MOST_PROBLEMS = 20
StructureRow = Mapping[str, str]


@dataclass(slots=True)
class _Row:
    """One thing, of which each language has a row."""

    cells: StructureRow
    texts: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    inside: dict[tuple[str, ...], _Row] = field(default_factory=dict)

    def add(self, cells: StructureRow) -> None:
        """Take in the texts of one more language."""
        language = cells.get("language", "")
        self.texts[language] = cells.get("text", "")
        self.names[language] = cells.get("name", "")
        self.helps[language] = cells.get("help", "")


def read_limesurvey_table(path: Path, *, language: str = "") -> ImportedForm:
    """Read the file. `language` is the tag of the base language, if LimeSurvey's own code is not understood.

    Raises FormImportError IMPORT_001, IMPORT_003 to IMPORT_005 (rows that cannot be, all of them) and IMPORT_006.
    """
    rows = _table_rows(decoded_text(read_imported_file(path), path.name), path.name)
    return limesurvey_form(_survey(rows), path.name, language=language)


def _table_rows(text: str, file: str) -> list[StructureRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    rows: list[StructureRow] = []
    problems: list[Problem] = []
    try:
        columns = [one.strip().lower() for one in next(reader, [])]
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            raise other_kind(file, f"it is no structure of LimeSurvey: it has no column {missing[0]!r}", _REMEDY)
        for cells in reader:
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if not any(row.values()):
                continue
            if row["class"] not in _CLASSES or len(cells) > len(columns):
                said = (
                    "more cells than the table has columns" if len(cells) > len(columns) else f"class {row['class']!r}"
                )
                place = f"{file}, line {reader.line_num}"
                problems.append(Problem("IMPORT_005", place, f"it has {said}", "export it again; nothing was taken in"))
            rows.append(row)
    except csv.Error as error:
        place = f"{file}, line {reader.line_num}"
        problems.append(
            Problem("IMPORT_005", place, f"it is not whole: {error}", "export it again; nothing was taken in")
        )
    if problems:
        raise FormImportError(*problems[:_MOST_PROBLEMS])
    return rows


def _survey(rows: Sequence[StructureRow]) -> LimeSurvey:
    settings = {row.get("name", ""): row.get("text", "") for row in rows if row["class"] == "S"}
    spoken = [row for row in rows if row["class"] == "SL"]
    titles = {row.get("language", ""): row.get("text", "") for row in spoken if row.get("name") == "surveyls_title"}
    written = [row.get("language", "") for row in rows if row["class"] in {"G", "Q"}]
    base = settings.get("language", "") or next(iter(written), "")
    languages = tuple(dict.fromkeys(filter(None, (base, *settings.get("additional_languages", "").split(), *written))))
    groups = tuple(_group(row) for row in _gathered(rows))
    return LimeSurvey(titles, languages, groups, tuple(_extras(rows, base)))


def _extras(rows: Sequence[StructureRow], base: str) -> list[tuple[str, str, Reason]]:
    found = [("quotas", row.get("name", ""), Reason.QUOTA) for row in rows if row["class"] == "QTA"]
    found += [("assessments", row.get("name", ""), Reason.SCORE) for row in rows if row["class"] == "AS"]
    names = {"surveyls_welcometext": "welcome text", "surveyls_endtext": "end text"}
    for row in rows:
        if row["class"] == "SL" and row.get("name") in names and row.get("language", base) == base and row.get("text"):
            found.append((f"survey settings, {names[row['name']]}", row["text"], Reason.SETTING))
    return found


def _gathered(rows: Sequence[StructureRow]) -> list[_Row]:
    """The groups with what is in them; rows of the same thing in several languages are one."""
    groups: dict[tuple[str, ...], _Row] = {}
    counted: dict[str, int] = {}
    group = question = None
    for row in rows:
        kind, language = row["class"], row.get("language", "")
        if kind == "G":
            counted[language] = counted.get(language, 0) + 1
            # Without an id, the place among the groups of a language says which it is: its name is translated.
            group = _within(groups, (row.get("id") or f"#{counted[language]}",), row)
            question = None
        elif kind == "Q" and group is not None:
            question = _within(group.inside, ("Q", row.get("name", "")), row)
        elif kind in {"SQ", "A"} and question is not None:
            _within(question.inside, (kind, row.get("type/scale", ""), row.get("name", "")), row)
    return list(groups.values())


def _within(held: dict[tuple[str, ...], _Row], key: tuple[str, ...], cells: StructureRow) -> _Row:
    found = held.setdefault(key, _Row(cells))
    found.add(cells)
    return found


def _group(row: _Row) -> LimeGroup:
    return LimeGroup(
        row.names,
        {language: text for language, text in row.texts.items() if text},
        tuple(_question(one) for one in row.inside.values()),
        row.cells.get("relevance", ""),
        bool(row.cells.get("type/scale", "")) and not row.cells["type/scale"].isdigit(),
    )


def _question(row: _Row) -> LimeQuestion:
    cells = row.cells
    attributes = {name: cell for name, cell in cells.items() if name not in _READ and cell}
    if cells.get("validation"):
        attributes["preg"] = cells["validation"]
    return LimeQuestion(
        cells.get("id", ""),
        cells.get("name", ""),
        cells.get("type/scale", ""),
        row.texts,
        help={language: text for language, text in row.helps.items() if text},
        mandatory=cells.get("mandatory", "") in _YES,
        other=cells.get("other", "") == "Y",
        relevance=cells.get("relevance", ""),
        attributes=attributes,
        subquestions=tuple(_answer(one) for key, one in row.inside.items() if key[0] == "SQ"),
        answers=tuple(_answer(one) for key, one in row.inside.items() if key[0] == "A"),
    )


def _answer(row: _Row) -> LimeAnswer:
    scale = 1 if row.cells.get("type/scale") == "1" else 0
    return LimeAnswer(row.cells.get("name", ""), row.texts, scale, row.cells.get("relevance", ""))
