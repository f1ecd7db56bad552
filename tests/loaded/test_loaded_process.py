"""What is forked by a loaded process cannot be told from what Python starts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loaded.loaded_process import UNPREPARED, LoadedCommand, LoadedProcess, run_loaded
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives an orphan to a process of choice")
TELLS = """
import json, os, sys
mask = os.umask(0)
print(json.dumps({
    "argv": sys.argv, "orig": sys.orig_argv, "path": sys.path[0], "name": __name__, "folder": os.getcwd(),
    "variable": os.environ.get("KUULE_TEST"), "mask": mask, "parent": os.getppid(),
    "alone": os.getsid(0) == os.getpid(),
    "group": os.getpgid(0) == os.getpid(), "in": sys.stdin.read(), "threads": len(os.listdir("/proc/self/task")),
    "files": sorted(int(one) for one in os.listdir("/proc/self/fd"))[:-1],
    "signals": [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
}))
""".replace("import json,", "import json, signal,")


@pytest.mark.parametrize("session", [False, True])
@pytest.mark.parametrize("how", ["-c", "-m"])
def test_it_has_what_a_process_of_its_own_has(tmp_path: Path, how: str, session: bool) -> None:
    (tmp_path / "telling.py").write_text(TELLS, "utf-8")
    what = TELLS if how == "-c" else "telling"
    seen = []
    for kind in (subprocess.Popen, LoadedProcess, LoadedCommand):
        process = kind(
            [sys.executable, how, what, "one", "två"], cwd=tmp_path, env={**os.environ, "KUULE_TEST": "yes"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=session, text=True,
        )  # fmt: skip
        out, _ = process.communicate("typed")
        assert process.returncode == 0
        seen.append(json.loads(out))
    assert seen[2] == seen[1] == seen[0]
    assert (seen[1]["parent"], seen[1]["in"], seen[1]["alone"]) == (os.getpid(), "typed", session)


@pytest.mark.parametrize(
    ("code", "status"), [("import sys; sys.exit(7)", 7), ("raise ValueError('told')", 1), ("import os; os._exit(9)", 9)]
)
def test_it_ends_as_python_ends(code: str, status: int) -> None:
    done = run_loaded([sys.executable, "-c", f"import atexit; atexit.register(print, 'at the end')\n{code}"], text=True)
    assert done.returncode == status
    assert (done.stdout == "at the end\n") == (status != 9)
    assert ("ValueError: told" in done.stderr) == (status == 1)


def test_it_can_be_signalled_and_is_reaped() -> None:
    code = "print('here', flush=True); import time; time.sleep(600)"
    process = LoadedProcess([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == -signal.SIGTERM
    assert not Path(f"/proc/{process.pid}").exists()


def test_files_are_passed_on_under_their_numbers() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"handed over\n")
    os.close(writing)
    done = run_loaded([sys.executable, "-c", f"print(open({reading}).read(), end='')"], pass_fds=[reading], text=True)
    os.close(reading)
    assert done.stdout == "handed over\n"


def test_variables_that_python_reads_at_its_start_hold() -> None:
    asked = [sys.executable, "-c", "import sys; print(sys.getallocatedblocks() == 0, sys.flags.hash_randomization)"]
    environment = {**os.environ, "PYTHONMALLOC": "malloc", "PYTHONHASHSEED": "0"}
    assert run_loaded(asked, env=environment, text=True).stdout == "True 0\n"


def test_what_is_no_module_and_no_code_is_started_as_any_other(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import sys; print('django' in sys.modules)", "utf-8")
    assert run_loaded([sys.executable, str(program)], text=True).stdout == "False\n"
    assert run_loaded([sys.executable, "-c", program.read_text()], text=True).stdout == "True\n"
    limited = run_loaded([sys.executable, "-c", program.read_text()], text=True, preexec_fn=lambda: None)
    assert limited.stdout == "False\n"


def test_command_has_loaded_what_it_imports_late() -> None:
    code = "import sys; print('pyxform' in sys.modules, len(sys.argv))"
    said = [run_loaded([sys.executable, "-c", code, "workbench", one], text=True).stdout for one in ("x", "y")]
    assert said == ["True 3\n", "True 3\n"]


@pytest.mark.parametrize(("variable", "loaded"), [("KUULE_TEST", True), ("PYTHONHASHSEED", False)])
def test_what_starts_itself_anew_is_the_same_process_with_what_it_had_loaded(
    tmp_path: Path, variable: str, loaded: bool
) -> None:
    """But where the interpreter reads something else as it starts."""
    (tmp_path / "telling.py").write_text(
        f"""
import json, os, sys
from kuule.sealing.memory_scrubbing import restart
if os.environ.get({variable!r}) != "7":
    environment = {{**os.environ, {variable!r}: "7"}}
    os.environ["GONE"] = "yes"
    restart(environment)
print(json.dumps([sys.argv, __name__, os.environ.get("GONE"), os.getpid(), sys.stdin.read(), "django" in sys.modules]))
""",
        "utf-8",
    )
    for kind, has in ((subprocess.Popen, False), (LoadedProcess, loaded)):
        process = kind(
            [sys.executable, "-m", "telling", "one"],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        out, _ = process.communicate("typed")
        told = [[str(tmp_path / "telling.py"), "one"], "__main__", None, process.pid, "typed", has]
        assert (process.returncode, json.loads(out)) == (0, told)


def test_what_does_not_start_is_told(tmp_path: Path) -> None:
    done = run_loaded([sys.executable, "-m", "tests.there_is_none"], text=True)
    assert (done.returncode, "No module named tests.there_is_none" in done.stderr) == (1, True)
    with pytest.raises(FileNotFoundError):
        LoadedProcess([sys.executable, "-c", "print()"], cwd=tmp_path / "none")


def test_loaded_process_that_somebody_ended_is_started_anew() -> None:
    """In a process of its own: that of these tests is not ended."""
    code = """
import os, signal, subprocess, sys
from pathlib import Path
from tests.loaded.loaded_process import end_loaded, run_loaded
asked = [sys.executable, "-c", "print(1)"]
said = [run_loaded(asked).stdout]
[loaded] = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
os.kill(int(loaded), signal.SIGKILL)
said.append(run_loaded(asked).stdout)
end_loaded()
print(said)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {UNPREPARED: "1"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "[b'1\\n', b'1\\n']\n"


@pytest.mark.parametrize("order", [b"{}", b"{"], ids=["the system forks no more", "the order ends in its midst"])
def test_whoever_orders_what_cannot_be_forked_waits_for_no_answer(order: bytes) -> None:
    """In a process of its own, which may fork once: nobody is forked by what it forks."""
    code = f"""
import os, socket
from tests.loaded.forking import wait_for_order
fork, left = os.fork, [True]
def once():
    if not left:
        raise BlockingIOError(11, "no more processes")
    left.pop()
    return fork()
os.fork = once
ours, theirs = socket.socketpair()
socket.send_fds(ours, [(2).to_bytes(4, "big")], [])
ours.sendall({order!r})
ours.shutdown(socket.SHUT_WR)
print(wait_for_order(theirs))
theirs.close()
print(ours.recv(4))
"""
    asked = [sys.executable, "-c", code]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout == "None\nb''\n"
