"""An imported questionnaire as the rows of an XLSForm, behind the gates that every study has.

It can be written again without what a check refused. Whatever is lost on the way is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kuule.forms.xlsform.workbook import clean_cell
from kuule.languages.checks.contact_checks.invisible_characters import remove_turning_characters
from kuule.study.folder.language_columns import column_language
from kuule.study_import.conditions import (
    FormQuestion,
    Unsayable,
    condition_xpath,
    references_in,
    renamed_references,
    replaced_references,
)
from kuule.study_import.form_names import NameGiver
from kuule.study_import.imported_form import (
    LABEL,
    ImportedForm,
    ImportedGroup,
    ImportedItem,
    ImportedQuestion,
    Texts,
    all_items,
    without_empty_groups,
)
from kuule.study_import.not_taken import NotTaken, NotTakenNotes, Reason

RELEVANT, OR_OTHER = "relevant", "or_other"
EXPRESSIONS = ("constraint", "calculation", "default", "trigger", "choice_filter", "repeat_count", "parameters")
"""Columns that may name questions."""
SURVEY_COLUMNS = (
    "type", "name", "label", "hint", "relevant", "required", "appearance", "constraint", "constraint_message", "notes",
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", "label")
_LOST_TEXT = "…"
FormRow = dict[str, str]


@dataclass(frozen=True, slots=True)
class FormChanges:
    """What a check refused: questions and groups by their places in the file, columns of those that stay, and choices
    by list and value."""

    left_out: frozenset[str] = frozenset()
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    choices: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """The rows of the two sheets, in all languages, and for each row what it was made of."""

    survey: tuple[FormRow, ...]
    choices: tuple[FormRow, ...]
    survey_items: tuple[ImportedItem | None, ...]
    choice_items: tuple[tuple[str, str] | None, ...]
    not_taken: tuple[NotTaken, ...]

    def sheets(self, *, language: str = "") -> dict[str, Sequence[Mapping[str, str]]]:
        """Both sheets; with the columns of one further language if it is named."""
        ending = f"::{column_language(language)}" if language else ""

        def kept(row: FormRow) -> FormRow:
            return {name: cell for name, cell in row.items() if "::" not in name or (ending and name.endswith(ending))}

        return {"survey": [kept(row) for row in self.survey], "choices": [kept(row) for row in self.choices]}


def write_form(
    form: ImportedForm,
    *,
    gates: Sequence[Mapping[str, str]],
    gate_choices: Sequence[Mapping[str, str]],
    changes: FormChanges,
) -> WrittenForm:
    """The form behind the rows of the gates, without what `changes` take away."""
    return _FormWriter(form, gates, gate_choices, changes).make_form()


class _FormWriter:
    def __init__(
        self,
        form: ImportedForm,
        gates: Sequence[Mapping[str, str]],
        gate_choices: Sequence[Mapping[str, str]],
        changes: FormChanges,
    ) -> None:
        self._form, self._changes = form, changes
        self._gates, self._gate_choices = gates, gate_choices
        self._notes = NotTakenNotes()
        self._members = without_empty_groups(tuple(_kept(form.members, changes.left_out)))
        self._lists = self._list_names()
        self._names = self._item_names()
        self._found: dict[str, FormQuestion] = {}
        for item in all_items(self._members):
            self._found.setdefault(item.code, self._named(item))

    def make_form(self) -> WrittenForm:
        rows: list[FormRow] = [dict(row) for row in self._gates]
        items: list[ImportedItem | None] = [None] * len(rows)
        for made, item in self._rows(self._in_sections()):
            rows.append(made)
            items.append(item)
        choices: list[FormRow] = [dict(row) for row in self._gate_choices]
        origins: list[tuple[str, str] | None] = [None] * len(choices)
        for name in self._lists:
            seen: set[str] = set()
            for one in self._form.lists[name]:
                if one.value in seen:
                    why = "its code stands in the list already"
                    self._notes.add(f"list {name}", f"answer {one.value}", Reason.NAME, why=why)
                elif (name, one.value) not in self._changes.choices:
                    seen.add(one.value)
                    said = self._texts({LABEL: one.label}, f"list {name}, answer {one.value}")
                    choices.append({"list_name": self._lists[name], "name": one.value, **said, **one.cells})
                    origins.append((name, one.value))
        return WrittenForm(tuple(rows), tuple(choices), tuple(items), tuple(origins), self._notes.entries())

    def _list_names(self) -> dict[str, str]:
        """The lists that are used, with the names that they get."""
        used = {item.list_name for item in all_items(self._members) if isinstance(item, ImportedQuestion)}
        used |= {
            word.removeprefix("tick_labelset=")
            for item in all_items(self._members)
            for word in item.cells.get("parameters", "").split()
        }
        names = NameGiver({row["list_name"] for row in self._gate_choices})
        return {name: names.name_for(name, "list") for name in self._form.lists if name in used}

    def _item_names(self) -> dict[int, str]:
        giver = NameGiver({row.get("name", "") for row in self._gates})
        names: dict[int, str] = {}
        for item in all_items(self._members):
            names[id(item)] = giver.name_for(item.code, "q" if isinstance(item, ImportedQuestion) else "part")
            if names[id(item)] != item.code and isinstance(item, ImportedQuestion):
                why = f"it is named {names[id(item)]} now: a name is letters, digits and _, and each stands once"
                self._notes.add(item.place, item.code, Reason.NAME, why=why)
        return names

    def _named(self, item: ImportedItem) -> FormQuestion:
        if isinstance(item, ImportedGroup):
            return FormQuestion(self._names[id(item)], item.kind)
        values = frozenset(one.value for one in self._form.lists.get(item.list_name, ()))
        return FormQuestion(self._names[id(item)], item.kind, values)

    def _in_sections(self) -> tuple[ImportedItem, ...]:
        """The form's parts as groups: what stands in none at the top comes into one with the form's title."""
        sections: list[ImportedItem] = []
        loose: list[ImportedItem] = []
        for item in (*self._members, None):
            if isinstance(item, ImportedQuestion):
                loose.append(item)
                continue
            if loose:
                label = {LABEL: {self._form.source_language: self._form.title}}
                made = ImportedGroup("questions", loose[0].place, tuple(loose), texts=label)
                self._names[id(made)] = NameGiver(self._names.values()).name_for("questions", "questions")
                sections.append(made)
                loose = []
            if item is not None:
                sections.append(item)
        return tuple(sections)

    def _rows(self, members: Iterable[ImportedItem]) -> Iterable[tuple[FormRow, ImportedItem]]:
        for item in members:
            if isinstance(item, ImportedQuestion):
                yield {"type": self._type(item), **self._cells(item)}, item
                continue
            yield {"type": f"begin_{item.kind}", **self._cells(item)}, item
            yield from self._rows(item.members)
            yield {"type": f"end_{item.kind}"}, item

    def _type(self, item: ImportedQuestion) -> str:
        listed = self._lists.get(item.list_name, item.list_name)
        if "${" in listed:
            listed = self._said(item, "type", listed, Reason.EXPRESSION)
        return " ".join(filter(None, (item.kind, listed, item.cells.get(OR_OTHER, ""))))

    def _cells(self, item: ImportedItem) -> FormRow:
        cells: FormRow = {"name": self._names[id(item)], **self._texts(item.texts, item.place)}
        gone = self._changes.columns.get(item.place, frozenset())
        if item.condition is not None and RELEVANT not in gone:
            try:
                cells[RELEVANT] = condition_xpath(item.condition, self._found.get)
            except Unsayable as error:
                why = f"{error}, so everyone is asked now"
                self._notes.add(item.place, f"condition of {item.code}", Reason.CONDITION, why=why)
        for column, text in item.cells.items():
            if column == OR_OTHER or column in gone:
                continue
            cells[column] = self._said(item, column, text, Reason.EXPRESSION) if column in EXPRESSIONS else text
        if item.cells.get("parameters", "").startswith("start="):
            cells["parameters"] = self._renamed_list(cells["parameters"])
        cells |= {"notes": item.place} if isinstance(item, ImportedQuestion) else {}
        return {column: clean_cell(column, cell) for column, cell in cells.items() if cell and column not in gone}

    def _renamed_list(self, parameters: str) -> str:
        words = [word.partition("=") for word in parameters.split()]
        return " ".join(
            f"{key}={self._lists.get(value, value) if key == 'tick_labelset' else value}" for key, _, value in words
        )

    def _said(self, item: ImportedItem, column: str, text: str, reason: Reason) -> str:
        try:
            return renamed_references(text, self._found.get)
        except Unsayable as error:
            self._notes.add(item.place, f"{column} of {item.code}: {text}", reason, why=str(error))
            return ""

    def _texts(self, texts: Mapping[str, Texts], place: str) -> FormRow:
        """The columns of texts: the source language has the plain name."""
        cells: FormRow = {}
        for column, spoken in texts.items():
            for tag in (self._form.source_language, *self._form.languages):
                text = self._with_references(remove_turning_characters(spoken.get(tag, "")), place)
                if text:
                    own = tag == self._form.source_language
                    cells[column if own else f"{column}::{column_language(tag)}"] = clean_cell(LABEL, text)
        return cells

    def _with_references(self, text: str, place: str) -> str:
        replacements = {}
        for code in references_in(text):
            question = self._found.get(code)
            replacements[code] = _LOST_TEXT if question is None else f"${{{question.name}}}"
            if question is None:
                self._notes.add(place, f"${{{code}}} in a text", Reason.PIPING)
        return replaced_references(text, replacements) if replacements else text


def _kept(members: Iterable[ImportedItem], left_out: frozenset[str]) -> Iterable[ImportedItem]:
    for item in members:
        if item.place in left_out:
            continue
        yield replace(item, members=tuple(_kept(item.members, left_out))) if isinstance(item, ImportedGroup) else item
