"""Where a session of tests keeps what it makes once for all its processes (`tests/frozen.py`)."""

from __future__ import annotations

from pathlib import Path


class Kept:
    """`tests/conftest.py` says it before the first test. None: nowhere."""

    folder: Path | None = None
