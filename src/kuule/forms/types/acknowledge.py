"""A tick: stored as OK, as ODK does, or blank."""

from __future__ import annotations

from collections.abc import Sequence

OK = "OK"


def decode(posted: Sequence[str]) -> str:
    return OK if any(value.strip() for value in posted) else ""
