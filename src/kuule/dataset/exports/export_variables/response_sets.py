"""Multiple-response sets: the variables of one question that people could give several answers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.dataset.exports.export_variables.export_columns import YES_NO, ExportColumn
from kuule.dataset.exports.export_variables.variable_names import variable_names
from kuule.tables.missing import RESERVED_CHOICES

_SET_NAME_LENGTH = 60
"""SPSS allows 63 characters after the `$`."""


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """The variables of a question, one for each answer with content: 1 if it was chosen, 0 if not. "I don't know" and
    "I'd rather not say" are reasons for no answer, and in no set."""

    name: str
    item: str
    label: str
    variables: tuple[str, ...]


def response_sets(columns: Sequence[ExportColumn], names: Mapping[str, str], language: str) -> tuple[ResponseSet, ...]:
    """The sets of a file, in the order of its columns. `names` maps columns to variables."""
    found: dict[str, list[ExportColumn]] = {}
    for column in columns:
        if column.item is not None and column.choice not in ("", *RESERVED_CHOICES) and column.codes == YES_NO:
            found.setdefault(column.item.name, []).append(column)
    set_names = variable_names(found, _SET_NAME_LENGTH)
    return tuple(
        ResponseSet(
            set_names[item], item, members[0].label_parts(language)[0], tuple(names[one.source] for one in members)
        )
        for item, members in found.items()
    )
