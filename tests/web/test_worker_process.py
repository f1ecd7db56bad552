"""A worker that still loads: what ends it."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.patience import PATIENCE

LOADING = """
import signal, time
from kuule.web.worker_process import end_on_sigterm

signal.signal(signal.SIGTERM, lambda number, frame: None)  # as the master of a worker has it
end_on_sigterm()
print("loading", flush=True)
time.sleep(60)
"""


def test_polite_signal_ends_a_worker_that_still_loads() -> None:
    with subprocess.Popen([sys.executable, "-c", LOADING], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "loading\n"
        worker.terminate()
        assert worker.wait(PATIENCE) == -signal.SIGTERM
