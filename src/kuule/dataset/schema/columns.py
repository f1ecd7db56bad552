"""Which columns a dataset has and of which type, from the forms of its editions. The table has one row for each
item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kuule.dataset.schema.item_versions import ItemVersion, item_versions
from kuule.dataset.schema.variable_types import variable_type
from kuule.forms.model.controls import Control
from kuule.forms.types.type_registry import question_type
from kuule.tables.missing import RESERVED_CHOICES, Missing

if TYPE_CHECKING:
    from kuule.study.edition.study_edition import Edition

LEADING_COLUMNS = ("edition", "language", "link", "week", "flags")
"""The columns of every response, before its items. `flags` are those of the record, in order, separated by spaces."""
CLEANING_COLUMN = "cleaning"
"""In exports: the rules that set a response aside, separated by spaces; "" for one that counts."""
RECORD_KEY = "@record_key"
"""The last column of the responses: a number below 2^32 for the noise in what is published. No export has it, and no
item can have this name."""
_MISSING = pl.Enum([str(reason) for reason in Missing])


@dataclass(frozen=True, slots=True)
class DatasetVariable:
    """One version of an item of a dataset. `name` is that of its column, `question` that of the item in the form;
    `editions` are those that have it, oldest first, `choices` those of all of them, in order.

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
    question: str
    version: int = 0
    """The number of an earlier version of the question, from 1; 0 for the newest."""
    gives_leave: bool = False
    """Whether it asks for leave to quote: its answer is kept beside the texts that it is for, and has no column."""

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
        if self.gives_leave:
            return columns
        type_ = variable_type(self.control)
        if type_.choice_type is not None:
            columns |= {self.choice_column(choice): type_.choice_type for choice in self.choices}
        if type_.data_type is not None:
            columns[self.name] = type_.data_type(self.choices, self.value_type)
        if self.control is not None:
            columns[self.missing_column] = _MISSING
        return columns


def dataset_variables(editions: Sequence[Edition]) -> tuple[DatasetVariable, ...]:
    """The items of all editions in the order of the newest form, each version of a question on its own. Notes are left
    out. `editions` are in their order, the oldest first. Raises ArchiveError DATA_030."""
    versions = item_versions(editions, (*LEADING_COLUMNS, CLEANING_COLUMN))
    asking = {edition.id: frozenset(edition.study.leave_to_quote) for edition in editions}
    return tuple(_variable(version, asking) for version in versions)


def _variable(version: ItemVersion, asking: Mapping[str, frozenset[str]]) -> DatasetVariable:
    newest = version.items[-1]
    choices = dict.fromkeys(choice.value for item in reversed(version.items) for choice in item.choices)
    return DatasetVariable(
        name=version.name,
        path=newest.path,
        control=newest.control,
        value_type=newest.value_type,
        list_name=newest.list_name or "",
        choices=tuple(choices),
        editions=version.editions,
        repeats=newest.repeats,
        question=version.question,
        version=version.number,
        gives_leave=any(newest.name in asking[edition] for edition in version.editions),
    )


def week_thursday(week: pl.Expr) -> pl.Expr:
    """The Thursday of a week such as 2026-W48 (in ISO 8601, the year of a week is that of its Thursday); null for a
    week that does not exist."""
    return (week.cast(pl.String) + "-4").str.to_date("%G-W%V-%u", strict=False)
