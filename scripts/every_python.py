"""Runs the tests on every version of Python that we promise and this machine has: `python3 scripts/every_python.py
whole|others`.

`whole` runs every test on each. `others` runs the tests of `QUICK` on each but that of .venv, on which `make test`
runs. Further arguments go to pytest. Each version has an environment of its own from the lock files, such as
`.venv-3.12` next to `.venv`. A version that is missing is reported, and is no failure. Exit codes: 0 all passed, 1 a
test failed or an environment could not be made, 2 wrong use.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import environment
import pythons
import setup
from words import SetupStop, say

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-m")
QUICK = (
    "tests/store", "tests/collector/server", "tests/cli/test_demo.py", "tests/cli/test_archive_and_open.py",
    "tests/cli/test_check_and_freeze.py", "tests/cli/test_app.py", "tests/usecases/demo/test_server_process.py",
    "tests/sealing",
    "tests/opening", "tests/vectors", "tests/core/test_files.py", "tests/languages", "tests/study", "tests/dataset",
    "tests/rehearsal", "tests/scripts/test_locks.py", "tests/architecture/test_names_of_others.py",
)  # fmt: skip
"""What other versions run in continuous integration: the store, the server, the demo, and what is fast."""
MARKS = {"whole": "not whole", "others": "not whole and not browser"}


def main(arguments: list[str]) -> int:
    """Run them, and report at the end how each went."""
    if not arguments or arguments[0] not in MARKS:
        say(f"usage: python3 scripts/every_python.py {'|'.join(MARKS)} [options of pytest]")
        return 2
    kind, *more = arguments
    tests = [*QUICK, *more] if kind == "others" else more
    there = pythons.every_python()
    outcomes: dict[str, str] = {}
    try:
        for version in pythons.VERSIONS:
            outcomes[version] = tested(kind, version, there.get(version, ""), tests)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    for version, outcome in outcomes.items():
        say(f"Python {version}: {outcome}")
    return int(any(outcome.startswith("failed") for outcome in outcomes.values()))


def tested(kind: str, version: str, python: str, tests: list[str]) -> str:
    """How the tests went on one Python, in a few words."""
    usual = pythons.version_of(str(ROOT / environment.USUAL / "bin" / "python")) == version
    if kind == "others" and usual:
        return "run by `make test`"
    if not python:
        return "not on this machine, not tested"
    name = environment.USUAL if usual else f"{environment.USUAL}-{version}"
    say(f"Python {version}: {python}, in {name}")
    began = time.monotonic()
    try:
        setup.prepare(ROOT, "test", python=python, name=name)
    except SetupStop as stop:
        return f"failed: {stop}"
    command = [str(ROOT / name / "bin" / "python"), *PYTEST, MARKS[kind], *tests]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    return f"{'green' if code == 0 else 'failed'} ({(time.monotonic() - began) / 60:.0f} minutes)"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
