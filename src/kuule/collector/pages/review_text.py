"""What was written, to be read through before it is sent: numbers, days and times as the language writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import InvalidOperation

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.pages.question_views import section_title
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.controls import Control
from kuule.forms.navigation.journey import ReviewLine, ReviewSection


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
    try:
        return TYPE_DISPLAYS[control].in_words(answer, tongue)
    except (ValueError, InvalidOperation):
        return answer  # a value that another tool put there is shown as it is
