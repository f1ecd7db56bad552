"""Which columns a dataset has and of which type, from the forms of its editions. The table has one row for each
item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from kuule.dataset.schema.variable_types import variable_type
from kuule.forms.compile.items import Item
from kuule.forms.model.controls import Control
from kuule.forms.types.type_registry import question_type
from kuule.study.edition.study_edition import Edition
from kuule.tables.missing import RESERVED_CHOICES, Missing

LEADING_COLUMNS = ("edition", "language", "link", "week", "flags")
"""The columns of every response, before its items. `flags` are those of the record, in order, separated by spaces."""
CLEANING_COLUMN = "cleaning"
"""In exports: the rules that set a response aside, separated by spaces; "" for one that counts."""
RECORD_KEY = "@record_key"
"""The last column of the responses: a number below 2^32 for the noise in what is published. No export has it, and no
item can have this name."""
_MISSING = pl.Enum([str(reason) for reason in Missing])
_CHOICE_NAME = "jr:choice-name("


@dataclass(frozen=True, slots=True)
class DatasetVariable:
    """One item of a dataset. `name` is that of its column, `editions` are those that have it, `choices` those of all
    editions, in order.

    `repeats` are the repeats around it: its values are in the table of the innermost one.
    """

    name: str
    path: str
    control: Control | None
    value_type: str
    list_name: str
    choices: tuple[str, ...]
    editions: tuple[str, ...]
    repeats: tuple[str, ...]

    @property
    def multiple(self) -> bool:
        return self.control is not None and question_type(self.control).is_multiple

    @property
    def open_text(self) -> bool:
        """Whether it is free text, which is kept apart from the responses."""
        return self.control is not None and question_type(self.control).is_text

    @property
    def substantive(self) -> tuple[str, ...]:
        """The choices that are answers with content."""
        return tuple(choice for choice in self.choices if choice not in RESERVED_CHOICES)

    @property
    def missing_column(self) -> str:
        return f"{self.name}:missing"

    def choice_column(self, choice: str) -> str:
        return f"{self.name}/{choice}"

    def schema(self) -> dict[str, pl.DataType]:
        """Column to type. A calculation has no reasons for missing values, because nobody is asked for it."""
        columns: dict[str, pl.DataType] = {}
        type_ = variable_type(self.control)
        if type_.choice_type is not None:
            columns |= {self.choice_column(choice): type_.choice_type for choice in self.choices}
        if type_.data_type is not None:
            columns[self.name] = type_.data_type(self.choices, self.value_type)
        if self.control is not None:
            columns[self.missing_column] = _MISSING
        return columns


def dataset_variables(editions: Sequence[Edition]) -> tuple[DatasetVariable, ...]:
    """The items of all editions, in the order of the last edition that has each. Notes are left out."""
    merged: dict[str, DatasetVariable] = {}
    names = _names(editions)
    for edition in editions:
        for item in edition.form.items:
            if item.answerable or (item.calculated and not item.note and not is_choice_label(edition, item.path)):
                known = merged.get(item.path)
                merged[item.path] = _merge(known, item, names[item.path], edition.id)
    return tuple(merged.values())


def is_choice_label(edition: Edition, path: str) -> bool:
    """Whether a calculation only puts a choice into words, in the respondent's language: such a text is not an
    answer."""
    formula = edition.form.calculate.get(path)
    return formula is not None and _CHOICE_NAME in formula.text


def _names(editions: Iterable[Edition]) -> dict[str, str]:
    """The column name for each path: that of the question, with as much of the path as distinguishes two of one
    name."""
    paths = dict.fromkeys(item.path for edition in editions for item in edition.form.items)
    seen = Counter(path.rpartition("/")[2] for path in paths)
    taken = {*LEADING_COLUMNS, CLEANING_COLUMN}
    return {path: _own(path, alone=seen[path.rpartition("/")[2]] == 1, taken=taken) for path in paths}


def _own(path: str, *, alone: bool, taken: set[str]) -> str:
    name = path.rpartition("/")[2]
    if alone and name not in taken:
        return name
    around = ".".join(path.split("/")[2:])
    return around if around not in taken else path.strip("/").replace("/", ".")


def _merge(known: DatasetVariable | None, item: Item, name: str, edition: str) -> DatasetVariable:
    choices = tuple(choice.value for choice in item.choices)
    if known is not None:
        choices = tuple(dict.fromkeys((*known.choices, *choices)))
    return DatasetVariable(
        name=name,
        path=item.path,
        control=item.control,
        value_type=item.value_type,
        list_name=item.list_name or "",
        choices=choices,
        editions=(*(known.editions if known else ()), edition),
        repeats=item.repeats,
    )


def week_thursday(week: pl.Expr) -> pl.Expr:
    """The Thursday of a week such as 2026-W48 (in ISO 8601, the year of a week is that of its Thursday); null for a
    week that does not exist."""
    return (week.cast(pl.String) + "-4").str.to_date("%G-W%V-%u", strict=False)
