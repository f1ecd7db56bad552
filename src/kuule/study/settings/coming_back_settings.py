"""[coming_back] in study.toml: how long a paused visit is kept, and until when a response can be withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kuule.study.settings.table_reader import TableReader

MAX_PAUSE_DAYS = 90
DEFAULT_PAUSE_DAYS: Mapping[str, int] = {"survivors": 14, "public": 14, "offenders": 0}
"""Days that a paused visit is kept by default, by audience. For people who fear that what they wrote could be found,
nothing is kept before they send, unless the study asks for it."""
_YEARS = range(2020, 2100)
_EARTH = timedelta(hours=12)
"""A day ends last where clocks are twelve hours behind UTC."""


@dataclass(frozen=True, slots=True)
class ComingBackSettings:
    """`pause_days`: 0 if pausing is not offered. `withdraw_until`: the last day, anywhere on Earth, on which a response
    can be withdrawn; None if it cannot be."""

    pause_days: int = 0
    withdraw_until: date | None = None

    @property
    def withdrawals_close_at(self) -> datetime | None:
        """The moment at which the last day has ended everywhere."""
        if self.withdraw_until is None:
            return None
        return datetime.combine(self.withdraw_until + timedelta(days=1), time(), UTC) + _EARTH

    def accepts_withdrawals(self, now: datetime) -> bool:
        """Whether a response can be withdrawn at `now`, which has a time zone."""
        closes = self.withdrawals_close_at
        return closes is not None and now < closes

    def last_day_if_open(self, now: datetime) -> date | None:
        """The last day on which a response can be withdrawn, unless it is over at `now`, which has a time zone."""
        return self.withdraw_until if self.accepts_withdrawals(now) else None


def read_coming_back(table: TableReader, audience: str) -> ComingBackSettings:
    """The settings in the table [coming_back]. Problems are added to `table`."""
    pause_days = table.integer("pause_days", DEFAULT_PAUSE_DAYS.get(audience, 0), lowest=0, highest=MAX_PAUSE_DAYS)
    until = table.day("withdraw_until")
    if until is not None and until.year not in _YEARS:
        table.reject_value("withdraw_until", until.isoformat(), "write a day of this century, like 2027-06-30")
        until = None
    table.reject_unknown_keys()
    return ComingBackSettings(pause_days, until)


def table_from_coming_back(settings: ComingBackSettings) -> dict[str, object]:
    """The reverse: the shape of study.toml, for JSON."""
    until = settings.withdraw_until
    return {"pause_days": settings.pause_days, "withdraw_until": until.isoformat() if until else ""}
