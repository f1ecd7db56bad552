"""Starting the process that reads releases. The site itself reads none: what it shows of them comes from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.release_desk.shelved_release import problems_from_table

_MODULE = "kuule.workbench.release_desk.release_errand"
MEMORY = 2 * 1024**3
"""The most bytes that an errand is given. The page of 22,000 responses takes 250 million."""
_SECONDS = 150
_PATIENCE = 60
"""How long, in seconds, somebody waits for those before them. One errand runs at a time."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
"""What an errand is told of this process's environment, besides what is Python's own. The database's address and the
place of the secret are not."""
_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def errand_turn() -> Iterator[None]:
    """A block in which nobody else has an errand done. Raises WorkbenchError WORKBENCH_017 if others take too long."""
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise _broken("others are having releases read or made", "try again in a minute")
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def run_release_errand(errand: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an errand. Raises WorkbenchError with the problems that it found, and WORKBENCH_017 if it broke off
    or if too many others are waiting."""
    with errand_turn():
        done = _run(errand)
    if done.returncode != 0:
        # The end of a traceback is the type of the exception; its message could quote a release.
        kind = (done.stderr.strip().splitlines() or [f"signal {-done.returncode}"])[-1].partition(":")[0]
        raise _broken(f"reading releases broke off ({kind})", "look at the release on another machine")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problems" in answer:
        raise WorkbenchError(*problems_from_table(answer["problems"]))
    return answer


def _run(errand: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 -- our own interpreter and our own module
            [sys.executable, "-m", _MODULE],
            input=json.dumps({**errand, "memory": MEMORY}),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            env=errand_environment(os.environ),
        )
    except subprocess.TimeoutExpired:
        raise _broken(f"it was not done in {_SECONDS} seconds", "look at the release on another machine") from None


def errand_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What an errand is told of an environment."""
    return {name: text for name, text in environment.items() if name in _PASSED_ON or name.startswith("PYTHON")}


def _broken(cause: str, remedy: str) -> WorkbenchError:
    return WorkbenchError(Problem("WORKBENCH_017", "releases", cause, remedy))
