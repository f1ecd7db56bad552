"""What stands in a cell of a workbook for a text, and what a spreadsheet makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from kuule.core.xstring_escaping import escape_xstring

TEXTS = st.lists(st.sampled_from(["_", "x", "_x", "000D", "005f", "_x0041_", "a", "\n"])).map("".join)


@pytest.mark.parametrize(
    ("text", "in_cell"),
    [
        ("plain_text", "plain_text"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x00e5_", "_x005F_x00e5_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x00_", "_x00_"),
        ("_X000D_", "_X000D_"),
    ],
)
def test_only_what_would_be_read_as_a_character_is_escaped(text: str, in_cell: str) -> None:
    assert escape_xstring(text) == in_cell


@given(text=TEXTS)
def test_spreadsheet_reads_the_text_back(text: str) -> None:
    assert unescape(escape_xstring(text)) == text
