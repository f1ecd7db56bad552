"""Turns the tables of a dataset into those that it has once further editions were added: new columns, more answers, and
questions whose words changed under names of their own.

Nothing is opened again. What opening all archives anew would give for a row follows from its edition and its cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kuule.dataset.ingest.table_schemas import OPEN_TEXT, ROW_ID, TableFrames, TableSchema, TableSchemas
from kuule.dataset.schema.columns import DatasetVariable
from kuule.dataset.schema.variable_types import variable_type
from kuule.tables.missing import Missing


@dataclass(frozen=True, slots=True)
class _Source:
    """A variable of the dataset as it was: its column is what these editions answered."""

    variable: DatasetVariable

    @property
    def people(self) -> pl.Expr:
        return pl.col("edition").cast(pl.String).is_in(self.variable.editions)


def tables_with_added_editions(
    tables: TableFrames, before: Sequence[DatasetVariable], now: Sequence[DatasetVariable], shape: TableSchemas
) -> TableFrames:
    """The tables in the `shape` of more editions. `before` and `now` are the variables of the dataset until then and
    from then on; every variable of `before` is part of one of `now`."""
    names = {old.name: new.name for old in before for new in now if _is_part(old, new)}
    found = {}
    for name, schema in shape.by_table.items():
        if name not in tables:
            found[name] = pl.DataFrame(schema=schema)
        elif name == OPEN_TEXT:
            found[name] = tables[name].with_columns(pl.col("item").replace(names))
        else:
            found[name] = _with_columns(tables[name], schema, before, now)
    return found


def _is_part(old: DatasetVariable, new: DatasetVariable) -> bool:
    return old.question == new.question and set(old.editions) <= set(new.editions)


def _with_columns(
    table: pl.DataFrame, schema: TableSchema, before: Sequence[DatasetVariable], now: Sequence[DatasetVariable]
) -> pl.DataFrame:
    made: dict[str, pl.Expr] = {}
    for new in now:
        if new.schema() and set(new.schema()) <= set(schema):
            made |= _cells(new, [_Source(old) for old in before if _is_part(old, new)])
    own = {name: made[name] if name in made else pl.col(name) for name in schema if name != ROW_ID}
    cast = [_cast(expression, schema[name]).alias(name) for name, expression in own.items()]
    return table.select(*cast, pl.col(ROW_ID))


def _cast(expression: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """An enumeration of more answers is reached through its texts."""
    return (expression.cast(pl.String) if isinstance(kind, pl.Enum) else expression).cast(kind)


def _cells(new: DatasetVariable, sources: Sequence[_Source]) -> Mapping[str, pl.Expr]:
    """The columns of a variable, from the columns that its answers are in until now."""
    cells: dict[str, pl.Expr] = {}
    for name, kind in new.schema().items():
        cells[name] = pl.lit(None, dtype=kind)
    if new.control is not None:
        cells[new.missing_column] = pl.lit(str(Missing.NOT_IN_EDITION))
    for source in sources:
        for name, was in _columns_before(new, source.variable).items():
            kind = new.schema()[name]
            cells[name] = pl.when(source.people).then(_cast(was, kind)).otherwise(_cast(cells[name], kind))
    return cells


def _columns_before(new: DatasetVariable, old: DatasetVariable) -> Mapping[str, pl.Expr]:
    """The columns of a variable as they were, under the names that they get. An answer that was not offered was not
    given by anybody who answered."""
    found: dict[str, pl.Expr] = {}
    if new.control is not None:
        found[new.missing_column] = pl.col(old.missing_column)
    if variable_type(new.control).choice_type == pl.Boolean():
        answered = pl.any_horizontal(pl.col(old.choice_column(choice)).is_not_null() for choice in old.choices)
        for choice in new.choices:
            was = pl.when(answered).then(pl.lit(value=False))
            found[new.choice_column(choice)] = pl.col(old.choice_column(choice)) if choice in old.choices else was
    elif variable_type(new.control).choice_type is not None:
        found |= {new.choice_column(choice): pl.col(old.choice_column(choice)) for choice in old.choices}
    if new.name in new.schema():
        found[new.name] = pl.col(old.name)
    return found
