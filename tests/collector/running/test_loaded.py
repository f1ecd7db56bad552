"""Whether the workers are there, as their master hears it."""

from __future__ import annotations

from kuule.collector.running.loaded import Loaded


def test_workers_are_there_when_each_has_said_so() -> None:
    loaded = Loaded(2, clock=lambda: 0.0)
    heard = [loaded.all_there()]
    for _ in range(2):
        loaded.one_more()
        heard.append(loaded.all_there())
    assert heard == [False, False, True]


def test_signals_that_were_heard_as_one_are_enough_after_a_while() -> None:
    now = [100.0]
    loaded = Loaded(2, clock=lambda: now[0])
    now[0] += 60
    assert not loaded.all_there()
    loaded.one_more()
    now[0] += 1
    assert not loaded.all_there()
    now[0] += 2
    assert loaded.all_there()
