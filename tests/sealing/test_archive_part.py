"""Parts: how rows are put together."""

import pytest

from kuule.sealing.archive_part import PartEntry, split_into_parts
from kuule.sealing.envelope import SealedResponse

ENTRY = {"name": "parts/000001", "rows": 3, "envelope_size": 10, "sha256": "00"}


def row(row_id: int, size: int = 4) -> SealedResponse:
    return SealedResponse(row_id, bytes(8), bytes(size))


def test_batches_hold_at_most_a_thousand() -> None:
    assert [len(batch) for batch in split_into_parts(row(number) for number in range(2001))] == [1000, 1000, 1]


def test_batches_of_no_rows_are_none() -> None:
    assert list(split_into_parts([])) == []


def test_batches_keep_a_row_of_another_size_apart() -> None:
    rows = [row(1), row(2), row(3, 0), row(4)]
    assert [[each.row_id for each in batch] for batch in split_into_parts(rows)] == [[1, 2], [3], [4]]


@pytest.mark.parametrize("ids", [(2, 1), (1, 1)])
def test_batches_of_rows_that_do_not_ascend_are_refused(ids: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        list(split_into_parts(map(row, ids)))


def test_entry_is_read_back() -> None:
    assert PartEntry.from_json(ENTRY).to_json() == ENTRY


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"rows": 1001}, {"rows": "3"}, {"rows": None}, {"envelope_size": -1}, {"envelope_size": 1.5}]
)
def test_entry_with_a_number_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        PartEntry.from_json({**ENTRY, **wrong})
