"""A module that is run in a fork cannot be told from one that Python starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loaded.forked_module import start_forking, with_forked_modules
from tests.patience import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are given files by their numbers"),
]
TELLS = """
import json, os, signal, sys, tempfile
mask = os.umask(0)
print(json.dumps({
    "argv": sys.argv, "orig": sys.orig_argv[1:], "path": sys.path[0], "name": __name__, "folder": os.getcwd(),
    "variable": os.environ.get("KUULE_TEST"), "mask": mask, "temporary": tempfile.gettempdir(),
    "in": sys.stdin.read(), "threads": len(os.listdir("/proc/self/task")),
    "files": sorted(int(one) for one in os.listdir("/proc/self/fd"))[:-1],
    "signals": [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
    "limits": __import__("resource").getrlimit(__import__("resource").RLIMIT_AS),
}))
print("två", file=sys.stderr)
"""


@pytest.fixture(autouse=True)
def _forking() -> None:
    start_forking()


def ran(how: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, **more: Any) -> subprocess.CompletedProcess[str]:
    """A module `telling` of a folder."""
    monkeypatch.chdir(folder)
    given = {"input": "typed", "timeout": PATIENCE, **more}
    done: subprocess.CompletedProcess[str] = how.run(
        [sys.executable, "-m", "telling"], check=False, capture_output=True, text=True, **given
    )
    return done


def test_it_has_what_a_process_of_its_own_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "telling.py").write_text(TELLS, "utf-8")
    env = {**os.environ, "KUULE_TEST": "yes", "TMPDIR": str(tmp_path)}
    started, forked = (ran(how, tmp_path, monkeypatch, env=env) for how in (subprocess, with_forked_modules()))
    assert json.loads(forked.stdout) == json.loads(started.stdout)
    assert (forked.stderr, forked.returncode) == (started.stderr, started.returncode) == ("två\n", 0)
    assert json.loads(forked.stdout)["temporary"] == str(tmp_path)


@pytest.mark.parametrize(
    "code",
    ["import sys; sys.exit(7)", "raise ValueError('told')", "import os; os.kill(os.getpid(), 9)"],
    ids=["exit", "error", "killed"],
)
def test_it_ends_as_python_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    (tmp_path / "telling.py").write_text(code, "utf-8")
    started, forked = (ran(how, tmp_path, monkeypatch) for how in (subprocess, with_forked_modules()))
    assert forked.returncode == started.returncode != 0
    assert forked.stderr.splitlines()[-1:] == started.stderr.splitlines()[-1:]


def test_task_has_loaded_what_it_imports_in_its_midst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who forks them has it from then on, and whatever is forked later."""
    (tmp_path / "telling.py").write_text("import sys; print('kuule.store.rows.counters' in sys.modules)", "utf-8")
    task = [sys.executable, "-m", "kuule.workbench.store_proxy"]
    done = with_forked_modules().run(
        task, input='{"do": "look", "database": "x"}', timeout=PATIENCE, check=False, capture_output=True, text=True
    )
    assert "STORE_001" in done.stdout
    assert ran(with_forked_modules(), tmp_path, monkeypatch).stdout == "True\n"


def test_one_that_takes_too_long_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "never")
    (tmp_path / "telling.py").write_text("open('never').read()", "utf-8")
    with pytest.raises(subprocess.TimeoutExpired):
        ran(with_forked_modules(), tmp_path, monkeypatch, timeout=0.05)
    with pytest.raises(OSError, match="No such device"):  # nobody reads any more
        os.close(os.open(tmp_path / "never", os.O_WRONLY | os.O_NONBLOCK))
