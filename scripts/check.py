"""What holds before every commit, in under a minute: `make check`. It says which step is green, and how long it took.

Every step runs, so that one call tells all that is wrong. Exit codes: 0 all green, 1 a step is not.
"""

from __future__ import annotations

import subprocess
import sys
import time
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


def main() -> int:
    """Run all of them."""
    took: list[tuple[str, float, bool]] = []
    for name, command in STEPS:
        began = time.monotonic()
        outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        green = outcome.returncode == 0
        took.append((name, time.monotonic() - began, green))
        if not green:
            print(outcome.stdout + outcome.stderr, flush=True)
        say(f"{name:<17} {'green' if green else 'NOT GREEN':<10} {took[-1][1]:5.1f} s")
    all_green = all(green for _, _, green in took)
    say(f"{'all':<17} {'green' if all_green else 'NOT GREEN':<10} {sum(seconds for _, seconds, _ in took):5.1f} s")
    return int(not all_green)


if __name__ == "__main__":
    raise SystemExit(main())
