"""[coming_back] of study.toml: how long a paused visit is kept, and until when what was sent can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kuule.study.settings.table_reader import TableReader

MAX_PAUSE_DAYS = 90
DEFAULT_PAUSE_DAYS: Mapping[str, int] = {"survivors": 14, "public": 14, "offenders": 0}
"""Days that a paused visit is kept where the study does not say, by audience. For those who fear what they wrote being
found, nothing is kept before they send unless the study asks for it."""
_YEARS = range(2020, 2100)
_EARTH = timedelta(hours=12)
"""A day ends last where clocks are twelve hours behind UTC."""


@dataclass(frozen=True, slots=True)
class ComingBackSettings:
    """`pause_days`: 0 where pausing is not offered. `withdraw_until`: the last day, anywhere on Earth, on which an
    answer can be taken back; None where none can be."""

    pause_days: int = 0
    withdraw_until: date | None = None

    @property
    def withdrawals_close_at(self) -> datetime | None:
        """The moment at which the last day is over everywhere."""
        if self.withdraw_until is None:
            return None
        return datetime.combine(self.withdraw_until + timedelta(days=1), time(), UTC) + _EARTH

    def accepts_withdrawals(self, now: datetime) -> bool:
        """Whether an answer can be taken back at `now`, which has a time zone."""
        closes = self.withdrawals_close_at
        return closes is not None and now < closes


def read_coming_back(table: TableReader, audience: str) -> ComingBackSettings:
    """The settings in the table [coming_back]; problems are said to `table`."""
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
