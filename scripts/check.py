"""What holds before every commit, in under a minute: `make check`. It says which step is green, and how long it took.

Every step runs, so that one call tells all that is wrong; all at once, since the longest takes one core alone. Exit
codes: 0 all green, 1 a step is not.
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
"""Each with its command, the quickest first. What is green says nothing; `make fix` mends the first two."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended; `said` is empty where it is green."""

    green: bool
    said: str
    seconds: float


def run(command: tuple[str, ...]) -> Outcome:
    """One step, to its end."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr if done.returncode else ""
    return Outcome(done.returncode == 0, said, time.monotonic() - began)


def main() -> int:
    """Run all of them, and tell in their order."""
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
