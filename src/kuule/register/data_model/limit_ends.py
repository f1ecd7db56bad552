"""At which age a rule on time limits ends, as far as its coded answer says. Sums only, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from kuule.register.data_model.answers import Clock, LimitForm, TimeLimit, YearRange

NEVER = inf
"""The age at which a rule without a limit ends."""


@dataclass(frozen=True, slots=True)
class EndAges:
    """The earliest age at which reports can become impossible lies from `low` up to `high`, `NEVER` for no end, and
    `high` is None where nothing bounds it."""

    low: float
    high: float | None


def start_ages(limit: TimeLimit, majority: int) -> frozenset[int] | None:
    """The ages at which the clock can start; None where it does not start at an age, or the answer does not say."""
    if limit.clock is Clock.MAJORITY:
        return frozenset([majority])
    if limit.clock is Clock.AGE:
        return frozenset(several(limit.clock_age))
    return None


def year_classes(limit: TimeLimit) -> tuple[int, ...]:
    """The periods that the answer names; of a range its shortest and longest."""
    if isinstance(limit.years, YearRange):
        return (limit.years.shortest, limit.years.longest)
    return limit.years or ()


def end_ages(limit: TimeLimit, majority: int) -> tuple[EndAges, ...]:
    """One for each class of offence that the answer tells apart, and one for the whole where it tells none apart.

    The demand behind it is for everybody: somebody who was abused in the first year of life counts as much as somebody
    who was abused at 17, so a clock that starts at the offence can end as early as its years.
    """
    if limit.form is LimitForm.NONE:
        return (EndAges(NEVER, NEVER),)
    if limit.form is LimitForm.NONE_FOR_GRAVEST:
        rest = _limited(limit, majority) if limit.years or limit.until_age or limit.earliest_end_age else ()
        return (EndAges(NEVER, NEVER), *(rest or (EndAges(0, None),)))
    if limit.form is LimitForm.COURT_DECIDES:
        return tuple(EndAges(end.low, None) for end in _limited(limit, majority))
    return _limited(limit, majority)


def several(one_or_more: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """One age or several, as several."""
    if one_or_more is None:
        return ()
    return one_or_more if isinstance(one_or_more, tuple) else (one_or_more,)


def _limited(limit: TimeLimit, majority: int) -> tuple[EndAges, ...]:
    floor = limit.earliest_end_age or 0
    if limit.until_age is not None:
        return tuple(EndAges(max(age, floor), max(age, floor)) for age in several(limit.until_age))
    if limit.form is LimitForm.PROLONGED or limit.form is LimitForm.OUTER_CAP:
        return (EndAges(floor, None),)
    starts = start_ages(limit, majority)
    years = year_classes(limit)
    if limit.clock is Clock.OFFENCE and years:
        return tuple(EndAges(max(one, floor), max(one, floor)) for one in years)
    if starts and years:
        return tuple(EndAges(max(min(starts) + one, floor), max(max(starts) + one, floor)) for one in years)
    least = min(starts) if starts else majority if limit.clock is Clock.MAJORITY_OR_RECOVERY else 0
    if limit.form is LimitForm.NOT_BEFORE_AGE and not years:
        return (EndAges(max(floor, least), floor if not least else None),)
    return tuple(EndAges(max(least + one, floor), None) for one in years) or (EndAges(max(least, floor), None),)
