"""Days that fit together: nothing was read on a day to come, nor before the change that it describes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import BaseModel

from kuule.core.problems import Problem
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.data_model.sources import Confidence
from kuule.register.data_model.strict_model import first_day

FUTURE = "REGISTER_014"
CHANGED_LATER = "REGISTER_015"
REVIEWED_LATE = "REGISTER_016"
_MONTHS = 12
_Place = tuple[BaseModel, Sequence[str | int], date | str | None]


def check_future(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each day that has not come yet, where only a day that has can stand."""
    for part, path, day in _days_passed(checked):
        if day is not None and (first_day(day) if isinstance(day, str) else day) > checked.today:
            cause = f"{day} has not come yet"
            yield checked.error_problem(
                FUTURE, part, path, cause, f"give {path[-1]} a day that has come; today is {checked.today}"
            )


def check_changes(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each value that was read before the law changed to what it says."""
    for read, number, value in checked.values():
        if value.changed_on is not None and first_day(value.changed_on) > max(
            value.read_on, value.checked_on or value.read_on
        ):
            cause = f"the law changed on {value.changed_on}, after the source was read on {value.read_on}"
            remedy = "read it again and write read_on, or correct changed_on"
            yield checked.error_problem(CHANGED_LATER, read, ("values", number, "changed_on"), cause, remedy)


def check_reviews(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each confidence that the register sets no months for, and each review that is put off too far."""
    settings = checked.register.settings
    for missing in (one.value for one in Confidence if one.value not in settings.review_months):
        cause = f"review_months says nothing of confidence {missing}"
        yield checked.error_problem(
            REVIEWED_LATE, settings, ("review_months",), cause, f"write {missing}: and how many months"
        )
    for read, number, value in checked.values():
        months = settings.review_months.get(value.confidence.value)
        if months is None:
            continue
        latest = months_later(max(value.read_on, value.checked_on or value.read_on), months)
        if value.next_review > latest:
            cause = f"with confidence {value.confidence} somebody looks again within {months} months"
            yield checked.error_problem(
                REVIEWED_LATE, read, ("values", number, "next_review"), cause, f"write {latest} or earlier"
            )


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_passed(checked: CheckedRegister) -> Iterator[_Place]:
    """The days on which something was done, or a text was dated."""
    register = checked.register
    yield register.settings, ("as_of",), register.settings.as_of
    for read, number, value in checked.values():
        path = ("values", number)
        yield read, (*path, "read_on"), value.read_on
        yield read, (*path, "checked_on"), value.checked_on
        yield read, (*path, "source", "dated"), value.source.dated
        for place, one in enumerate(value.disagreements):
            yield read, (*path, "disagreements", place, "on"), one.on
            yield read, (*path, "disagreements", place, "settled_on"), one.settled_on
    for read in register.values.values():
        for number, decision in enumerate(read.decisions):
            yield read, ("decisions", number, "on"), decision.on
    for standard in register.standards.values():
        for number, stage in enumerate(standard.stages):
            yield standard, ("stages", number, "source", "dated"), stage.source.dated
    for file in register.codings:
        for number, coding in enumerate(file.codings):
            yield file, ("codings", number, "coded_on"), coding.coded_on
    for action in register.actions.values():
        yield action, ("changed_on",), action.changed_on
