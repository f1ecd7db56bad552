"""What each question type is in a dataset: its columns, how its answers are coded, and what is counted of them.

`VARIABLE_TYPES` has one row for each type. `dataset.ingest.answer_cells` says how an answer becomes cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import polars as pl

from kuule.dataset.schema.number_bands import ACKNOWLEDGED_CODE, BANDS, band_codes
from kuule.forms.model.controls import Control
from kuule.tables.missing import RESERVED_CHOICES

DataType = Callable[[Sequence[str], str], pl.DataType]
"""From the choices of all editions and the bind type to the type of a variable's own column."""


class Coding(Enum):
    """What represents an answer in a file for a statistics program."""

    NONE = auto()
    """The answer itself: a number, a day, a text."""
    CHOICES = auto()
    """The number of a choice."""
    YES_NO = auto()


@dataclass(frozen=True, slots=True)
class VariableType:
    """What a type is in a dataset. `data_type` is the type of the column with the answer, or `choice_type` that of the
    column of each choice; free text has neither. `codes` are those of an item without choices, and `code` gives one of
    them for the answer in its column."""

    data_type: DataType | None = None
    choice_type: pl.DataType | None = None
    coding: Coding = Coding.NONE
    codes: tuple[str, ...] = ()
    code: Callable[[pl.Expr], pl.Expr] | None = None
    is_banded: bool = False
    """Whether its numbers are counted in bands, which have an order."""
    is_ranking: bool = False
    is_ordered: bool = False
    """Whether its choices have an order by themselves, and not because study.toml says so of their list."""
    sort: str = "an answer"
    """What an answer is, in words, for the codebook that people read."""


def _always(data_type: pl.DataType) -> DataType:
    return lambda choices, value_type: data_type


def _choice(choices: Sequence[str], value_type: str) -> pl.DataType:
    return pl.Enum([one for one in choices if one not in RESERVED_CHOICES]) if choices else pl.String()


def _range(choices: Sequence[str], value_type: str) -> pl.DataType:
    return pl.Int64() if value_type == "int" else pl.Float64()


def _calculation(choices: Sequence[str], value_type: str) -> pl.DataType:
    return _CALCULATED.get(value_type, pl.String)()


def _ticked(column: pl.Expr) -> pl.Expr:
    return pl.when(column).then(pl.lit(ACKNOWLEDGED_CODE))


_CALCULATED: Mapping[str, type[pl.DataType]] = {"int": pl.Int64, "decimal": pl.Float64, "date": pl.Date}
_OPEN_TEXT = VariableType(sort="own words, which are in no file of answers")
_TEXT = VariableType(_always(pl.String()), sort="a time of day, with or without its date")
CALCULATION = VariableType(_calculation, sort="worked out by the form; nobody is asked")
VARIABLE_TYPES: Mapping[Control, VariableType] = {
    Control.TEXT: _OPEN_TEXT,
    Control.MULTILINE: _OPEN_TEXT,
    Control.INTEGER: VariableType(
        _always(pl.Int64()), codes=BANDS, code=band_codes, is_banded=True, sort="a whole number"
    ),
    Control.DECIMAL: VariableType(_always(pl.Float64()), sort="a number"),
    Control.RANGE: VariableType(_range, codes=BANDS, code=band_codes, is_banded=True, sort="a number on a scale"),
    Control.RATING: VariableType(_choice, coding=Coding.CHOICES, is_ordered=True, sort="one step of a rating"),
    Control.DATE: VariableType(_always(pl.Date()), sort="a date"),
    Control.TIME: _TEXT,
    Control.DATETIME: _TEXT,
    Control.SELECT_ONE: VariableType(_choice, coding=Coding.CHOICES, sort="one answer"),
    Control.SELECT_MANY: VariableType(choice_type=pl.Boolean(), coding=Coding.YES_NO, sort="several answers"),
    Control.RANK: VariableType(choice_type=pl.UInt16(), is_ranking=True, sort="answers in an order: the place of each"),
    Control.ACKNOWLEDGE: VariableType(
        _always(pl.Boolean()), coding=Coding.YES_NO, codes=(ACKNOWLEDGED_CODE,), code=_ticked, sort="a tick"
    ),
}


def variable_type(control: Control | str | None) -> VariableType:
    """The type of an item, by its control or by the control's name in a codebook. Anything else is a calculation."""
    return _BY_NAME.get(control or "", CALCULATION)


_BY_NAME: Mapping[str, VariableType] = {str(control): one for control, one in VARIABLE_TYPES.items()}
