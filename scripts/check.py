"""`make check`: what every commit has to pass, in under a minute, or two the first time. It says which step passed, and
how long it took.

Every step runs, so that one call shows everything that is wrong. They run at the same time, because the longest uses
only one core. Exit codes: 0 all passed, 1 a step failed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from words import say

ROOT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent
STEPS = (
    ("lint", (str(_BIN / "ruff"), "check", "--quiet")),
    ("format", (str(_BIN / "ruff"), "format", "--check", "--quiet")),
    ("import contracts", (str(_BIN / "lint-imports"),)),
    ("types", (sys.executable, "-m", "mypy", "--no-error-summary")),
    ("fast tests", (sys.executable, "-m", "pytest", "--fast", "-n", "2", "--dist", "worksteal", "-q", "--no-header")),
)
"""Each step with its command, the fastest first. A step that passes prints nothing; `make fix` mends the first two."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended; `said` is empty if it passed."""

    green: bool
    said: str
    seconds: float


def run(command: tuple[str, ...]) -> Outcome:
    """Run one step."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr if done.returncode else ""
    return Outcome(done.returncode == 0, said, time.monotonic() - began)


def main() -> int:
    """Run all of them, and report in their order."""
    began, all_green = time.monotonic(), True
    with ThreadPoolExecutor(len(STEPS)) as steps:
        for (name, _), outcome in zip(STEPS, steps.map(run, (command for _, command in STEPS)), strict=True):
            all_green = all_green and outcome.green
            if outcome.said:
                print(outcome.said, flush=True)
            say(f"{name:<17} {'green' if outcome.green else 'NOT GREEN':<10} {outcome.seconds:5.1f} s")
    say(f"{'all':<17} {'green' if all_green else 'NOT GREEN':<10} {time.monotonic() - began:5.1f} s")
    return int(not all_green)


if __name__ == "__main__":
    raise SystemExit(main())
