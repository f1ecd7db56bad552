"""What the lead's desk says when the disk does not do what it should: it is full, or a folder may not be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kuule.core.problems import Problem, WorkbenchError


@contextmanager
def disk_trouble(place: str) -> Iterator[None]:
    """A block that writes. Raises WorkbenchError WORKBENCH_010 in place of OSError."""
    try:
        yield
    except OSError as error:
        cause = f"the disk did not do it ({(error.strerror or 'unknown').lower()})"
        remedy = "see that it has room and may be written to; nothing was changed"
        raise WorkbenchError(Problem("WORKBENCH_010", place, cause, remedy)) from None
