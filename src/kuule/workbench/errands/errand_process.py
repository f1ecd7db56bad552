"""Starting a process for one errand. The site itself reads no release and sets no paper: what it shows of them comes
from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.errands.problem_tables import problems_from_table

MEMORY = 2 * 1024**3
"""The most bytes that an errand is given. The page of 22,000 responses takes 250 million, a kit 400 million."""
_SECONDS = 150
_PATIENCE = 60
"""How long, in seconds, somebody waits for those before them. One errand runs at a time."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
"""What an errand is told of this process's environment, besides what is Python's own. The database's address and the
place of the secret are not."""
_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True)
class ErrandKind:
    """A module that is started for errands. `code` and `place` are those of the problem if one breaks off; `work` is
    what it does, such as "reading releases", and `remedy` what to do where it cannot be done here."""

    module: str
    code: str
    place: str
    work: str
    remedy: str

    def breakdown(self, cause: str, remedy: str = "") -> WorkbenchError:
        """The error of an errand that was not done."""
        return WorkbenchError(Problem(self.code, self.place, cause, remedy or self.remedy))


@contextmanager
def errand_turn(kind: ErrandKind, *, patience: float = _PATIENCE) -> Iterator[None]:
    """A block in which nobody else has an errand done, of whichever kind. Raises WorkbenchError, of the kind's code, if
    others take longer than `patience` seconds."""
    if not _ONE_AT_A_TIME.acquire(timeout=patience):
        raise kind.breakdown("others are having something made", "try again in a minute")
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def run_errand_process(kind: ErrandKind, errand: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an errand. Raises WorkbenchError with the problems that it found, and one of the kind's code if it
    broke off or if too many others are waiting."""
    with errand_turn(kind):
        done = _run(kind, errand)
    if done.returncode != 0:
        # The end of a traceback is the type of the exception; its message could quote a release.
        reason = (done.stderr.strip().splitlines() or [f"signal {-done.returncode}"])[-1].partition(":")[0]
        raise kind.breakdown(f"{kind.work} broke off ({reason})")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problems" in answer:
        raise WorkbenchError(*problems_from_table(answer["problems"]))
    return answer


def _run(kind: ErrandKind, errand: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
    try:
        # A process that is killed removes nothing, so that its temporary files lie in a folder of ours.
        with TemporaryDirectory(prefix="kuule-errand-", ignore_cleanup_errors=True) as place:
            return subprocess.run(  # noqa: S603 -- our own interpreter and our own module
                [sys.executable, "-m", kind.module],
                input=json.dumps({**errand, "memory": MEMORY}),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
                env={**errand_environment(os.environ), "TMPDIR": place},
            )
    except subprocess.TimeoutExpired:
        raise kind.breakdown(f"it was not done in {_SECONDS} seconds") from None
    except OSError as error:
        cause = f"the disk did not do it ({(error.strerror or 'unknown').lower()})"
        raise kind.breakdown(cause, "see that the disk has room") from None


def errand_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What an errand is told of an environment."""
    return {name: text for name, text in environment.items() if name in _PASSED_ON or name.startswith("PYTHON")}
