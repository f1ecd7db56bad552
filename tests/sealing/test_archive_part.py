"""Parts: how rows are put together."""

import pytest

from kuule.sealing.archive_part import Part, PartEntry, split_into_parts
from kuule.sealing.envelope import SealedResponse

ENTRY = {"name": "parts/000001", "rows": 3, "envelope_size": 10, "sha256": "00"}
CONTENT = b"".join(row_id.to_bytes(8, "big") + b"e" * 10 for row_id in (7, 8, 9))


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


@pytest.mark.parametrize(
    ("content", "ids", "surplus"),
    [(CONTENT, [7, 8, 9], 0), (CONTENT + b"more", [7, 8, 9], 4), (CONTENT[:-1], [7, 8], -1), (None, [], -54)],
    ids=["whole", "something follows", "cut off", "missing"],
)
def test_part_gives_its_whole_rows_and_tells_what_follows_or_is_missing(
    content: bytes | None, ids: list[int], surplus: int
) -> None:
    part = Part(1, PartEntry.from_json(ENTRY), content)
    found = [(each.row_id, each.envelope) for each in part.rows()]
    assert (found, part.surplus) == ([(row_id, b"e" * 10) for row_id in ids], surplus)


def test_entry_is_read_back() -> None:
    assert PartEntry.from_json(ENTRY).to_json() == ENTRY


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"rows": 1001}, {"rows": "3"}, {"rows": None}, {"envelope_size": -1}, {"envelope_size": 1.5}]
)
def test_entry_with_a_number_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        PartEntry.from_json({**ENTRY, **wrong})
