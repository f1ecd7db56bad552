"""`python -m tests.recipes.run_in_copy COPY FILE:NAME …`: runs tests against a copy of the project.

Each is a function that takes a folder of its own, or nothing. A file that the copy does not have is the project's; what
such a test reads below `sources.ROOT` is read in the copy.
"""

from __future__ import annotations

import inspect
import runpy
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import kuule
from tests.architecture import sources


def run_test(copy: Path, file: str, name: str) -> None:
    """Run one test; it raises where it fails."""
    path = copy / file if (copy / file).is_file() else PROJECT / file
    test = runpy.run_path(str(path))[name]
    with TemporaryDirectory() as folder:
        test(*([Path(folder)] if inspect.signature(test).parameters else []))


if __name__ == "__main__":
    PROJECT, COPY = sources.ROOT, Path(sys.argv[1])
    assert Path(kuule.__file__).is_relative_to(COPY), f"{kuule.__file__} is not of the copy"
    sources.ROOT, sources.SRC = COPY, COPY / "src" / "kuule"
    for each in sys.argv[2:]:
        run_test(COPY, *each.split(":"))
