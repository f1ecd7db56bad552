"""Rewrites tables of questions (`table-list`) as what their author means: a page of selects that share one list, one
per row.

pyxform would add two questions with numbered names. The keys of their texts would change whenever a row is added above.
"""

from __future__ import annotations

from collections.abc import Sequence

TABLE_LIST = "table-list"
LIST_NOLABEL = "list-nolabel"


def rewrite_table_lists(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The survey's rows, with each table-list group as a field-list, and its selects as the rows of a grid."""
    result: list[dict[str, str]] = []
    inside: list[bool] = []
    for row in rows:
        kind = row.get("type", "").replace("_", " ").split()
        if kind[:1] == ["end"] and inside:
            inside.pop()
        if kind[:1] == ["begin"]:
            inside.append(TABLE_LIST in row.get("appearance", "").split())
            result.append(_without(row, TABLE_LIST, "field-list") if inside[-1] else row)
        elif inside and inside[-1] and kind[:1] == ["select"]:
            result.append(_without(row, "", LIST_NOLABEL))
        else:
            result.append(row)
    return result


def _without(row: dict[str, str], old: str, new: str) -> dict[str, str]:
    words = [word for word in row.get("appearance", "").split() if word not in (old, new)]
    return {**row, "appearance": " ".join([new, *words])}
