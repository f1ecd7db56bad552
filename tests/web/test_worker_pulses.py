"""Signs of life: who is silent for too long, and how a sign is heard."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kuule.web.worker_pulses import LONGEST_SILENCE, PulseSocket, WorkerPulses

linux = pytest.mark.skipif(sys.platform != "linux", reason="the system says there who sent a sign")


def test_worker_that_is_silent_is_named_once_and_one_that_speaks_never():
    pulses = WorkerPulses()
    pulses.hear(1)
    late = []
    for _ in range(LONGEST_SILENCE * 3):
        pulses.hear(2)
        late += pulses.look({1, 2})
    assert late == [1]
    assert pulses.heard == {2}


def test_worker_that_speaks_again_in_time_is_left_alone():
    pulses = WorkerPulses()
    for _ in range(5):
        pulses.hear(1)
        assert [pulses.look({1}) for _ in range(LONGEST_SILENCE)] == [()] * LONGEST_SILENCE


def test_worker_that_is_gone_is_forgotten():
    pulses = WorkerPulses()
    pulses.hear(1)
    assert (pulses.look(()), pulses.heard) == ((), frozenset())


def test_worker_that_was_never_heard_is_still_loading():
    assert [WorkerPulses().look({1}) for _ in range(LONGEST_SILENCE * 2)] == [()] * LONGEST_SILENCE * 2


@linux
@pytest.mark.slow
def test_sign_names_the_process_that_sent_it():
    socket = PulseSocket()
    try:
        code = "import time; from kuule.web.worker_pulses import send_pulses; send_pulses(); time.sleep(600)"
        with subprocess.Popen([sys.executable, "-c", code]) as worker:
            assert next(process for _ in range(60) for process in socket.signs(1)) == worker.pid
            worker.kill()
    finally:
        socket.close()
    assert "KUULE_PULSES" not in os.environ
