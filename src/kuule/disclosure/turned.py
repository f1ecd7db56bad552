"""A table turned round. Answers that make groups are groups as rows too, and an answer that is sensitive is as much so
as a column: such a row is shown only where the same people are shown as a column of the other question.

Without it, "where do you live" by "did you tell" would show what "did you tell" by "where do you live" withholds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kuule.disclosure.rules import Declared
from kuule.tables.request import RESPONSE_CUTS, TableRequest


def turned(request: TableRequest, groups: Declared, sensitive: Collection[str]) -> tuple[TableRequest, ...]:
    """The tables whose columns are the rows of this one: none where its rows are no groups, and what cuts them is not
    sensitive. What a response says of itself (its language, its link) is no question, and can be in no row."""
    within = request.within
    others = [(request.cut, within), (None if within is None else within.cut, None)]
    asked = [(_question(cut, groups), of) for cut, of in others if cut is not None and cut not in RESPONSE_CUTS]
    grouped = any(each.question == request.item for members in groups.values() for each in members.values())
    found = [
        TableRequest(question, request.item, of)
        for question, of in asked
        if question != request.item and (grouped or question in sensitive)
    ]
    return tuple(dict.fromkeys(found))


def _question(cut: str, groups: Declared) -> str:
    members: Iterator[str] = (each.question for each in groups.get(cut, {}).values())
    return next(members, cut)
