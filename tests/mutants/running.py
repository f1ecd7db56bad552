"""Trying a change: a copy of the sources with it, and the tests that should notice, first the near ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.mutants.sample import ROOT
from tests.mutants.sites import Mutant

_SECONDS = 600
_WIDER = {
    "collector/session": (
        "tests/collector/session", "tests/collector/http", "tests/collector/pages", "tests/collector/test_journey.py",
    ),
    "disclosure": ("tests/disclosure", "tests/analysis"),
    "store": ("tests/store", "tests/collector/session"),
    "dataset": ("tests/dataset", "tests/cli/test_withdrawals.py", "tests/cli/test_archive_and_open.py"),
}  # fmt: skip
"""What is tried where the tests that carry a module's name stay green; a package's own folder where nothing is said."""


class Outcome(StrEnum):
    """What the tests said of a change. A run that does not end in time noticed it."""

    NEAR = "killed"
    WIDER = "killed by wider tests"
    SURVIVED = "survived"


@dataclass(slots=True)
class Bench:
    """A copy of `src` in which one module at a time is changed."""

    folder: Path
    turn: int = field(default=0)

    def outcome(self, mutant: Mutant) -> Outcome:
        """Whether a test turns red with this change."""
        with self._changed(mutant):
            if not self.is_green(near(mutant.module)):
                return Outcome.NEAR
            return Outcome.SURVIVED if self.is_green(wider(mutant.module)) else Outcome.WIDER

    def is_green(self, tests: Sequence[str]) -> bool:
        """Whether these tests pass on the copy as it is now."""
        command = [
            sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider",
            "-m", "not whole and not browser", *tests,
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(self.folder)}, capture_output=True,
                timeout=_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    @contextmanager
    def _changed(self, mutant: Mutant) -> Iterator[None]:
        path = self.folder / "kuule" / mutant.module
        source = path.read_bytes()
        self._write(path, mutant.applied(source))
        try:
            yield
        finally:
            self._write(path, source)

    def _write(self, path: Path, source: bytes) -> None:
        """With a time of its own: Python knows compiled modules again by size and second."""
        self.turn += 1
        path.write_bytes(source)
        os.utime(path, (self.turn, self.turn))


@contextmanager
def bench() -> Iterator[Bench]:
    """A copy that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kuule-mutants-") as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        yield Bench(copy)


def near(module: str) -> tuple[str, ...]:
    """The tests that carry a module's name, in the folder that mirrors its package; else all of that folder."""
    path = Path(module)
    folder = Path("tests") / path.parent
    named = [folder / f"test_{path.stem}.py", folder / f"test_{path.stem.removesuffix('s')}.py"]
    found = [str(one) for one in dict.fromkeys(named) if (ROOT / one).is_file()]
    return tuple(found) or (str(_existing(folder)),)


def wider(module: str) -> tuple[str, ...]:
    """What else should notice a change of a module."""
    for package, tests in _WIDER.items():
        if module.startswith(f"{package}/"):
            return tests
    return (f"tests/{Path(module).parts[0]}",)


def _existing(folder: Path) -> Path:
    while not (ROOT / folder).is_dir():
        folder = folder.parent
    return folder
