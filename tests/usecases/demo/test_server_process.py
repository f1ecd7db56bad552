"""The collector as a child: it ends with the process that started it, also when that one has no time to say so."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.conftest import Kit
from tests.cli.test_demo import listens, processes_that_name
from tests.journeys.house import free_port

WAIT_SECONDS = 60
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
    until = time.monotonic() + WAIT_SECONDS
    while processes_that_name(kit.folder) and time.monotonic() < until:
        time.sleep(0.2)
    assert processes_that_name(kit.folder) == []
    assert not listens(port)
    assert talk.read_text().splitlines()[-1] == "the process that started this one has ended: stopping"
