"""kill -9 at every step of a run: run again, it leaves the machine as if nothing had been."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kuule.deployment.file_record import read_record
from tests.deployment.small_host import BOTH, PUBLIC, SmallHost
from tests.sampling import matrix_parts, part_of

STEPS = frozenset({"open", "os.rename", "os.mkdir", "os.chmod", "os.remove", "os.symlink", "os.link"})
"""What a run asks the system for, as Python's audit hooks name it."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
MOST = 2000
CHANGED = "# by hand\n"

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="it is killed in a process of its own"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]


def killed_at(step: int, root: Path, act: Callable[[], object]) -> bool:
    """Whether a run was killed before this step; False if it came to its end earlier."""
    child = os.fork()
    if child == 0:
        count = 0

        def look(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            reads = event == "open" and not int(str(arguments[2])) & WRITING
            if event in STEPS and not reads and str(arguments[0]).startswith(str(root)):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def prepared(host: SmallHost) -> None:
    """A machine with an earlier installation: somebody changed one file by hand, and another program wrote one."""
    host.apply(PUBLIC.replace("survey.example.net", "old.example.net"))
    host.at("/etc/sysctl.d/kuule.conf").write_text(CHANGED)
    host.at("/etc/nginx/kuule.d").mkdir()
    host.at("/etc/nginx/kuule.d/workbench.conf").write_text(CHANGED)


@pytest.mark.slow
@matrix_parts
def test_run_that_was_killed_at_any_step_can_be_run_again(host: SmallHost, tmp_path: Path, part: str) -> None:
    prepared(host)
    before = tmp_path / "before"
    shutil.copytree(host.root, before, symlinks=True)
    host.apply(BOTH)
    wanted = host.files()
    assert {path for path in wanted if ".kept-" in path} == {
        "etc/sysctl.d/kuule.conf.kept-1", "etc/nginx/kuule.d/workbench.conf.kept-1",
    }  # fmt: skip
    for step in part_of(range(1, MOST), part, one_in=5):
        shutil.rmtree(host.root)
        shutil.copytree(before, host.root, symlinks=True)
        if not killed_at(step, host.root, lambda: host.apply(BOTH)):
            break
        host.apply(BOTH)
        assert host.files() == wanted, step
        assert read_record(host.root).unfinished is False
    assert 40 < step < MOST - 1


def test_run_that_was_killed_is_said_and_starts_everything_anew(host: SmallHost) -> None:
    assert killed_at(30, host.root, lambda: host.apply(BOTH))
    assert read_record(host.root).unfinished is True
    plan = host.plan(BOTH)
    assert (plan.record.unfinished, plan.does_anything) == (True, True)
    host.apply(BOTH)
    assert host.plan(BOTH).does_anything is False
