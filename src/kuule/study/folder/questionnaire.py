"""The questionnaire as its author wrote it, row by row. The rules name rows, which a compiled form does not have.

`forms` deals with the meaning (conversion, expressions). Here are only types, names, texts and their positions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.rating import RATING
from kuule.forms.xlsform.workbook import Workbook
from kuule.study.folder.row_parameters import row_steps
from kuule.study.folder.written_types import UNASKED_TYPES, find_written_type, parse_type

_OR_OTHER = re.compile(r"\bor[ _]other\b")
_AROUND = re.compile(r"^(?:bind|control|body|media)::?")
_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_COLUMNS = {
    "relevance": "relevant",
    "calculate": "calculation",
    "command": "type",
    "caption": "label",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "read_only": "readonly",
}
_TEXTS = frozenset(
    {"label", "hint", "guidance_hint", "guidance hint", "constraint_message", "required_message"}
    | {"image", "audio", "video"}
)
"""Columns that a form may have in several languages."""
_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})


@dataclass(frozen=True, slots=True)
class QuestionnaireRow:
    """One row of the survey sheet. `type` is in its standard spelling; `groups` are the groups around it, outermost
    first.

    `cells` has every cell by the plain name of its column (`relevant`, `constraint`, `choice_filter`, …), in the first
    language where there are several.
    """

    place: str
    position: int
    type: str
    list_name: str
    name: str
    label: str
    hint: str
    appearance: frozenset[str]
    required: str
    relevant: str
    expressions: tuple[str, ...]
    groups: tuple[QuestionnaireRow, ...]
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def path(self) -> str:
        """Its path in a response: `/data/about/age`. Repeats have no positions in it."""
        return "/".join(["/data", *(group.name for group in self.groups), self.name])

    @property
    def repeats(self) -> tuple[str, ...]:
        """The paths of the repeats around it, outermost first."""
        return tuple(group.path for group in self.groups if group.type == "begin repeat")

    @property
    def is_asked(self) -> bool:
        """Whether a person can answer it."""
        return not self.type.startswith(("begin", "end")) and self.type not in UNASKED_TYPES

    @property
    def question_type(self) -> QuestionType | None:
        """Its type as a question; None if nobody is asked, or if it asks for what Kuule does not take."""
        return RATING if self.steps else find_written_type(self.type)

    @property
    def has_or_other(self) -> bool:
        """Whether a choice `other` is added, with a question that asks for it in words."""
        return bool(self.list_name) and _OR_OTHER.search(self.cells.get("type", "")) is not None

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of a rating; none of any other question."""
        return row_steps(self.type, self.cells)

    @property
    def has_countable_choices(self) -> bool:
        """Whether its answers are choices, or the steps of a rating, that a table can have as rows."""
        asked = self.question_type
        return asked is not None and asked.has_choices and asked.is_countable

    @property
    def is_read_only(self) -> bool:
        """Whether nobody can answer it: it is read-only, or calculated without saying otherwise."""
        said = self.cells.get("readonly", "").strip().lower()
        return said in _YES or (bool(self.cells.get("calculation")) and said not in _NO)

    @property
    def is_generated(self) -> bool:
        """Whether no author wrote it: the question behind `or_other`."""
        return bool(self.name) and not self.cells.get("name")

    @property
    def section(self) -> QuestionnaireRow | None:
        """The top-level group that it belongs to."""
        return self.groups[0] if self.groups else None

    @property
    def relevance_references(self) -> frozenset[str]:
        """Names that decide whether it is asked: in its own relevance or in that of a group around it."""
        written = " ".join([self.relevant, *(group.relevant for group in self.groups)])
        return frozenset(_REFERENCE.findall(written))

    @property
    def value_references(self) -> frozenset[str]:
        """Names that its calculation or its default reads."""
        return frozenset(_REFERENCE.findall(" ".join(self.expressions)))


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One row of the choices sheet."""

    place: str
    list_name: str
    name: str
    label: str
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Questionnaire:
    """Both sheets. Not slotted, so that the maps are made once. `sheets` are the workbook's, `columns` the survey's."""

    file: str
    rows: tuple[QuestionnaireRow, ...]
    choices: tuple[ChoiceRow, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of each sheet as they are written."""
    untyped: tuple[tuple[str, str], ...] = ()
    """(place, name) of rows of the survey sheet without a type."""

    @cached_property
    def questions(self) -> Mapping[str, QuestionnaireRow]:
        """Rows by name, without groups. Of rows with the same name, the first (pyxform reports the duplicate)."""
        found: dict[str, QuestionnaireRow] = {}
        for row in self.rows:
            if row.name and not row.type.startswith(("begin", "end")):
                found.setdefault(row.name, row)
        return found

    @cached_property
    def rows_by_name(self) -> Mapping[str, QuestionnaireRow]:
        """Rows that `${…}` can refer to, including groups and repeats. Of rows with the same name, the first."""
        found: dict[str, QuestionnaireRow] = {}
        for row in self.rows:
            if row.name and not row.type.startswith("end "):
                found.setdefault(row.name, row)
        return found

    @cached_property
    def rows_by_path(self) -> Mapping[str, QuestionnaireRow]:
        """Rows by their path in a response."""
        return {row.path: row for row in reversed(self.rows) if row.name and not row.type.startswith("end ")}

    @cached_property
    def choice_lists(self) -> Mapping[str, tuple[ChoiceRow, ...]]:
        """Choices by list."""
        found: dict[str, list[ChoiceRow]] = {}
        for choice in self.choices:
            found.setdefault(choice.list_name, []).append(choice)
        return {name: tuple(choices) for name, choices in found.items()}

    @cached_property
    def language_columns(self) -> Mapping[str, str]:
        """The languages that columns of texts name, as they are written, each with its first column and sheet."""
        found: dict[str, str] = {}
        for sheet in ("survey", "choices"):
            for heading in self.headings.get(sheet, ()):
                parts = [part.strip() for part in heading.split("::")]
                if len(parts) > 1 and parts[-1] and plain_column(heading) in _TEXTS:
                    found.setdefault(parts[-1], f"{sheet}, column {heading!r}")
        return found

    @property
    def language(self) -> str:
        """The source language as a column names it: the default of the settings sheet, else that of the first label;
        "" if none names one, or if a column `label` that names none is the source."""
        labels = [name for name, column in self.language_columns.items() if "label::" in column.replace(" ", "")]
        wanted = self.settings.get("default_language", "").strip()
        if wanted in self.language_columns:
            return wanted
        has_plain_label = any(
            "::" not in one and plain_column(one) == "label" for one in self.headings.get("survey", ())
        )
        return "" if has_plain_label else next(iter(labels), "")

    def values(self, question: str) -> tuple[str, ...]:
        """The answers in the list of a question, or the steps of a rating; empty if it is neither or does not exist."""
        row = self.questions.get(question)
        return (row.steps or tuple(one.name for one in self.choice_lists.get(row.list_name, ()))) if row else ()


def questionnaire_from_workbook(workbook: Workbook) -> Questionnaire | None:
    """The rows of form.md or form.xlsx, from a workbook that was read; None if the file is no workbook at all (`forms`
    says why)."""
    if not workbook.sheets:
        return None
    file, survey = workbook.file, workbook.rows("survey")
    return Questionnaire(
        file=file,
        rows=tuple(_rows(file, survey)),
        choices=tuple(_choices(file, workbook.rows("choices"))),
        settings=next((_columns(cells) for cells in workbook.rows("settings")), {}),
        sheets=workbook.names,
        headings={name: sheet.header for name, sheet in workbook.sheets.items()},
        columns=tuple(dict.fromkeys(plain_column(header) for cells in survey for header in cells)),
        untyped=tuple(
            (f"{file}, survey, row {position}", cells.get("name", ""))
            for position, cells in enumerate(survey, 2)
            if (columns := _columns(cells)) and not columns.get("type")
        ),
    )


def _rows(file: str, survey: Sequence[Mapping[str, str]]) -> Iterator[QuestionnaireRow]:
    groups: list[QuestionnaireRow] = []
    for position, cells in enumerate(survey):
        columns = _columns(cells)
        kind, list_name = parse_type(columns.get("type", ""))
        if not kind:
            continue
        if kind.startswith("end") and groups and kind != "end":
            groups.pop()
        row = QuestionnaireRow(
            place=f"{file}, survey, row {position + 2}",
            position=position,
            type=kind,
            list_name=list_name,
            name=columns.get("name", ""),
            label=columns.get("label", ""),
            hint=columns.get("hint", ""),
            appearance=frozenset(columns.get("appearance", "").split()),
            required=columns.get("required", ""),
            relevant=columns.get("relevant", ""),
            expressions=tuple(columns[key] for key in ("calculation", "default") if columns.get(key)),
            groups=tuple(groups),
            cells=columns,
        )
        yield row
        if row.has_or_other:
            # pyxform adds a question that has no row, to ask in words for what "other" is.
            relevant = f"selected(${{{row.name}}}, 'other')"
            made = {"relevant": relevant, "type": "text"}
            other = replace(row, type="text", list_name="", name=f"{row.name}_other", label="", required="")
            yield replace(other, hint="", relevant=relevant, expressions=(), cells=made)
        if kind.startswith("begin"):
            groups.append(row)


def _choices(file: str, choices: Sequence[Mapping[str, str]]) -> Iterator[ChoiceRow]:
    for position, cells in enumerate(choices):
        columns = _columns(cells)
        name = columns.get("list_name") or columns.get("list name", "")
        if name:
            place = f"{file}, choices, row {position + 2}"
            yield ChoiceRow(place, name, columns.get("name", ""), columns.get("label", ""), columns)


def _columns(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells by the plain name of their column; the first of `label::English (en)` and others counts as the label."""
    columns: dict[str, str] = {}
    for header, cell in cells.items():
        columns.setdefault(plain_column(header), cell)
    return columns


@lru_cache(maxsize=256)
def plain_column(header: str) -> str:
    """The plain name of a column: `bind::relevant`, `bind:relevant` and `Relevance` are `relevant`."""
    name = _AROUND.sub("", header.strip().lower()).partition("::")[0].strip()
    return _COLUMNS.get(name, name)
