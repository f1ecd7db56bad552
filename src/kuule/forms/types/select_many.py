"""Several choices, stored in the order in which the form offers them, with spaces between."""

from __future__ import annotations

from collections.abc import Sequence


def decode(posted: Sequence[str], *, offered: Sequence[str]) -> str:
    chosen = set(posted)
    return " ".join(dict.fromkeys(value for value in offered if value and value in chosen))
