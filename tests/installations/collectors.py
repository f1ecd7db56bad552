"""A collector as a host runs it: one path to the program, which an upgrade leads to another version."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.outside.trees import ROOT, Tree, wait_for_server
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port

_ADDED = '''"""A column that nobody needs."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "{before}")]
    operations = [{operation}]
'''
ADDS = 'migrations.AddField("response", "later", models.BinaryField(null=True))'
REMOVES = 'migrations.RemoveField("response", "tag")'
_NUMBER = re.compile(r"^SCHEMA_VERSION = (\d+)$", re.MULTILINE)


def next_version(folder: Path, operation: str = ADDS) -> Path:
    """This source with one more migration, as the next version would have it."""
    shutil.copytree(ROOT / "src", folder / "src")  # with what is compiled, which goes by the times of the files
    store = folder / "src/kuule/store"
    for changed in ("location", "migrations"):
        shutil.rmtree(store / changed / "__pycache__", ignore_errors=True)
    before = max(one.stem for one in (store / "migrations").glob("0*.py"))
    name = f"{int(before[:4]) + 1:04}_later"
    (store / "migrations" / f"{name}.py").write_text(_ADDED.format(before=before, operation=operation), "utf-8")
    recognition = store / "location/recognition.py"
    text = recognition.read_text("utf-8")
    raised = _NUMBER.sub(lambda found: f"SCHEMA_VERSION = {int(found[1]) + 1}", text)
    assert raised != text
    recognition.write_text(raised, "utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@dataclass
class Host:
    """A folder `program` that leads to a version, and the collector that was started from it. `clock`: a file with the
    moment that it goes by (`tests/outside/still`)."""

    folder: Path
    arguments: Sequence[str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    clock: Path | None = None

    @property
    def said(self) -> Path:
        return self.folder / "said"

    def install(self, version: Path) -> None:
        """Lead the program to a version, at once."""
        new = self.folder / "program.new"
        new.symlink_to(version)
        new.replace(self.folder / "program")

    def start(self) -> subprocess.Popen[bytes]:
        environment = {**Tree(self.folder / "program", clock=self.clock).environment(), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "kuule", "serve", *self.arguments, "--port", str(self.port)]
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        wait_for_server(self.process, self.port, "/en", self.said)
        return self.process

    def hand_over(self) -> int:
        """Tell the collector to let the installed version take over. The id of the process that did, once the first is
        gone."""
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR2)
        self.process.wait(PATIENCE)
        [taken] = re.findall(r"process (\d+) has taken over", self.said.read_text())[-1:]
        return int(taken)

    def tell_and_find(self) -> int:
        """Tell it the same. The id of the second, which has only just begun."""
        assert self.process is not None
        first, known = self.process.pid, _children(self.process.pid)
        self.tell(lambda: _children(first) - known)
        [second] = _children(first) - known
        return second

    def tell(self, until: Callable[[], object]) -> None:
        """Tell it the same, and wait until something is so."""
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR2)
        wait_until(until, self.said.read_text)


def _children(process: int) -> set[int]:
    """Those of all threads: the second collector is started by one of its own."""
    files = Path(f"/proc/{process}/task").glob("*/children")
    return {int(one) for file in files for one in file.read_text().split()}


@contextmanager
def host(folder: Path, version: Path, *arguments: str, clock: Path | None = None) -> Iterator[Host]:
    """A host with a version installed. Whatever it started is ended."""
    made = Host(folder, arguments, clock=clock)
    made.install(version)
    try:
        yield made
    finally:
        ids = [int(one) for one in re.findall(r"process (\d+) has taken over", _read(made.said))]
        for process in [*ids, *([made.process.pid] if made.process and made.process.poll() is None else [])]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        if made.process is not None:
            made.process.wait(PATIENCE)
        for process in ids:
            wait_until(lambda process=process: not Path(f"/proc/{process}/cmdline").exists())  # type: ignore[misc]


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""
