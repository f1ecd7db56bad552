"""When the law that a study shows has to be looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta

from kuule.planning.study_day import StudyDay
from kuule.register.data_model.whole_register import Register

_MONTH = timedelta(days=30)


def register_days(register: Register, countries: Collection[str], folder: str) -> Iterator[StudyDay]:
    """The first review of a value that is due, in the countries of the study or, if it names none, in any; with those
    of the month after it. `folder` is the register's."""
    due = [
        (value.next_review, read.country)
        for read in register.values.values()
        if not countries or read.country in countries
        for value in read.values
    ]
    if not due:
        return
    first = min(due)[0]
    soon = Counter(country for day, country in due if day < first + _MONTH)
    per_country = ", ".join(f"{country} {count}" for country, count in sorted(soon.items()))
    yield StudyDay(
        "register",
        first,
        "Look again at the law that pages show",
        f"Values of the register to be reviewed within a month: {per_country}. Then freeze again: the rules are in the"
        " edition.",
        (f"kuule register due {folder}",),
        waits=True,
    )
