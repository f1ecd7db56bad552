"""A rating: one of a few whole steps between two ends that are named, "0 – not at all" to "10 – completely".

In XLSForm it is a `range` with a `tick_labelset`. Its steps are ordered answers and not amounts, so it is counted
step by step, while the numbers of a range are counted in bands.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types import select_one
from kuule.forms.types.question_type import QuestionType, number_or_nan
from kuule.forms.types.violations import Violation

MAX_STEPS = 101
"""As many as from 0 to 100. Nobody rates on a longer scale; that is a number to type."""


def rating_steps(bounds: tuple[str, str, str]) -> tuple[str, ...]:
    """The stored forms of the steps from start to end; none if there are too many or they are not whole numbers."""
    try:
        start, end, step = (Decimal(bound) for bound in bounds)
    except InvalidOperation:
        return ()
    if not all(bound.is_finite() and bound == bound.to_integral_value() for bound in (start, end, step)) or not step:
        return ()
    count = abs(end - start) // abs(step)
    if not 1 <= count < MAX_STEPS:
        return ()
    upward = abs(step) if end > start else -abs(step)
    return tuple(str(int(start + upward * place)) for place in range(int(count) + 1))


class RatingType(QuestionType):
    control = Control.RATING
    element = "range"
    note = "answered on a scale whose ends have words"
    is_countable = True
    has_choices = True
    is_typed = False

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return select_one.decode(posted, offered=offered)

    def max_number(self, question: QuestionDefinition) -> float | None:
        return None if question.choices is None else max(number_or_nan(one.value) for one in question.choices.listed)


RATING = RatingType()
