"""Parts put together: nobody who was opened is lost without a word."""

from __future__ import annotations

from array import array

import pytest

from kuule.dataset.ingest.combined_parts import combine_parts
from kuule.dataset.ingest.part_opener import OpenedPart
from kuule.dataset.ingest.row_ids import NO_ROW_IDS
from kuule.dataset.ingest.table_schemas import RESPONSES, TableSchemas
from kuule.dataset.schema.columns import dataset_variables
from tests.dataset.small import edition

SHAPE = TableSchemas.for_dataset([edition().id], dataset_variables([edition()]))


def opened(ids: int, misfits: int, before: int) -> OpenedPart:
    """A part of which nobody came to a row."""
    reasons = tuple((number, "is not a record") for number in range(misfits))
    return OpenedPart(
        0, 1, SHAPE.empty_tables(), (), reasons, array("q"), before, array("q", range(ids)), array("q", range(ids))
    )


def test_part_whose_rows_all_have_a_reason_adds_none() -> None:
    gathered = combine_parts([opened(3, 2, 1)], SHAPE, lambda _, one: one, NO_ROW_IDS)
    assert (gathered.tables[RESPONSES].height, len(gathered.unopened)) == (0, 2)


def test_part_that_lost_a_row_is_put_nowhere() -> None:
    with pytest.raises(RuntimeError, match="part 1: 4 opened, 0 of them rows"):
        combine_parts([opened(4, 2, 1)], SHAPE, lambda _, one: one, NO_ROW_IDS)
