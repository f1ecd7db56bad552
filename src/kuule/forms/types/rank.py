"""Choices in a person's own order, beginning with the first place. Not all need a place; if none has one, there is no
answer."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import SeveralChoicesType
from kuule.forms.types.violations import Violation, ViolationKind


def decode(posted: Sequence[str], *, offered: Sequence[str]) -> str | Violation:
    """The names in order. An empty place before a filled one, or a choice in two places, is a violation."""
    places = [value if value in offered else "" for value in posted]
    while places and not places[-1]:
        places.pop()
    if "" in places or len(places) != len(set(places)):
        return Violation(ViolationKind.RANK, detail=str(len(offered)))
    return " ".join(places)


class RankType(SeveralChoicesType):
    control = Control.RANK
    element = "rank"
    xlsform_types = ("rank",)
    note = "answered by putting choices in order"
    has_several_fields = True

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, offered=offered)


RANK = RankType()
