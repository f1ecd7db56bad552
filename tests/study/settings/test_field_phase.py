"""The phases of a field period, by the days of the study and by what was ordered."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.study.settings.field_period_settings import FieldPeriodSettings, SoftLaunchSettings
from kuule.study.settings.field_phase import (
    FieldOrder,
    FieldPhase,
    StandingOrder,
    field_status,
    order_from_json,
    order_to_json,
)
from tests.sampling import examples

OPENS, CLOSES = date(2027, 3, 1), date(2027, 3, 31)
PERIOD = FieldPeriodSettings(OPENS, CLOSES, 2)
NOTHING = StandingOrder()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("2027-02-28T09:59", FieldPhase.BEFORE),
        ("2027-02-28T10:00", FieldPhase.OPEN),
        ("2027-04-01T11:59", FieldPhase.OPEN),
        ("2027-04-01T12:00", FieldPhase.FINISHING),
        ("2027-04-03T11:59", FieldPhase.FINISHING),
        ("2027-04-03T12:00", FieldPhase.CLOSED),
        ("2027-04-22T11:59", FieldPhase.CLOSED),
        ("2027-04-22T12:00", FieldPhase.OVER),
    ],
)
def test_phase_follows_the_days(moment: str, phase: FieldPhase) -> None:
    assert field_status(PERIOD, 14, NOTHING, at(moment)).phase is phase


def test_study_without_pauses_is_over_when_nobody_is_in_the_middle() -> None:
    assert field_status(PERIOD, 0, NOTHING, at("2027-04-03T12:00")).phase is FieldPhase.OVER


def test_closing_by_hand_holds_at_once_and_against_the_days() -> None:
    closed = StandingOrder(FieldOrder.CLOSE, date(2027, 3, 10), 5)
    status = field_status(PERIOD, 14, closed, at("2027-03-10T00:00"))
    assert (status.phase, status.closes) == (FieldPhase.FINISHING, date(2027, 3, 10))
    assert (status.finish_until, status.paused_until) == (date(2027, 3, 15), date(2027, 3, 31))


@pytest.mark.parametrize("moment", ["2027-03-09T00:00", "2027-03-01T12:00", "2026-03-10T12:00"])
def test_closing_by_hand_holds_where_the_clock_is_behind(moment: str) -> None:
    """It was ordered on a machine whose clock is ahead, or this one was set back: visits began again."""
    closed = StandingOrder(FieldOrder.CLOSE, date(2027, 3, 10), 5)
    status = field_status(PERIOD, 14, closed, at(moment))
    assert (status.phase, status.finish_until) == (FieldPhase.FINISHING, date(2027, 3, 15))


def test_opening_by_hand_holds_against_both_days() -> None:
    opened = StandingOrder(FieldOrder.OPEN)
    for moment in ("2027-01-01T00:00", "2028-01-01T00:00"):
        status = field_status(PERIOD, 14, opened, at(moment))
        assert (status.phase, status.closes) == (FieldPhase.OPEN, None)


def test_soft_launch_lasts_until_everybody_may_begin() -> None:
    period = FieldPeriodSettings(soft_launch=SoftLaunchSettings(languages=("fi",)))
    now = at("2027-03-01T00:00")
    assert field_status(period, 14, NOTHING, now).phase is FieldPhase.SOFT_LAUNCH
    assert field_status(period, 14, StandingOrder(launched=True), now).phase is FieldPhase.OPEN
    assert period.soft_launch.admits("fi", "")
    assert not period.soft_launch.admits("sv", "")


@settings(max_examples=examples(200))
@given(
    pause_days=st.integers(0, 90),
    finish_days=st.integers(1, 30),
    paused_on=st.integers(0, 400),
    after=st.floats(0, 60),
)
def test_pause_that_was_promised_can_be_finished_on_its_last_day(
    pause_days: int, finish_days: int, paused_on: int, after: float
) -> None:
    """Whoever paused while the survey was open may finish until the end of the day that they were told."""
    paused_at = at("2026-03-01T00:00") + timedelta(days=paused_on)
    told = paused_at.date() + timedelta(days=pause_days)
    closed_on = paused_at.date() + timedelta(days=after)
    control = StandingOrder(FieldOrder.CLOSE, closed_on, finish_days)
    last_moment = datetime.combine(told, datetime.max.time(), UTC)
    status = field_status(FieldPeriodSettings(), pause_days, control, last_moment)
    assert status.lets_finish(paused=True)


@pytest.mark.parametrize(
    "order", [NOTHING, StandingOrder(FieldOrder.CLOSE, date(2027, 3, 10), 5), StandingOrder(launched=True)]
)
def test_order_comes_back_from_json(order: StandingOrder) -> None:
    assert order_from_json(json.loads(json.dumps(order_to_json(order)))) == order
