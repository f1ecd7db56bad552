"""One choice. A value that was not offered is never stored."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import MAX_UNLISTED_BYTES, QuestionType, choice_bytes, number_or_nan
from kuule.forms.types.violations import Violation


def decode(posted: Sequence[str], *, offered: Collection[str]) -> str:
    return next((value for value in posted if value in offered), "")


class SelectOneType(QuestionType):
    control = Control.SELECT_ONE
    element = "select1"
    xlsform_types = ("select_one",)
    note = "answered by choosing one"
    is_countable = True
    has_choices = True
    is_typed = False
    has_grid = True

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, offered=offered)

    def keep_offered(self, value: str, offered: Sequence[str]) -> str:
        return value if value in offered else ""

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        return max(map(choice_bytes, choices), default=MAX_UNLISTED_BYTES)

    def possible_values(self, choices: Sequence[str], *, most_combined: int) -> Sequence[str]:
        return ("", *choices)

    def max_number(self, question: QuestionDefinition) -> float | None:
        """The highest number in the list. A choice whose name is no number gives a repeat no instances."""
        if question.choices is None or not question.choices.listed:
            return None
        numbers = [number_or_nan(choice.value) for choice in question.choices.listed]
        return max((one for one in numbers if not math.isnan(one)), default=0.0)

    def can_nest(self, *, exclusive: bool) -> bool:
        return True


SELECT_ONE = SelectOneType()
