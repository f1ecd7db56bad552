"""Numbers as the language writes them; a short range as its steps, a long one typed; a rating as its steps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.collector.pages.displays.type_display import TypeDisplay, localised_number
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Question
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.numbers import format_answer_number

_MOST_STEPS = 11
"""A range of more steps is typed as a number."""
_MOST_LISTED = 200
"""The same where the form asks for a drop-down list (`picker`)."""
_MOST_DECIMALS = 3
"""`format_answer_number` writes no more, and nobody's answer is rounded before their eyes."""


class NumberDisplay(TypeDisplay):
    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        value = Decimal(answer)
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > _MOST_DECIMALS:
            return answer
        return format_answer_number(value, tongue.language.tag)


class RangeDisplay(NumberDisplay):
    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        if not choices:
            return "decimal"
        return "list" if "picker" in question.appearance else "select_one"

    def arrangement(self, question: Question, choices: Sequence[Choice]) -> str:
        return "" if "vertical" in question.appearance else f"scale short of-{len(choices)}"

    def choices(self, question: Question, offer: ServedEdition, tongue: ServedLanguage) -> tuple[Choice, ...]:
        most = _MOST_LISTED if "picker" in question.appearance else _MOST_STEPS
        return _steps(question.bounds, most, tongue)

    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        if not question.bounds or choices:
            return ""
        say, (start, end, step) = tongue.interface.say, _written(question.bounds, tongue)
        ends = say("between", start=start, end=end)
        return ends if question.bounds[2] == "1" else " ".join((ends, say("in_steps", step=step)))

    def violation_text(self, question: Question, violation: Violation, tongue: ServedLanguage) -> str:
        if violation.kind is not ViolationKind.NUMBER_RANGE or not question.bounds:
            return super().violation_text(question, violation, tongue)
        start, end, step = _written(question.bounds, tongue)
        name = "unfit_number_range" if question.bounds[2] == "1" else "unfit_number_step"
        return tongue.interface.say(name, start=start, end=end, step=step)


class RatingDisplay(NumberDisplay):
    """Its steps beside each other, between ends that say what they mean; below each other where more of them do."""

    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return "list" if len(choices) > _MOST_STEPS else "rating"

    def arrangement(self, question: Question, choices: Sequence[Choice]) -> str:
        between = question.choices[1:-1]
        if "vertical" in question.appearance or any(choice.label != choice.value for choice in between):
            return ""
        return "anchored"

    def choices(self, question: Question, offer: ServedEdition, tongue: ServedLanguage) -> tuple[Choice, ...]:
        return tuple(_step(choice, tongue) for choice in question.choices)


def _step(choice: Choice, tongue: ServedLanguage) -> Choice:
    """A step with its number, and with its words where it has some."""
    number = localised_number(choice.value, tongue.language.tag)
    return Choice(choice.value, number if choice.label == choice.value else f"{number} – {choice.label}")


def _written(bounds: tuple[str, str, str], tongue: ServedLanguage) -> tuple[str, str, str]:
    start, end, step = bounds
    tag = tongue.language.tag
    return localised_number(start, tag), localised_number(end, tag), localised_number(step, tag)


def _steps(bounds: tuple[str, str, str] | None, most: int, tongue: ServedLanguage) -> tuple[Choice, ...]:
    """Each step of a short range as a choice; none where there are too many."""
    try:
        start, end, step = (Decimal(bound) for bound in bounds or ())
        count = int((end - start) / step)
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return ()
    if not 0 <= count < most:
        return ()
    values = (start + step * place for place in range(count + 1))
    return tuple(Choice(_plain(value), format_answer_number(value, tongue.language.tag)) for value in values)


def _plain(value: Decimal) -> str:
    """As an answer is written: 1, not 1.0."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
