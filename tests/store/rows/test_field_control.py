"""What was ordered of the field period: one row, and a day without an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kuule.store.rows.field_control import (
    CollectorOrders,
    change_field_control,
    read_field_control,
    try_count_responses_in_tens,
    try_read_collector_orders,
)
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from tests.store.conftest import Kept

CLOSED = StandingOrder(FieldOrder.CLOSE, date(2027, 3, 10), 5)


def test_order_is_read_as_it_was_given(kept: Kept) -> None:
    assert read_field_control() == StandingOrder()
    assert change_field_control(lambda before: CLOSED) == (StandingOrder(), CLOSED)
    assert read_field_control() == CLOSED
    assert try_read_collector_orders() == CollectorOrders(CLOSED)
    assert change_field_control(lambda before: replace(before, launched=True)) == (
        CLOSED,
        replace(CLOSED, launched=True),
    )
    assert kept.ask("SELECT COUNT(*) FROM store_fieldcontrol") == [(1,)]


def test_responses_are_counted_in_whole_tens(kept: Kept) -> None:
    assert try_count_responses_in_tens() == 0
