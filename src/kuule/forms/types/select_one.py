"""One choice. A value that was not offered never gets in."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def decode(posted: Sequence[str], *, offered: Collection[str]) -> str:
    return next((value for value in posted if value in offered), "")
