"""Where the peers' cases are: beside the repository, never in it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "conformance"


def shared_file(name: str) -> Path:
    """A file of cases; a skip with its reason where the folder is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is not there: the peers' cases are kept outside of the repository")
    return path
