"""Days and times: their pieces in the order of the language, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kuule.collector.pages.date_time_fields import DAY_PIECES, TIME_PIECES, day_pieces_in_order
from kuule.collector.pages.displays.type_display import TypeDisplay
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Question
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.locale_formats import format_clock, format_partial_day


class DateTimeDisplay(TypeDisplay):
    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return "moment"

    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        return "" if "year" in question.appearance else tongue.interface.say("day_example")

    def piece_names(self, question: Question, tag: str) -> tuple[str, ...]:
        if "year" in question.appearance:
            return ("year",)
        return day_pieces_in_order(tag, with_day="month-year" not in question.appearance) + TIME_PIECES

    def split_pieces(self, typed: str) -> Mapping[str, str]:
        day, _, time = typed.partition("T")
        return dict(zip(DAY_PIECES, day.split("-", 2), strict=False)) | _split_time(time)

    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        on, _, at = answer.partition("T")
        return f"{format_partial_day(on, tongue.language.tag)} {format_clock(at, tongue.language.tag)}"


class DateDisplay(DateTimeDisplay):
    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return "integer" if "year" in question.appearance else "moment"

    def piece_names(self, question: Question, tag: str) -> tuple[str, ...]:
        return tuple(name for name in super().piece_names(question, tag) if name not in TIME_PIECES)

    def violation_text(self, question: Question, violation: Violation, tongue: ServedLanguage) -> str:
        if violation.kind is not ViolationKind.DATE:
            return super().violation_text(question, violation, tongue)
        if "year" in question.appearance:
            return tongue.interface.say("unfit_year")
        return tongue.interface.say("unfit_month" if "month-year" in question.appearance else "unfit_date")

    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        return format_partial_day(answer, tongue.language.tag)


class TimeDisplay(TypeDisplay):
    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        return "moment"

    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        return tongue.interface.say("time_example")

    def piece_names(self, question: Question, tag: str) -> tuple[str, ...]:
        return TIME_PIECES

    def split_pieces(self, typed: str) -> Mapping[str, str]:
        return _split_time(typed)

    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        return format_clock(answer, tongue.language.tag)


def _split_time(typed: str) -> dict[str, str]:
    return dict(zip(TIME_PIECES, typed.split(":", 1), strict=False))
