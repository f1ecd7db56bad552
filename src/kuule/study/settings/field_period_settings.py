"""[field_period] in study.toml: from which day to which the survey takes answers, who may begin before everybody else,
and how long those in the middle may still finish.

Every day begins where it begins first on Earth and ends where it ends last, so that a day on a page is true for whoever
reads it, and no time zone has to be named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kuule.core.suggestions import did_you_mean
from kuule.study.settings.table_reader import TableReader

MAX_FINISH_DAYS = 30
DEFAULT_FINISH_DAYS = 2
"""One would do: even then a page that was open at the closing can be sent for as long as its token opens (a day)."""
CAP_STEP = 10
"""A cap is a multiple of this, like all that is counted while a survey is open."""
_HIGHEST_CAP = 1_000_000
_FIRST_PLACE = timedelta(hours=14)
"""A day begins first where clocks are 14 hours ahead of UTC."""
_LAST_PLACE = timedelta(hours=12)
"""A day ends last where clocks are 12 hours behind UTC."""


def day_begins_at(day: date) -> datetime:
    """The moment at which a day begins where it begins first."""
    return datetime.combine(day, time(), UTC) - _FIRST_PLACE


def day_ends_at(day: date) -> datetime:
    """The moment at which a day has ended everywhere."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + _LAST_PLACE


@dataclass(frozen=True, slots=True)
class SoftLaunchSettings:
    """Who may begin before everybody else: by language or by the code of a partner's link. `cap`: the number of
    responses, in whole tens, at which it takes no more visits; 0 for none."""

    languages: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    cap: int = 0

    @property
    def is_planned(self) -> bool:
        """Whether there is a soft launch."""
        return bool(self.languages or self.links)

    def admits(self, language: str, link: str) -> bool:
        """Whether a visit in this language, or by this link, may begin in the soft launch."""
        return language in self.languages or (bool(link) and link in self.links)


@dataclass(frozen=True, slots=True)
class FieldPeriodSettings:
    """`opens` and `closes`: the first and the last day, None where none is set. `finish_days`: for how many days after
    the closing those in the middle may finish."""

    opens: date | None = None
    closes: date | None = None
    finish_days: int = DEFAULT_FINISH_DAYS
    soft_launch: SoftLaunchSettings = SoftLaunchSettings()


def read_field_period(table: TableReader, *, languages: Collection[str], links: Collection[str]) -> FieldPeriodSettings:
    """The settings in the table [field_period]. Problems are added to `table`."""
    opens, closes = table.day("opens"), table.day("closes")
    if opens is not None and closes is not None and closes < opens:
        remedy = f"write a day after field_period.opens ({opens.isoformat()})"
        table.reject_value("closes", closes.isoformat(), remedy)
    finish = table.integer("finish_days", DEFAULT_FINISH_DAYS, lowest=1, highest=MAX_FINISH_DAYS)
    soft = _read_soft_launch(table.subtable("soft_launch"), languages, links)
    table.reject_unknown_keys()
    return FieldPeriodSettings(opens, closes, finish, soft)


def _read_soft_launch(table: TableReader, languages: Collection[str], links: Collection[str]) -> SoftLaunchSettings:
    by_language = _named(table, "languages", languages, "[languages]")
    by_link = _named(table, "links", links, "[links.partners]")
    cap = table.integer("cap", 0, lowest=0, highest=_HIGHEST_CAP)
    if cap % CAP_STEP:
        table.reject_value("cap", cap, f"write whole tens, like {cap - cap % CAP_STEP + CAP_STEP}")
    if cap and not (by_language or by_link):
        table.reject_value("cap", cap, "name the languages or the links that begin, or take the cap out")
    table.reject_unknown_keys()
    return SoftLaunchSettings(by_language, by_link, cap)


def _named(table: TableReader, key: str, known: Collection[str], where: str) -> tuple[str, ...]:
    names = table.texts(key)
    for name in names:
        if name not in known:
            table.reject_value(key, name, did_you_mean(name, known, f"name it first in {where}", written="{}"))
    return names


def table_from_field_period(settings: FieldPeriodSettings) -> dict[str, object]:
    """The reverse: the shape of study.toml, for JSON; nothing where nothing is set, as in editions from before."""
    if settings == FieldPeriodSettings():
        return {}
    days = {"opens": settings.opens, "closes": settings.closes}
    table: dict[str, object] = {key: day.isoformat() for key, day in days.items() if day is not None}
    table["finish_days"] = settings.finish_days
    soft = settings.soft_launch
    if soft.is_planned:
        table["soft_launch"] = {"languages": list(soft.languages), "links": list(soft.links), "cap": soft.cap}
    return {"field_period": table}
