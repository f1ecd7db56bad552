"""The same question answered the slow way: somebody with a birthday, an act on a day, and one day after the other until
the time is over. It shares no line with the code that counts in years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from kuule.limitation.limit_rule import LimitRule, PeriodForm, PeriodStart
from kuule.limitation.report_question import ReportQuestion

FOREVER = date(2200, 1, 1)
_UNTIL_SOMETHING = (PeriodStart.RECOVERY, PeriodStart.MAJORITY_OR_RECOVERY)
_UNSAID = (PeriodStart.OTHER, PeriodStart.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Life:
    """What nobody asks: days, the class that the act turns out to have, and how long something else lasted."""

    birthday: date
    act: date
    years: int | None
    start_age: int | None
    until_age: int | None
    waits: int = 0
    """Days after the act at which what is not known lets the clock start."""


def full_years(since: date, day: date) -> int:
    """How often the anniversary of a day has come. That of 29 February comes on 1 March in other years."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def is_over(rule: LimitRule, life: Life, day: date) -> bool:
    """Whether on this day, by this rule, the time is over."""
    age = full_years(life.birthday, day)
    if rule.form is PeriodForm.NONE:
        return False
    if rule.earliest_age is not None and age < rule.earliest_age:
        return False
    if life.until_age is not None and age >= life.until_age:
        return True
    if rule.form is PeriodForm.UNTIL_AGE or life.years is None:
        return False
    begun = max(life.act, life.act + timedelta(days=life.waits))
    if life.start_age is not None:
        begun = max(begun, birthday_of(life.birthday, life.start_age))
    return full_years(begun, day) >= life.years if day >= begun else False


def birthday_of(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def last_day(rule: LimitRule, life: Life) -> date | None:
    """The first day on which the time is over, found by halves; None if it never is. `is_over` never turns back."""
    low, high = life.act.toordinal(), FOREVER.toordinal()
    if not is_over(rule, life, FOREVER):
        return None
    while low < high:
        middle = (low + high) // 2
        if is_over(rule, life, date.fromordinal(middle)):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(low)


def last_day_by_walking(rule: LimitRule, life: Life) -> date | None:
    """The same, day by day."""
    day = life.act
    while day < FOREVER:
        if is_over(rule, life, day):
            return day
        day += timedelta(days=1)
    return None


def lives(rule: LimitRule, asked: ReportQuestion, majority: int = 18) -> Iterator[Life]:
    """Lives that fit the question and the rule: first and last days, a leap day, every class."""
    birthdays = [date(asked.born, 1, 1), date(asked.born, 6, 15), date(asked.born, 12, 31)]
    if asked.born % 4 == 0 and (asked.born % 100 or asked.born % 400 == 0):
        birthdays.append(date(asked.born, 2, 29))
    acts = [date(asked.first, 1, 1), date(asked.first, 12, 31), date(asked.last, 1, 1), date(asked.last, 12, 31)]
    ages: tuple[int | None, ...] = (None,)
    if rule.start is not PeriodStart.OFFENCE:
        adult = rule.start in (PeriodStart.MAJORITY, PeriodStart.MAJORITY_OR_RECOVERY)
        ages = rule.start_ages or ((majority,) if adult else (None,))
    suspended = rule.form is PeriodForm.SUSPENDED and rule.start is PeriodStart.OFFENCE
    open_start = rule.start in _UNTIL_SOMETHING or (rule.start in _UNSAID and not rule.start_ages)
    waits = [0, 400, 9_000] if suspended or open_start or rule.form is PeriodForm.PROLONGED else [0]
    yield from (
        Life(birthday, act, years, age, until, wait)
        for birthday, act, years, age, until, wait in product(
            birthdays, acts, rule.years or (None,), ages, rule.until_ages or (None,), waits
        )
    )
