"""A questionnaire as its author meant it: a misspelt type or name of a list is replaced by the existing one that is
nearest.

The rules about definitions report the misspelling. All other rules read the corrected questionnaire, because what
follows from one misspelling (answers that no list has, a list that nothing uses) is not a separate mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from kuule.core.suggestions import near_names
from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.forms.xlsform.workbook import Workbook
from kuule.study.folder.questionnaire import plain_column
from kuule.study.folder.written_types import CHOICE_TYPES, UNASKED_TYPES, parse_type

_GROUPS = {
    f"{edge} {kind}" for edge in ("begin", "end") for kind in ("group", "repeat", "loop", "lgroup", "looped group")
}
_USUAL = frozenset({*(name for one in QUESTION_TYPES for name in one.xlsform_types), *_GROUPS, *UNASKED_TYPES})
"""Types of XLSForm that Kuule knows without asking the converter, which takes a third of a second to load."""
_LIST_COLUMNS = ("list_name", "list name")
_WRITTEN = ("begin_group", "end_group", "begin_repeat", "end_repeat")


@cache
def known_types() -> frozenset[str]:
    """Every type of XLSForm in its standard spelling."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # slow to import, and only a rare type needs it

    return frozenset({*(parse_type(written)[0] for written in QUESTION_TYPE_DICT), *_GROUPS, *CHOICE_TYPES})


def is_known_type(kind: str) -> bool:
    """Whether XLSForm has a type in this spelling."""
    return kind in _USUAL or kind in known_types()


@cache
def type_spellings() -> tuple[str, ...]:
    """What an author may have meant to write as the first word of a type."""
    return tuple(sorted({*known_types(), *_WRITTEN}))


def meant_workbook(workbook: Workbook) -> Workbook:
    """The workbook with types and lists in its survey as they were meant."""
    survey = workbook.sheets.get("survey")
    if survey is None:
        return workbook
    cells = (cell for row in workbook.rows("choices") for cell in row.items())
    lists = {name for header, name in cells if plain_column(header) in _LIST_COLUMNS}
    rows = tuple(_meant_row(row, lists) for row in survey.rows)
    return replace(workbook, sheets={**workbook.sheets, "survey": replace(survey, rows=rows)})


def _meant_row(row: Mapping[str, str], lists: Collection[str]) -> Mapping[str, str]:
    return {header: meant_type(cell, lists) if plain_column(header) == "type" else cell for header, cell in row.items()}


def meant_type(written: str, lists: Collection[str]) -> str:
    """A type as it was meant: unchanged if it is understood, or if nothing is near."""
    kind, _ = parse_type(written)
    if (words := written.split()) and not is_known_type(kind):
        near = near_names(words[0].lower(), type_spellings())
        written = " ".join([*near, *words[1:]]) if near else next(iter(near_names(kind, type_spellings())), written)
    kind, name = parse_type(written)
    near = near_names(name, lists) if kind in CHOICE_TYPES and name and name not in lists and "${" not in name else []
    return written.replace(name, near[0]) if near else written
