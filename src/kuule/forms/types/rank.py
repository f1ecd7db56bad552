"""Choices in a person's own order, from the first place on. Not all of them need a place; ranking none is no answer."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import MAX_UNLISTED_BYTES, QuestionType, choice_bytes
from kuule.forms.types.violations import Violation, ViolationKind


def decode(posted: Sequence[str], *, offered: Sequence[str]) -> str | Violation:
    """The names in order. An empty place before a filled one, or a choice in two places, has no order to keep."""
    places = [value if value in offered else "" for value in posted]
    while places and not places[-1]:
        places.pop()
    if "" in places or len(places) != len(set(places)):
        return Violation(ViolationKind.RANK, detail=str(len(offered)))
    return " ".join(places)


class RankType(QuestionType):
    control = Control.RANK
    element = "rank"
    xlsform_types = ("rank",)
    note = "answered by putting choices in order"
    has_choices = True
    is_typed = False
    is_multiple = True
    has_several_fields = True

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, offered=offered)

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return tuple(value.split())

    def keep_offered(self, value: str, offered: Sequence[str]) -> str:
        return " ".join(one for one in value.split() if one in offered)

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        return sum(map(choice_bytes, choices)) or MAX_UNLISTED_BYTES


RANK = RankType()
