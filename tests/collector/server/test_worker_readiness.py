"""Whether the workers are there, as their master hears it."""

from __future__ import annotations

from kuule.collector.server.worker_readiness import WorkerReadiness


def test_workers_are_there_when_each_has_said_so() -> None:
    loaded = WorkerReadiness(2, clock=lambda: 0.0)
    heard = [loaded.are_all_ready()]
    for _ in range(2):
        loaded.count_worker()
        heard.append(loaded.are_all_ready())
    assert heard == [False, False, True]


def test_signals_that_were_heard_as_one_are_enough_after_a_while() -> None:
    now = [100.0]
    loaded = WorkerReadiness(2, clock=lambda: now[0])
    now[0] += 60
    assert not loaded.are_all_ready()
    loaded.count_worker()
    now[0] += 1
    assert not loaded.are_all_ready()
    now[0] += 2
    assert loaded.are_all_ready()
