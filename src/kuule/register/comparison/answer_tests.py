"""One coded answer held against one test of a standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from kuule.register.data_model.answers import AgeAnswer, Answer, ChoiceAnswer, DateAnswer, LimitForm, TimeLimit
from kuule.register.data_model.limit_ends import end_ages, several
from kuule.register.data_model.standards import StandardTest


class StandardOutcome(StrEnum):
    """What came of holding the law against a standard."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NOT_TESTED = "not-tested"


def outcome_of_answer(answer: Answer | None, test: StandardTest, majority: int) -> StandardOutcome:
    """Whether an answer meets a test. UNKNOWN where the answer does not say enough, or is of another kind."""
    (name,) = test.model_fields_set
    return _TESTS[name](answer, getattr(test, name), majority)


def outcome_of_parts(outcomes: Iterable[StandardOutcome]) -> StandardOutcome:
    """The outcome for a whole of which these are the parts. A part that is unknown leaves the whole unknown, unless it
    is met in part whatever that one says: half a standard would count the unknown half as missed."""
    found = set(outcomes)
    if len(found) == 1:
        return found.pop()
    if StandardOutcome.PARTLY in found or {StandardOutcome.MET, StandardOutcome.MISSED} <= found:
        return StandardOutcome.PARTLY
    return StandardOutcome.UNKNOWN


def _no_limit(answer: Answer | None, _wanted: bool, _majority: int) -> StandardOutcome:
    if not isinstance(answer, TimeLimit) or answer.form is LimitForm.COURT_DECIDES:
        return StandardOutcome.UNKNOWN
    return _NO_LIMIT.get(answer.form, StandardOutcome.MISSED)


_NO_LIMIT = {LimitForm.NONE: StandardOutcome.MET, LimitForm.NONE_FOR_GRAVEST: StandardOutcome.PARTLY}


def _ends_at_age(answer: Answer | None, age: int, majority: int) -> StandardOutcome:
    if not isinstance(answer, TimeLimit):
        return StandardOutcome.UNKNOWN
    ends = end_ages(answer, majority)
    return outcome_of_parts(
        StandardOutcome.MET
        if end.low >= age
        else StandardOutcome.MISSED
        if end.high is not None and end.high < age
        else StandardOutcome.UNKNOWN
        for end in ends
    )


def _years_after_majority(answer: Answer | None, years: int, majority: int) -> StandardOutcome:
    return _ends_at_age(answer, majority + years, majority)


def _not_shorter(answer: Answer | None, _wanted: bool, _majority: int) -> StandardOutcome:
    if not isinstance(answer, TimeLimit):
        return StandardOutcome.UNKNOWN
    if answer.shorter_in_circle_of_trust is None:
        return StandardOutcome.MET if answer.form is LimitForm.NONE else StandardOutcome.UNKNOWN
    return StandardOutcome.MISSED if answer.shorter_in_circle_of_trust else StandardOutcome.MET


def _age_at_least(answer: Answer | None, age: int, _majority: int) -> StandardOutcome:
    if not isinstance(answer, AgeAnswer):
        return StandardOutcome.UNKNOWN
    return outcome_of_parts(
        StandardOutcome.MET if one >= age else StandardOutcome.MISSED for one in several(answer.age)
    )


def _choice_is(answer: Answer | None, choices: tuple[str, ...], _majority: int) -> StandardOutcome:
    if not isinstance(answer, ChoiceAnswer):
        return StandardOutcome.UNKNOWN
    return StandardOutcome.MET if answer.choice in choices else StandardOutcome.MISSED


def _done(answer: Answer | None, _wanted: bool, _majority: int) -> StandardOutcome:
    if not isinstance(answer, DateAnswer):
        return StandardOutcome.UNKNOWN
    return StandardOutcome.MET if answer.done else StandardOutcome.MISSED


_TESTS: Mapping[str, Callable[[Answer | None, Any, int], StandardOutcome]] = {
    "no_limit": _no_limit,
    "ends_at_age_at_least": _ends_at_age,
    "years_after_majority_at_least": _years_after_majority,
    "not_shorter_in_circle_of_trust": _not_shorter,
    "age_at_least": _age_at_least,
    "choice_is": _choice_is,
    "done": _done,
}
