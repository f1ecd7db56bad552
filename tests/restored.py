"""Files that a test changes, as they were before, to the time of their last change: who keeps what was made of them by
that time need not make it again for the next test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def restored(*files: Path) -> Iterator[None]:
    """In the block these files may be written or moved away."""
    known = {file: (file.read_bytes(), file.stat()) for file in files}
    try:
        yield
    finally:
        for file, (content, before) in known.items():
            if not file.exists() or _stamp(file.stat()) != _stamp(before):
                file.write_bytes(content)
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino
