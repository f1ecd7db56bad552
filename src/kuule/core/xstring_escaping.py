"""Escapes texts for the cells of a workbook (.xlsx), in which `_x000D_` stands for a character (ECMA-376, ST_Xstring).

Excel, and Kuule when it reads a workbook, take `_x` with four hexadecimal digits and `_` for the character of that
number. A text in which somebody wrote just that is written with its first underscore as such a number. openpyxl
writes what it is given.
"""

from __future__ import annotations

import re

_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNDERSCORE = "_x005F_"


def escape_xstring(text: str) -> str:
    """The text as it has to stand in a cell, so that a spreadsheet shows it as it is."""
    return _CODE.sub(_UNDERSCORE, text) if "_x" in text else text
