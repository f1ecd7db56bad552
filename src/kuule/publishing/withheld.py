"""Why a figure is not shown, or not by its groups: the reason that the door gave, in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kuule.publishing.words import Words
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.wording import ItemWording


def reason_not_shown(table: ReleasedTable, shown: Sequence[ReleasedColumn], item: ItemWording, words: Words) -> str:
    """Why a figure with the columns that are `shown` has no chart, or ""."""
    all_rows = len(table.withheld_rows) == len(table.rows)
    if not shown or all_rows:
        reasons = table.withheld_row_reasons.values() if shown else (column.withheld_reason for column in table.columns)
        return _all_withheld(set(reasons), item, words.number(table.smallest_base), words)
    if not any(cell.share is not None for column in shown for cell in column.cells):
        return words.say("no_cells")
    return ""


def _all_withheld(reasons: Collection[WithheldReason | None], item: ItemWording, smallest: str, words: Words) -> str:
    """Why nothing of a figure is shown."""
    if WithheldReason.JOINED in reasons:
        return words.say("all_joined", smallest=smallest)
    if WithheldReason.NEAR in reasons:
        return words.say("all_near", smallest=smallest)
    if item.sensitive:  # then a group in which nearly all answered alike looks like one that is small
        return words.say("all_withheld", smallest=smallest)
    return words.say("all_few", smallest=smallest)


def reason_not_divided(table: ReleasedTable, item: ItemWording, title: str, words: Words) -> str:
    """That a figure by groups has none, and why."""
    reasons = {column.withheld_reason for column in table.columns} | set(table.withheld_row_reasons.values())
    small = reasons - {None} == {WithheldReason.FEW} and not item.sensitive
    return words.say("together_small", cut=title) if small else words.say("together", cut=title)
