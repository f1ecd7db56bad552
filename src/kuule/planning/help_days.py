"""When checks of services that help grow old: a day for each country, a month before its first service disappears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from kuule.helplines.service import INTERNATIONAL, Service
from kuule.languages.cldr.territories import territory_names
from kuule.planning.study_day import StudyDay

_MONTH = timedelta(days=30)


def help_days(services: Iterable[Service], months: int, folder: str) -> Iterator[StudyDay]:
    """`months`: for how many months a check counts. The event of a country moves when its services are checked."""
    names = territory_names("en")
    dated = [(one.country, one.check_counts_until(months), one) for one in services]
    known = sorted(((country, until, one) for country, until, one in dated if until), key=lambda row: row[:2])
    for country, rows in groupby(known, key=lambda row: row[0]):
        ends = [(until, one) for _, until, one in rows]
        first = ends[0][0]
        where = "everywhere" if country == INTERNATIONAL else f"in {names.get(country, country)}"
        yield StudyDay(
            f"help-{country.lower()}",
            first - _MONTH,
            f"Check services {where} again",
            _says(ends, first),
            (
                f"kuule support list {folder} --country {country}",
                f'kuule support check {folder} {country} NAME --by "ROLE"',
            ),
            waits=True,
        )


def _says(ends: list[tuple[date, Service]], first: date) -> str:
    lines = [
        f"{one.name}: checked {one.checked_on}, shown until {until}" for until, one in ends if until < first + _MONTH
    ]
    later = len(ends) - len(lines)
    more = [f"and {later} later"] if later else []
    return "; ".join([*lines, *more]) + ". Then freeze again: an edition keeps the checks that it was made with."
