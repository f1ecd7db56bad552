"""What is ordered of a field period and of services, known at once to the collector of this process."""

from __future__ import annotations

from kuule.collector.session.field_watch import field_watch
from kuule.helplines.service import service_id
from kuule.store.rows.field_control import change_field_control
from kuule.store.rows.hidden_services import set_service_hidden
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from tests.collector.site_for_tests import NOON

FINISH_DAYS = 2


def give_order(order: StandingOrder) -> None:
    """As an operator does; and some seconds pass."""
    change_field_control(lambda _before: order)
    field_watch.expire()


def order_hidden(country: str, name: str, *, hidden: bool = True) -> None:
    """A service is hidden, or shown again; and some seconds pass."""
    set_service_hidden(service_id(country, name), hidden=hidden)
    field_watch.expire()


def order_closing(finish_days: int = FINISH_DAYS) -> None:
    """It closes on the day of the tests' clock; who had begun has so many days."""
    give_order(StandingOrder(FieldOrder.CLOSE, NOON.date(), finish_days))
