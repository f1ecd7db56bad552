"""Which values of a file are in force and stand, and which of those contradict each other.

Only coded answers are compared: words that differ may well say the same. One text does not contradict itself: articles
of one law are parts of one rule, so time limits and ages that were read in the same text are never held against each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import (
    AgeAnswer,
    Answer,
    ChoiceAnswer,
    Clock,
    DateAnswer,
    LimitForm,
    TimeLimit,
    YearRange,
)
from kuule.register.data_model.country_values import CountryValues, LegalStatus, LegalValue
from kuule.register.data_model.limit_ends import end_ages, several, start_ages, year_classes
from kuule.register.data_model.strict_model import first_day


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values that cannot both be right, and on what they differ, in words."""

    one: LegalValue
    other: LegalValue
    about: str


def standing_values(read: CountryValues, today: date) -> tuple[LegalValue, ...]:
    """The values that say what the law is on that day: in force by then, and not rejected. Where no value says that
    it is in force, those whose state is unclear take their place."""
    kept = [value for value in read.values if value.id not in rejected_ids(read) and _has_begun(value, today)]
    in_force = tuple(value for value in kept if value.status is LegalStatus.IN_FORCE)
    return in_force or tuple(value for value in kept if value.status is LegalStatus.UNCLEAR)


def rejected_ids(read: CountryValues) -> frozenset[str]:
    """The values that the last decision about each of them rejected."""
    verdicts: dict[str, bool] = {}
    for decision in sorted(read.decisions, key=lambda one: one.on):
        verdicts |= dict.fromkeys(decision.keeps, True) | dict.fromkeys(decision.rejects, False)
    return frozenset(one for one, keeps in verdicts.items() if not keeps)


def contradictions(read: CountryValues, today: date, majority: int) -> tuple[Contradiction, ...]:
    """Of the standing values, each two answers that contradict each other, with the first value of each answer. Answers
    are compared, not values: where a hundred sources say one of two things, that is one contradiction."""
    answers: dict[tuple[OffencePart, Answer], list[LegalValue]] = {}
    for value in standing_values(read, today):
        if value.answer is not None:
            answers.setdefault((value.offences, value.answer), []).append(value)
    found = []
    for mine, theirs in combinations(answers.values(), 2):
        if about := _differ_on(mine[0], theirs[0], majority):
            pair = _of_two_texts(mine, theirs) if _makes_one_rule(mine[0]) else (mine[0], theirs[0])
            found += [Contradiction(*pair, about)] if pair else []
    return tuple(found)


def _makes_one_rule(value: LegalValue) -> bool:
    """Whether articles of one text can say several such things at once."""
    return isinstance(value.answer, TimeLimit | AgeAnswer)


def _of_two_texts(mine: list[LegalValue], theirs: list[LegalValue]) -> tuple[LegalValue, LegalValue] | None:
    """The first of each that were read in two texts."""
    for other in theirs:
        for one in mine:
            if _text_of(one) != _text_of(other):
                return one, other
    return None


def answers_by_part(value: LegalValue) -> tuple[tuple[OffencePart, Answer | None], ...]:
    """What a value says of which offences: "none for the gravest" says two things, also that others have a limit."""
    answer = value.answer
    if not isinstance(answer, TimeLimit) or answer.form is not LimitForm.NONE_FOR_GRAVEST:
        return ((value.offences, answer),)
    part = OffencePart.GRAVEST if value.offences is OffencePart.ALL else value.offences
    gravest = (part, TimeLimit(form=LimitForm.NONE))
    if value.offences is not OffencePart.ALL:
        return (gravest,)
    return (gravest, (OffencePart.OTHER, answer.model_copy(update={"form": LimitForm.FIXED_YEARS})))


def _has_begun(value: LegalValue, today: date) -> bool:
    return value.in_force_from is None or first_day(value.in_force_from) <= today


def _differ_on(one: LegalValue, other: LegalValue, majority: int) -> str:
    """On what two values differ, empty where they do not, or where it cannot be told."""
    if one.answer is None or other.answer is None or type(one.answer) is not type(other.answer):
        return ""
    if isinstance(one.answer, AgeAnswer) and (one.offences is OffencePart.SOME) != (other.offences is OffencePart.SOME):
        return ""  # a higher age within the family or for payment leaves the general one as it is
    comparison = _COMPARISONS.get(type(one.answer))
    if comparison is None:
        return ""
    found = (
        comparison(mine, theirs, majority)
        for (part, mine), (other_part, theirs) in product(answers_by_part(one), answers_by_part(other))
        if _overlap(part, other_part)
    )
    return next(filter(None, found), "")


def _text_of(value: LegalValue) -> tuple[str, str | None]:
    return value.source.address, value.source.copy_of


def _overlap(one: OffencePart, other: OffencePart) -> bool:
    """Whether two parts of the offences have something in common. Of `some` nobody knows it, but for the whole."""
    if OffencePart.SOME in (one, other):
        return OffencePart.ALL in (one, other)
    return one is other or OffencePart.ALL in (one, other)


def _limits_differ(one: TimeLimit, other: TimeLimit, majority: int) -> str:
    if LimitForm.NONE in (one.form, other.form):
        return "" if one.form is other.form else "whether there is a time limit"
    if _clocks_differ(one, other, majority):
        return "when the clock starts"
    if _same_clock(one, other) and _apart(_years(one), _years(other)):
        return "how many years it runs"
    if _ends_differ(one, other, majority):
        return "at which age it ends"
    for name, words in _SAID_OR_NOT.items():
        if {getattr(one, name), getattr(other, name)} == {True, False}:
            return words
    return ""


_SAID_OR_NOT: Mapping[str, str] = {
    "shorter_in_circle_of_trust": "whether it is shorter in the circle of trust",
    "retroactive": "whether it reaches back",
}


def _clocks_differ(one: TimeLimit, other: TimeLimit, majority: int) -> bool:
    starts = start_ages(one, majority), start_ages(other, majority)
    if starts[0] and starts[1]:
        return not starts[0] & starts[1]
    at_offence = [limit.clock is Clock.OFFENCE for limit in (one, other)]
    return any(at_offence) and not all(at_offence) and any(starts)


def _same_clock(one: TimeLimit, other: TimeLimit) -> bool:
    return one.clock is not None and one.clock is other.clock and one.clock is not Clock.OTHER


def _years(limit: TimeLimit) -> frozenset[int]:
    if isinstance(limit.years, YearRange):
        return frozenset(range(limit.years.shortest, limit.years.longest + 1))
    return frozenset(year_classes(limit))


def _ends_differ(one: TimeLimit, other: TimeLimit, majority: int) -> bool:
    if _apart(_ages(one.until_age), _ages(other.until_age)):
        return True
    if one.earliest_end_age and other.earliest_end_age and one.earliest_end_age != other.earliest_end_age:
        return True
    for limit, against in ((one, other), (other, one)):
        ends = [end for end in end_ages(against, majority) if end.high is not None]
        if limit.earliest_end_age and ends and all(end.high < limit.earliest_end_age for end in ends if end.high):
            return True
        known = frozenset(end.low for end in ends if end.low == end.high)
        if limit.until_age and against.until_age is None and _apart(_ages(limit.until_age), known):
            return True
    return False


def _ages_differ(one: AgeAnswer, other: AgeAnswer, _majority: int) -> str:
    if _apart(_ages(one.age), _ages(other.age)):
        return "the age"
    if {one.close_in_age, other.close_in_age} == {True, False}:
        return "whether there is an exception for those close in age"
    if one.until and other.until and one.until != other.until:
        return "up to which age it goes"
    return ""


def _choices_differ(one: ChoiceAnswer, other: ChoiceAnswer, _majority: int) -> str:
    return "" if one.choice == other.choice else "which of the choices it is"


def _dates_differ(one: DateAnswer, other: DateAnswer, _majority: int) -> str:
    if one.done != other.done:
        return "whether it has happened"
    if one.on and other.on and not (one.on.startswith(other.on) or other.on.startswith(one.on)):
        return "when it happened"
    for exact, latest in ((one.on, other.by), (other.on, one.by)):
        if exact and latest and exact[: len(latest)] > latest[: len(exact)]:
            return "when it happened"
    return ""


def _ages(one_or_more: int | tuple[int, ...] | None) -> frozenset[int]:
    return frozenset(several(one_or_more))


def _apart(one: Set[float], other: Set[float]) -> bool:
    """Whether both say something, and neither says all that the other says."""
    return bool(one and other) and not (one <= other or other <= one)


_COMPARISONS: Mapping[type, Callable[[Any, Any, int], str]] = {
    TimeLimit: _limits_differ,
    AgeAnswer: _ages_differ,
    ChoiceAnswer: _choices_differ,
    DateAnswer: _dates_differ,
}
