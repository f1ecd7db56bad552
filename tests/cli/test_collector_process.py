"""`kuule serve` starts itself anew with its options: the server is the same process, without the command line's
libraries, and says what it always said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.cli.serving_variable import SERVING_VARIABLE
from kuule.collector.served.serve_options import ServeOptions
from tests.cli.conftest import Kit
from tests.cli.test_scrub_memory import asked
from tests.collector.server.servers import wait_for
from tests.loaded.loaded_process import run_loaded
from tests.patience import PATIENCE
from tests.ports import free_port

SERVE = [sys.executable, "-m", "kuule.cli", "serve"]
LOADED = """
import sys
import kuule.cli.collector_main, kuule.collector.server.collector_server, kuule.collector.server.wsgi
print(*sorted(sys.modules.keys() & {"typer", "rich", "click", "kuule.cli.app", "kuule.cli.console"}))
"""


def test_server_and_its_workers_load_nothing_of_the_command_line():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout == "\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the environment of a process is read from /proc")
@pytest.mark.parametrize("as_json", [False, True])
def test_serve_goes_on_in_the_same_process_with_what_was_typed(kit: Kit, tmp_path: Path, as_json: bool):
    port, talk = free_port(), tmp_path / "talk.txt"
    edition, database = os.path.relpath(kit.edition_folder, tmp_path), f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    options = ["--database", database, "--port", str(port), "--workers", "1", "--rehearsal", "--drafts"]
    with talk.open("wb") as said:
        command = [*SERVE, edition, *options, *(["--json"] if as_json else [])]
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=tmp_path)
    try:
        wait_for(port, process, talk)
        environment = dict(
            one.split("=", 1) for one in Path(f"/proc/{process.pid}/environ").read_text().split("\0") if "=" in one
        )
        assert json.loads(environment[SERVING_VARIABLE])["editions"] == [edition]
        assert "<html" in asked(port, "/en")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)
    last = talk.read_text("utf-8").splitlines()[-1]
    if as_json:
        record = json.loads(last)
        assert (record["command"], record["exit_code"]) == ("serve", None)
        assert record["result"] == {"address": f"http://127.0.0.1:{port}"}
    else:
        assert last == f"serving at http://127.0.0.1:{port}; Ctrl-C stops"


def test_errors_name_an_edition_as_it_was_typed(tmp_path: Path):
    command = [*SERVE, "build/none", "--database", "sqlite:///kept.sqlite3", "--no-scrub-memory"]
    done = run_loaded(command, cwd=tmp_path, text=True)
    assert done.returncode != 0
    assert "build/none" in done.stderr
    assert str(tmp_path / "build") not in done.stderr


def test_options_are_kept_as_they_were_typed_or_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    options = ServeOptions((Path("one"),), "sqlite:///x", secret=Path("two"), socket=Path("three"))
    assert ServeOptions.from_text(options.to_text(as_given=True)) == options
    absolute = ServeOptions.from_text(options.to_text())
    assert (absolute.editions, absolute.secret, absolute.socket) == (
        (tmp_path / "one",), tmp_path / "two", tmp_path / "three",
    )  # fmt: skip
