"""A box to tick. A tick is stored as OK, as in ODK; without one, the value is blank."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation

OK = "OK"


def decode(posted: Sequence[str]) -> str:
    return OK if any(value.strip() for value in posted) else ""


class AcknowledgeType(QuestionType):
    control = Control.ACKNOWLEDGE
    element = "trigger"
    xlsform_types = ("acknowledge",)
    note = "answered with a tick"
    is_countable = True
    is_typed = False

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted)

    def possible_values(self, choices: Sequence[str], *, most_combined: int) -> Sequence[str]:
        return ("", OK)


ACKNOWLEDGE = AcknowledgeType()
