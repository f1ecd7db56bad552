"""Words for an answer that does not fit: the form's own message, or ours. They say what to do, and blame nobody."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation

from babel.lists import format_list

from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.controls import Control
from kuule.forms.navigation.page import Question
from kuule.forms.types.text import clean_text
from kuule.forms.types.violations import ViolationKind
from kuule.languages.cldr.numbers import format_answer_number, format_number
from kuule.languages.cldr.tags import locale_of


def validation_message(question: Question, tongue: ServedLanguage) -> str:
    """What is said at the question and in the summary above it, or "" where its answer fits. Inline Markdown."""
    unfit = question.violation
    if unfit is None:
        return ""
    if unfit.message:
        return unfit.message
    say, tag = tongue.interface.say, tongue.language.tag
    if unfit.kind is ViolationKind.RANK:
        return _of_ranking(question, tongue)
    if unfit.kind is ViolationKind.DATE and question.control is Control.DATE:
        return say(_of_day(question))
    if unfit.kind is ViolationKind.NUMBER_RANGE and question.bounds:
        start, end, step = (localised_number(bound, tag) for bound in question.bounds)
        name = "unfit_number_range" if question.bounds[2] == "1" else "unfit_number_step"
        return say(name, start=start, end=end, step=step)
    if unfit.kind is ViolationKind.TOO_LONG:
        length = len(clean_text("".join(question.typed[:1]), lines=question.control is Control.MULTILINE))
        return say(
            "unfit_too_long", length=format_number(length, tag), detail=format_number(Decimal(unfit.detail), tag)
        )
    misfit = ViolationKind.CONSTRAINT if unfit.kind is ViolationKind.NUMBER_RANGE else unfit.kind
    return say(f"unfit_{misfit}", detail=localised_number(unfit.detail, tag))


def localised_number(text: str, tag: str) -> str:
    """A number as the language writes it; any other text as it is."""
    try:
        return format_answer_number(Decimal(text), tag)
    except InvalidOperation:
        return text


def _of_day(question: Question) -> str:
    if "year" in question.appearance:
        return "unfit_year"
    return "unfit_month" if "month-year" in question.appearance else "unfit_date"


def _of_ranking(question: Question, tongue: ServedLanguage) -> str:
    """Which answers stand in several places, by name; or that a place before a filled one is empty."""
    given = Counter(value for value in question.typed if value)
    twice = [choice.label for choice in question.choices if given[choice.value] > 1]
    if twice:
        return tongue.interface.say(
            "unfit_rank_twice", answers=format_list(twice, "unit", locale_of(tongue.language.tag))
        )
    return tongue.interface.say("unfit_rank")
