"""Parts put together: nobody who was opened is lost without a word."""

from __future__ import annotations

from array import array

import pytest

from kuule.dataset.columns import variables
from kuule.dataset.gathering import gather
from kuule.dataset.parts import OpenedPart
from kuule.dataset.row_ids import NO_ROWS
from kuule.dataset.tables import RESPONSES, Shape
from tests.dataset.small import edition

SHAPE = Shape.for_dataset([edition().id], variables([edition()]))


def opened(ids: int, misfits: int, before: int) -> OpenedPart:
    """A part of which nobody came to a row."""
    reasons = tuple((number, "is not a record") for number in range(misfits))
    return OpenedPart(
        0, 1, SHAPE.empty(), (), reasons, array("q"), before, array("q", range(ids)), array("q", range(ids))
    )


def test_part_whose_rows_all_have_a_reason_adds_none() -> None:
    gathered = gather([opened(3, 2, 1)], SHAPE, lambda _, one: one, NO_ROWS)
    assert (gathered.tables[RESPONSES].height, len(gathered.left)) == (0, 2)


def test_part_that_lost_a_row_is_put_nowhere() -> None:
    with pytest.raises(RuntimeError, match="part 1: 4 opened, 0 of them rows"):
        gather([opened(4, 2, 1)], SHAPE, lambda _, one: one, NO_ROWS)
