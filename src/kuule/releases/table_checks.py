"""What is true of every table that left disclosure control: no number below a threshold, no threshold below its floor.

A file in which it is not true was changed by hand, whatever else it says. Numbers that are possible can still be
wrong; this is not what says where they came from.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.limits import PRIVACY_FLOORS
from kuule.releases.strict_json import ReleaseFileError
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason

_OF_GROUPS = (WithheldReason.FEW, WithheldReason.NEAR, WithheldReason.JOINED)
_WHOLE = 100


class ReleaseNumberError(ReleaseFileError):
    """A number that disclosure control would not have released."""


def check_origin(origin: ReleasedOrigin, place: str) -> None:
    """Raise ReleaseNumberError if a threshold is below its floor, or if the number of responses or of those who were
    set aside is below a threshold."""
    for name, floor in PRIVACY_FLOORS.items():
        if (value := getattr(origin, name)) < floor:
            raise ReleaseNumberError(f"{place}.{name}", f"{value} is below the floor of {floor}")
    if origin.noise_bound >= origin.smallest_count:
        raise ReleaseNumberError(f"{place}.noise_bound", "it is not below smallest_count")
    _check_either(origin.responses, origin.withheld_reason, place)
    _check_at_least(origin.responses, _base_threshold(origin), f"{place}.responses")
    if origin.responses_carried_from and origin.responses is None:
        raise ReleaseNumberError(f"{place}.responses", "nothing can be carried forward that is not shown")
    for rule, number in origin.set_aside.items():
        _check_at_least(number, origin.smallest_count, f"{place}.set_aside.{rule}")


def check_table(table: ReleasedTable, place: str) -> None:
    """Raise ReleaseFileError if a table has not the shape of its request, or a group twice, and ReleaseNumberError if a
    row is withheld for no reason."""
    codes = [column.code for column in table.columns]
    if len(set(codes)) != len(codes):
        raise ReleaseFileError(f"{place}.columns", "a group is there twice")
    if (table.request.cut is None) != (codes == [""]) or (table.request.cut is not None and "" in codes):
        raise ReleaseFileError(f"{place}.columns", "a table without groups has one column, and each group has a name")
    for row, reason in table.withheld_row_reasons.items():
        if row not in table.rows or reason not in _OF_GROUPS:
            raise ReleaseNumberError(f"{place}.withheld_rows", f"{row!r} cannot be withheld because of {reason}")


def check_column(column: ReleasedColumn, table: ReleasedTable, place: str) -> None:
    """Raise ReleaseNumberError if a group has fewer people than are shown, an answer fewer than are shown, or a share
    that its count cannot have."""
    origin = table.origin
    _check_either(column.base, column.withheld_reason, place)
    if column.base is None:
        return
    _check_at_least(column.base, _base_threshold(origin), f"{place}.base")
    for reason, number in column.missing.items():
        _check_at_least(number, origin.smallest_count, f"{place}.missing.{reason}")
    for number, cell in _cells_with_numbers(column):
        _check_cell(cell, column.base, origin, f"{place}.cells[{number}]")


def _cells_with_numbers(column: ReleasedColumn) -> Iterator[tuple[int, ReleasedCell]]:
    return ((number, cell) for number, cell in enumerate(column.cells) if cell.count is not None)


def _check_cell(cell: ReleasedCell, base: int, origin: ReleasedOrigin, place: str) -> None:
    count, share, bound = cell.count or 0, cell.share or 0, origin.noise_bound
    _check_at_least(count, origin.smallest_count, place)
    if count > base + 2 * bound:
        raise ReleaseNumberError(place, f"{count} is more than its base of {base}")
    lowest = _WHOLE * (count - bound) / (base + bound) - 1
    highest = _WHOLE * (count + bound) / (base - bound) + 1
    if share > _WHOLE or not lowest <= share <= highest:
        raise ReleaseNumberError(place, f"{share} is not the share of {count} in {base}")


def _check_either(number: int | None, reason: WithheldReason | None, place: str) -> None:
    if (number is None) != (reason is not None):
        raise ReleaseNumberError(place, "there is either a number or a reason why there is none")
    if reason is not None and reason not in _OF_GROUPS:
        raise ReleaseNumberError(place, f"a group cannot be withheld because of {reason}")


def _check_at_least(number: int | None, least: int, place: str) -> None:
    if number is not None and number < least:
        raise ReleaseNumberError(place, f"{number} is under {least}, and would have been withheld")


def _base_threshold(origin: ReleasedOrigin) -> int:
    """As disclosure control has it: whatever the noise was, such a group has `smallest_base` people."""
    return origin.smallest_base + origin.noise_bound
