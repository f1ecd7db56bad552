"""The phase as a worker knows it: read every few seconds; the cap of a soft launch once an hour and in tens."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.http.collector_site import current_conversation
from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.field_watch import FRESH_SECONDS, QUIET_SECONDS, FieldWatch
from kuule.store.rows.field_control import CollectorOrders, try_read_collector_orders
from kuule.store.rows.hidden_services import set_service_hidden
from kuule.study.settings.field_phase import FieldOrder, FieldPhase, StandingOrder
from tests.collector.site_for_tests import start
from tests.study.small_study import SETTINGS, make_edition

NOW = datetime(2027, 3, 10, 9, 30, tzinfo=UTC)
SOFT = '\n[field_period.soft_launch]\nlanguages = ["sv"]\ncap = 20\n'


@pytest.fixture(scope="module")
def soft_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("soft")
    make_edition(folder, settings=SETTINGS + SOFT)
    return folder / "edition"


@pytest.fixture
def served(soft_folder: Path, tmp_path: Path) -> Iterator[ServedEdition]:
    start(soft_folder, tmp_path)
    yield current_conversation().editions.current
    connections.close_all()


def test_order_is_known_after_some_seconds_and_kept_while_the_store_is_silent(served: ServedEdition) -> None:
    closing = StandingOrder(FieldOrder.CLOSE, date(2027, 3, 10), 2)
    time, answers = [0.0], [CollectorOrders(StandingOrder(launched=True)), CollectorOrders(closing), None]
    watch = FieldWatch(look=lambda: answers.pop(0), count=lambda: 0, clock=lambda: time[0], beside=lambda work: work())
    assert watch.status(served, NOW).phase is FieldPhase.OPEN
    time[0] += FRESH_SECONDS - 0.1
    assert watch.status(served, NOW).phase is FieldPhase.OPEN
    time[0] += 0.2
    assert watch.status(served, NOW).phase is FieldPhase.FINISHING
    time[0] += FRESH_SECONDS
    assert watch.status(served, NOW).phase is FieldPhase.FINISHING
    assert answers == []


def test_service_is_hidden_by_the_reading_that_the_phase_rides_on(served: ServedEdition) -> None:
    time, looks = [0.0], [0]
    hidden = [frozenset[int](), frozenset({7})]

    def look() -> CollectorOrders:
        looks[0] += 1
        return CollectorOrders(hidden_services=hidden[looks[0] - 1])

    watch = FieldWatch(look=look, count=lambda: 0, clock=lambda: time[0], beside=lambda work: work())
    for _ in range(3):
        watch.status(served, NOW)
        assert watch.hidden_services() == frozenset()
    assert looks == [1]
    time[0] += FRESH_SECONDS + QUIET_SECONDS
    assert watch.hidden_services() == {7}, "also where nobody came for an hour"


def test_worker_that_begins_waits_for_a_store_that_is_busy(served: ServedEdition, tmp_path: Path) -> None:
    set_service_hidden(7, hidden=True)
    watch = FieldWatch(look=lambda: None)
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3", isolation_level=None)) as busy:
        busy.execute("BEGIN EXCLUSIVE")
        assert try_read_collector_orders() is None
        begins = threading.Thread(target=watch.read_orders)
        begins.start()
        busy.execute("COMMIT")
        begins.join()
    assert watch.hidden_services() == {7}


def test_soft_launch_admits_its_languages_up_to_the_cap(served: ServedEdition) -> None:
    counts = [10, 20]
    watch = FieldWatch(look=CollectorOrders, count=lambda: counts.pop(0), clock=lambda: 0.0)
    assert "en" not in watch.open_languages(served, "", NOW)
    assert "sv" in watch.open_languages(served, "", NOW)
    assert "sv" in watch.open_languages(served, "", NOW + timedelta(minutes=29)), (
        "within an hour nobody's answer closes it"
    )
    assert counts == [20]
    assert "sv" not in watch.open_languages(served, "", NOW + timedelta(minutes=30))


def test_store_that_does_not_count_is_asked_again(served: ServedEdition) -> None:
    counts: list[int | None] = [None, 20]
    watch = FieldWatch(look=CollectorOrders, count=lambda: counts.pop(0), clock=lambda: 0.0)
    assert "sv" in watch.open_languages(served, "", NOW)
    assert "sv" not in watch.open_languages(served, "", NOW)
