"""Free text: how much there is room for, and how much was written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kuule.collector.pages.displays.type_display import TypeDisplay
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Question
from kuule.forms.types.text import clean_text
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.numbers import format_number


class TextDisplay(TypeDisplay):
    lines = False
    """Whether line breaks belong to an answer."""

    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return "integer" if "numbers" in question.appearance else super().component(question, choices)

    def violation_text(self, question: Question, violation: Violation, tongue: ServedLanguage) -> str:
        if violation.kind is not ViolationKind.TOO_LONG:
            return super().violation_text(question, violation, tongue)
        tag, length = tongue.language.tag, len(clean_text("".join(question.typed[:1]), lines=self.lines))
        limit = format_number(Decimal(violation.detail), tag)
        return tongue.interface.say("unfit_too_long", length=format_number(length, tag), detail=limit)


class MultilineDisplay(TextDisplay):
    lines = True

    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return str(question.control)

    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        if not question.max_length:
            return ""
        return tongue.interface.say("room", number=format_number(question.max_length, tongue.language.tag))
