"""Tables with rows and columns exchanged. Answers that define groups are groups in the rows too, and a sensitive answer
is as sensitive in the columns. Such a row is shown only if the same people are shown as a column of the other question.

Otherwise "where do you live" by "did you tell" would show what "did you tell" by "where do you live" withholds. The
same applies to a report on those who told, cut by the partner's link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kuule.disclosure.thresholds import DeclaredGroups
from kuule.tables.request import RESPONSE_CUTS, Subpopulation, TableRequest


def transposed_requests(
    request: TableRequest, codes: Collection[str], groups: DeclaredGroups, sensitive: Collection[str]
) -> tuple[TableRequest, ...]:
    """The tables whose columns are the rows of this one, which has the columns `codes`. There are none if its rows are
    no groups and no sensitive question cuts them. Properties of the response (its language, its link) are not
    questions, so they are never in a row."""
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
