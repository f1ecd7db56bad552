"""What was written, to be read through before it is sent: numbers, days and times as the language writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from kuule.collector.pages.question_views import section_title
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.controls import Control
from kuule.forms.navigation.journey import ReviewLine, ReviewSection
from kuule.languages.cldr.locale_formats import format_clock, format_day, format_month
from kuule.languages.cldr.numbers import format_answer_number

_NUMBERS = frozenset({Control.INTEGER, Control.DECIMAL, Control.RANGE})
_MOST_DECIMALS = 3
"""`format_answer_number` writes no more, and nobody's answer is rounded before their eyes."""
_MONTH_LENGTH = len("2026-11")


def localise_answers(sections: tuple[ReviewSection, ...], tongue: ServedLanguage) -> tuple[ReviewSection, ...]:
    """The same sections, each answer as a reader of the language expects it."""
    return tuple(
        replace(
            one,
            label=section_title(one.label, one.instances, tongue),
            lines=tuple(_line(line, tongue) for line in one.lines),
        )
        for one in sections
    )


def _line(line: ReviewLine, tongue: ServedLanguage) -> ReviewLine:
    return replace(line, answers=tuple(_answer(line.control, answer, tongue) for answer in line.answers))


def _answer(control: Control, answer: str, tongue: ServedLanguage) -> str:
    tag = tongue.language.tag
    if control is Control.ACKNOWLEDGE:
        return tongue.interface.say("acknowledge")
    try:
        if control in _NUMBERS:
            return _number(answer, tag)
        if control is Control.DATE:
            return _day(answer, tag)
        if control is Control.TIME:
            return format_clock(answer, tag)
        if control is Control.DATETIME:
            on, _, at = answer.partition("T")
            return f"{_day(on, tag)} {format_clock(at, tag)}"
    except (ValueError, InvalidOperation):
        pass  # a value that another tool put there is shown as it is
    return answer


def _number(answer: str, tag: str) -> str:
    value = Decimal(answer)
    exponent = value.as_tuple().exponent
    return format_answer_number(value, tag) if isinstance(exponent, int) and -exponent <= _MOST_DECIMALS else answer


def _day(answer: str, tag: str) -> str:
    if len(answer) < _MONTH_LENGTH:
        return answer
    return format_month(answer, tag) if len(answer) == _MONTH_LENGTH else format_day(answer, tag)
