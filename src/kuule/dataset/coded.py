"""An item's columns by codes: the cells of each distinct answer, and of each reason for none, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from kuule.dataset.columns import Variable
from kuule.dataset.fitting import Cell, Misfit, answered
from kuule.tables.missing import Missing

MOST_KNOWN = 4096
"""Distinct answers of an item, or distinct first columns, that are kept from one batch to the next."""
MISFIT = -1
"""The code of what does not fit the item."""


class Coded(dict[str | int | None, int]):
    """The code of each answer (a text), each reason for none (its number) and nothing at all (None).

    An answer that was not asked for before is worked out when it is. `reasons` are the numbers of the reasons;
    `asked` says whether the edition has the item.
    """

    def __init__(self, variable: Variable, reasons: Mapping[str, int], *, asked: bool) -> None:
        super().__init__()
        self._variable, self._reasons, self._asked = variable, reasons, asked
        self._schema = variable.schema()
        self._cells: list[Mapping[str, Cell]] = []
        self._table = pl.DataFrame(schema=self._schema)
        self._begin()

    def __missing__(self, answer: str) -> int:
        if self._variable.open_text:
            return self._written
        try:
            code = self._add(answered(self._variable, answer))
        except Misfit:
            code = MISFIT
        self[answer] = code
        return code

    def forget_if_many(self) -> None:
        """Begin anew where there are too many. Codes from before then say nothing any more."""
        if len(self) > MOST_KNOWN:
            self._begin()

    def columns(self, codes: Sequence[int]) -> list[pl.Series]:
        """The columns of records of which these are the codes."""
        new = self._cells[self._table.height :]
        if new:
            columns = {name: [cells.get(name) for cells in new] for name in self._schema}
            self._table = self._table.vstack(pl.DataFrame(columns, schema=self._schema, strict=True))
        return self._table[pl.Series(codes, dtype=pl.UInt32)].get_columns()

    def _begin(self) -> None:
        self.clear()
        self._cells.clear()
        self._table = self._table.clear()
        self._written = self._add({})
        variable, missing = self._variable, self._variable.missing_column
        self.update(dict.fromkeys((None, *self._reasons.values()), self._written))
        if variable.control is not None and not self._asked:
            self[None] = self._add({missing: str(Missing.NOT_IN_EDITION)})
        elif variable.control is not None:
            self.update({number: self._add({missing: reason}) for reason, number in self._reasons.items()})
            self[None] = MISFIT

    def _add(self, cells: Mapping[str, Cell]) -> int:
        self._cells.append(cells)
        return len(self._cells) - 1
