"""The columns of an item by codes: the cells of each distinct answer, and of each reason for none, are computed
once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from kuule.dataset.ingest.answer_cells import Cell, InvalidRecord, answer_cells
from kuule.dataset.schema.columns import DatasetVariable
from kuule.tables.missing import Missing

AnswerKey = str | tuple[str, ...]
"""An answer; or a reason for none, as a tuple; or NOTHING. No JSON is a tuple, so that none is mistaken for another."""
NOTHING: AnswerKey = ()
MAX_CACHED = 4096
"""How many distinct answers of an item, or distinct first columns, are kept from one batch to the next."""
INVALID_CODE = -1
"""The code of a value that does not fit the item."""


class AnswerCodes(dict[AnswerKey, int]):
    """The code of each answer, of each reason for none, and of nothing at all.

    A new answer is computed when it first occurs. `reasons` has the key of each reason; `asked` says whether the
    edition has the item.
    """

    def __init__(self, variable: DatasetVariable, reasons: Mapping[str, AnswerKey], *, asked: bool) -> None:
        super().__init__()
        self.__variable, self.__reasons, self.__asked = variable, reasons, asked
        self.__schema = variable.schema()
        self.__cells: list[Mapping[str, Cell]] = []
        self.__table = pl.DataFrame(schema=self.__schema)
        self.__begin()

    def __missing__(self, answer: object) -> int:
        if not isinstance(answer, str):
            return INVALID_CODE
        if self.__variable.open_text:
            return self.__written
        try:
            code = self.__add(answer_cells(self.__variable, answer))
        except InvalidRecord:
            code = INVALID_CODE
        self[answer] = code
        return code

    def clear_if_full(self) -> None:
        """Begin anew if there are too many. Codes from before are then invalid."""
        if len(self) > MAX_CACHED:
            self.__begin()

    def columns(self, codes: Sequence[int]) -> list[pl.Series]:
        """The columns of the records that have these codes."""
        if not self.__schema:
            return []
        new = self.__cells[self.__table.height :]
        if new:
            columns = {name: [cells.get(name) for cells in new] for name in self.__schema}
            self.__table = self.__table.vstack(pl.DataFrame(columns, schema=self.__schema, strict=True))
        return self.__table[pl.Series(codes, dtype=pl.UInt32)].get_columns()

    def __begin(self) -> None:
        self.clear()
        self.__cells.clear()
        self.__table = self.__table.clear()
        self.__written = self.__add({})
        variable, missing = self.__variable, self.__variable.missing_column
        self.update(dict.fromkeys((NOTHING, *self.__reasons.values()), self.__written))
        if variable.control is not None and not self.__asked:
            self[NOTHING] = self.__add({missing: str(Missing.NOT_IN_EDITION)})
        elif variable.control is not None:
            self.update({key: self.__add({missing: reason}) for reason, key in self.__reasons.items()})
            self[NOTHING] = INVALID_CODE

    def __add(self, cells: Mapping[str, Cell]) -> int:
        self.__cells.append(cells)
        return len(self.__cells) - 1
