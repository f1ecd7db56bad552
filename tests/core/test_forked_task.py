"""What a second process makes is what this one would have made. Forking is tried in a process of its own: that of the
tests has threads, and so never forks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

import pytest

from kuule.core.forked_task import ForkedTask, allow_forks

_TRIED = """
import json, os, signal, threading
from kuule.core import forked_task
from kuule.core.forked_task import ForkedTask, allow_forks

forked_task.available_cpus = lambda: 2
made = []

def fail():
    made.append(os.getpid())
    raise LookupError(f"attempt {len(made)}")

def lose_itself():
    if os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return "made here"

def said(make):
    try:
        return ForkedTask(make).result()
    except LookupError as error:
        return str(error)

first, found = os.getpid(), {}
found["not allowed"] = ForkedTask(os.getpid).result() == first
with allow_forks():
    begun = ForkedTask(lambda: (os.getpid(), "x" * 1_000_000))
    found["forked"] = begun.is_forked
    other, much = begun.result()
    found["elsewhere"], found["much"] = other != first, len(much)
    found["within"] = ForkedTask(lambda: ForkedTask(os.getpid).is_forked).result()
    found["error"], found["attempts here"] = said(fail), len(made)
    found["killed"] = said(lose_itself)
    found["no data"] = said(lambda: threading.Lock()) is not None
    several = [ForkedTask(lambda number=number: number) for number in range(4)]
    found["several"] = [one.result() for one in several]
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    found["beside a thread"] = ForkedTask(os.getpid).is_forked
    done.set()
    waiting.join()
    forked_task.available_cpus = lambda: 1
    found["one processor"] = ForkedTask(os.getpid).is_forked
    forked_task.available_cpus = lambda: 2
    os.fork = lambda: (_ for _ in ()).throw(BlockingIOError("no more processes"))
    open_before = len(os.listdir("/proc/self/fd"))
    found["refused"] = ForkedTask(os.getpid).result() == first
    found["left open"] = len(os.listdir("/proc/self/fd")) - open_before
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    found["none left"] = True
print(json.dumps(found))
"""


def test_nothing_is_forked_where_nobody_said_so():
    assert ForkedTask(os.getpid).result() == os.getpid()


def test_nothing_is_forked_beside_a_thread():
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    try:
        with allow_forks():
            assert not ForkedTask(os.getpid).is_forked
    finally:
        done.set()
        waiting.join()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many threads a process has")
def test_what_was_made_elsewhere_is_what_would_be_made_here():
    done = subprocess.run([sys.executable, "-W", "error", "-c", _TRIED], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert json.loads(done.stdout) == {
        "not allowed": True,
        "forked": True,
        "elsewhere": True,
        "much": 1_000_000,
        "within": False,
        "error": "attempt 1",
        "attempts here": 1,
        "killed": "made here",
        "no data": True,
        "several": [0, 1, 2, 3],
        "beside a thread": False,
        "one processor": False,
        "refused": True,
        "left open": 0,
        "none left": True,
    }
