"""What an answer has to be to become a cell: whoever has the public key can seal a record, so nothing is trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kuule.dataset.ingest.answer_cells import InvalidRecord, answer_cells
from kuule.dataset.schema.columns import DatasetVariable
from kuule.forms.model.controls import Control

ASKED = DatasetVariable("asked", "/data/asked", Control.INTEGER, "int", "", (), ("e",), (), "asked")


def cell(control: Control, value: str) -> object:
    return answer_cells(replace(ASKED, control=control), value)["asked"]


@pytest.mark.parametrize(
    ("control", "value", "expected"),
    [
        (Control.INTEGER, "2147483647", 2**31 - 1),
        (Control.INTEGER, "-2147483648", -(2**31)),
        (Control.DECIMAL, "1e300", 1e300),
        (Control.DATE, "2028-02-29", date(2028, 2, 29)),
        (Control.ACKNOWLEDGE, "OK", True),
    ],
)
def test_answer_of_the_items_type_is_a_cell(control: Control, value: str, expected: object) -> None:
    assert cell(control, value) == expected


@pytest.mark.parametrize(
    ("control", "value"),
    [
        *((Control.INTEGER, value) for value in ("2147483648", "-2147483649", "1.0", "٣", "")),
        *((Control.DECIMAL, value) for value in ("1e999", "-1e999", "nan", "inf", "1_0", "")),
        *((Control.DATE, value) for value in ("2027-02-29", "20280229", "2028-02-29T00:00", "")),
        *((Control.ACKNOWLEDGE, value) for value in ("ok", "false", "")),
    ],
)
def test_answer_of_another_type_is_refused(control: Control, value: str) -> None:
    with pytest.raises(InvalidRecord, match="not of the item's type"):
        cell(control, value)
