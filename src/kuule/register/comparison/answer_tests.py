"""One coded answer held against one test of a standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from kuule.register.model.answers import AgeAnswer, Answer, ChoiceAnswer, DateAnswer, LimitForm, TimeLimit
from kuule.register.model.limit_ends import end_ages, several
from kuule.register.model.standards import StandardTest


class Outcome(StrEnum):
    """What came of holding the law against a standard."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NOT_TESTED = "not-tested"


def outcome_of_answer(answer: Answer | None, test: StandardTest, majority: int) -> Outcome:
    """Whether an answer meets a test. UNKNOWN where the answer does not say enough, or is of another kind."""
    (name,) = test.model_fields_set
    return _TESTS[name](answer, getattr(test, name), majority)


def outcome_of_parts(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome for a whole of which these are the parts. A part that is unknown leaves the whole unknown, unless it
    is met in part whatever that one says: half a standard would count the unknown half as missed."""
    found = set(outcomes)
    if len(found) == 1:
        return found.pop()
    if Outcome.PARTLY in found or {Outcome.MET, Outcome.MISSED} <= found:
        return Outcome.PARTLY
    return Outcome.UNKNOWN


def _no_limit(answer: Answer | None, _wanted: bool, _majority: int) -> Outcome:
    if not isinstance(answer, TimeLimit) or answer.form is LimitForm.COURT_DECIDES:
        return Outcome.UNKNOWN
    return _NO_LIMIT.get(answer.form, Outcome.MISSED)


_NO_LIMIT = {LimitForm.NONE: Outcome.MET, LimitForm.NONE_FOR_GRAVEST: Outcome.PARTLY}


def _ends_at_age(answer: Answer | None, age: int, majority: int) -> Outcome:
    if not isinstance(answer, TimeLimit):
        return Outcome.UNKNOWN
    ends = end_ages(answer, majority)
    return outcome_of_parts(
        Outcome.MET
        if end.low >= age
        else Outcome.MISSED
        if end.high is not None and end.high < age
        else Outcome.UNKNOWN
        for end in ends
    )


def _years_after_majority(answer: Answer | None, years: int, majority: int) -> Outcome:
    return _ends_at_age(answer, majority + years, majority)


def _not_shorter(answer: Answer | None, _wanted: bool, _majority: int) -> Outcome:
    if not isinstance(answer, TimeLimit):
        return Outcome.UNKNOWN
    if answer.shorter_in_circle_of_trust is None:
        return Outcome.MET if answer.form is LimitForm.NONE else Outcome.UNKNOWN
    return Outcome.MISSED if answer.shorter_in_circle_of_trust else Outcome.MET


def _age_at_least(answer: Answer | None, age: int, _majority: int) -> Outcome:
    if not isinstance(answer, AgeAnswer):
        return Outcome.UNKNOWN
    return outcome_of_parts(Outcome.MET if one >= age else Outcome.MISSED for one in several(answer.age))


def _choice_is(answer: Answer | None, choices: tuple[str, ...], _majority: int) -> Outcome:
    if not isinstance(answer, ChoiceAnswer):
        return Outcome.UNKNOWN
    return Outcome.MET if answer.choice in choices else Outcome.MISSED


def _done(answer: Answer | None, _wanted: bool, _majority: int) -> Outcome:
    if not isinstance(answer, DateAnswer):
        return Outcome.UNKNOWN
    return Outcome.MET if answer.done else Outcome.MISSED


_TESTS: Mapping[str, Callable[[Answer | None, Any, int], Outcome]] = {
    "no_limit": _no_limit,
    "ends_at_age_at_least": _ends_at_age,
    "years_after_majority_at_least": _years_after_majority,
    "not_shorter_in_circle_of_trust": _not_shorter,
    "age_at_least": _age_at_least,
    "choice_is": _choice_is,
    "done": _done,
}
