"""In which phase of its field period a survey is: from the days of its study, and from what was ordered since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from kuule.study.settings.field_period_settings import FieldPeriodSettings, day_begins_at, day_ends_at

_WEEK = timedelta(days=7)
"""A paused visit is stored until the week of its last day is over."""


class FieldPhase(StrEnum):
    """What a survey takes just now."""

    BEFORE = "before"
    """It takes no answers yet."""
    SOFT_LAUNCH = "soft-launch"
    """Some languages or links may begin, and nobody else."""
    OPEN = "open"
    FINISHING = "finishing"
    """No visit begins any more; those in the middle may finish."""
    CLOSED = "closed"
    """Only paused visits may still be finished, for as long as their people were promised."""
    OVER = "over"
    """It takes nothing any more."""

    @property
    def words(self) -> str:
        """What operators and leads are told of it: the command line and the workbench say the same."""
        return _WORDS[self]


_WORDS = {
    FieldPhase.BEFORE: "not open yet",
    FieldPhase.SOFT_LAUNCH: "soft launch: only some languages or links can begin",
    FieldPhase.OPEN: "open",
    FieldPhase.FINISHING: "closed: those who have begun can still finish",
    FieldPhase.CLOSED: "closed: paused visits can still be finished",
    FieldPhase.OVER: "closed: nothing is taken any more",
}


class FieldOrder(StrEnum):
    """What an operator ordered last, against the days of the study."""

    NONE = ""
    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """What was ordered of a survey in the field. `closed_on`: the day of a closing. `finish_days`: that the closing
    gave. `launched`: the soft launch is over, everybody may begin."""

    order: FieldOrder = FieldOrder.NONE
    closed_on: date | None = None
    finish_days: int = 0
    launched: bool = False


def order_to_json(order: StandingOrder) -> dict[str, str | int | bool]:
    """For JSON."""
    closed = order.closed_on.isoformat() if order.closed_on else ""
    return {"order": str(order.order), "closed": closed, "finish_days": order.finish_days, "launched": order.launched}


def order_from_json(table: Mapping[str, Any]) -> StandingOrder:
    """The reverse."""
    closed = date.fromisoformat(table["closed"]) if table["closed"] else None
    return StandingOrder(FieldOrder(table["order"]), closed, int(table["finish_days"]), bool(table["launched"]))


@dataclass(frozen=True, slots=True)
class FieldStatus:
    """A phase, and the days that pages and operators name: the day of opening or closing, and the last day on which
    somebody in the middle may finish."""

    phase: FieldPhase
    opens: date | None = None
    closes: date | None = None
    finish_until: date | None = None
    paused_until: date | None = None

    @property
    def has_closed(self) -> bool:
        """Whether no visit begins any more, and none will."""
        return self.phase in (FieldPhase.FINISHING, FieldPhase.CLOSED, FieldPhase.OVER)

    def lets_finish(self, *, paused: bool) -> bool:
        """Whether a visit that has begun may go on; `paused`: it was paused once."""
        match self.phase:
            case FieldPhase.CLOSED:
                return paused
            case FieldPhase.OVER:
                return False
        return True


def field_status(period: FieldPeriodSettings, pause_days: int, control: StandingOrder, now: datetime) -> FieldStatus:
    """The phase at `now`, which has a time zone. `pause_days`: for how long a paused visit is promised to be kept."""
    closing = _closing(period, control)
    if closing is not None and (closing.closed_at is None or now >= closing.closed_at):
        return _after(closing, pause_days, now)
    closes = None if closing is None else closing.day
    if period.opens is not None and now < day_begins_at(period.opens) and control.order is not FieldOrder.OPEN:
        return FieldStatus(FieldPhase.BEFORE, opens=period.opens, closes=closes)
    if period.soft_launch.is_planned and not control.launched:
        return FieldStatus(FieldPhase.SOFT_LAUNCH, closes=closes)
    return FieldStatus(FieldPhase.OPEN, closes=closes)


@dataclass(frozen=True, slots=True)
class _Closing:
    """The last day on which somebody could begin, the moment of the closing, and the days to finish. None: it has
    closed, whatever the clock says. That of the machine where it was ordered may have been ahead, or this one was set
    back, and an order to close lets nobody begin."""

    day: date
    closed_at: datetime | None
    finish_days: int


def _closing(period: FieldPeriodSettings, control: StandingOrder) -> _Closing | None:
    if control.order is FieldOrder.CLOSE and control.closed_on is not None:
        return _Closing(control.closed_on, None, control.finish_days)
    if period.closes is not None and control.order is not FieldOrder.OPEN:
        return _Closing(period.closes, day_ends_at(period.closes), period.finish_days)
    return None


def _after(closing: _Closing, pause_days: int, now: datetime) -> FieldStatus:
    finish_until = closing.day + timedelta(days=closing.finish_days)
    paused_until = max(finish_until, closing.day + timedelta(days=pause_days) + _WEEK) if pause_days else finish_until
    phase = FieldPhase.FINISHING
    if now >= day_ends_at(paused_until):
        phase = FieldPhase.OVER
    elif now >= day_ends_at(finish_until):
        phase = FieldPhase.CLOSED
    return FieldStatus(phase, closes=closing.day, finish_until=finish_until, paused_until=paused_until)
