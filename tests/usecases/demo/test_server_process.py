"""The collector as a child: it ends with the process that started it, also when that one has no time to say so."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.usecases.demo.server_process import collector_workers
from tests.cli.conftest import Kit
from tests.cli.test_demo import listens, processes_that_name
from tests.patience import wait_until
from tests.ports import free_port

PARENT = """
import sys, time
from pathlib import Path
from kuule.usecases.demo.server_process import running_collector

edition, database, port, talk = sys.argv[1:]
arguments = [edition, "--database", database, "--port", port, "--rehearsal", "--drafts"]
with running_collector(arguments, int(port), Path(talk)):
    print("serving", flush=True)
    time.sleep(600)
"""


def test_collector_ends_when_its_parent_is_killed(kit: Kit, tmp_path: Path):
    port, talk = free_port(), tmp_path / "talk.txt"
    command = [sys.executable, "-c", PARENT, kit.edition_folder, kit.database, str(port), str(talk)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "serving\n"
        assert listens(port)
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: processes_that_name(kit.folder) == [])
    assert not listens(port)
    assert talk.read_text().splitlines()[-1] == "the process that started this one has ended: stopping"


@pytest.mark.parametrize(("processors", "workers"), [(1, 2), (2, 2), (3, 3), (4, 4), (64, 4)])
def test_collector_has_a_worker_for_each_processor_that_the_crowd_can_keep_busy(processors: int, workers: int):
    assert collector_workers(processors) == workers
