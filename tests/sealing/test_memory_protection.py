"""What keeps memory out of dumps and swap: tried on processes that break."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

MAPPED = "import mmap; area = mmap.mmap(-1, 1 << 20); area.write(b'x' * (1 << 20))\n"
CALL = "from kuule.sealing.memory_protection import protect_process_memory\nsaid = protect_process_memory({})\n"
LOCKED = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmLck')))\n"
FREE_LIMITS = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)\n"


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def dumped(folder: Path) -> bool:
    return any(path.name.startswith("core") for path in folder.iterdir())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_process_that_breaks_leaves_no_dump(tmp_path: Path) -> None:
    free, kept = tmp_path / "free", tmp_path / "kept"
    free.mkdir()
    kept.mkdir()
    freed = run(FREE_LIMITS + "import os; os.abort()", free)
    kept_out = run(CALL.format("") + "import os; os.abort()", kept)
    assert kept_out.returncode == -signal.SIGABRT
    assert not dumped(kept)
    plain = Path("/proc/sys/kernel/core_pattern").read_text().strip() == "core"
    if plain and freed.returncode == -signal.SIGABRT:  # else the limit was lowered for this whole process before
        assert dumped(free), "the test would not notice a dump"


def test_limit_and_mark_hold_and_children_inherit_the_limit(tmp_path: Path) -> None:
    script = (
        CALL.format("")
        + "import ctypes, resource, subprocess, sys\n"
        + "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
        + "child = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'\n"
        + "sys.stdout.flush(); subprocess.run([sys.executable, '-c', child])\n"
    )
    assert run(script, tmp_path).stdout == "(0, 0) 0\n(0, 0)\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(("arguments", "later"), [("", True), ("later=False", False)])
def test_memory_is_locked_or_it_is_said(tmp_path: Path, arguments: str, later: bool) -> None:
    outcome = run(CALL.format(arguments) + "print(*said)\n" + MAPPED + LOCKED, tmp_path)
    said, locked = outcome.stdout.splitlines()
    if said:
        assert "may be written to swap" in said
    else:
        assert int(locked) > (1024 if later else 0), "KiB, at least the megabyte that was taken afterwards"


def test_what_cannot_be_locked_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    """With a limit of a few pages and without the right to pass it, memory must still be given."""
    drop = (
        "import os, resource\n"
        "resource.setrlimit(resource.RLIMIT_MEMLOCK, (65536, 65536))\n"
        "os.getuid() == 0 and (os.setgid(65534), os.setuid(65534))\n"
    )
    call = "import ctypes, mmap\n" + CALL.format("")
    outcome = run(call.replace("said = ", drop + "said = ") + "print(*said)\n" + MAPPED + "print(len(area))", tmp_path)
    assert outcome.stderr == ""
    said, length = outcome.stdout.splitlines()
    assert said == "its memory may be written to swap: the limit of locked memory (ulimit -l) is too low"
    assert length == str(1 << 20)
