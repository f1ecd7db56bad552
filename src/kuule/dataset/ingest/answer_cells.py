"""One answer of a record to the cells of its columns, or why it is none. One row of `ANSWER_CELLS` for each type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite

from kuule.dataset.schema.columns import DatasetVariable
from kuule.forms.model.controls import Control
from kuule.tables.missing import RESERVED_CHOICES

_INTEGER = re.compile(r"-?[0-9]{1,10}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST_INTEGER = 2**31
"""Integers of an XForm have 32 bits; and anyone with the public key can seal a record, so nothing is taken on trust."""
_TICKED = frozenset({"OK", "true", "1"})
_NOT_OF_TYPE = "has an answer that is not of the item's type"

Cell = str | int | float | bool | date | None
CellReader = Callable[[DatasetVariable, str], dict[str, Cell]]


class InvalidRecord(Exception):
    """A record that cannot be a row. The text is the reason, for unopened.json; it never quotes an answer."""


def answer_cells(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    """The cells of an answer. Raises InvalidRecord."""
    read = _by_data_type if variable.control is None else ANSWER_CELLS[variable.control]
    return read(variable, value)


def _choice(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    if variable.choices and value not in variable.choices:
        raise InvalidRecord("has a choice that the item does not offer")
    if value in RESERVED_CHOICES:
        return {variable.missing_column: str(RESERVED_CHOICES[value])}
    return {variable.name: value}


def _several(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    chosen = _chosen(variable, value)
    return _reason_alone(variable, chosen) or {
        variable.choice_column(choice): choice in chosen for choice in variable.choices
    }


def _ranking(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    chosen = _chosen(variable, value)
    return _reason_alone(variable, chosen) or {
        variable.choice_column(choice): place for place, choice in enumerate(chosen, 1)
    }


def _chosen(variable: DatasetVariable, value: str) -> list[str]:
    values = value.split()
    if not set(values) <= set(variable.choices) or not values:
        raise InvalidRecord("has a choice that the item does not offer")
    return values


def _reason_alone(variable: DatasetVariable, values: Sequence[str]) -> dict[str, Cell]:
    """A reserved choice ("prefer not to say", "do not know") alone is a reason; beside an answer it is a column. Of
    both together the first is the reason, in whatever order: it says that one does not want to be counted."""
    if not set(values) <= set(RESERVED_CHOICES):
        return {}
    return {variable.missing_column: str(next(RESERVED_CHOICES[one] for one in RESERVED_CHOICES if one in values))}


def _open_text(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    """It stands apart."""
    return {}


def _own_column(read: Callable[[str], Cell]) -> CellReader:
    return lambda variable, value: {variable.name: read(value)}


def _by_data_type(variable: DatasetVariable, value: str) -> dict[str, Cell]:
    """Where the bind type tells whether the column has whole numbers, numbers, days or texts."""
    data_type = variable.schema()[variable.name]
    if data_type.is_integer():
        return {variable.name: _whole(value)}
    if data_type.is_float():
        return {variable.name: _number(value)}
    return {variable.name: _day(value) if str(data_type) == "Date" else value}


def _number(value: str) -> float:
    if not _DECIMAL.fullmatch(value) or not isfinite(float(value)):
        raise InvalidRecord(_NOT_OF_TYPE)
    return float(value)


def _ticked(value: str) -> bool:
    """A tick; one that is not there is a missing answer."""
    if value not in _TICKED:
        raise InvalidRecord(_NOT_OF_TYPE)
    return True


def _whole(value: str) -> int:
    if not _INTEGER.fullmatch(value) or not -_LARGEST_INTEGER <= int(value) < _LARGEST_INTEGER:
        raise InvalidRecord(_NOT_OF_TYPE)
    return int(value)


def _day(value: str) -> date:
    if not _DATE.fullmatch(value):
        raise InvalidRecord(_NOT_OF_TYPE)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidRecord(_NOT_OF_TYPE) from None


ANSWER_CELLS: Mapping[Control, CellReader] = {
    Control.TEXT: _open_text,
    Control.MULTILINE: _open_text,
    Control.INTEGER: _own_column(_whole),
    Control.DECIMAL: _own_column(_number),
    Control.RANGE: _by_data_type,
    Control.RATING: _choice,
    Control.DATE: _own_column(_day),
    Control.TIME: _own_column(str),
    Control.DATETIME: _own_column(str),
    Control.SELECT_ONE: _choice,
    Control.SELECT_MANY: _several,
    Control.RANK: _ranking,
    Control.ACKNOWLEDGE: _own_column(_ticked),
}
