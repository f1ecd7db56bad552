"""A table turned round. Answers that make groups are groups as rows too, and an answer that is sensitive is as much so
as a column: such a row is shown only where the same people are shown as a column of the other question.

Without it, "where do you live" by "did you tell" would show what "did you tell" by "where do you live" withholds; and
by partner's link, of those who told, what that one withholds of those who came by one link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kuule.disclosure.thresholds import DeclaredGroups
from kuule.tables.request import RESPONSE_CUTS, Subpopulation, TableRequest


def transposed_requests(
    request: TableRequest, codes: Collection[str], groups: DeclaredGroups, sensitive: Collection[str]
) -> tuple[TableRequest, ...]:
    """The tables whose columns are the rows of this one, which has the columns `codes`: none where its rows are no
    groups, and what cuts them is not sensitive. What a response says of itself (its language, its link) is no question,
    and can be in no row."""
    cut, within = request.cut, request.within
    others: list[tuple[str | None, Subpopulation | None]] = [(cut, within)]
    if within is not None:
        others.append((within.cut, None))
        if cut is not None and _question(cut, groups) not in (request.item, _question(within.cut, groups)):
            others.extend((within.cut, Subpopulation(cut, code)) for code in codes)
    asked = [(_question(name, groups), of) for name, of in others if name is not None and name not in RESPONSE_CUTS]
    grouped = any(each.question == request.item for members in groups.values() for each in members.values())
    found = [
        TableRequest(question, request.item, of)
        for question, of in asked
        if question != request.item and (grouped or question in sensitive)
    ]
    return tuple(dict.fromkeys(found))


def _question(cut: str, groups: DeclaredGroups) -> str:
    members: Iterator[str] = (each.question for each in groups.get(cut, {}).values())
    return next(members, cut)
