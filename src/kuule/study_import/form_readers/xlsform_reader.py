"""XLSForm, as KoboToolbox and ODK export it: nearly all of it is what a study's own form may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem, Severity
from kuule.forms.xlsform.workbook import Workbook, read_workbook
from kuule.study.folder.questionnaire import plain_column
from kuule.study.folder.written_types import parse_type
from kuule.study_import.conditions import WrittenExpression
from kuule.study_import.form_writing import EXPRESSIONS, OR_OTHER
from kuule.study_import.import_files import other_kind
from kuule.study_import.imported_form import (
    GROUP,
    LABEL,
    REPEAT,
    FormImportError,
    ImportedChoice,
    ImportedForm,
    ImportedGroup,
    ImportedItem,
    ImportedQuestion,
    Texts,
)
from kuule.study_import.languages_meant import language_meant
from kuule.study_import.not_taken import NotTakenNotes, Reason
from kuule.translation.formats.xlsform_columns import parse_heading

PROGRAM = "an XLSForm (KoboToolbox, ODK)"
_NOT_ASKED: Mapping[Reason, frozenset[str]] = {
    Reason.UPLOAD: frozenset({"image", "audio", "video", "file", "background-audio"}),
    Reason.POSITION: frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "osm"}),
    Reason.IDENTITY: frozenset(
        {"phonenumber", "email", "username", "deviceid", "simserial", "subscriberid", "barcode"}
    ),
    Reason.MOMENT: frozenset({"start", "end", "today", "audit"}),
    Reason.FILE: frozenset({"csv-external", "xml-external"}),
}
_FROM_FILES = re.compile(r"select[ _](?:one|multiple)[ _](?:from[ _]file|external)\b")
_APPEARANCES: Mapping[str, Reason] = {
    **dict.fromkeys(("signature", "draw", "annotate", "new", "new-front", "selfie"), Reason.UPLOAD),
    **dict.fromkeys(("map", "maps", "placement-map"), Reason.POSITION),
}
_KEPT = frozenset({*EXPRESSIONS, "appearance", "readonly"})
_READ = frozenset({"type", "name", "required", "relevant", *_KEPT})
_MEDIA = frozenset({"image", "audio", "video", "big-image", "image-description", "autoplay"})
_SILENT = re.compile(r"\$|_|kobo|notes?$|comments?$|disabled$|hxl|required_message|list.name|name$|label|order$", re.I)
"""Columns that programs keep for themselves, or authors for their notes."""
_MATRICES = re.compile(r"(begin|end)[ _](kobomatrix|score|rank)$")
_NO = frozenset({"", "no", "false", "false()", "0"})
_OR_OTHER_WORD = re.compile(r"\bor[ _](?:specify[ _])?other\b")
_ONE_COLON = re.compile(r"^(label|caption|hint|guidance_hint|constraint_message):(?!:)\s*", re.I)
"""How forms before XLSForm 1.0 name a language: `label:English`."""
_MOST_NESTED = 50
_FLATTER = "take out groups that hold nothing but another group"
_OTHER_SHEETS = frozenset({"external_choices", "entities", "osm"})


@dataclass(slots=True)
class _OpenGroup:
    kind: str
    place: str
    cells: Mapping[str, str] = field(default_factory=dict)
    members: list[ImportedItem] = field(default_factory=list)


def read_xlsform_file(path: Path, *, language: str = "") -> ImportedForm:
    """Read a workbook or a table in Markdown. `language` is that of the columns that name none, en by default.

    Raises FormImportError with the problems of the workbook, FORM_032 to FORM_035 and FORM_048, and IMPORT_006.
    """
    workbook = read_workbook(path)
    wrong = [one for one in workbook.problems if one.severity is Severity.ERROR]
    if wrong:
        raise FormImportError(*wrong)
    header = workbook.sheets["survey"].header
    if not any(plain_column(heading) == "type" for heading in header):
        sheet = "survey" if "survey" in workbook.names else workbook.names[0]
        cause = f"its sheet {sheet} has no column type, as an XLSForm has; it has {_some(header)}"
        raise other_kind(path.name, cause, "export the questionnaire as an XLSForm; in KoboToolbox: Download XLS")
    return _XlsFormReader(workbook, language).form()


def _some(headings: Sequence[str]) -> str:
    return ", ".join(heading[:30] for heading in headings[:5]) + (", …" if len(headings) > 5 else "")


def _lower_headings(row: Mapping[str, str]) -> dict[str, str]:
    """A row whose headings may be written as List_Name; the first of two that are then the same counts."""
    return {heading.lower(): cell for heading, cell in reversed(list(row.items()))}


class _XlsFormReader:
    def __init__(self, workbook: Workbook, language: str) -> None:
        self._workbook = workbook
        self._notes = NotTakenNotes()
        for problem in workbook.problems:
            self._notes.add(problem.place, problem.cause, Reason.REFUSED, why=problem.cause, remedy=problem.remedy)
        settings = _lower_headings(next(iter(workbook.rows("settings")), {}))
        self._title = settings.get("form_title", settings.get("title", ""))
        self._tags = self._languages()
        said = settings.get("default_language", "")
        named = [tag for tag in self._tags.values() if tag]
        self._source = language or language_meant(said) or next(iter(named), "en")
        if named and self._source not in named and "" not in self._tags:
            self._source = named[0]

    def form(self) -> ImportedForm:
        lists = self._lists()
        members = tuple(self._members())
        for name in sorted(_OTHER_SHEETS & set(self._workbook.sheets)):
            self._notes.add(f"sheet {name}", name, Reason.FILE)
        others = tuple(dict.fromkeys(tag for tag in self._tags.values() if tag and tag != self._source))
        return ImportedForm(PROGRAM, self._title, self._source, others, members, lists, self._notes.entries())

    def _languages(self) -> dict[str, str]:
        """The tag of each language as the columns write it; "" for one that is not known, and for none."""
        tags: dict[str, str] = {}
        for sheet in ("survey", "choices"):
            found = self._workbook.sheets.get(sheet)
            for heading in () if found is None else found.header:
                kind, written = _text_heading(heading)
                if kind and written not in tags:
                    tags[written] = language_meant(written) if written else ""
                    if written and not tags[written]:
                        self._notes.add(f"sheet {sheet}", f"column {heading}", Reason.LANGUAGE)
        return tags

    def _texts(self, row: Mapping[str, str]) -> dict[str, Texts]:
        texts: dict[str, dict[str, str]] = {}
        for heading, cell in row.items():
            kind, written = _text_heading(heading)
            tag = self._tags.get(written, "") if written else self._source
            if kind and tag and kind != "required_message":
                texts.setdefault(kind, {}).setdefault(tag, cell)
        return dict(texts)

    def _lists(self) -> dict[str, tuple[ImportedChoice, ...]]:
        lists: dict[str, list[ImportedChoice]] = {}
        for number, row in enumerate(self._workbook.rows("choices"), 2):
            place = f"choices, row {number}"
            own = {}
            for heading, cell in row.items():
                plain = plain_column(heading)
                if plain in _MEDIA:
                    self._notes.add(place, f"{plain}: {cell}", Reason.MEDIA)
                elif not _text_heading(heading)[0] and not _SILENT.match(heading) and "::" not in heading:
                    own[heading] = cell
            cells = _lower_headings(row)
            name, value = cells.get("list_name", cells.get("list name", "")), cells.get("name", cells.get("value", ""))
            if name and value:
                lists.setdefault(name, []).append(ImportedChoice(value, self._texts(row).get(LABEL, {}), own))
        return {name: tuple(choices) for name, choices in lists.items()}

    def _members(self) -> list[ImportedItem]:
        stack = [_OpenGroup(GROUP, "")]
        skipped = 0
        for number, row in enumerate(self._workbook.rows("survey"), 2):
            cells = {plain_column(heading): cell for heading, cell in reversed(list(row.items()))}
            written = cells.get("type", "").strip()
            if not written or written.startswith("#") or cells.get("disabled", "").lower() in {"yes", "true"}:
                continue
            place = f"survey, row {number}"
            matrix = _MATRICES.match(written)
            if matrix or skipped:
                if matrix and matrix[1] == "begin":
                    self._notes.add(place, f"{cells.get('name', '')} ({written})", Reason.TYPE)
                skipped += 0 if not matrix else 1 if matrix[1] == "begin" else -1
                continue
            kind = parse_type(written)[0]
            if kind.startswith("begin "):
                if len(stack) > _MOST_NESTED:
                    cause = f"its groups are nested more than {_MOST_NESTED} deep"
                    raise FormImportError(Problem("IMPORT_008", f"{self._workbook.file}, {place}", cause, _FLATTER))
                stack.append(_OpenGroup(kind.removeprefix("begin "), place, cells | {"\0row": str(number - 2)}))
            elif kind.startswith("end "):
                if len(stack) > 1:
                    self._close(stack)
            else:
                stack[-1].members += self._question(row, cells, written, place)
        while len(stack) > 1:
            self._notes.add(stack[-1].place, stack[-1].cells.get("name", ""), Reason.REFUSED, why="it does not end")
            self._close(stack)
        return stack[0].members

    def _close(self, stack: list[_OpenGroup]) -> None:
        group = stack.pop()
        cells = group.cells
        row = self._workbook.rows("survey")[int(cells["\0row"])]
        kept = self._kept(row, cells, group.place)
        kind = REPEAT if "repeat" in group.kind or "loop" in group.kind else GROUP
        stack[-1].members.append(
            ImportedGroup(
                cells.get("name", ""),
                group.place,
                tuple(group.members),
                texts=self._texts(row),
                kind=kind,
                condition=self._condition(cells, group.place),
                cells=kept,
            )
        )

    def _question(
        self, row: Mapping[str, str], cells: Mapping[str, str], written: str, place: str
    ) -> Iterator[ImportedQuestion]:
        name = cells.get("name", "")
        kind, list_name = parse_type(written)
        appearances = cells.get("appearance", "").split()
        reason = next((why for why, kinds in _NOT_ASKED.items() if kind in kinds), None)
        reason = reason or next((_APPEARANCES[word] for word in appearances if word in _APPEARANCES), None)
        if reason is None and _FROM_FILES.match(written):
            reason = Reason.FILE
        if reason is not None:
            self._notes.add(place, f"{name} ({written})", reason)
            return
        kept = self._kept(row, cells, place)
        if list_name and _OR_OTHER_WORD.search(written):
            kept[OR_OTHER] = OR_OTHER
        yield ImportedQuestion(
            name,
            kind,
            place,
            texts=self._texts(row),
            list_name=list_name,
            condition=self._condition(cells, place),
            cells=kept,
        )

    def _condition(self, cells: Mapping[str, str], place: str) -> WrittenExpression | None:
        text = cells.get("relevant", "")
        if not text or self._reads_file(text, place, "relevant"):
            return None
        return WrittenExpression(text)

    def _reads_file(self, text: str, place: str, column: str) -> bool:
        """Whether an expression looks into a file that is not here; that is noted."""
        found = "pulldata(" in text
        if found:
            self._notes.add(place, f"{column}: {text}", Reason.FILE)
        return found

    def _kept(self, row: Mapping[str, str], cells: Mapping[str, str], place: str) -> dict[str, str]:
        """The cells that go over as they are. Of the others, what an author would miss is noted."""
        for heading, cell in row.items():
            plain = plain_column(heading)
            if plain == "required":
                if cell.strip().lower() not in _NO:
                    self._notes.add(place, f"{cells.get('name', '')} ({cell})", Reason.REQUIRED)
            elif plain in _MEDIA:
                self._notes.add(place, f"{heading}: {cell}", Reason.MEDIA)
            elif plain not in _READ and not _text_heading(heading)[0] and not _SILENT.match(heading):
                self._notes.add("sheet survey", f"column {heading}", Reason.SETTING)
        return {
            column: cells[column]
            for column in sorted(_KEPT)
            if cells.get(column) and not self._reads_file(cells[column], place, column)
        }


def _text_heading(heading: str) -> tuple[str, str]:
    """The kind of text of a column, and its language as it is written."""
    return parse_heading(_ONE_COLON.sub(r"\1::", heading))
