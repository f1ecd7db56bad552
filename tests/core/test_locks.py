"""One process at a time: who comes in, who waits, who is told, and what one that was killed leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kuule.core.locks import BusyError, exclusive_lock, try_lock, unlock, wait_for_lock
from tests.patience import PATIENCE


def test_one_at_a_time_and_what_a_killed_one_left_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    path.touch()
    with exclusive_lock(path), pytest.raises(BusyError), exclusive_lock(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_waits_comes_in_when_the_other_is_done(tmp_path: Path) -> None:
    path, waiting, order = tmp_path / ".held", threading.Event(), list[str]()

    def second() -> None:
        with exclusive_lock(path, waiting.set):
            order.append("second")

    thread = threading.Thread(target=second)
    with exclusive_lock(path):
        thread.start()
        assert waiting.wait(PATIENCE)
        order.append("first")
    thread.join()
    assert (order, list(tmp_path.iterdir())) == (["first", "second"], [])


def test_many_are_one_at_a_time(tmp_path: Path) -> None:
    path, counted = tmp_path / ".held", tmp_path / "counted"
    counted.write_text("0")

    def count() -> None:
        for _ in range(10):
            with exclusive_lock(path, lambda: None):
                counted.write_text(str(int(counted.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (counted.read_text(), list(tmp_path.iterdir())) == ("60", [counted])


def test_who_has_patience_is_told_when_it_is_over(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    with exclusive_lock(path):
        began = time.monotonic()
        with pytest.raises(BusyError), exclusive_lock(path, patience=0.2):
            pass
        assert time.monotonic() - began >= 0.2
    with exclusive_lock(path, patience=0.2):
        pass


def test_one_that_is_killed_inside_gives_way(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    inside = "import sys, time; from pathlib import Path; from kuule.core.locks import exclusive_lock\n"
    inside += "with exclusive_lock(Path(sys.argv[1])): print('in', flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", inside, str(path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        with pytest.raises(BusyError), exclusive_lock(path):
            pass
        process.kill()
    with exclusive_lock(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_given_back_is_free_for_who_waits_in_the_kernel(tmp_path: Path) -> None:
    first, second = (os.open(tmp_path, os.O_RDONLY) for _ in range(2))
    assert (try_lock(first), try_lock(second)) == (True, False)
    waiting = threading.Thread(target=wait_for_lock, args=(second,))
    waiting.start()
    assert waiting.is_alive()
    unlock(first)
    waiting.join(PATIENCE)
    assert (waiting.is_alive(), try_lock(first)) == (False, False)
    os.close(first)
    os.close(second)
