"""Taking turns at one file: whoever comes second waits, has its turn, or is told that it took too long."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kuule.core.problems import StoreError
from kuule.store.sqlite.file_lock import lock_folder
from tests.patience import PATIENCE

HOLDS = """\
import sys
from pathlib import Path
from kuule.store.sqlite.file_lock import lock_folder
with lock_folder(Path(sys.argv[1]), 20):
    print("mine", flush=True)
    sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the turn until it is told to go on."""
    command = [sys.executable, "-c", HOLDS, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def test_turn_that_another_process_has_is_waited_for(tmp_path: Path) -> None:
    other = holder(tmp_path)
    given_back = threading.Timer(0.2, other.communicate, ("go on\n",))
    began = time.monotonic()
    given_back.start()
    with lock_folder(tmp_path, PATIENCE):
        waited = time.monotonic() - began
    given_back.join()
    assert (waited >= 0.2, other.returncode) == (True, 0)


def test_turn_that_does_not_come_is_said_and_not_taken_later(tmp_path: Path) -> None:
    other = holder(tmp_path)
    with pytest.raises(StoreError) as refused, lock_folder(tmp_path, 0.1):
        pass
    assert [problem.code for problem in refused.value.problems] == ["STORE_003"]
    other.communicate("go on\n")
    # the one who gave up was next in the kernel's line: it gives its turn back at once
    with lock_folder(tmp_path, PATIENCE):
        pass


def test_turns_of_threads_are_one_at_a_time(tmp_path: Path) -> None:
    inside, most = 0, []

    def take() -> None:
        nonlocal inside
        with lock_folder(tmp_path, PATIENCE):
            inside += 1
            most.append(inside)
            time.sleep(0.01)
            inside -= 1

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert most == [1] * 8
