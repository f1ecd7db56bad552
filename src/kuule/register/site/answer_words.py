"""Coded answers in words: in one line, for a table, and at length, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from kuule.limitation.limit_rule import OffencePart
from kuule.register.comparison.cells import RegisterCell, RegisterCellState
from kuule.register.data_model.answers import (
    AgeAnswer,
    Answer,
    ChoiceAnswer,
    Clock,
    DateAnswer,
    LimitForm,
    TextAnswer,
    TimeLimit,
    YearRange,
)
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.site.page_texts import PageTexts

_MOST_IN_A_LINE = 2
"""How many different answers a cell of a table shows; the page of the country has them all."""
Row = tuple[Markup, Markup]


def short_cell(texts: PageTexts, cell: RegisterCell) -> Markup:
    """What a table says of a country: its coded answers, or that there is none."""
    if cell.state is RegisterCellState.OPEN:
        return texts.say("open")
    coded = [value for value in cell.standing if value.answer is not None]
    if not coded:
        return texts.say("not_coded")
    lines = list(dict.fromkeys(_with_offences(texts, cell.provision, value) for value in coded))
    shown = texts.join(lines[:_MOST_IN_A_LINE])
    more = len(lines) - _MOST_IN_A_LINE
    return texts.say("and_more", answers=shown, number=texts.number(more)) if more > 0 else shown


def short_answer(texts: PageTexts, provision: Provision, answer: Answer) -> Markup:
    """An answer in a few words."""
    return _SHORT[type(answer)](texts, provision, answer)


def answer_rows(texts: PageTexts, provision: Provision, answer: Answer) -> tuple[Row, ...]:
    """An answer part by part: what the part is, and what it says. What the source does not say has no part."""
    return tuple(_ROWS[type(answer)](texts, provision, answer))


def _with_offences(texts: PageTexts, provision: Provision, value: LegalValue) -> Markup:
    if value.answer is None:
        raise ValueError(f"{value.id} is not coded")
    said = short_answer(texts, provision, value.answer)
    if value.offences is OffencePart.ALL or _names_offences(value.answer):
        return said
    return texts.say("short_for", offences=texts.one_of("offences", value.offences), answer=said)


def _names_offences(answer: Answer) -> bool:
    """Whether the words of an answer say already for which offences it is."""
    return isinstance(answer, TimeLimit) and answer.form is LimitForm.NONE_FOR_GRAVEST


def _short_limit(texts: PageTexts, _provision: Provision, limit: TimeLimit) -> Markup:
    fixed = _FIXED_WORDS.get(limit.form)
    if fixed is not None:
        return texts.say(fixed)
    return texts.join(list(_short_parts(texts, limit))) or texts.one_of("form", limit.form)


def _short_parts(texts: PageTexts, limit: TimeLimit) -> Iterator[Markup]:
    """The periods of a rule, the age at which it ends, and the age before which it does not."""
    if limit.years is not None:
        years = texts.say(_WITH_YEARS.get(limit.form, "short_years"), years=_years(texts, limit.years))
        start = _start(texts, limit)
        yield texts.say("short_years_from", years=years, start=start) if start else years
    if limit.until_age is not None:
        yield texts.say("short_until_age", age=_numbers(texts, limit.until_age))
    if limit.earliest_end_age is not None:
        yield texts.say("short_not_before_age", age=_numbers(texts, limit.earliest_end_age))


_FIXED_WORDS: Mapping[LimitForm, str] = {
    LimitForm.NONE: "short_none",
    LimitForm.NONE_FOR_GRAVEST: "short_none_for_gravest",
    LimitForm.COURT_DECIDES: "short_court_decides",
}
_WITH_YEARS: Mapping[LimitForm, str] = {
    LimitForm.OUTER_CAP: "short_outer_cap",
    LimitForm.PROLONGED: "short_prolonged",
}


def _start(texts: PageTexts, limit: TimeLimit) -> Markup | None:
    if limit.clock_age is not None:
        return texts.say("start_age", age=_numbers(texts, limit.clock_age))
    return texts.one_of("start", limit.clock) if limit.clock and limit.clock is not Clock.AGE else None


def _limit_rows(texts: PageTexts, _provision: Provision, limit: TimeLimit) -> Iterator[Row]:
    yield texts.say("row_form"), texts.one_of("form", limit.form)
    if limit.years is not None:
        yield texts.say("row_years"), _years(texts, limit.years)
    if start := _start(texts, limit):
        yield texts.say("row_start"), start
    if limit.until_age is not None:
        yield texts.say("row_until_age"), _numbers(texts, limit.until_age)
    if limit.earliest_end_age is not None:
        yield texts.say("row_earliest_end_age"), _numbers(texts, limit.earliest_end_age)
    if limit.shorter_in_circle_of_trust is not None:
        yield texts.say("row_circle_of_trust"), _yes_or_no(texts, limit.shorter_in_circle_of_trust)
    if limit.retroactive is not None:
        yield texts.say("row_retroactive"), _yes_or_no(texts, limit.retroactive)


def _short_age(texts: PageTexts, _provision: Provision, age: AgeAnswer) -> Markup:
    ages = _numbers(texts, age.age)
    return texts.say("short_ages", first=ages, last=texts.number(age.until)) if age.until is not None else ages


def _age_rows(texts: PageTexts, provision: Provision, age: AgeAnswer) -> Iterator[Row]:
    yield texts.say("row_age"), _short_age(texts, provision, age)
    if age.close_in_age is not None:
        yield texts.say("row_close_in_age"), _yes_or_no(texts, age.close_in_age)


def _short_choice(texts: PageTexts, provision: Provision, choice: ChoiceAnswer) -> Markup:
    if choice.choice not in {one.id for one in provision.choices}:
        return escape(choice.choice)
    return escape(texts.text(f"choice:{provision.id}/{choice.choice}"))


def _choice_rows(texts: PageTexts, provision: Provision, choice: ChoiceAnswer) -> Iterator[Row]:
    yield texts.say("row_choice"), _short_choice(texts, provision, choice)


def _short_date(texts: PageTexts, _provision: Provision, answer: DateAnswer) -> Markup:
    if not answer.done:
        return texts.say("short_not_done")
    if answer.on is not None:
        return escape(texts.day(answer.on))
    return texts.say("short_done_by", day=texts.day(answer.by or ""))


def _date_rows(texts: PageTexts, provision: Provision, answer: DateAnswer) -> Iterator[Row]:
    yield texts.say("row_date"), _short_date(texts, provision, answer)


def _short_text(texts: PageTexts, _provision: Provision, answer: TextAnswer) -> Markup:
    return escape(texts.data(answer.summary))


def _text_rows(texts: PageTexts, provision: Provision, answer: TextAnswer) -> Iterator[Row]:
    yield texts.say("row_text"), _short_text(texts, provision, answer)


def _years(texts: PageTexts, years: tuple[int, ...] | YearRange) -> Markup:
    if isinstance(years, YearRange):
        return texts.say("range", first=texts.number(years.shortest), last=texts.number(years.longest))
    return _numbers(texts, years)


def _numbers(texts: PageTexts, numbers: int | tuple[int, ...] | None) -> Markup:
    several = numbers if isinstance(numbers, tuple) else () if numbers is None else (numbers,)
    return Markup(" / ").join(escape(texts.number(one)) for one in several)


def _yes_or_no(texts: PageTexts, answer: bool) -> Markup:
    return texts.say("yes" if answer else "no")


_SHORT: Mapping[type, Callable[[PageTexts, Provision, Any], Markup]] = {
    TimeLimit: _short_limit,
    AgeAnswer: _short_age,
    ChoiceAnswer: _short_choice,
    DateAnswer: _short_date,
    TextAnswer: _short_text,
}
_ROWS: Mapping[type, Callable[[PageTexts, Provision, Any], Iterator[Row]]] = {
    TimeLimit: _limit_rows,
    AgeAnswer: _age_rows,
    ChoiceAnswer: _choice_rows,
    DateAnswer: _date_rows,
    TextAnswer: _text_rows,
}
"""By kind of answer. A test sees that each kind has its words."""
