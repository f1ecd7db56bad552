"""Several choices, stored in the order in which the form offers them, with spaces between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import SeveralChoicesType
from kuule.forms.types.violations import Violation


def decode(posted: Sequence[str], *, offered: Sequence[str]) -> str:
    chosen = set(posted)
    return " ".join(dict.fromkeys(value for value in offered if value and value in chosen))


class SelectManyType(SeveralChoicesType):
    control = Control.SELECT_MANY
    element = "select"
    xlsform_types = ("select_multiple",)
    note = "answered by choosing any number"
    is_countable = True
    has_grid = True

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, offered=offered)

    def possible_values(self, choices: Sequence[str], *, most_combined: int) -> Sequence[str] | None:
        if len(choices) > most_combined:
            return None
        sizes = range(len(choices) + 1)
        return [" ".join(chosen) for size in sizes for chosen in combinations(choices, size)]

    def can_nest(self, *, exclusive: bool) -> bool:
        return not exclusive


SELECT_MANY = SelectManyType()
